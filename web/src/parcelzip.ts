// A zip that holds files as they are: what is sent in is packed already. It grows to its exact size before a byte of it
// is written, so that parts can be planned; beyond 4 GiB it takes the form of ZIP64.

const table = (() => {
  const out = new Int32Array(256 * 4);
  for (let i = 0; i < 256; i++) {
    let c = i;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    out[i] = c;
  }
  for (let i = 0; i < 256; i++)
    for (let k = 1; k < 4; k++) out[256 * k + i] = (out[256 * (k - 1) + i] >>> 8) ^ out[out[256 * (k - 1) + i] & 255];
  return out;
})();

// crc32 goes on from the sum of what came before, 0 at the beginning.
export function crc32(before: number, bytes: Uint8Array): number {
  let c = ~before;
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) {
    c ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    c = table[768 + (c & 255)] ^ table[512 + ((c >>> 8) & 255)] ^ table[256 + ((c >>> 16) & 255)] ^ table[c >>> 24];
  }
  for (; i < bytes.length; i++) c = (c >>> 8) ^ table[(c ^ bytes[i]) & 255];
  return ~c >>> 0;
}

export interface Packed {
  name: string;
  bytes: number;
  crc: number;
  body: Blob | Uint8Array;
}

const full = 0xffffffff;

// record writes numbers one behind the other, each of 2, 4 or 8 bytes, then texts.
function record(numbers: [number, number][], texts: Uint8Array[] = []): Uint8Array {
  const size = numbers.reduce((n, [width]) => n + width, 0);
  const out = new Uint8Array(size + texts.reduce((n, x) => n + x.length, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [width, value] of numbers) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value % 0x100000000, true);
    if (width === 8) view.setUint32(at + 4, Math.floor(value / 0x100000000), true);
    at += width;
  }
  for (const x of texts) {
    out.set(x, at);
    at += x.length;
  }
  return out;
}

const stamp = (when: Date): [number, number] => [
  (when.getHours() << 11) | (when.getMinutes() << 5) | (when.getSeconds() >> 1),
  ((when.getFullYear() - 1980) << 9) | ((when.getMonth() + 1) << 5) | when.getDate(),
];

function head(f: Packed, when: Date): Uint8Array {
  const name = new TextEncoder().encode(f.name);
  const long = f.bytes >= full;
  const extra = long ? record([[2, 1], [2, 16], [8, f.bytes], [8, f.bytes]]) : new Uint8Array(0);
  const size = long ? full : f.bytes;
  const [time, day] = stamp(when);
  return record(
    [[4, 0x04034b50], [2, long ? 45 : 20], [2, 0x800], [2, 0], [2, time], [2, day], [4, f.crc],
      [4, size], [4, size], [2, name.length], [2, extra.length]],
    [name, extra],
  );
}

function entry(f: Packed, at: number, when: Date): Uint8Array {
  const name = new TextEncoder().encode(f.name);
  const long = f.bytes >= full;
  const far = at >= full;
  const more: [number, number][] = [];
  if (long) more.push([8, f.bytes], [8, f.bytes]);
  if (far) more.push([8, at]);
  const intro: [number, number][] = more.length ? [[2, 1], [2, 8 * more.length]] : [];
  const extra = record(intro.concat(more));
  const size = long ? full : f.bytes;
  const version = more.length ? 45 : 20;
  const [time, day] = stamp(when);
  return record(
    [[4, 0x02014b50], [2, version], [2, version], [2, 0x800], [2, 0], [2, time], [2, day], [4, f.crc],
      [4, size], [4, size], [2, name.length], [2, extra.length], [2, 0], [2, 0], [2, 0], [4, 0], [4, far ? full : at]],
    [name, extra],
  );
}

function end(count: number, size: number, at: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  if (count >= 0xffff || size >= full || at >= full) {
    out.push(
      record([[4, 0x06064b50], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, count], [8, count], [8, size], [8, at]]),
      record([[4, 0x07064b50], [4, 0], [8, at + size], [4, 1]]),
    );
  }
  const c = Math.min(count, 0xffff);
  const [long, from] = [Math.min(size, full), Math.min(at, full)];
  out.push(record([[4, 0x06054b50], [2, 0], [2, 0], [2, c], [2, c], [4, long], [4, from], [2, 0]]));
  return out;
}

// zip gives the pieces of a zip in order: bytes, and files that a browser reads when it writes them.
export function zip(files: Packed[], when: Date): (Blob | Uint8Array)[] {
  const out: (Blob | Uint8Array)[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const f of files) {
    const h = head(f, when);
    list.push(entry(f, at, when));
    out.push(h, f.body);
    at += h.length + f.bytes;
  }
  const size = list.reduce((n, e) => n + e.length, 0);
  return out.concat(list, end(files.length, size, at));
}

// overhead is the most that a file adds to a zip beyond its own bytes.
export const overhead = (name: string): number => 76 + 56 + 2 * new TextEncoder().encode(name).length;
