// Comparing in pairs: what the judge is asked, and what they said that the room has not acknowledged. What is asked next
// depends on the answer, so that one waits at a time. It knows no screen.
import { Api, Failure } from './api';
import * as keep from './keep';
import type { Duty, Look } from './model';
import { random } from './sign';
import * as tabs from './tabs';

// Asked is the pair that the room asks about; without a comparison it asks nothing.
export interface Asked {
  comparison: string;
  left: Duty;
  right: Duty;
  said: number; // answers of the judge that count
  most: number; // pairs that they are asked about at most, 0 for as many as there are
  last: string; // the newest answer, '' for none
  show: [Look[], Look[]];
}

// Said is what the judge said of a pair: better is one of the two, '' for neither.
export interface Said {
  comparison: string;
  left: string;
  right: string;
  better: string;
  mark: string; // sent again, it counts once
  sent?: boolean; // it may be at the room: it can't be dropped here any more
  refused?: string; // the room's words, where it did not take it
}

// Kept is what the device holds: an answer that waits, and those that were refused until the judge has read so.
interface Kept {
  waiting?: Said;
  refused: Said[];
}

// Ways are what the desk gives.
export interface Ways {
  ring(): void;
  failed(e: unknown): void;
  pause(): void; // nothing is sent for a while; the beat tries again
}

export class Pairs {
  asked: Asked | null = null;
  taken: Said | null = null; // the answer that was acknowledged last
  told = ''; // what became of taking back: a text's name
  why = ''; // the room's words about it
  busy = false; // an answer is taken back
  private kept: Kept = { refused: [] };
  private standing = '';
  private sending = false;
  private asking: Promise<void> | null = null;

  constructor(
    private api: Api,
    private ways: Ways,
  ) {}

  private get pass(): string {
    return this.api.pass;
  }

  get waiting(): Said | undefined {
    return this.kept.waiting;
  }

  get refused(): Said[] {
    return this.kept.refused;
  }

  // asks says whether there is a pair to look at.
  get asks(): boolean {
    return !!this.asked && !!this.asked.comparison;
  }

  // open says whether the judge is asked in a comparison that is under way.
  get open(): boolean {
    return this.standing !== '';
  }

  // read takes up what the device has kept.
  async read(): Promise<void> {
    this.asked = (await keep.get<Asked>('meta', 'pair ' + this.pass)) || null;
    await this.reread();
  }

  // reread is read for another tab's sake.
  async reread(): Promise<void> {
    this.kept = (await keep.get<Kept>('meta', 'pairs ' + this.pass)) || { refused: [] };
    this.ways.ring();
  }

  private async write(change: (now: Kept) => Kept): Promise<void> {
    this.kept = await keep.alter<Kept>('meta', 'pairs ' + this.pass, now => change(now || { refused: [] }));
    tabs.say('pairs');
    this.ways.ring();
  }

  // stands hears how what is asked stands at the room, '' for nothing.
  stands(standing: string): void {
    const fresh = standing !== this.standing;
    this.standing = standing;
    if (standing ? fresh || !this.asked : this.asks) this.next();
  }

  private async show(asked: Asked | null): Promise<void> {
    this.asked = asked;
    this.ways.ring();
    await keep.put('meta', 'pair ' + this.pass, asked);
  }

  // next asks what is asked now.
  next(): Promise<void> {
    if (!this.asking) {
      const done = () => {
        this.asking = null;
      };
      this.asking = this.api.ask<Asked>('GET', '/api/pairs').then(async r => {
        await this.show(r ? r.value : null);
      });
      this.asking = this.asking.catch(e => this.ways.failed(e));
      this.asking.then(done, done);
    }
    return this.asking;
  }

  // answer keeps what the judge says of the pair on the device, then sends it. Where another tab was first, that holds.
  async answer(better: string): Promise<void> {
    const a = this.asked;
    if (!a || !a.comparison || this.waiting) return;
    this.told = '';
    const said = {
      comparison: a.comparison,
      left: a.left.code,
      right: a.right.code,
      better,
      mark: 'p' + random(12),
    };
    await this.write(now => (now.waiting ? now : { ...now, waiting: said }));
    this.send();
  }

  // send sends what waits until it is acknowledged or refused.
  async send(): Promise<void> {
    if (this.sending || !this.waiting) return;
    this.sending = true;
    try {
      const said = { ...this.waiting, sent: true };
      const its = (now: Kept) => !!now.waiting && now.waiting.mark === said.mark;
      await this.write(now => (its(now) ? { ...now, waiting: said } : now));
      if (!its(this.kept)) return; // it was taken back a moment ago
      const { comparison, left, right, better, mark } = said;
      let refused = '';
      try {
        await this.api.ask('POST', '/api/pairs', { comparison, left, right, better, mark });
        this.taken = said;
      } catch (e) {
        if (!(e instanceof Failure) || e.away || e.bars) {
          this.ways.failed(e);
          this.ways.pause();
          return;
        }
        refused = e.text || e.key;
        this.taken = null; // it is not what became of this answer
      }
      await this.write(now => ({
        waiting: its(now) ? undefined : now.waiting,
        refused: refused ? now.refused.concat({ ...said, refused }) : now.refused,
      }));
      await this.asking; // it may have been asked before this answer
      await this.show(null); // without the next pair, this one must not be answered again
      await this.next();
    } finally {
      this.sending = false;
    }
  }

  // heard forgets the answers that were refused: the judge has read so.
  heard(): Promise<void> {
    return this.write(now => ({ ...now, refused: [] }));
  }

  // back takes the newest answer back: one that waits here and was never sent is dropped, another the room forgets.
  async back(): Promise<void> {
    if (this.busy) return;
    this.told = this.why = '';
    this.busy = true;
    this.ways.ring();
    try {
      const waiting = this.waiting;
      if (waiting) {
        await this.write(now => (now.waiting && !now.waiting.sent ? { ...now, waiting: undefined } : now));
        if (!this.waiting) this.told = 'pairs_undone';
        return;
      }
      if (!this.asked || !this.asked.last) return;
      await this.api.ask('POST', '/api/pairs/back', { answer: this.asked.last });
      this.told = 'pairs_undone';
      this.taken = null;
    } catch (e) {
      const f = e instanceof Failure ? e : null;
      this.told = f && !f.away ? 'pairs_undo_failed' : 'pairs_undo_away';
      this.why = f ? f.text : '';
    } finally {
      this.busy = false;
      this.ways.ring();
      if (!this.waiting) await this.next();
    }
  }
}
