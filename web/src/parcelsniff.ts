// What a file is, by how it begins: its name is asked only where content says too little.

export interface Type {
  kind: string;
  format: string;
}

const kinds: { [kind: string]: string } = {
  picture: 'jpeg png gif tiff webp bmp heic avif',
  video: 'mp4 mov avi mkv wmv flv mpg ts ogv rm',
  audio: 'mp3 wav m4a flac ogg aac wma amr midi',
  document: 'pdf docx doc wps pptx ppt odt rtf',
  text: 'txt',
  workbook: 'xlsx xls ods',
  archive: 'zip rar 7z gz bz2 xz tar',
};

export function typed(format: string): Type {
  const kind = Object.keys(kinds).find(k => kinds[k].split(' ').indexOf(format) >= 0);
  return { kind: kind || 'other', format };
}

const magic: [string, number, string][] = [
  ['\xff\xd8\xff', 0, 'jpeg'],
  ['\x89PNG', 0, 'png'],
  ['GIF8', 0, 'gif'],
  ['II*\0', 0, 'tiff'],
  ['MM\0*', 0, 'tiff'],
  ['WEBP', 8, 'webp'],
  ['AVI ', 8, 'avi'],
  ['WAVE', 8, 'wav'],
  ['\x1a\x45\xdf\xa3', 0, 'mkv'],
  ['FLV', 0, 'flv'],
  ['.RMF', 0, 'rm'],
  ['\0\0\x01\xba', 0, 'mpg'],
  ['\0\0\x01\xb3', 0, 'mpg'],
  ['ID3', 0, 'mp3'],
  ['fLaC', 0, 'flac'],
  ['#!AMR', 0, 'amr'],
  ['MThd', 0, 'midi'],
  ['{\\rtf', 0, 'rtf'],
  ['Rar!', 0, 'rar'],
  ["7z\xbc\xaf'\x1c", 0, '7z'],
  ['\x1f\x8b', 0, 'gz'],
  ['BZh', 0, 'bz2'],
  ['\xfd7zXZ', 0, 'xz'],
  ['ustar', 257, 'tar'],
];

export function latin(bytes: Uint8Array, from = 0, to = bytes.length): string {
  let out = '';
  for (let i = from; i < Math.min(to, bytes.length); i += 8192)
    out += String.fromCharCode.apply(null, bytes.subarray(i, Math.min(i + 8192, to, bytes.length)) as any);
  return out;
}

const ending = (name: string): string => (/\.([^.\/\\]+)$/.exec(name.toLowerCase()) || ['', ''])[1];

export function sniff(head: Uint8Array, name: string): Type {
  const s = latin(head, 0, 16 << 10);
  for (const [sign, at, format] of magic) if (s.substr(at, sign.length) === sign) return typed(format);
  if (s.substr(4, 4) === 'ftyp' || /^(moov|mdat|wide|free|skip)$/.test(s.substr(4, 4))) return typed(ofBoxes(s));
  if (/^PK(\x03\x04|\x05\x06)/.test(s)) return typed(ofZip(s, ending(name)));
  if (s.indexOf('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') === 0) return typed(ofCompound(s, ending(name)));
  if (s.indexOf('OggS') === 0) return typed(s.indexOf('\x80theora') >= 0 ? 'ogv' : 'ogg');
  if (s.indexOf('\x30\x26\xb2\x75\x8e\x66\xcf\x11') === 0) return typed(ending(name) === 'wma' ? 'wma' : 'wmv');
  if (s.indexOf('BM') === 0 && head.length > 18 && [12, 40, 52, 56, 64, 108, 124].indexOf(head[14]) >= 0)
    return typed('bmp');
  if (frames(head)) return typed((head[1] & 6) === 0 ? 'aac' : 'mp3');
  if (head.length > 376 && head[0] === 0x47 && head[188] === 0x47 && head[376] === 0x47) return typed('ts');
  if (s.slice(0, 1024).indexOf('%PDF-') >= 0) return typed('pdf');
  return head.length > 0 && decode(head, true) !== null ? typed('txt') : typed('');
}

function ofBoxes(s: string): string {
  const brand = s.substr(4, 4) === 'ftyp' ? s.substr(8, 4) : 'qt  ';
  if (/^(heic|heix|hevc|heim|heis|mif1|msf1)$/.test(brand)) return 'heic';
  if (/^avi[fs]$/.test(brand)) return 'avif';
  if (/^M4[AB] $/.test(brand)) return 'm4a';
  return brand === 'qt  ' ? 'mov' : 'mp4';
}

function ofZip(s: string, ext: string): string {
  if (s.indexOf('opendocument.text') >= 0) return 'odt';
  if (s.indexOf('opendocument.spreadsheet') >= 0) return 'ods';
  if (s.indexOf('word/') >= 0 || s.indexOf('wordprocessingml') >= 0) return 'docx';
  if (s.indexOf('ppt/') >= 0) return 'pptx';
  if (s.indexOf('xl/') >= 0) return 'xlsx';
  return /^(docx|pptx|xlsx)$/.test(ext) && s.indexOf('[Content_Types].xml') >= 0 ? ext : 'zip';
}

function ofCompound(s: string, ext: string): string {
  const wide = (word: string) => s.indexOf(word.split('').join('\0')) >= 0;
  if (wide('WordDocument')) return ext === 'wps' ? 'wps' : 'doc';
  if (wide('PowerPoint Document')) return 'ppt';
  if (wide('Workbook')) return 'xls';
  return /^(doc|wps|ppt|xls)$/.test(ext) ? ext : '';
}

function frames(head: Uint8Array): boolean {
  if (head.length < 4 || head[0] !== 0xff || (head[1] & 0xe0) !== 0xe0 || head[1] >= 0xfe) return false;
  const layer = (head[1] >> 1) & 3;
  if (layer === 0) return (head[1] & 0xf0) === 0xf0 && ((head[2] >> 2) & 15) < 13;
  const rate = head[2] >> 4;
  return ((head[1] >> 3) & 3) !== 1 && rate !== 15 && rate !== 0 && ((head[2] >> 2) & 3) !== 3;
}

// decode reads a text in UTF-8, UTF-16 or GB18030; null where it is none. cut says that the end may be within a sign.
export function decode(bytes: Uint8Array, cut = false): string | null {
  const begin = latin(bytes, 0, 2);
  const wide = begin === '\xff\xfe' ? 'utf-16le' : begin === '\xfe\xff' ? 'utf-16be' : '';
  for (const coding of wide ? [wide] : ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(coding, { fatal: true }).decode(bytes, { stream: cut });
      if (!/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text)) return text;
    } catch (e) {
      // another coding
    }
  }
  return null;
}
