// What the big screen may show, as package live writes it, and how much of it is on one page.
import { exact, show } from './model';

export interface Mark {
  total: number;
  dropped?: boolean;
}

export interface Shown {
  at: string;
  marks: Mark[];
  offset?: number;
  official: number;
}

export interface Turn {
  number: number;
  code: string;
  title?: string;
  authors?: string[];
  unit?: string;
  list: string;
  state: 'waiting' | 'called' | 'closed' | 'released';
  seats: number;
  scored: number;
  running?: boolean;
  seconds: number;
  limit?: number;
  grace?: number;
  shown?: Shown;
  place?: number;
}

export interface Board {
  contest: string;
  break?: string;
  now?: Turn;
  next?: Turn;
  standing: Turn[];
  done: number;
  total: number;
}

// most is how many places of a list stand on the screen at once.
const most = 8;

export interface Page {
  list: string;
  rows: Turn[];
}

// pagesOf parts the standing into what stands on the screen at once, list by list.
export function pagesOf(board: Board): Page[] {
  const out: Page[] = [];
  for (const row of board.standing) {
    const last = out[out.length - 1];
    if (last && last.list === row.list && last.rows.length < most) last.rows.push(row);
    else out.push({ list: row.list, rows: [row] });
  }
  return out;
}

// columns is how many judges stand in a row, at most seven, in rows as even as can be; where marks are long, at most
// five, as long as that makes no more than three rows.
export function columns(judges: number, long: boolean): number {
  const most = long && judges <= 15 ? 5 : 7;
  return Math.ceil(judges / Math.ceil(judges / most)) || 1;
}

// longMarks says whether marks need more room than two digits and one behind the point.
export const longMarks = (marks: Mark[]): boolean => marks.some(m => show(m.total).length > 4);

// rowsOf is how many rows the marks of judges take.
export const rowsOf = (marks: Mark[]): number =>
  Math.ceil(marks.length / columns(marks.length, longMarks(marks)));

// level writes numbers that stand below each other with as many decimals as the longest of them needs.
export function level(all: number[]): (v: number) => string {
  const decimals = all.reduce((n, v) => Math.max(n, (show(v).split('.')[1] || '').length), 0);
  return v => (exact(v) / 10000).toFixed(decimals);
}

// clock writes seconds as minutes and seconds.
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const rest = whole % 60;
  return Math.floor(whole / 60) + ':' + (rest < 10 ? '0' : '') + rest;
}
