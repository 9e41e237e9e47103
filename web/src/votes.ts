// How judges speak in a round without marks, as package voting does: votes, places and points, and what is left of them.
import type { Duties, Duty } from './model';

// Voting says how judges speak where they give no marks, as voting.Rule does.
export interface Voting {
  kind: 'approval' | 'votes' | 'ranking' | 'points';
  votes?: number;
  places?: number;
  points?: number;
}

// Count is how the judge stands in one list, as voting.Count is.
export interface Count {
  list: string;
  given: number;
  left: number;
  twice: number; // the best place that several works have
  missing: number; // the best place that none has before the last one
}

// numberOf is what the kind goes by, 0 where it has none.
export const numberOf = (v: Voting): number =>
  (v.kind === 'votes' ? v.votes : v.kind === 'ranking' ? v.places : v.kind === 'points' ? v.points : 0) || 0;

// typedKind says whether a number is typed instead of one of a few words being said.
export const typedKind = (v: Voting | undefined): boolean => !!v && (v.kind === 'ranking' || v.kind === 'points');

// said names what a mark says of a work, as voting.Rule.Said does.
export const said = (v: Voting, mark: number): string =>
  v.kind + (v.kind === 'approval' && mark === 0.5 ? '_unsure' : mark > 0 ? '_for' : '_against');

// saids lists the marks that may be said, best first; none where a number is typed.
export const saids = (v: Voting): number[] => (typedKind(v) ? [] : v.kind === 'votes' ? [1, 0] : [1, 0.5, 0]);

// apart says whether the judge does not speak of the work at all.
export const apart = (w: Duty): boolean => !!w.calibration || w.state === 'recused' || w.state === 'abstained';

// given says whether the work has a vote, a place or points.
const given = (w: Duty): boolean => !apart(w) && w.state === 'scored' && w.total > 0;

// votes says how many are given and left in the lists of works, as voting.Rule.Counts does.
export function votes(d: Duties, works: Duty[]): Count[] {
  const v = d.voting;
  if (!v || !numberOf(v)) return [];
  const names: string[] = [];
  for (const w of works) if (names.indexOf(w.list || '') < 0) names.push(w.list || '');
  return names.map(list => {
    const own = works.filter(w => (w.list || '') === list && !apart(w));
    const some = own.filter(given);
    const sum = v.kind === 'points' ? some.reduce((n, w) => n + w.total, 0) : some.length;
    const most = v.kind === 'points' ? numberOf(v) : Math.min(numberOf(v), own.length);
    const [twice, missing] = v.kind === 'ranking' ? uneven(some.map(w => w.total)) : [0, 0];
    return { list, given: sum, left: most - sum, twice, missing };
  });
}

function uneven(places: number[]): [number, number] {
  let twice = 0,
    missing = 0,
    want = 1;
  for (const p of places.slice().sort((a, b) => a - b)) {
    if (p < want && !twice) twice = p;
    else if (p > want && !missing) missing = want;
    want = Math.max(want, p + 1);
  }
  return [twice, missing];
}

// ranked lists the works of a list that the judge may speak of: by their places, then those without, then those that
// nothing is said of.
export function ranked(works: Duty[], list: string): Duty[] {
  const after = (w: Duty): number => (w.state !== 'scored' ? 2 : w.total > 0 ? 0 : 1);
  return works
    .filter(w => (w.list || '') === list && !apart(w))
    .map((w, i) => ({ w, i }))
    .sort((a, b) => after(a.w) - after(b.w) || a.w.total - b.w.total || a.i - b.i)
    .map(x => x.w);
}

// move puts a work on a place, from 1, or takes its place away with 0, as voting.Rule.Move does. It returns the marks
// that change, by the codes of their works.
export function move(v: Voting, works: Duty[], code: string, to: number): { [code: string]: number } {
  const work = works.filter(w => w.code === code)[0];
  const order = ranked(works, work.list || '').filter(w => given(w) && w.code !== code);
  if (to > 0) order.splice(Math.min(to - 1, order.length), 0, work);
  const out: { [code: string]: number } = {};
  const put = (w: Duty, mark: number) => {
    if (w.state !== 'scored' || w.total !== mark) out[w.code] = mark;
  };
  if (to <= 0) put(work, 0);
  order.forEach((w, i) => put(w, i < numberOf(v) ? i + 1 : 0));
  return out;
}

// rest lists the works that nothing is said of yet, where votes, places or points are given and most works get none.
export const rest = (d: Duties, works: Duty[]): Duty[] =>
  d.voting && numberOf(d.voting) && !d.submitted
    ? works.filter(w => !w.calibration && (w.state === 'open' || w.state === 'started'))
    : [];
