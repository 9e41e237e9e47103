// Packs a draft: names its files by the rule, plans parts, verifies that no file changed, and writes.
import { Draft, Held, Row, Rules, filled, people } from './parcelmodel';
import { faultsOf } from './parcelrules';
import * as keep from './parcelkeep';
import { crcOf } from './parcelcheck';
import { Packed, crc32, overhead, zip } from './parcelzip';

export const mostPart = 1 << 30; // bytes of a part that a browser holds until it is saved
export const manifestName = 'fayi-parcel.json';

interface Placed {
  row: Row;
  file: Held;
  name: string;
  part: number;
}

const forbidden: { [sign: string]: string } = {
  '<': '＜', '>': '＞', ':': '：', '"': '”', '/': '／', '\\': '＼', '|': '｜', '?': '？', '*': '＊',
};

// unseen are signs that show as nothing
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd\ufff9-\ufffb]/g;

// legal makes words fit for a file's name in every system.
export function legal(words: string, most: number): string {
  let out = words
    .replace(/\s+/g, ' ')
    .replace(/[<>:"/\\|?*]/g, c => forbidden[c])
    .replace(unseen, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/g, '$1')
    .replace(/^[. ]+|[. ]+$/g, '');
  const signs = Array.from(out);
  while (new TextEncoder().encode(signs.join('')).length > most) signs.pop();
  out = signs.join('').replace(/[. ]+$/, '');
  return out && !/^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)\d)(\.|$)/i.test(out) ? out : '_' + out;
}

const words: [string, (d: Draft, r: Row) => string][] = [
  ['作品名称', (_, r) => r.cells.title],
  ['指导教师', (_, r) => people(r.cells.teachers).join('、')],
  ['报送单位', d => d.unit],
  ['类别', (_, r) => r.cells.category],
  ['组别', (_, r) => r.cells.group],
  ['作者', (_, r) => many(people(r.cells.authors))],
  ['单位', (d, r) => r.cells.unit || d.unit],
  ['序号', (_, r) => serial(r.n)],
];

const serial = (n: number): string => ('000' + n).slice(-Math.max(3, String(n).length));

const many = (names: string[]): string => (names.length > 3 ? names[0] + '等' + names.length + '人' : names.join('、'));

export function named(rules: Rules, d: Draft, r: Row): string {
  let out = '';
  for (let rest = rules.naming; rest; ) {
    const word = words.find(w => rest.indexOf(w[0]) === 0);
    out += word ? word[1](d, r) : rest[0];
    rest = rest.slice(word ? word[0].length : 1);
  }
  return legal(serial(r.n) + ' ' + out, 170);
}

const endingOf = (f: Held): string => {
  const usual: { [format: string]: string } = { jpeg: 'jpg', tiff: 'tif' };
  const own = (/\.([A-Za-z0-9]{1,8})$/.exec(f.was) || ['', ''])[1].toLowerCase();
  const format = f.facts.format;
  return format ? '.' + (usual[format] || format) : own ? '.' + own : '';
};

// place gives each file its name and the part it goes to.
export function place(rules: Rules, d: Draft, most: number): Placed[] {
  const out: Placed[] = [];
  let part = 1;
  let size = 0;
  filled(d).forEach(row => {
    const stem = named(rules, d, row);
    row.files.forEach((file, i) => {
      const name = '作品/' + stem + (row.files.length > 1 ? '-' + (i + 1) : '') + endingOf(file);
      const bytes = file.bytes + overhead(name);
      if (size > 0 && size + bytes > most) {
        part++;
        size = 0;
      }
      size += bytes;
      out.push({ row, file, name, part });
    });
  });
  return out;
}

// manifest is what the program reads: all works, and all files of all parts.
function manifest(rules: Rules, d: Draft, list: Placed[], part: number, parts: number, made: Date): object {
  return {
    parcel: 1,
    id: d.id,
    edition: d.edition,
    part,
    parts,
    contest: rules.contest,
    contest_name: rules.name,
    rules_version: rules.version,
    rules_hash: rules.hash,
    kit: rules.kit || '',
    made: made.toISOString(),
    unit: d.unit.trim(),
    contact: d.contact.trim(),
    phone: d.phone.trim(),
    email: d.email.trim(),
    works: filled(d).map(r => ({
      row: r.n,
      title: r.cells.title,
      category: r.cells.category,
      group: r.cells.group,
      authors: people(r.cells.authors),
      unit: r.cells.unit,
      teachers: people(r.cells.teachers),
      phone: r.cells.phone,
      email: r.cells.email,
      intro: r.cells.intro,
      consent: r.cells.consent,
      remark: r.cells.remark,
      reason: r.reason,
      problems: faultsOf(rules, d, r).filter(f => !f.hard).map(f => f.text),
      files: list
        .filter(p => p.row === r)
        .map(p => ({ name: p.name, was: p.file.was, bytes: p.file.bytes, sha256: p.file.sum, part: p.part })),
    })),
  };
}

export interface Part {
  name: string;
  bytes: number;
  pieces: (Blob | Uint8Array)[];
}

// pack verifies every file, then makes the parts; goOn hears how much is done, 0 to 1. It fails with the name of a file
// that can't be read any more, or was changed since it was looked at.
export async function pack(
  rules: Rules,
  d: Draft,
  most: number,
  goOn: (done: number) => void,
  made: Date = new Date(),
): Promise<Part[]> {
  const list = place(rules, d, most);
  const total = list.reduce((n, p) => n + p.file.bytes, 1);
  let read = 0;
  for (const p of list) {
    const crc = await crcOf(keep.blob(p.file.id), n => goOn((read += n) / total)).catch(() => -1);
    if (crc !== p.file.crc) throw new Error(p.file.was);
  }
  const parts = list.reduce((n, p) => Math.max(n, p.part), 1);
  const out: Part[] = [];
  for (let part = 1; part <= parts; part++) {
    const note = new TextEncoder().encode(JSON.stringify(manifest(rules, d, list, part, parts, made), null, 1));
    const own: Packed[] = [{ name: manifestName, bytes: note.length, crc: crc32(0, note), body: note }];
    list
      .filter(p => p.part === part)
      .forEach(p => own.push({ name: p.name, bytes: p.file.bytes, crc: p.file.crc, body: keep.blob(p.file.id) }));
    const pieces = zip(own, made);
    const bytes = pieces.reduce((n, x) => n + (x instanceof Uint8Array ? x.length : x.size), 0);
    out.push({ name: nameOf(d, part, parts), bytes, pieces });
  }
  return out;
}

// nameOf is what a part is called.
export function nameOf(d: Draft, part: number, parts: number): string {
  const of = parts > 1 ? '-第' + part + '包共' + parts + '包' : '';
  return '报送包-' + legal(d.unit, 90) + '-第' + d.edition + '次' + of + '.zip';
}
