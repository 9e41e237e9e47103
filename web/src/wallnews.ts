// The line between the big screen and the room: server-sent events, behind them asking again and again. What was shown
// stays when the line breaks, also over a restart of the browser.
import { base } from './base';
import type { Board } from './board';

export type Link = 'connecting' | 'open' | 'away' | 'shut' | 'barred';

interface Sent {
  tag: string;
  board: Board | null;
  page: string;
}

const silence = 12000; // the room says something every 5 s
const longestPause = 3000;

export class News {
  board: Board | null = null;
  at = 0; // when it came, by a clock that is never set
  link: Link = 'connecting';
  barred = ''; // the room's words, where it lets this screen in no more

  private tag = '';
  private line = 0; // of the connection that counts; what comes by an older one came too late
  private source: EventSource | null = null;
  private heard = 0;
  private deaf = 0; // connections on which no event ever came
  private wait = 300;

  constructor(
    private token: string,
    private ring: () => void,
  ) {}

  start(): void {
    try {
      const kept = localStorage.getItem(this.shelf);
      if (kept) this.board = JSON.parse(kept);
    } catch (e) {
      // no storage, or nothing that can be read: the room says it again
    }
    setInterval(() => {
      if (this.source && performance.now() - this.heard > silence) this.broken(this.line);
    }, 1000);
    window.addEventListener('online', () => this.broken(this.line));
    this.connect();
  }

  private get shelf(): string {
    return 'fayi-wall ' + this.token;
  }

  private address(what: string): string {
    return base + '/api/screen/' + what + '?key=' + encodeURIComponent(this.token);
  }

  private connect(): void {
    const line = ++this.line;
    if (typeof EventSource === 'undefined' || this.deaf >= 2) {
      this.poll(line);
      return;
    }
    const s = new EventSource(this.address('news'));
    this.source = s;
    this.heard = performance.now();
    let any = false;
    const alive = () => {
      any = true;
      this.heard = performance.now();
    };
    s.addEventListener('beat', alive);
    s.addEventListener('board', e => {
      alive();
      this.deaf = 0;
      this.take(line, JSON.parse((e as MessageEvent).data));
    });
    s.addEventListener('closing', () => {
      any = true;
      this.broken(line, 'shut');
    });
    s.addEventListener('lost', () => {
      any = true;
      this.broken(line);
    });
    s.onerror = () => {
      if (!any) this.deaf++;
      this.broken(line);
    };
  }

  // broken gives a connection up, and asks after a while what there is.
  private broken(line: number, link: Link = 'away'): void {
    if (line !== this.line) return;
    const next = ++this.line;
    if (this.source) this.source.close();
    this.source = null;
    if (this.link !== 'barred' && this.link !== 'shut') this.link = link;
    this.ring();
    this.later(() => this.poll(next));
  }

  private later(f: () => void): void {
    setTimeout(f, 100 + Math.random() * this.wait);
    this.wait = Math.min(this.wait * 2, longestPause);
  }

  // poll asks what there is; when it is answered, it listens again, or where that is not possible, goes on asking.
  private async poll(line: number): Promise<void> {
    let r: Response | null = null;
    let sent: any = null;
    try {
      const stop = typeof AbortController === 'undefined' ? null : new AbortController();
      const timer = stop ? setTimeout(() => stop.abort(), silence) : 0;
      const known = this.deaf >= 2 && this.link === 'open' ? this.tag : '';
      r = await fetch(this.address('wait') + '&known=' + known, {
        cache: 'no-store',
        headers: { 'Accept-Language': document.documentElement.lang },
        signal: stop ? stop.signal : undefined,
      });
      sent = await r.json();
      clearTimeout(timer);
    } catch (e) {
      r = null;
    }
    if (line !== this.line) return;
    if (!r || !r.ok) {
      this.refused(r, sent);
      this.later(() => this.poll(line));
      return;
    }
    this.take(line, sent);
    if (this.deaf >= 2 && Math.random() > 0.02) this.poll(line);
    else {
      this.deaf = Math.min(this.deaf, 1);
      this.connect();
    }
  }

  private refused(r: Response | null, sent: any): void {
    if (r && r.status === 403 && sent) {
      this.link = 'barred';
      this.barred = sent.text || '';
    } else if (this.link !== 'shut') {
      this.link = 'away';
    }
    this.ring();
  }

  // take shows what the room sent. Before scoring is prepared it sends no board: what was shown stays.
  private take(line: number, sent: Sent): void {
    if (line !== this.line) return;
    this.link = 'open';
    this.barred = '';
    this.wait = 300;
    if (sent.board) {
      this.board = sent.board;
      this.at = performance.now();
      this.tag = sent.tag;
      try {
        localStorage.setItem(this.shelf, JSON.stringify(sent.board));
      } catch (e) {
        // then it is there as long as the page
      }
    }
    this.ring();
    renew(sent.page);
  }
}

// renew loads the page again when the room has another version of it, once.
function renew(version: string): void {
  const meta = document.querySelector('meta[name=page]');
  if (!meta || meta.getAttribute('content') === version) return;
  try {
    if (sessionStorage.getItem('fayi-wall-page') === version) return;
    sessionStorage.setItem('fayi-wall-page', version);
  } catch (e) {
    return; // without storage it could go on for ever
  }
  location.reload();
}
