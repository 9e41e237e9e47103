// What is not as the contest asks: as the program checks it when the works arrive, see judging.Requires.
import { Category, Draft, Facts, Held, Requires, Row, Rules, answers, categoryOf, filled, people } from './parcelmodel';
import { language, t } from './parceltext';

// Fault is one thing that is wrong. A hard one keeps the work from being sent; any other can be kept with a reason.
export interface Fault {
  at: string; // field, 'files', or the id of a file
  text: string;
  hard?: boolean;
}

const round = (v: number): number => Math.round(v * 10) / 10;

// formats that a file's ending may stand for
const endings: { [ending: string]: string } = { jpg: 'jpeg', jpe: 'jpeg', tif: 'tiff', heif: 'heic', mpeg: 'mpg' };
const known =
  'jpeg png gif tiff webp bmp heic avif mp4 mov avi mkv wmv flv mpg mp3 wav m4a flac ogg aac wma ' +
  'pdf docx doc pptx ppt odt rtf txt';

function misnamed(name: string, format: string): string {
  const ext = (/\.([^.]+)$/.exec(name.toLowerCase()) || ['', ''])[1];
  const means = endings[ext] || ext;
  if (!format || format === 'wps' || known.split(' ').indexOf(means) < 0 || means === format) return '';
  const films = ['mp4', 'mov'];
  if (films.indexOf(means) >= 0 && films.indexOf(format) >= 0) return '';
  return means === 'm4a' && format === 'mp4' ? '' : ext;
}

export function faultsOfFile(f: Held, r: Requires | undefined): Fault[] {
  const out: Fault[] = [];
  const x: Facts = f.facts;
  const tell = (key: string, args = {}, hard = false) => out.push({ at: f.id, text: t(key, args), hard });
  const span = (what: string, value: number, low = 0, high = 0) => {
    if (value < low) tell('less_' + what, { Value: round(value), Limit: round(low) });
    else if (high > 0 && value > high) tell('more_' + what, { Value: round(value), Limit: round(high) });
  };
  if (f.bytes === 0) tell('empty', {}, true);
  else if (x.broken) tell('broken');
  else if (x.cut) tell('cut');
  else if (x.kind === 'archive') tell('archive', {}, true); // the program would unpack it
  else if (x.kind === 'other' || x.kind === 'workbook') tell('other_kind');
  if (out.length || !r) return out;
  if (r.kinds && r.kinds.length && r.kinds.indexOf(x.kind) < 0) return out; // a note next to the work
  span('mb', f.bytes / (1 << 20), r.min_mb, r.max_mb);
  if (x.format && r.formats && r.formats.length && r.formats.indexOf(x.format) < 0)
    tell('format', { Format: x.format, Formats: r.formats.join('、') });
  if (x.width && x.height) {
    span('long', Math.max(x.width, x.height), r.min_long_side, r.max_long_side);
    span('short', Math.min(x.width, x.height), r.min_short_side);
  }
  if (x.seconds) span('seconds', Math.round(x.seconds), r.min_seconds, r.max_seconds);
  return out;
}

// notesOfFile says what the rules ask and this browser can't see, and what is put right by itself.
export function notesOfFile(f: Held, r: Requires | undefined): string[] {
  const x = f.facts;
  const ext = misnamed(f.was, x.format);
  const out = ext ? [t('wrong_name', { Ext: ext, Format: x.format })] : [];
  if (!r || x.broken || x.cut || !x.unseen) return out;
  const pixels = r.min_long_side || r.max_long_side || r.min_short_side;
  const long = r.min_seconds || r.max_seconds;
  const words = r.min_words || r.max_words;
  if (x.kind === 'picture' && pixels) out.push(t('unseen_pixels'));
  if ((x.kind === 'video' || x.kind === 'audio') && long) out.push(t('unseen_seconds'));
  if ((x.kind === 'document' || x.kind === 'text') && words) out.push(t('unseen_words'));
  return out;
}

function faultsOfFiles(files: Held[], r: Requires | undefined): Fault[] {
  const out: Fault[] = [];
  const tell = (key: string, args = {}) => out.push({ at: 'files', text: t(key, args) });
  const kinds = (r && r.kinds) || [];
  const fit = files.filter(f => !kinds.length || kinds.indexOf(f.facts.kind) >= 0);
  if (!files.length) tell('no_file');
  else if (!fit.length) tell('need', { Kinds: kinds.map(k => t('kind_' + k)).join(t('or')) });
  else if (r) {
    if (fit.length < (r.min_files || 0)) tell('few_files', { Count: fit.length, Limit: r.min_files! });
    if (r.max_files && fit.length > r.max_files) tell('many_files', { Count: fit.length, Limit: r.max_files });
    const words = fit.reduce((n, f) => n + (f.facts.words || 0), 0);
    if (words && words < (r.min_words || 0)) tell('less_words', { Value: words, Limit: r.min_words! });
    if (words && r.max_words && words > r.max_words) tell('more_words', { Value: words, Limit: r.max_words });
  }
  return out;
}

