// What is kept on the device: IndexedDB, or where a browser refuses it, the page's memory; then permanent() says so.
import { openDB, IDBPDatabase } from 'idb';
import { base } from './base';
import type { Ballot, Duties, Stage, WorkPage } from './model';

export interface Item {
  id?: number;
  pass: string;
  ballot: Ballot; // with its mark and the base it was made on
  sent?: boolean; // it may be at the server: it is not changed any more
  refused?: string; // the server's words, where it did not take it
  why?: string; // the key of these words
}

export interface List {
  duties: Duties;
  covers: { [code: string]: string };
  standing: string;
  stage?: Stage;
  knock?: { n: number; text: string } | null; // another device was refused; n counts on
  tag?: string;
  pairs?: string; // how what is asked about pairs stands, '' or absent while nothing is
}

type Stores = 'meta' | 'lists' | 'works' | 'outbox';

let db: IDBPDatabase | null = null;
const memory: { [store: string]: Map<string, unknown> } = {
  meta: new Map(),
  lists: new Map(),
  works: new Map(),
  outbox: new Map(),
};
let memoryIds = 0;
let read: Item[] = []; // of the outbox, as it was read last
let lost: (() => void) | null = null;

export async function open(): Promise<void> {
  try {
    db = await withTime(
      openDB('fayi-room' + base, 1, {
        upgrade(d) {
          d.createObjectStore('meta');
          d.createObjectStore('lists');
          d.createObjectStore('works');
          d.createObjectStore('outbox', { keyPath: 'id', autoIncrement: true });
        },
        blocking: (_now, _next, e) => (e.target as IDBDatabase).close(),
        terminated: forget,
      }),
      4000,
    );
    await put('meta', 'probe', Date.now());
  } catch (e) {
    forget();
  }
}

// Some browsers never answer in private mode.
function withTime<T>(p: Promise<T>, ms: number): Promise<T> {
  return Promise.race([p, new Promise<T>((_, no) => setTimeout(() => no(new Error('no answer')), ms))]);
}

// forget goes on in memory, with what was read last: what cannot be kept is still sent.
function forget(): void {
  if (db) read.forEach(i => memory.outbox.set(String(i.id), i));
  memoryIds = read.reduce((most, i) => Math.max(most, i.id || 0), memoryIds);
  db = null;
  if (lost) lost();
}

export const permanent = (): boolean => db !== null;

export function onLost(f: () => void): void {
  lost = f;
}

export async function get<T>(store: Stores, key: string): Promise<T | undefined> {
  if (!db) return memory[store].get(key) as T | undefined;
  return db.get(store, key);
}

// stored does something in the database; false where there is none, or where it fails, since the device is full or does
// not let us: then memory takes its place, and onLost says so.
async function stored(work: (d: IDBPDatabase) => Promise<unknown>): Promise<boolean> {
  if (!db) return false;
  try {
    await work(db);
    return true;
  } catch (e) {
    forget();
    return false;
  }
}

export async function put(store: Stores, key: string, value: unknown): Promise<void> {
  const done = await stored(async d => {
    const tx = d.transaction(store, 'readwrite');
    tx.store.put(value, key);
    await tx.done;
  });
  if (!done) memory[store].set(key, value);
}

// alter puts what change makes of what stands there, in one step that no other tab comes between, and returns it.
export async function alter<T>(store: Stores, key: string, change: (now: T | undefined) => T): Promise<T> {
  let value: T;
  const done = await stored(async d => {
    const tx = d.transaction(store, 'readwrite', { durability: 'strict' });
    value = change(await tx.store.get(key));
    tx.store.put(value, key);
    await tx.done;
  });
  if (!done) {
    value = change(memory[store].get(key) as T | undefined);
    memory[store].set(key, value);
  }
  return value!;
}

export async function del(store: Stores, key: string): Promise<void> {
  if (!(await stored(d => d.delete(store, key)))) memory[store].delete(key);
}

