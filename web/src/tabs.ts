// Tabs of one device tell each other what changed: by BroadcastChannel, or where there is none, by localStorage.

import { base } from './base';

export type Word = 'outbox' | 'list' | 'pairs';

const name = 'fayi-room' + base;

let channel: BroadcastChannel | null = null;

export function listen(heard: (w: Word) => void): void {
  if (typeof BroadcastChannel !== 'undefined') {
    channel = new BroadcastChannel(name);
    channel.onmessage = e => heard(e.data as Word);
    return;
  }
  window.addEventListener('storage', e => {
    if (e.key === name && e.newValue) heard(e.newValue.split(' ')[0] as Word);
  });
}

export function say(w: Word): void {
  if (channel) {
    channel.postMessage(w);
    return;
  }
  try {
    localStorage.setItem(name, w + ' ' + Math.random());
  } catch (e) {
    // No storage: then other tabs can't see what is kept either.
  }
}
