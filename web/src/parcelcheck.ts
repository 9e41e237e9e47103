// Looks into a file: what it is, whether all of it is there, its pixels, length and words, and its sums.
import { sha256 } from '@noble/hashes/sha2.js';
import type { Facts } from './parcelmodel';
import { latin, sniff } from './parcelsniff';
import { bytesOf, wordsOf } from './parcelwords';
import { crc32 } from './parcelzip';

export interface Sums {
  sum: string;
  crc: number;
}

const piece = 1 << 20;

const breath = () => new Promise<void>(done => setTimeout(done, 0));

// read gives all of a file in pieces; it fails where the browser can't read it to its end. Each piece is given away
// when it was used: a browser lets hundreds of megabytes pile up before it looks for what nobody has any more.
async function read(file: Blob, take: (bytes: Uint8Array) => void): Promise<void> {
  const bin = new MessageChannel();
  bin.port2.close();
  for (let at = 0; at < file.size; at += piece) {
    const bytes = await bytesOf(file.slice(at, at + piece));
    if (bytes.length !== Math.min(piece, file.size - at)) throw new Error('short');
    take(bytes);
    bin.port1.postMessage(null, [bytes.buffer]);
    await breath();
  }
}

export async function sums(file: Blob, goOn: (bytes: number) => void = () => {}): Promise<Sums> {
  const hash = sha256.create();
  let crc = 0;
  await read(file, bytes => {
    hash.update(bytes);
    crc = crc32(crc, bytes);
    goOn(bytes.length);
  });
  return { sum: Array.from(hash.digest() as Uint8Array, b => (b < 16 ? '0' : '') + b.toString(16)).join(''), crc };
}

// crcOf finds out whether a file is still the one whose sums were taken. goOn hears of each piece.
export async function crcOf(file: Blob, goOn: (bytes: number) => void): Promise<number> {
  let crc = 0;
  await read(file, bytes => {
    crc = crc32(crc, bytes);
    goOn(bytes.length);
  });
  return crc;
}

export async function facts(file: Blob, name: string): Promise<Facts> {
  const found: Facts = sniff(await bytesOf(file.slice(0, 16 << 10)), name);
  if (file.size === 0) return { ...found, broken: true };
  if (await isCut(file, found.format)) return { ...found, cut: true };
  if (found.kind === 'picture') return { ...found, ...(await pixels(file, found.format)) };
  if (found.kind === 'video' || found.kind === 'audio') return { ...found, ...(await length(file, found)) };
  const words = await wordsOf(file, found.format);
  if (words === null) return { ...found, broken: true };
  return words === undefined ? { ...found, unseen: true } : { ...found, words };
}

const tails: { [format: string]: RegExp } = {
  jpeg: /\xff\xd9/,
  png: /IEND/,
  pdf: /%%EOF/,
  docx: /PK\x05\x06/,
  pptx: /PK\x05\x06/,
  odt: /PK\x05\x06/,
};

// isCut finds that the sign by which each whole file ends is missing.
async function isCut(file: Blob, format: string): Promise<boolean> {
  if (/^(mp4|mov|m4a|heic|avif)$/.test(format)) {
    for (let at = 0; at < file.size; ) {
      const b = await boxAt(file, at, file.size);
      if (!b) return at + 8 <= file.size; // a few bytes behind the last box do no harm
      at = b.end;
    }
    return false;
  }
  const sign = tails[format];
  return !!sign && !sign.test(latin(await bytesOf(file.slice(Math.max(0, file.size - 66000)))));
}

const headOfPicture = 256 << 10;

// pixels has the browser look at the beginning of a picture, which says how large it is; browsers hold on to what they
// were shown. Only where that is not enough it sees all.
async function pixels(file: Blob, format: string): Promise<Partial<Facts>> {
  const head = file.size > headOfPicture ? await sizeOf(file.slice(0, headOfPicture)) : null;
  const found = head || (await sizeOf(file));
  return found || (/^(tiff|heic|avif)$/.test(format) ? { unseen: true } : { broken: true });
}

