// The words of a text or a Word document, counted as the program counts them.
import { decode, latin } from './parcelsniff';

const mostXML = 48 << 20;

// countWords counts each Chinese character and mark, and each run of other signs without blanks.
export function countWords(text: string): number {
  let n = 0;
  let inside = false;
  for (const c of text) {
    const r = c.codePointAt(0)!;
    if (/\s/.test(c) || r === 0xfffd || r < 0x20 || (r >= 0x7f && r < 0xa0)) inside = false;
    else if (r >= 0x2e80 || (r >= 0x2018 && r <= 0x2026)) {
      n++;
      inside = false;
    } else if (!inside) {
      n++;
      inside = true;
    }
  }
  return n;
}

export const bytesOf = (b: Blob): Promise<Uint8Array> =>
  new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(new Uint8Array(reader.result as ArrayBuffer));
    reader.onerror = () => fail(reader.error);
    reader.readAsArrayBuffer(b);
  });

// wordsOf counts the words of a file; undefined where this browser can't, null where the file is broken.
export async function wordsOf(file: Blob, format: string): Promise<number | undefined | null> {
  if (format === 'txt') {
    if (file.size > mostXML) return undefined;
    const text = decode(await bytesOf(file));
    return text === null ? undefined : countWords(text);
  }
  if (format !== 'docx') return undefined;
  const xml = await part(file, 'word/document.xml');
  if (typeof xml !== 'string') return xml;
  const doc = new DOMParser().parseFromString(xml, 'application/xml');
  if (doc.getElementsByTagName('parsererror').length) return null;
  let text = '';
  const walk = (e: Element) => {
    for (let i = 0; i < e.children.length; i++) {
      const c = e.children[i];
      if (c.localName === 't') text += c.textContent;
      else if (c.localName === 'tab' || c.localName === 'br' || c.localName === 'cr') text += '\n';
      else if (c.localName !== 'Fallback') walk(c);
      if (c.localName === 'p') text += '\n';
    }
  };
  walk(doc.documentElement);
  return countWords(text);
}

interface Directory {
  bytes: Uint8Array;
  view: DataView;
}

async function directory(file: Blob): Promise<Directory | null> {
  const tail = await bytesOf(file.slice(Math.max(0, file.size - 66000)));
  const at = latin(tail).lastIndexOf('PK\x05\x06');
  if (at < 0 || at + 22 > tail.length) return null;
  const end = new DataView(tail.buffer, at);
  const size = end.getUint32(12, true);
  const from = end.getUint32(16, true);
  if (from + size > file.size) return null;
  const bytes = await bytesOf(file.slice(from, from + size));
  return { bytes, view: new DataView(bytes.buffer) };
}

// part unpacks one file of a zip as text: null where the zip is broken, undefined where this browser can't.
async function part(file: Blob, name: string): Promise<string | undefined | null> {
  const d = await directory(file);
  if (!d) return null;
  for (let i = 0; i + 46 <= d.bytes.length && d.view.getUint32(i, true) === 0x02014b50; ) {
    const length = d.view.getUint16(i + 28, true);
    if (latin(d.bytes, i + 46, i + 46 + length) === name) {
      const at = d.view.getUint32(i + 42, true);
      return unpacked(file, at, d.view.getUint32(i + 20, true), d.view.getUint16(i + 10, true));
    }
    i += 46 + length + d.view.getUint16(i + 30, true) + d.view.getUint16(i + 32, true);
  }
  return null;
}

async function unpacked(file: Blob, at: number, size: number, method: number): Promise<string | undefined | null> {
  const head = await bytesOf(file.slice(at, at + 30));
  if (head.length < 30 || latin(head, 0, 4) !== 'PK\x03\x04') return null;
  const view = new DataView(head.buffer);
  const from = at + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  const raw = file.slice(from, from + size);
  if (raw.size !== size) return null;
  if (method === 0) return size > mostXML ? undefined : decode(await bytesOf(raw));
  const Unpack = (window as any).DecompressionStream;
  if (method !== 8 || !Unpack) return undefined;
  let stream: any;
  try {
    stream = new Unpack('deflate-raw');
  } catch (e) {
    return undefined; // known to newer browsers only
  }
  try {
    const reader = (raw as any).stream().pipeThrough(stream).getReader();
    const text = new TextDecoder('utf-8');
    let out = '';
    for (let total = 0; ; ) {
      const { done, value } = await reader.read();
      if (done) return out + text.decode();
      if ((total += value.length) > mostXML) return undefined;
      out += text.decode(value, { stream: true });
    }
  } catch (e) {
    return null;
  }
}
