// Which files of each work the judge has looked at. The room hears of it when that is possible; it is no score.
import { Failure } from './api';
import type { Duty, Seen } from './model';

export class Looks {
  private looks: { [code: string]: Seen } = {};
  private unsaid: { [code: string]: boolean } = {};

  constructor(private send: (code: string, look: Seen) => Promise<unknown>) {}

  seen(w: Duty): number[] {
    return (this.looks[w.code] || w.look || {}).seen || [];
  }

  // looked notes that a file was looked at.
  looked(w: Duty, n: number): void {
    const seen = this.seen(w);
    if (seen.indexOf(n) >= 0) return;
    this.note(w, {
      seen: seen.concat(n).sort((a, b) => a - b),
      unseen: (this.looks[w.code] || w.look || {}).unseen,
    });
  }

  // unseen notes that a work was scored though some files were not looked at.
  unseen(w: Duty, count: number): void {
    this.note(w, { seen: this.seen(w), unseen: count });
  }

  private note(w: Duty, look: Seen): void {
    this.looks[w.code] = look;
    this.unsaid[w.code] = true;
    this.tell();
  }

  async tell(): Promise<void> {
    for (const code of Object.keys(this.unsaid)) {
      delete this.unsaid[code];
      try {
        await this.send(code, this.looks[code]);
      } catch (e) {
        if (e instanceof Failure && e.away) this.unsaid[code] = true;
        return; // tried again when the list was read
      }
    }
  }
}
