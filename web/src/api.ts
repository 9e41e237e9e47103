// Requests to the room: signed, each sent once, with an answer or a Failure.
import { base } from './base';
import { Key, signature } from './sign';
import { language } from './text';

export class Failure extends Error {
  constructor(
    public status: number,
    public code: string,
    public key: string,
    public text: string,
  ) {
    super(key);
  }
  // away says that the server could not be reached or can't answer now: try again later.
  get away(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500 || this.key === 'room.session';
  }
  // bars says that the server lets this device in no more, whatever it asks: what waits stays.
  get bars(): boolean {
    return ['room.no_pass', 'room.other_device', 'room.struck', 'room.moved'].indexOf(this.key) >= 0;
  }
  // unable says that the server was reached and can't keep anything for now, and why: its disk is full.
  get unable(): boolean {
    return this.status >= 500 && this.code !== 'busy' && !!this.text;
  }
}

// send makes one request, and returns null where nothing changed.
async function send(
  method: string,
  path: string,
  body: string,
  headers: { [name: string]: string },
): Promise<any> {
  headers['Accept-Language'] = language();
  if (body) headers['Content-Type'] = 'application/json';
  let r: Response;
  try {
    const stop = typeof AbortController === 'undefined' ? null : new AbortController();
    const timer = stop ? setTimeout(() => stop.abort(), 40000) : 0;
    r = await fetch(base + path, {
      method,
      headers,
      body: body || undefined,
      cache: 'no-store',
      signal: stop ? stop.signal : undefined,
    });
    clearTimeout(timer);
  } catch (e) {
    throw new Failure(0, 'unavailable', 'room.unreachable', '');
  }
  if (r.status === 304) return null;
  let value: any;
  try {
    value = await r.json();
  } catch (e) {
    throw new Failure(0, 'unavailable', 'room.unreachable', '');
  }
  if (!r.ok) throw new Failure(r.status, value.code || '', value.key || '', value.text || '');
  return { value, tag: r.headers.get('ETag') || '' };
}

// plainly makes a request that nobody signs.
export const plainly = <T>(method: string, path: string, body: string): Promise<{ value: T }> =>
  send(method, path, body, {});

export class Api {
  private session = '';
  private count = 0;
  private opening: Promise<void> | null = null;
  waiting = 0; // scores that are on this device only; the organiser sees it

  constructor(
    private key: Key,
    private device: string,
  ) {}

  get pass(): string {
    return this.key.id;
  }

  // hello opens a session; several requests that need one wait for the same.
  private hello(): Promise<void> {
    if (!this.opening) {
      const done = () => {
        this.opening = null;
      };
      this.opening = send('POST', '/api/hello', JSON.stringify({ pass: this.pass }), {}).then(r => {
        this.session = r.value.session;
        this.count = 0;
      });
      this.opening.then(done, done);
    }
    return this.opening;
  }

  private auth(method: string, path: string, body: string): string {
    const count = ++this.count;
    const of = { method, path, session: this.session, count, device: this.device, body };
    return [this.pass, this.session, count, this.device, signature(this.key, of)].join(',');
  }

  // ask sends a request. tag is what is known already: the answer is then null where nothing changed.
  async ask<T>(
    method: string,
    path: string,
    value?: unknown,
    tag?: string,
  ): Promise<{ value: T; tag: string } | null> {
    const body = value === undefined ? '' : JSON.stringify(value);
    for (let again = false; ; again = true) {
      if (!this.session || again) await this.hello();
      const headers: { [name: string]: string } = { Authorization: 'Fayi ' + this.auth(method, path, body) };
      headers['Fayi-Waiting'] = String(this.waiting);
      if (tag) headers['If-None-Match'] = tag;
      try {
        return await send(method, path, body, headers);
      } catch (e) {
        if (!(e instanceof Failure) || e.status !== 401 || again) throw e;
      }
    }
  }

  // newsAddress is signed in the query, since an EventSource can't set a header.
  async newsAddress(): Promise<string> {
    await this.hello();
    return base + '/api/news?auth=' + this.auth('GET', '/api/news', '');
  }

  // wait answers how the list stands when that is not what is known, or after a while.
  async wait(known: string): Promise<string> {
    const r = await this.ask<{ standing?: string }>('GET', '/api/wait?standing=' + encodeURIComponent(known));
    if (!r || !r.value.standing) throw new Failure(0, 'unavailable', 'room.unreachable', ''); // the room closes
    return r.value.standing;
  }
}
