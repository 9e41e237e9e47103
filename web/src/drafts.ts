// What is typed and is no mark yet, half a number or one out of range: it is no score, and must not get lost when the
// page goes on to another work.
import * as keep from './keep';

export class Drafts {
  private all: { [code: string]: { [field: string]: string } } = {};

  constructor(private pass: string) {}

  private get key(): string {
    return 'drafts ' + this.pass;
  }

  async read(): Promise<void> {
    this.all = (await keep.get<Drafts['all']>('meta', this.key)) || {};
  }

  of(code: string): { [field: string]: string } {
    return this.all[code] || {};
  }

  any(code: string): boolean {
    return code in this.all;
  }

  // put keeps a text of a field, or with '' forgets it.
  put(code: string, field: string, text: string): void {
    if (!text && !(code in this.all && field in this.all[code])) return;
    const of = { ...this.of(code) };
    if (text) of[field] = text;
    else delete of[field];
    this.all[code] = of;
    if (!Object.keys(of).length) delete this.all[code];
    this.write();
  }

  drop(code: string): void {
    if (!this.any(code)) return;
    delete this.all[code];
    this.write();
  }

  private write(): void {
    keep.put('meta', this.key, this.all).catch(() => undefined); // it stays in memory
  }
}
