// What is pasted out of a spreadsheet: cells parted by tabs, rows by line ends, cells with either in quotes.
import { Draft, Field, Rules, addRows, answered, categoryOf, chosen, fields, fold, setCell, tidied } from './parcelmodel';

export function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let i = 0;
  while (i <= text.length) {
    let cell = '';
    const closed = text[i] === '"' ? quoted(text, i) : -1;
    if (closed >= 0) {
      cell = text.slice(i + 1, closed).replace(/""/g, '"');
      i = closed + 1;
    } else {
      const from = i;
      while (i < text.length && text[i] !== '\t' && text[i] !== '\n' && text[i] !== '\r') i++;
      cell = text.slice(from, i);
    }
    row.push(cell);
    if (text[i] === '\t') {
      i++;
      continue;
    }
    rows.push(row);
    row = [];
    if (text[i] === '\r' && text[i + 1] === '\n') i++;
    i++;
    if (i >= text.length) break;
  }
  return rows;
}

// quoted finds the quote that ends a cell; -1 where the first one is part of the words, as in "依法"治国.
function quoted(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] !== '"') continue;
    if (text[i + 1] === '"') {
      i++;
      continue;
    }
    const next = text[i + 1];
    return next === undefined || next === '\t' || next === '\n' || next === '\r' ? i : -1;
  }
  return -1;
}

const heads: { [f in Field]: string[] } = {
  title: ['作品名称', '作品名', '作品题目', '作品标题', '标题', '题目', '片名', '节目名称', 'title'],
  category: ['作品类别', '类别', '作品类型', '参赛类别', '作品形式', 'category'],
  group: ['组别', '参赛组别', 'group'],
  authors: ['作者', '作者姓名', '姓名', '学生姓名', '参赛者姓名', '主创人员', 'author', 'authors'],
  unit: ['单位', '作者单位', '学校', '学校名称', '所在单位', '工作单位', '所在学校', 'unit', 'school'],
  teachers: ['指导教师', '指导老师', '辅导教师', '辅导老师', 'teacher', 'teachers'],
  phone: ['联系电话', '电话', '手机', '手机号码', '联系方式', 'phone'],
  email: ['邮箱', '电子邮箱', 'email'],
  intro: ['作品简介', '简介', '创作说明', '作品介绍', '作品说明', 'introduction'],
  consent: ['是否同意展示', '同意展示', '是否同意公开展示', '展示授权', 'may be shown', 'consent'],
  remark: ['备注', 'remark', 'note'],
};

// headOf reads a first row as the names of columns; null where it is a work.
function headOf(row: string[]): (Field | null)[] | null {
  const found = row.map(cell => {
    const said = fold(cell.replace(/[(（].*[)）]/, ''));
    return fields.find(f => heads[f].some(h => fold(h) === said)) || null;
  });
  const known = found.filter(f => f);
  const once = known.every((f, i) => known.indexOf(f) === i);
  return once && known.length >= 2 && known.length * 2 >= row.filter(c => c.trim()).length ? found : null;
}

// settled is a cell as the draft keeps it.
function settled(rules: Rules, d: Draft, n: number, f: Field, text: string): string {
  if (f === 'category') return chosen(text, rules.categories);
  if (f === 'group') {
    const row = d.rows.find(r => r.n === n)!;
    const category = categoryOf(rules, row.cells.category);
    const may = (category && category.groups) || [];
    return chosen(text, (rules.groups || []).filter(g => !category || may.indexOf(g.name) >= 0));
  }
  if (f === 'consent') return answered(text);
  return tidied(f, text);
}

export interface Pasted {
  draft: Draft;
  rows: number;
  lost: string[]; // columns that the page has no place for
}

// paste lays cells over a draft from a cell on, or by the names of their columns where the first row holds them: then
// the works follow those that are there.
export function paste(rules: Rules, d: Draft, n: number, from: Field, text: string): Pasted {
  let rows = cellsOf(text).filter(r => r.some(c => c.trim()));
  const head = rows.length > 1 ? headOf(rows[0]) : null;
  const begin = fields.indexOf(from);
  const lost: string[] = [];
  if (head) {
    head.forEach((f, i) => {
      const used = rows.slice(1).some(r => (r[i] || '').trim());
      const name = rows[0][i].trim();
      if (!f && used && !/^(序号|编号|no\.?)$/i.test(name)) lost.push(name || String(i + 1));
    });
    rows = rows.slice(1);
  } else if (rows.some(r => r.slice(fields.length - begin).some(c => c.trim()))) {
    lost.push(String(fields.length - begin + 1));
  }
  let at = d.rows.findIndex(r => r.n === n);
  if (head) {
    at = d.rows.length;
    while (at > 0 && fields.every(f => !d.rows[at - 1].cells[f]) && d.rows[at - 1].files.length === 0) at--;
  }
  let out = at + rows.length > d.rows.length ? addRows(d, at + rows.length - d.rows.length) : d;
  rows.forEach((cells, i) => {
    const id = out.rows[at + i].n;
    cells.forEach((cell, j) => {
      const f = head ? head[j] : fields[begin + j];
      if (f) out = setCell(out, id, f, settled(rules, out, id, f, cell));
    });
    const group = out.rows[at + i].cells.group; // the category may stand behind it
    if (group) out = setCell(out, id, 'group', settled(rules, out, id, 'group', group));
  });
  return { draft: out, rows: rows.length, lost };
}
