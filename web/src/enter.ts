// How a judge comes in: by the token in the address, on the device that the browser is.
import { Desk } from './desk';
import * as keep from './keep';
import { keyOf, random } from './sign';

// device is what this browser calls itself; made once and kept.
async function device(): Promise<string> {
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

// enter opens the desk of the token in the address, or of the one that was used last; null where there is not one.
export async function enter(): Promise<Desk | null> {
  await keep.open();
  let token = location.hash.slice(1);
  let key = keyOf(token);
  if (!key) {
    token = (await keep.get<string>('meta', 'token')) || '';
    key = keyOf(token);
  }
  if (!key) return null;
  await keep.put('meta', 'token', token);
  const desk = new Desk(key, await device());
  await desk.start();
  return desk;
}
