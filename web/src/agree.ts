// Agreeing on a key where browsers have no ciphers of their own: X25519 (RFC 7748) over numbers of 16 limbs, as
// TweetNaCl does it, which is in the public domain. Old browsers have no large integers.

type Field = Float64Array;

function field(first: number[] = []): Field {
  const out = new Float64Array(16);
  first.forEach((v, i) => (out[i] = v));
  return out;
}

const a24 = field([0xdb41, 1]);

function carry(o: Field): void {
  let c = 1;
  for (let i = 0; i < 16; i++) {
    const v = o[i] + c + 65535;
    c = Math.floor(v / 65536);
    o[i] = v - c * 65536;
  }
  o[0] += c - 1 + 37 * (c - 1);
}

function add(o: Field, a: Field, b: Field): void {
  for (let i = 0; i < 16; i++) o[i] = a[i] + b[i];
}

function take(o: Field, a: Field, b: Field): void {
  for (let i = 0; i < 16; i++) o[i] = a[i] - b[i];
}

function times(o: Field, a: Field, b: Field): void {
  const t = new Float64Array(31);
  for (let i = 0; i < 16; i++) for (let j = 0; j < 16; j++) t[i + j] += a[i] * b[j];
  for (let i = 0; i < 15; i++) t[i] += 38 * t[i + 16];
  o.set(t.subarray(0, 16));
  carry(o);
  carry(o);
}

// swap exchanges p and q where yes is 1, in the same time as where it is 0.
function swap(p: Field, q: Field, yes: number): void {
  const mask = ~(yes - 1);
  for (let i = 0; i < 16; i++) {
    const t = mask & (p[i] ^ q[i]);
    p[i] ^= t;
    q[i] ^= t;
  }
}

function unpack(n: Uint8Array): Field {
  const o = field();
  for (let i = 0; i < 16; i++) o[i] = n[2 * i] + (n[2 * i + 1] << 8);
  o[15] &= 0x7fff;
  return o;
}

function pack(n: Field): Uint8Array {
  const t = field(),
    m = field();
  t.set(n);
  for (let i = 0; i < 3; i++) carry(t);
  for (let j = 0; j < 2; j++) {
    m[0] = t[0] - 0xffed;
    for (let i = 1; i < 15; i++) {
      m[i] = t[i] - 0xffff - ((m[i - 1] >> 16) & 1);
      m[i - 1] &= 0xffff;
    }
    m[15] = t[15] - 0x7fff - ((m[14] >> 16) & 1);
    const less = (m[15] >> 16) & 1;
    m[14] &= 0xffff;
    swap(t, m, 1 - less);
  }
  const o = new Uint8Array(32);
  for (let i = 0; i < 16; i++) {
    o[2 * i] = t[i] & 0xff;
    o[2 * i + 1] = t[i] >> 8;
  }
  return o;
}

function invert(a: Field): Field {
  const c = field();
  c.set(a);
  for (let i = 253; i >= 0; i--) {
    times(c, c, c);
    if (i !== 2 && i !== 4) times(c, c, a);
  }
  return c;
}

// x25519 multiplies a point, given by 32 bytes, by a private number of 32 bytes.
export function x25519(secret: Uint8Array, point: Uint8Array): Uint8Array {
  const z = new Uint8Array(secret);
  z[31] = (z[31] & 127) | 64;
  z[0] &= 248;
  const x = unpack(point);
  const a = field([1]),
    b = field(),
    c = field(),
    d = field([1]),
    e = field(),
    f = field();
  b.set(x);
  for (let i = 254; i >= 0; i--) {
    const r = (z[i >>> 3] >>> (i & 7)) & 1;
    swap(a, b, r);
    swap(c, d, r);
    add(e, a, c);
    take(a, a, c);
    add(c, b, d);
    take(b, b, d);
    times(d, e, e);
    times(f, a, a);
    times(a, c, a);
    times(c, b, e);
    add(e, a, c);
    take(a, a, c);
    times(b, a, a);
    take(c, d, f);
    times(a, c, a24);
    add(a, a, d);
    times(c, c, a);
    times(a, d, f);
    times(d, b, x);
    times(b, e, e);
    swap(a, b, r);
    swap(c, d, r);
  }
  times(a, a, invert(c));
  return pack(a);
}

// base is the point that public numbers are multiples of.
export const base = (() => {
  const p = new Uint8Array(32);
  p[0] = 9;
  return p;
})();
