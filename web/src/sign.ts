// How a request is signed, as in judging/room/sign: the two have to agree to the letter.
import { sha256 } from '@noble/hashes/sha2.js';
import { hmac } from '@noble/hashes/hmac.js';

const encoder = typeof TextEncoder === 'undefined' ? null : new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  if (encoder) return encoder.encode(text);
  const out: number[] = [];
  for (const c of unescape(encodeURIComponent(text))) out.push(c.charCodeAt(0));
  return new Uint8Array(out);
}

export function hex(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i++) out += (bytes[i] < 16 ? '0' : '') + bytes[i].toString(16);
  return out;
}

// random draws bytes by the browser's generator, which needs no secure origin.
export function random(bytes: number): string {
  return hex(crypto.getRandomValues(new Uint8Array(bytes)));
}

export function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

export interface Key {
  id: string;
  key: Uint8Array;
}

// keyFrom returns the key that is made of 32 bytes.
export const keyFrom = (key: Uint8Array): Key => ({
  key,
  id: hex(sha256(join(bytesOf('fayi room pass 1\0'), key)).slice(0, 8)),
});

// keyOf returns the key of a token, null for what is not one.
export function keyOf(token: string): Key | null {
  if (!/^[A-Za-z0-9_-]{22}$/.test(token)) return null;
  const plain = atob(token.replace(/-/g, '+').replace(/_/g, '/') + '==');
  const raw = new Uint8Array(16);
  for (let i = 0; i < 16; i++) raw[i] = plain.charCodeAt(i);
  return keyFrom(sha256(raw));
}

export interface Request {
  method: string;
  path: string;
  session: string;
  count: number | string;
  device: string;
  body: string;
}

export function signature(key: Key, r: Request): string {
  const body = hex(sha256(bytesOf(r.body)));
  const lines = ['fayi room 1', r.method, r.path, r.session, String(r.count), r.device, body];
  return hex(hmac(sha256, key.key, bytesOf(lines.join('\n'))));
}
