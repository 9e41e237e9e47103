// What the page asks the hall, by its organiser's token. The token stays in this tab.
import { language } from './tongue';

export interface Row {
  name: string;
  address: string;
  state: 'open' | 'closed' | 'shut' | 'broken';
  problem: string;
  bytes: number;
  title: string;
  judges: number;
  submitted: number;
  done: number;
  total: number;
  here: number;
  looked?: string;
}

export interface Limits {
  most: number;
  idle: number;
  devices: number;
  saves: number;
  media: number;
}

export interface List {
  contests: Row[];
  problem: string;
  limits: Limits;
}

const shelf = 'fayi-hall-token';

export function kept(): string {
  try {
    return sessionStorage.getItem(shelf) || '';
  } catch (e) {
    return '';
  }
}

export function keep(token: string): void {
  try {
    if (token) sessionStorage.setItem(shelf, token);
    else sessionStorage.removeItem(shelf);
  } catch (e) {
    // then it holds as long as the page
  }
}

// Refused is an answer of the hall that is not what was asked for.
export class Refused extends Error {
  barred: boolean; // the token is none
  constructor(text: string, barred: boolean) {
    super(text);
    this.barred = barred;
  }
}

async function ask(method: string, path: string, token: string): Promise<any> {
  const said = await fetch(path, {
    method,
    cache: 'no-store',
    headers: { Authorization: 'Bearer ' + token, 'Accept-Language': language() },
  });
  let doc: any = null;
  try {
    doc = await said.json();
  } catch (e) {
    // not the hall's answer, or that of who does not know the token
  }
  if (said.ok && doc) return doc;
  throw new Refused((doc && doc.text) || '', said.status === 404 && !(doc && doc.code));
}

export const list = (token: string): Promise<List> => ask('GET', 'contests', token);

export const setOpen = (token: string, name: string, open: boolean): Promise<Row> =>
  ask('POST', 'contests/' + encodeURIComponent(name) + '/' + (open ? 'open' : 'close'), token);
