// What a judge's list and ballots are, as package judging writes them, and the arithmetic of marks.
import type { Voting } from './votes';

export type State = 'open' | 'started' | 'scored' | 'skipped' | 'abstained' | 'recused';

export interface Ballot {
  code: string;
  state: State;
  marks?: { [criterion: string]: number };
  total: number;
  confidence?: number;
  comment?: string;
  reason?: string;
  flags?: string[];
  flag_note?: string;
  mark?: string;
  base?: string;
}

export interface Band {
  label: string;
  from: number;
  to: number;
}

// Limits narrow what a mark may be, as terms.Limits does.
export interface Limits {
  least?: number;
  most?: number;
}

// Remark says when a comment is compulsory, as terms.Comment does.
export interface Remark {
  when?: 'always' | 'below' | 'above';
  at?: number;
}

export interface Criterion extends Limits {
  name: string;
  weight: number;
  hint?: string;
  bands?: Band[];
  comment?: Remark;
  optional?: boolean; // it need not apply to a work
}

export interface Rubric extends Limits {
  scale: number;
  step: number;
  criteria: Criterion[];
  bands: Band[] | null;
  comment?: Remark;
  vetoes?: { flag: string; judges: number }[];
}

export interface Duty {
  code: string;
  title: string;
  category: string;
  group?: string;
  files?: { kind: string; bytes: number }[];
  state: State;
  total: number;
  confidence?: number;
  flags?: string[];
  calibration?: boolean;
  reopened?: boolean;
  number?: number; // in the running order of a stage
  turn?: string; // waiting, called, closed or released; scored while it is called
  look?: Seen;
  list?: string; // where votes are counted: the works placed together with it
}

// Stage is what a judge is told of a stage, whichever list the work is on.
export interface Stage {
  total: number; // works in the running order; 0: there is no stage
  number?: number; // of the work that is on, or was last
  code?: string;
  state?: 'called' | 'closed' | 'released';
  next?: number;
  break?: string;
}

// Seen says which files a judge has looked at; it is no part of the score.
export interface Seen {
  seen?: number[];
  unseen?: number;
}

export interface Duties {
  contest: string;
  judge: string;
  name: string;
  plan: string;
  submitted: boolean;
  returned?: string; // why the list was given back
  total_only: boolean;
  rubrics: { [category: string]: Rubric };
  works: Duty[] | null;
  ask_confidence?: boolean;
  phrases?: { [category: string]: string[] };
  calibrations?: { code: string; mine: number; low: number; median: number; high: number; judges: number }[];
  secret?: boolean;
  voting?: Voting;
  pledge?: Pledge;
}

// Pledge is what a judge accepts before the first score; without a time it is still to be accepted.
export interface Pledge {
  text: string;
  sum: string;
  at?: string;
}

// asks says whether the pledge is still to be accepted.
export const asks = (d: Duties): boolean =>
  !!d.pledge && !d.pledge.at && (!d.submitted || (d.works || []).some(w => !!w.reopened));

export interface Leaf {
  large: string;
  whole: string;
}

export interface Look {
  show: 'picture' | 'pages' | 'words' | 'film' | 'sound' | 'none';
  bytes: number;
  small?: string;
  large?: string;
  whole?: string;
  pages?: Leaf[];
  words?: { text?: string; picture?: string; lost?: boolean }[];
  why?: string;
}

export interface WorkPage {
  ballot: Ballot;
  files: Look[];
}

// exact counts in ten-thousandths of a point, as judging.Exact does: sums of tenths come out right.
export const exact = (v: number): number => Math.round(v * 10000);

// notApplicable stands in the place of a mark where a criterion does not apply to a work, as terms.NotApplicable does.
export const notApplicable = -1;

export const show = (v: number): string => String(exact(v) / 10000);

export const places = (step: number): number => (show(step).split('.')[1] || '').length;

export function wrong(v: number, least: number, most: number, step: number): '' | 'range' | 'step' {
  if (!isFinite(v) || exact(v) < exact(least) || exact(v) > exact(most)) return 'range';
  return exact(step) > 0 && exact(v) % exact(step) !== 0 ? 'step' : '';
}

function label(bands: Band[] | null | undefined, v: number): string {
  for (const b of bands || []) if (v >= b.from - 1e-9 && v <= b.to + 1e-9) return b.label;
  return '';
}

export const bandOfTotal = (r: Rubric, total: number): string => label(r.bands, total);

const floorTo = (v: number, step: number): number => (step > 0 ? Math.floor(v / step + 1e-9) * step : v);

export function bandOf(r: Rubric, c: Criterion, mark: number): string {
  if ((c.bands && c.bands.length) || !c.weight) return label(c.bands, mark);
  return label(r.bands, floorTo((mark / c.weight) * r.scale, r.step));
}