const phone = /^[\d\s()+\-—/、,，;；转]{5,60}$/;

function faultsOfCells(rules: Rules, row: Row): Fault[] {
  const out: Fault[] = [];
  const c = row.cells;
  const tell = (at: string, key: string, hard: boolean, args = {}) => out.push({ at, text: t(key, args), hard });
  if (!c.title.trim()) tell('title', 'no_title', true);
  const category: Category | undefined = categoryOf(rules, c.category);
  if (!c.category) tell('category', 'no_category', true);
  else if (!category) tell('category', 'unknown_category', true, { Value: c.category });
  const groups = (category && category.groups) || [];
  if (category && c.group && groups.indexOf(c.group) < 0) tell('group', 'unknown_group', true, { Value: c.group });
  if (category && category.must && !c.group) tell('group', 'no_group', true);
  if (!people(c.authors).length) tell('authors', 'no_author', true);
  if (c.consent && answers.indexOf(c.consent) < 0) tell('consent', 'unclear_consent', true, { Value: c.consent });
  if (c.phone.trim() && !phone.test(c.phone.trim())) tell('phone', 'bad_phone', false);
  if (c.email.trim() && !/^\S+@\S+\.\S+$/.test(c.email.trim())) tell('email', 'bad_email', false);
  return out;
}

// faults of rows as they stood last: of many works few change at a time
const cache = new WeakMap<Row, { key: string; faults: Fault[] }>();

export function faultsOf(rules: Rules, d: Draft, row: Row): Fault[] {
  const key = language() + twinsOf(d, row).join();
  const before = cache.get(row);
  if (before && before.key === key) return before.faults;
  const category = categoryOf(rules, row.cells.category);
  const r = category && category.requires;
  let out = faultsOfCells(rules, row).concat(faultsOfFiles(row.files, r));
  const twins = twinsOf(d, row);
  row.files.forEach((f, i) => {
    out = out.concat(faultsOfFile(f, r));
    if (twins[i]) out.push({ at: f.id, text: t('same_file', { N: twins[i] }) });
  });
  cache.set(row, { key, faults: out });
  return out;
}

// which works have a file, by its sum
const holders = new WeakMap<Draft, { [sum: string]: number[] }>();

// twinsOf gives for each file of a work the number of another work with the same file, its own where it has the file
// twice, and 0 for none.
export function twinsOf(d: Draft, row: Row): number[] {
  let by = holders.get(d);
  if (!by) {
    by = {};
    for (const r of d.rows) for (const f of r.files) (by[f.sum] = by[f.sum] || []).push(r.n);
    holders.set(d, by);
  }
  return row.files.map(f => {
    const all = by![f.sum] || [];
    const other = all.find(n => n !== row.n);
    return other || (all.length > 1 ? row.n : 0);
  });
}

export interface Missing {
  row: number; // 0: the unit's own fields
  at: string;
  text: string;
}

// missing lists all that must still be done before the works can be packed.
export function missing(rules: Rules, d: Draft): Missing[] {
  const out: Missing[] = [];
  if (!d.unit.trim()) out.push({ row: 0, at: 'unit', text: t('no_unit') });
  if (!d.contact.trim()) out.push({ row: 0, at: 'contact', text: t('no_contact') });
  if (!d.phone.trim()) out.push({ row: 0, at: 'phone', text: t('no_phone') });
  const rows = filled(d);
  if (!rows.length) out.push({ row: 0, at: 'works', text: t('no_works') });
  rows.forEach(r => {
    const faults = faultsOf(rules, d, r);
    faults.filter(f => f.hard).forEach(f => out.push({ row: r.n, at: f.at, text: f.text }));
    if (!r.reason.trim() && faults.some(f => !f.hard))
      out.push({ row: r.n, at: 'reason', text: faults.filter(f => !f.hard)[0].text + t('or_reason') });
  });
  return out;
}

// asked says in words what the rules want of a category.
export function asked(c: Category): string {
  const r = c.requires;
  if (!r) return '';
  const out: string[] = [];
  const say = (key: string, args: { [k: string]: string | number }) => out.push(t(key, args));
  if (r.kinds && r.kinds.length) say('ask_kinds', { Kinds: r.kinds.map(k => t('kind_' + k)).join(t('or')) });
  if (r.formats && r.formats.length) say('ask_formats', { Formats: r.formats.join('、') });
  const span = (what: string, low = 0, high = 0) => {
    if (low && high) say('ask_' + what, { Span: low === high ? String(low) : low + '–' + high });
    else if (low) say('ask_' + what, { Span: t('at_least', { N: low }) });
    else if (high) say('ask_' + what, { Span: t('at_most', { N: high }) });
  };
  span('files', r.min_files, r.max_files);
  span('mb', r.min_mb, r.max_mb);
  span('long', r.min_long_side, r.max_long_side);
  span('short', r.min_short_side, 0);
  span('seconds', r.min_seconds, r.max_seconds);
  span('words', r.min_words, r.max_words);
  return out.join(t('semicolon'));
}