// items lists what waits to be sent for a pass, in the order it was made.
export async function items(pass: string): Promise<Item[]> {
  const all: Item[] = db ? await db.getAll('outbox') : (Array.from(memory.outbox.values()) as Item[]);
  read = all;
  return all.filter(i => i.pass === pass);
}

// queue keeps a ballot to be sent. What waits for the same work and was not sent yet is replaced: nobody saw it. The
// base is what comes before: the last ballot of the work that waits, or else known, the last that was received.
export async function queue(pass: string, ballot: Ballot, known: string): Promise<void> {
  const place = (all: Item[]): Item => {
    const own = all.filter(i => i.pass === pass && i.ballot.code === ballot.code);
    const last = own[own.length - 1];
    if (last && last.refused) return { id: last.id, pass, ballot: { ...ballot, base: known } };
    if (last && !last.sent) return { ...last, ballot: { ...ballot, base: last.ballot.base } };
    return { pass, ballot: { ...ballot, base: last ? last.ballot.mark : known } };
  };
  const done = await stored(async d => {
    const tx = d.transaction('outbox', 'readwrite', { durability: 'strict' });
    tx.store.put(place(await tx.store.getAll()));
    await tx.done;
  });
  if (done) return;
  const item = place(Array.from(memory.outbox.values()) as Item[]);
  if (!item.id) item.id = ++memoryIds;
  memory.outbox.set(String(item.id), item);
}

export async function change(item: Item): Promise<void> {
  const done = await stored(async d => {
    const tx = d.transaction('outbox', 'readwrite');
    tx.store.put(item);
    await tx.done;
  });
  if (!done) memory.outbox.set(String(item.id), item);
}

// claim marks an item as sent, unless another tab took it away. It returns what stands there.
export async function claim(id: number): Promise<Item | undefined> {
  let item: Item | undefined;
  const done = await stored(async d => {
    const tx = d.transaction('outbox', 'readwrite');
    item = await tx.store.get(id);
    if (item) {
      item.sent = true;
      tx.store.put(item);
    }
    await tx.done;
  });
  if (done) return item;
  item = memory.outbox.get(String(id)) as Item | undefined;
  if (item) item.sent = true;
  return item;
}

// settled takes an item out once it was received, and puts what was made on it on the base that it has there.
export async function settled(item: Item, base: string): Promise<void> {
  const next = (all: Item[]): Item[] =>
    all.filter(
      i =>
        i.pass === item.pass &&
        i.ballot.code === item.ballot.code &&
        i.id !== item.id &&
        i.ballot.base === item.ballot.mark,
    );
  const done = await stored(async d => {
    const tx = d.transaction('outbox', 'readwrite');
    tx.store.delete(item.id!);
    for (const i of next(await tx.store.getAll())) {
      i.ballot.base = base;
      tx.store.put(i);
    }
    await tx.done;
  });
  if (done) return;
  memory.outbox.delete(String(item.id));
  next(Array.from(memory.outbox.values()) as Item[]).forEach(i => {
    i.ballot.base = base;
  });
}

// lead says whether this tab may send: one of a device's tabs does, until it is silent for a while.
export async function lead(pass: string, tab: string): Promise<boolean> {
  const key = 'leader ' + pass;
  const now = Date.now();
  let mine = true;
  const done = await stored(async d => {
    const tx = d.transaction('meta', 'readwrite');
    const held: { tab: string; at: number } | undefined = await tx.store.get(key);
    mine = !held || held.tab === tab || now - held.at > 6000 || held.at - now > 6000;
    if (mine) tx.store.put({ tab, at: now }, key);
    await tx.done;
  });
  return mine || !done;
}

export async function resign(pass: string, tab: string): Promise<void> {
  await stored(async d => {
    const tx = d.transaction('meta', 'readwrite');
    const held: { tab: string } | undefined = await tx.store.get('leader ' + pass);
    if (held && held.tab === tab) tx.store.delete('leader ' + pass);
    await tx.done;
  });
}

export const workKey = (pass: string, code: string): string => pass + ' ' + code;

export type { WorkPage };