// bandsOf lists the words for marks of a criterion, best first, each with a mark in its middle.
export function bandsOf(r: Rubric, c: Criterion): { label: string; mark: number }[] {
  const own = c.bands && c.bands.length ? c.bands : null;
  const share = own ? 1 : c.weight / (r.scale || 1);
  const out: { label: string; mark: number }[] = [];
  for (const b of own || r.bands || []) {
    const step = r.step > 0 ? r.step : 1;
    const middle = (Math.round((((b.from + b.to) / 2) * share) / step) * exact(step)) / 10000;
    if (middle >= (c.least || 0) && middle <= (c.most || c.weight) && bandOf(r, c, middle) === b.label) out.push({ label: b.label, mark: middle });
  }
  return out;
}

const aside = (s: State): boolean => s === 'skipped' || s === 'abstained' || s === 'recused';

export const finished = (s: State): boolean => s === 'scored' || s === 'abstained' || s === 'recused';

const wanted = (c: Remark | undefined, v: number): boolean =>
  !!c &&
  (c.when === 'always' ||
    (c.when === 'below' && exact(v) < exact(c.at || 0)) ||
    (c.when === 'above' && exact(v) > exact(c.at || 0)));

export const vetoes = (r: Rubric, flag: string): boolean => (r.vetoes || []).some(v => v.flag === flag);

// lacks says what keeps a ballot that has all its marks from being complete, as judging.Rubric.Lacks does.
export function lacks(b: Ballot, r: Rubric): '' | 'limits' | 'comment' | 'note' {
  const marks = b.marks || {};
  const total = exact(b.total);
  if (total < exact(r.least || 0) || total > exact(r.most || r.scale)) return 'limits';
  const asked =
    wanted(r.comment, b.total) ||
    r.criteria.some(c => c.name in marks && marks[c.name] !== notApplicable && wanted(c.comment, marks[c.name]));
  if (asked && !(b.comment || '').trim()) return 'comment';
  return (b.flags || []).some(f => vetoes(r, f)) && !(b.flag_note || '').trim() ? 'note' : '';
}

// totalOf is what marks make, as terms.Marked.Total is: where criteria do not apply, the sum of the others is brought to the
// full total.
export function totalOf(marks: { [criterion: string]: number }, r: Rubric): number {
  let given = 0,
    of = 0,
    full = 0;
  for (const c of r.criteria) {
    full += exact(c.weight);
    if (marks[c.name] === notApplicable) continue;
    of += exact(c.weight);
    given += exact(marks[c.name] || 0);
  }
  if (of === full) return given / 10000;
  return of > 0 ? Math.floor((2 * given * full + of) / (2 * of)) / 10000 : 0;
}

// settle gives a ballot the state and total that follow from its marks, as judging.Ballot.Complete does.
export function settle(b: Ballot, r: Rubric, totalOnly: boolean): Ballot {
  const out = { ...b };
  if (aside(out.state)) return { ...out, marks: undefined, total: 0 };
  const marks = out.marks || {};
  const names = Object.keys(marks);
  if (names.length) {
    out.total = totalOf(marks, r);
    out.state = names.length === r.criteria.length && !lacks(out, r) ? 'scored' : 'started';
  } else if (totalOnly && out.total) {
    out.state = lacks(out, r) ? 'started' : 'scored';
  } else {
    out.total = 0;
    out.state = 'open';
  }
  return out;
}

// same says whether two ballots say the same; marks and bases are not what they say.
export function same(a: Ballot, b: Ballot): boolean {
  const plain = (x: Ballot) =>
    JSON.stringify([
      x.state,
      Object.entries(x.marks || {}).sort(),
      x.total,
      x.confidence || 0,
      x.comment || '',
      x.reason || '',
      x.flags || [],
      x.flag_note || '',
    ]);
  return plain(a) === plain(b);
}

// near lists the judge's other works of the category whose totals are closest below and above, rising.
export function near(works: Duty[], w: Duty, total: number, each = 2): Duty[] {
  const others = works.filter(o => o.code !== w.code && o.category === w.category && o.state === 'scored');
  const below = others
    .filter(o => o.total <= total)
    .sort((a, b) => b.total - a.total)
    .slice(0, each);
  const above = others
    .filter(o => o.total > total)
    .sort((a, b) => a.total - b.total)
    .slice(0, each);
  return below.reverse().concat(above);
}

// waits says whether a work is not to be scored now, since its turn on the stage has not come or is over.
export const waits = (w: Duty): boolean => !!w.turn && w.turn !== 'called';

// arrange puts calibration works first, then those that come onto a stage in their running order, and works of one
// category together, each in the order they were drawn in.
export function arrange(works: Duty[]): Duty[] {
  const place: { [category: string]: number } = {};
  works.forEach(w => {
    if (!(w.category in place)) place[w.category] = Object.keys(place).length;
  });
  return works
    .map((w, i) => ({ w, i }))
    .sort(
      (a, b) =>
        Number(!!b.w.calibration) - Number(!!a.w.calibration) ||
        (a.w.number || Infinity) - (b.w.number || Infinity) ||
        place[a.w.category] - place[b.w.category] ||
        a.i - b.i,
    )
    .map(x => x.w);
}
