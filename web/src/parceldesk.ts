// The draft that is open: its changes, undone and done again, and how it is kept.
import { Draft, Held, Rules, changeRow, newDraft, newId, renewed, setCell, Field } from './parcelmodel';
import * as keep from './parcelkeep';
import { facts, sums } from './parcelcheck';

export type Kept = keep.Outcome | 'saving';

const soon = 400;
const mostSteps = 200;

export class Desk {
  draft: Draft;
  kept: Kept = 'saving';
  busy = ''; // what is done now, in words
  told = ''; // what happened, in words
  lost: string[] = []; // names of files of the draft that the browser has not kept
  private past: Draft[] = [];
  private future: Draft[] = [];
  private typing = ''; // the cell in which signs are typed: they are one step
  private timer = 0;
  private said = 0;
  private unkept = false; // some file is in memory only
  private queue: Promise<unknown> = Promise.resolve();
  private listeners: (() => void)[] = [];

  constructor(public rules: Rules) {
    this.draft = newDraft(rules);
  }

  onChange(f: () => void): void {
    this.listeners.push(f);
  }

  say(): void {
    this.listeners.forEach(f => f());
  }

  // doing says what is done now, a few times a second at most.
  doing(words: string): void {
    const now = Date.now();
    this.busy = words;
    if (words && now - this.said < 200) return;
    this.said = now;
    this.say();
  }

  tell(words: string): void {
    this.told = words;
    this.say();
  }

  async open(): Promise<boolean> {
    const before = await keep.open(this.rules.contest + (this.rules.unit ? '-' + this.rules.unit : ''));
    if (before) this.draft = renewed(before.draft);
    if (before) this.lost = before.lost;
    this.kept = keep.permanent() ? 'kept' : 'memory';
    this.say();
    return !!before;
  }

  change(next: Draft, cell = ''): void {
    if (next === this.draft) return;
    if (!cell || cell !== this.typing) this.past = this.past.slice(1 - mostSteps).concat(this.draft);
    this.typing = cell;
    this.future = [];
    this.set(next);
  }

  private set(next: Draft): void {
    const same = (['rows', 'unit', 'contact', 'phone', 'email'] as const).every(f => next[f] === this.draft[f]);
    this.draft = same ? next : { ...next, sending: undefined }; // what is being sent is not this any more
    this.told = '';
    if (this.kept !== 'elsewhere') this.kept = 'saving';
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.save(), soon);
    this.say();
  }

  async save(): Promise<void> {
    clearTimeout(this.timer);
    if (this.kept === 'elsewhere') return;
    const saved = this.draft;
    const kept = await keep.save(saved);
    if (saved === this.draft) this.kept = kept === 'kept' && this.unkept ? 'full' : kept;
    this.say();
  }

  type(n: number, f: Field, text: string): void {
    this.change(setCell(this.draft, n, f, text), n + f);
  }

  canUndo = (): boolean => this.past.length > 0;
  canRedo = (): boolean => this.future.length > 0;

  undo(): void {
    const before = this.past.pop();
    if (!before) return;
    this.future.push(this.draft);
    this.typing = '';
    this.set({ ...before, next: this.draft.next, edition: this.draft.edition });
  }

  redo(): void {
    const after = this.future.pop();
    if (!after) return;
    this.past.push(this.draft);
    this.typing = '';
    this.set({ ...after, next: this.draft.next, edition: this.draft.edition });
  }

  // add looks into files one after the other and gives them to their works: files that come meanwhile wait for their
  // turn. It returns the names of those that the browser could not read.
  add(list: { row: number; file: File }[], progress: (name: string, n: number) => string): Promise<string[]> {
    const turn = this.queue.then(() => this.addNow(list, progress));
    this.queue = turn;
    return turn;
  }

  private async addNow(
    list: { row: number; file: File }[],
    progress: (name: string, n: number) => string,
  ): Promise<string[]> {
    const unread: string[] = [];
    let first = true;
    for (let i = 0; i < list.length; i++) {
      const { row, file } = list[i];
      this.doing(progress(file.name, i + 1));
      try {
        const id = newId();
        const { sum, crc } = await sums(file);
        const found = await facts(file, file.name);
        const outcome = await keep.keepFile(id, file);
        const held: Held = { id, was: file.name, bytes: file.size, sum, crc, facts: found };
        const next = changeRow(this.draft, row, r => ({ ...r, files: r.files.concat(held) }));
        this.change(next, first ? '' : 'files'); // all of them are one step
        if (first) this.typing = 'files';
        first = false;
        if (outcome === 'full') this.unkept = true;
      } catch (e) {
        unread.push(file.name);
      }
    }
    this.busy = '';
    this.typing = '';
    await this.save();
    return unread;
  }

  // start begins a new draft; the old one is gone.
  async start(): Promise<void> {
    await keep.forget();
    this.unkept = false;
    this.lost = [];
    this.past = [];
    this.future = [];
    this.set(newDraft(this.rules));
  }
}
