// Sends a file to the organiser in pieces, by the protocol tus 1.0.0 (https://tus.io): after a break it goes on where
// the server says that the file ends.
import { Rules } from './parcelmodel';
import { language } from './parceltext';

// Call is what the server tells of the contest; see judging/sending/routes.go.
export interface Call {
  rules: Rules;
  unit: string; // '' for who has no link
  open: boolean;
  until?: string;
  most: number; // bytes of one file
  to?: string;
}

// Sent is a file that was sent or is under way.
export interface Sent {
  id: string;
  number?: string;
  name: string;
  bytes: number;
  offset: number;
  sha256: string;
  at: string;
  state: 'receiving' | 'checking' | 'waiting' | 'taken' | 'refused';
  works: number;
  files: number;
  edition?: number;
  text?: string;
}

// Refusal says in the server's words why something is not done; it is final unless passing.
export class Refusal extends Error {
  constructor(
    public status: number,
    words: string,
    public passing: boolean,
  ) {
    super(words);
  }
}

const api = location.pathname.replace(/[^/]*$/, '') + 'api/';
const token = (): string => location.hash.slice(1);

interface Answer {
  status: number; // 0 where nothing came back
  body: string;
  offset: number; // as the server says, -1 where it does not
  location: string;
}

const patience = 60000; // without a byte in either direction

// ask asks the server. It never fails: what did not work has status 0.
function ask(
  method: string,
  path: string,
  headers: { [name: string]: string },
  body: Blob | null,
  goOn: (bytes: number) => void,
  stopped: (stop: () => void) => void,
): Promise<Answer> {
  return new Promise(done => {
    const xhr = new XMLHttpRequest();
    let timer = 0;
    const alive = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => xhr.abort(), patience);
    };
    const end = (status: number) => {
      clearTimeout(timer);
      const said = status ? xhr.getResponseHeader('Upload-Offset') : null;
      done({
        status,
        body: status ? xhr.responseText : '',
        offset: said === null || said === '' ? -1 : Number(said),
        location: (status && xhr.getResponseHeader('Location')) || '',
      });
    };
    xhr.open(method, api + path);
    xhr.setRequestHeader('Accept-Language', language());
    if (token()) xhr.setRequestHeader('Authorization', 'Bearer ' + token());
    Object.keys(headers).forEach(name => xhr.setRequestHeader(name, headers[name]));
    xhr.upload.onprogress = e => {
      alive();
      goOn(e.loaded);
    };
    xhr.onload = () => end(xhr.status);
    xhr.onerror = xhr.onabort = () => end(0);
    stopped(() => xhr.abort());
    alive();
    xhr.send(body);
  });
}

// wordsOf are the words of an error, '' where it has none.
function wordsOf(a: Answer): string {
  try {
    return JSON.parse(a.body).text || '';
  } catch (e) {
    return '';
  }
}

// passing reports whether the same may succeed later.
const passing = (status: number): boolean => status === 0 || status === 423 || status === 429 || status >= 500;

function refusal(a: Answer): Refusal {
  return new Refusal(a.status, wordsOf(a), passing(a.status));
}

async function get<T>(path: string): Promise<T> {
  const a = await ask('GET', path, {}, null, () => {}, () => {});
  if (a.status !== 200) throw refusal(a);
  return JSON.parse(a.body);
}

export const call = (): Promise<Call> => get<Call>('call');
export const sent = (): Promise<Sent[]> => get<Sent[]>('sent');

// Going is how far a file is.
export interface Going {
  offset: number;
  broken: boolean; // the connection is, or the server can't now
  words: string; // why, where the server said so
  checking: boolean;
}

const piece = 8 << 20;
const tus = { 'Tus-Resumable': '1.0.0' };

const base64 = (text: string): string =>
  btoa(Array.from(new TextEncoder().encode(text), b => String.fromCharCode(b)).join(''));

// Sending sends one file. It ends with what the server has of it, or fails with a Refusal.
export class Sending {
  private stopNow: () => void = () => {};
  private wake: () => void = () => {};
  private isStopped = false;
  private id = '';
  private going: Going = { offset: 0, broken: false, words: '', checking: false };

