// How a judge comes in: by the token in the address, or by name and PIN, on the device that the browser is.
import { Desk } from './desk';
import * as keep from './keep';
import { Key, keyFrom, keyOf, random } from './sign';

// device is what this browser calls itself; made once and kept.
export async function device(): Promise<string> {
  const known = await keep.get<string>('meta', 'device');
  if (known) return known;
  let fresh = random(16);
  if (!keep.permanent()) {
    try {
      // it lives as long as the tab, at least
      fresh = sessionStorage.getItem('device') || fresh;
      sessionStorage.setItem('device', fresh);
    } catch (e) {
      // then as long as the page
    }
  }
  await keep.put('meta', 'device', fresh);
  return fresh;
}

async function openDesk(key: Key): Promise<Desk> {
  const desk = new Desk(key, await device());
  await desk.start();
  return desk;
}

// enter opens the desk of the token in the address, or of who came in last; null where there is not one.
export async function enter(): Promise<Desk | null> {
  await keep.open();
  const token = location.hash.slice(1);
  const scanned = keyOf(token);
  if (scanned) {
    await keep.put('meta', 'token', token);
    await keep.del('meta', 'key');
    return openDesk(scanned);
  }
  const named = await keep.get<Uint8Array>('meta', 'key');
  if (named) return openDesk(keyFrom(named));
  const last = keyOf((await keep.get<string>('meta', 'token')) || '');
  return last ? openDesk(last) : null;
}

// enterBy opens the desk of a pass whose key was given to this device.
export async function enterBy(key: Uint8Array): Promise<Desk> {
  await keep.put('meta', 'key', key);
  return openDesk(keyFrom(key));
}

// named says whether the judge came in by name, and could give the device to another one.
export const named = async (): Promise<boolean> => !!(await keep.get('meta', 'key'));

// leave forgets who came in by name: the next judge on this device is asked. What is kept for them stays.
export async function leave(): Promise<void> {
  await keep.del('meta', 'key');
  await keep.del('meta', 'token');
  location.reload();
}
