// Keeps a draft and its files in the browser. Where it refuses, they stay in memory as long as the page is open, and
// permanent() says so.
import { openDB, IDBPDatabase } from 'idb';
import type { Draft } from './parcelmodel';

interface Saved {
  draft: Draft;
  by: string; // the window that wrote it
  turn: number;
}

let db: IDBPDatabase | null = null;
let turn = 0;
const me = String(Math.random());
const files = new Map<string, Blob>();

export type Outcome = 'kept' | 'memory' | 'elsewhere' | 'full';

function withTime<T>(p: Promise<T>, ms: number): Promise<T> {
  return Promise.race([p, new Promise<T>((_, no) => setTimeout(() => no(new Error('no answer')), ms))]);
}

export interface Opened {
  draft: Draft;
  lost: string[]; // names of files that are not there any more
}

// open reads the draft that was kept under a name; null where there is none.
export async function open(name: string): Promise<Opened | null> {
  try {
    db = await withTime(
      openDB('fayi-parcel-' + name, 1, {
        upgrade(d) {
          d.createObjectStore('draft');
          d.createObjectStore('files');
        },
        blocking: (_now, _next, e) => (e.target as IDBDatabase).close(),
        terminated: () => (db = null),
      }),
      4000,
    );
    const saved: Saved | undefined = await db.get('draft', 'draft');
    if (!saved) {
      await db.put('draft', 0, 'probe');
      return null;
    }
    turn = saved.turn;
    return await whole(saved.draft);
  } catch (e) {
    db = null;
    return null;
  }
}

// whole reads the files of a draft and clears away those that no work has any more.
async function whole(d: Draft): Promise<Opened> {
  const wanted: { [id: string]: boolean } = {};
  d.rows.forEach(r => r.files.forEach(f => (wanted[f.id] = true)));
  for (const id of await db!.getAllKeys('files')) {
    if (!wanted[String(id)]) await db!.delete('files', id);
    else files.set(String(id), await db!.get('files', id));
  }
  const lost: string[] = [];
  d.rows.forEach(r => r.files.forEach(f => files.has(f.id) || lost.push(f.was)));
  if (!lost.length) return { draft: d, lost };
  return { draft: { ...d, rows: d.rows.map(r => ({ ...r, files: r.files.filter(f => files.has(f.id)) })) }, lost };
}

export const permanent = (): boolean => db !== null;

export const blob = (id: string): Blob => files.get(id)!;

// keepFile keeps the bytes of a file, so that they are there when the page is opened again.
export async function keepFile(id: string, file: Blob): Promise<Outcome> {
  files.set(id, file);
  if (!db) return 'memory';
  try {
    await db.put('files', file, id);
    const back: Blob | undefined = await db.get('files', id);
    if (back && back.size === file.size) files.set(id, back); // the one on disk may be moved or changed
    return 'kept';
  } catch (e) {
    return 'full';
  }
}

// save keeps a draft, unless another window of this browser changed it meanwhile.
export async function save(draft: Draft): Promise<Outcome> {
  if (!db) return 'memory';
  try {
    const tx = db.transaction('draft', 'readwrite');
    const saved: Saved | undefined = await tx.store.get('draft');
    if (saved && saved.by !== me && saved.turn !== turn) {
      await tx.done;
      return 'elsewhere';
    }
    turn = (saved ? saved.turn : 0) + 1;
    tx.store.put({ draft, by: me, turn }, 'draft');
    await tx.done;
    return 'kept';
  } catch (e) {
    return 'full';
  }
}

// forget takes everything away that was kept.
export async function forget(): Promise<void> {
  files.clear();
  if (!db) return;
  await db.clear('files');
  await db.clear('draft');
}