function sizeOf(picture: Blob): Promise<Partial<Facts> | null> {
  const url = URL.createObjectURL(picture);
  return new Promise<Partial<Facts> | null>(done => {
    const img = new Image();
    const end = (found: Partial<Facts> | null) => {
      URL.revokeObjectURL(url);
      img.removeAttribute('src');
      done(found);
    };
    img.onload = () => end(img.naturalWidth ? { width: img.naturalWidth, height: img.naturalHeight } : null);
    img.onerror = () => end(null);
    img.src = url;
  });
}

interface Box {
  name: string;
  body: number;
  end: number;
}

async function boxAt(file: Blob, at: number, end: number): Promise<Box | null> {
  const head = await bytesOf(file.slice(at, at + 16));
  if (head.length < 8) return null;
  const view = new DataView(head.buffer);
  let size = view.getUint32(0);
  let body = at + 8;
  if (size === 0) size = end - at;
  if (size === 1) {
    if (head.length < 16) return null;
    size = view.getUint32(8) * 0x100000000 + view.getUint32(12);
    body = at + 16;
  }
  if (at + size > end || at + size < body) return null;
  return { name: latin(head, 4, 8), body, end: at + size };
}

// within lists the boxes of a name in a box.
async function within(file: Blob, at: number, end: number, name: string): Promise<Box[]> {
  const out: Box[] = [];
  for (let n = 0; at < end && n < 1000; n++) {
    const b = await boxAt(file, at, end);
    if (!b) break;
    if (b.name === name) out.push(b);
    at = b.end;
  }
  return out;
}

// boxes reads length and pixels out of an MP4 or QuickTime film: a browser may have no decoder for it.
async function boxes(file: Blob): Promise<Partial<Facts>> {
  const [moov] = await within(file, 0, file.size, 'moov');
  if (!moov) return {};
  const out: Partial<Facts> = {};
  const [mvhd] = await within(file, moov.body, moov.end, 'mvhd');
  if (mvhd) {
    const b = await bytesOf(file.slice(mvhd.body, mvhd.body + 32));
    const v = new DataView(b.buffer);
    const long = b[0] === 1;
    if (b.length === 32) {
      const ticks = long ? v.getUint32(24) * 0x100000000 + v.getUint32(28) : v.getUint32(16);
      const scale = v.getUint32(long ? 20 : 12);
      if (scale && ticks && ticks !== 0xffffffff) out.seconds = ticks / scale;
    }
  }
  for (const trak of await within(file, moov.body, moov.end, 'trak')) {
    const [tkhd] = await within(file, trak.body, trak.end, 'tkhd');
    if (!tkhd) continue;
    const b = await bytesOf(file.slice(tkhd.end - 44, tkhd.end)); // matrix, width, height
    const v = new DataView(b.buffer);
    if (b.length < 44 || !v.getUint32(36)) continue;
    const turned = v.getInt32(0) === 0 && v.getInt32(4) !== 0;
    const [w, h] = [v.getUint32(36) >>> 16, v.getUint32(40) >>> 16];
    out.width = turned ? h : w;
    out.height = turned ? w : h;
  }
  return out;
}

async function length(file: Blob, found: Facts): Promise<Partial<Facts>> {
  if (/^(mp4|mov|m4a)$/.test(found.format)) {
    const read = await boxes(file);
    if (read.seconds) return read;
  }
  const url = URL.createObjectURL(file);
  const player = document.createElement(found.kind === 'video' ? 'video' : 'audio');
  try {
    return await new Promise<Partial<Facts>>(done => {
      const size = () => {
        const v = player as HTMLVideoElement;
        return v.videoWidth ? { width: v.videoWidth, height: v.videoHeight } : {};
      };
      player.onloadedmetadata = () =>
        done(isFinite(player.duration) ? { seconds: player.duration, ...size() } : { unseen: true });
      player.onerror = () => done({ unseen: true });
      setTimeout(() => done({ unseen: true }), 15000);
      player.preload = 'metadata';
      player.src = url;
    });
  } finally {
    player.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
}