  constructor(
    private file: Blob,
    private name: string,
    private sum: string,
    private hear: (g: Going) => void,
  ) {}

  // stop ends it; what has arrived stays with the server.
  stop(): void {
    this.isStopped = true;
    this.stopNow();
    this.wake();
  }

  // drop takes back what has arrived.
  async drop(): Promise<void> {
    this.stop();
    if (this.id) await ask('DELETE', 'files/' + this.id, tus, null, () => {}, () => {});
  }

  private ask(method: string, path: string, headers: { [name: string]: string }, body: Blob | null): Promise<Answer> {
    const from = this.going.offset;
    return ask(
      method,
      path,
      { ...tus, ...headers },
      body,
      n => body && this.say({ offset: from + n, broken: false, words: '' }),
      stop => (this.stopNow = stop),
    );
  }

  private say(change: Partial<Going>): void {
    this.going = { ...this.going, ...change };
    this.hear(this.going);
  }

  // pause waits longer each time, until the network comes back or it is stopped.
  private pause(times: number): Promise<void> {
    return new Promise(done => {
      const end = () => {
        window.removeEventListener('online', end);
        clearTimeout(timer);
        done();
      };
      const timer = window.setTimeout(end, Math.min(30000, 500 * 2 ** Math.min(times, 6)));
      window.addEventListener('online', end);
      this.wake = end;
    });
  }

  // run sends and waits until the organiser's computer has looked at what came; null where it was stopped.
  async run(): Promise<Sent | null> {
    for (let broken = 0; !this.isStopped; ) {
      const before = this.going.offset;
      try {
        const end = await this.once();
        if (end) return end;
        broken = 0;
      } catch (e) {
        if (this.isStopped) return null;
        if (!(e instanceof Refusal) || !e.passing) throw e;
        if (this.going.offset > before) broken = 0;
        this.say({ broken: true, words: e.message });
        await this.pause(broken++);
      }
    }
    return null;
  }

  // once does one step: find or begin the file, a piece of it, or ask how it stands.
  private async once(): Promise<Sent | null> {
    if (!this.id) {
      await this.begin();
      return null;
    }
    if (this.going.checking) {
      const s = await get<Sent>('sent/' + this.id);
      if (s.state === 'refused' && !s.number) throw new Refusal(400, s.text || '', false);
      if (s.state !== 'receiving' && s.state !== 'checking') return s;
      await new Promise<void>(done => setTimeout(done, 700));
      return null;
    }
    const head = await this.ask('HEAD', 'files/' + this.id, {}, null);
    if (head.status === 404 || head.status === 410) {
      this.id = '';
      return null;
    }
    if (head.status !== 200 || head.offset < 0) throw new Refusal(0, '', true);
    this.say({ offset: head.offset, broken: false, words: '', checking: head.offset >= this.file.size });
    while (this.going.offset < this.file.size && !this.isStopped) {
      const from = this.going.offset;
      const body = this.file.slice(from, from + piece);
      const type = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(from) };
      const a = await this.ask('PATCH', 'files/' + this.id, type, body);
      if (a.status !== 204 || a.offset < 0) {
        const again = a.status === 0 || a.status === 400 || a.status === 404 || a.status === 409;
        throw new Refusal(a.status, again ? '' : wordsOf(a), again || passing(a.status));
      }
      this.say({ offset: a.offset, broken: false, words: '', checking: a.offset >= this.file.size });
    }
    return null;
  }

  // begin goes on with what this unit has begun to send from any device, or begins.
  private async begin(): Promise<void> {
    const known = (await sent()).filter(s => s.sha256 === this.sum && s.id && s.state !== 'refused');
    if (known.length) {
      this.id = known[0].id;
      return;
    }
    const a = await this.ask(
      'POST',
      'files/',
      {
        'Upload-Length': String(this.file.size),
        'Upload-Metadata': 'filename ' + base64(this.name) + ',sha256 ' + base64(this.sum),
      },
      null,
    );
    if (a.status !== 201) throw refusal(a);
    this.id = a.location.slice(a.location.lastIndexOf('/') + 1);
  }
}
