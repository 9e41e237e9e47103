// What a unit fills in: a draft is never changed, each change makes another.

export interface Requires {
  kinds?: string[];
  formats?: string[];
  min_files?: number;
  max_files?: number;
  min_mb?: number;
  max_mb?: number;
  min_long_side?: number;
  max_long_side?: number;
  min_short_side?: number;
  min_seconds?: number;
  max_seconds?: number;
  min_words?: number;
  max_words?: number;
}

export interface Category {
  name: string;
  alias?: string[];
  groups?: string[];
  must?: boolean; // a group is wanted
  requires?: Requires;
}

// Rules are what the page was made with; they are public.
export interface Rules {
  contest: string;
  name: string;
  host?: string;
  version: number;
  hash: string;
  kit?: string; // what the call was when the page was made, for the program
  unit?: string;
  deadline?: string;
  naming: string;
  categories: Category[];
  groups: { name: string; alias?: string[] }[] | null;
}

export type Field =
  | 'title'
  | 'category'
  | 'group'
  | 'authors'
  | 'unit'
  | 'teachers'
  | 'phone'
  | 'email'
  | 'intro'
  | 'remark'
  | 'consent'; // last, so that what is pasted falls where it always did

export const fields: Field[] = [
  'title',
  'category',
  'group',
  'authors',
  'unit',
  'teachers',
  'phone',
  'email',
  'intro',
  'remark',
  'consent',
];

export const needed: Field[] = ['title', 'category', 'authors'];

// Facts are what was found in a file's content, as the program finds them.
export interface Facts {
  kind: string;
  format: string;
  width?: number;
  height?: number;
  seconds?: number;
  words?: number;
  broken?: boolean;
  cut?: boolean;
  unseen?: boolean; // this browser can't open such a file: somebody else must look
}

export interface Held {
  id: string; // of its bytes, see keep
  was: string; // its name when it was chosen
  bytes: number;
  sum: string; // SHA-256, hex
  crc: number;
  facts: Facts;
}

export interface Row {
  n: number; // never given twice, so that both sides mean one row by it
  cells: { [f in Field]: string };
  files: Held[];
  reason: string; // why what the rules do not want is sent all the same
}

export interface Draft {
  id: string;
  edition: number; // packed so many times
  sending?: string; // when the parcel was made that is being sent: made again by it, it is the same bytes
  next: number;
  unit: string;
  contact: string;
  phone: string;
  email: string;
  rows: Row[];
}

const blank = (): Row['cells'] => ({
  title: '',
  category: '',
  group: '',
  authors: '',
  unit: '',
  teachers: '',
  phone: '',
  email: '',
  intro: '',
  remark: '',
  consent: '',
});

// renewed gives the works of a draft the cells that pages did not have when it was begun.
export const renewed = (d: Draft): Draft => ({
  ...d,
  rows: d.rows.map(r => ({ ...r, cells: { ...blank(), ...r.cells } })),
});

// The answers to whether a work may be shown, as they are sent; no answer is ''.
export const answers = ['是', '否'];

// answered finds the answer that pasted words mean; where there is none, the words stay as they are, and are said to be
// unclear. A no is never taken for a yes.
export function answered(words: string): string {
  const said = words.trim();
  if (/^(是|同意|已同意|可以|愿意|yes|y|√|✓|✔|☑)$/i.test(said)) return answers[0];
  if (/^(否|不|不同意|不可以|不愿意|no|n|×|✗)$/i.test(said)) return answers[1];
  return /^(是\/否|是否|yes\/no)?$/i.test(said) ? '' : said;
}

// unanswered are the works of which it is not said whether they may be shown.
export const unanswered = (d: Draft): Row[] => filled(d).filter(r => !r.cells.consent);

export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return Array.from(bytes, b => (b < 16 ? '0' : '') + b.toString(16)).join('');
}

export function newDraft(rules: Rules): Draft {
  const d = { id: newId(), edition: 0, next: 1, unit: rules.unit || '', contact: '', phone: '', email: '', rows: [] };
  return addRows(d, 3);
}

export function addRows(d: Draft, count: number, at: number = d.rows.length): Draft {
  const more: Row[] = [];
  for (let i = 0; i < count; i++) more.push({ n: d.next + i, cells: blank(), files: [], reason: '' });
  return { ...d, next: d.next + count, rows: d.rows.slice(0, at).concat(more, d.rows.slice(at)) };
}

export function removeRow(d: Draft, n: number): Draft {
  return { ...d, rows: d.rows.filter(r => r.n !== n) };
}

export function changeRow(d: Draft, n: number, change: (r: Row) => Row): Draft {
  return { ...d, rows: d.rows.map(r => (r.n === n ? change(r) : r)) };
}

export function setCell(d: Draft, n: number, f: Field, text: string): Draft {
  return changeRow(d, n, r => ({ ...r, cells: { ...r.cells, [f]: text } }));
}

export const isEmpty = (r: Row): boolean => r.files.length === 0 && fields.every(f => !r.cells[f].trim());

// filled are the rows that are sent.
export const filled = (d: Draft): Row[] => d.rows.filter(r => !isEmpty(r));

export const people = (text: string): string[] =>
  text
    .split(/[、,，;；\n\t]+/)
    .map(s => s.trim())
    .filter(s => s);

export const categoryOf = (rules: Rules, name: string): Category | undefined =>
  rules.categories.find(c => c.name === name);

// fold brings words to the form in which they are compared.
export const fold = (s: string): string =>
  s
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\u{80}-\u{10FFFF}a-z0-9]|[\s\u3000-\u303f\u2010-\u2027]/gu, '');

// chosen finds the entry of a list that pasted words mean; where there is not one, the words stay as they are, and are
// said to be wrong.
export function chosen(words: string, list: { name: string; alias?: string[] }[]): string {
  const said = fold(words);
  if (!said) return '';
  const exact = list.filter(c => [c.name].concat(c.alias || []).some(a => fold(a) === said));
  if (exact.length === 1) return exact[0].name;
  const within = list.filter(c => [c.name].concat(c.alias || []).some(a => said.indexOf(fold(a)) >= 0));
  return within.length === 1 ? within[0].name : words.trim();
}

// tidied is the text of a cell as it is kept: one line but for the introduction.
export const tidied = (f: Field, text: string): string =>
  f === 'intro' || f === 'remark'
    ? text.replace(/\r\n?/g, '\n')
    : text.replace(/\s*[\r\n]+\s*/g, f === 'authors' || f === 'teachers' ? '、' : ' ');
