// How a message is sealed, and on what key, as in judging/room/sign/seal.go: the two have to agree to the letter.
import { sha256 } from '@noble/hashes/sha2.js';
import { hmac } from '@noble/hashes/hmac.js';
import { base, x25519 } from './agree';
import { bytesOf, join } from './sign';

const salt = 16;
const proof = 16;

export function toText(bytes: Uint8Array): string {
  let plain = '';
  for (let i = 0; i < bytes.length; i++) plain += String.fromCharCode(bytes[i]);
  return btoa(plain).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

export function toBytes(text: string): Uint8Array {
  const plain = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  const out = new Uint8Array(plain.length);
  for (let i = 0; i < plain.length; i++) out[i] = plain.charCodeAt(i);
  return out;
}

function part(key: Uint8Array, use: string, of: Uint8Array): Uint8Array {
  return hmac(sha256, key, join(bytesOf('fayi seal 1\0' + use + '\0'), of));
}

function hidden(key: Uint8Array, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length);
  let block: Uint8Array = out;
  for (let i = 0; i < data.length; i++) {
    if (i % 32 === 0) block = part(key, 'stream', new Uint8Array([0, 0, (i / 32) >> 8, (i / 32) & 255]));
    out[i] = data[i] ^ block[i % 32];
  }
  return out;
}

// agreed returns the key that is agreed on with who has a public number, and our own number for them.
export function agreed(their: string): { key: Uint8Array; ours: string } {
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const ours = toText(x25519(secret, base));
  const shared = x25519(secret, toBytes(their));
  return { key: part(shared, 'agreed', bytesOf(ours + ' ' + their)), ours };
}

export function seal(key: Uint8Array, purpose: string, plain: string): string {
  const head = crypto.getRandomValues(new Uint8Array(salt));
  const own = part(key, purpose, head);
  const body = join(head, hidden(own, bytesOf(plain)));
  return toText(join(body, part(own, 'proof', body).slice(0, proof)));
}

// unseal returns what was sealed, null where it was not sealed with the key.
export function unseal(key: Uint8Array, purpose: string, sealed: string): string | null {
  const raw = toBytes(sealed);
  const body = raw.slice(0, raw.length - proof);
  const own = part(key, purpose, body.slice(0, salt));
  const right = part(own, 'proof', body);
  for (let i = 0; i < proof; i++) if (raw[body.length + i] !== right[i]) return null;
  let text = '';
  const plain = hidden(own, body.slice(salt));
  for (let i = 0; i < plain.length; i++) text += String.fromCharCode(plain[i]);
  return text;
}
