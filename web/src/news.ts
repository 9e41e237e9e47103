// The line on which the room tells a judge's page that the list changed: server-sent events, behind them asking and
// waiting for an answer. It connects again by itself.

export interface Heard {
  standing(standing: string): void; // the line is open, and this is how the list stands
  closing(): void; // the organiser closes the room
  lost(): void; // the room does not let this page listen any more
  broken(): void; // the line broke
  failed(e: unknown): void; // it could not be opened
  again(): void; // it was opened again after a while
}

export interface Ways {
  address(): Promise<string>; // of the events
  wait(): Promise<string>; // answers when the list stands otherwise than is known, or after a while
}

const firstWait = 500;
export const longestWait = 20000;
const silence = 40000;

export class News {
  notBefore = 0; // when sending may be tried again

  private wait = firstWait;
  private timer = 0;
  private source: EventSource | null = null;
  private silent = 0;
  private deaf = 0; // lines on which no event ever came
  private polling = false;
  private barred = false;

  constructor(
    private ways: Ways,
    private heard: Heard,
  ) {}

  // hurry ends the waiting: there is reason to think that the server is there again.
  hurry(): void {
    this.wait = firstWait;
    this.notBefore = 0;
  }

  // pause returns for how long to wait now; it grows, by chance, so that a hundred devices don't come at once.
  pause(): number {
    const ms = 200 + Math.random() * this.wait;
    this.wait = Math.min(this.wait * 2, longestWait);
    this.notBefore = Date.now() + ms;
    return ms;
  }

  // beat notices a line that died in silence. A clock that was set back says nothing of how long.
  beat(): void {
    const since = Date.now() - this.silent;
    if (this.source && (since < 0 || since > silence)) this.renew();
  }

  // renew opens the line again: nobody knows what became of it while the device slept.
  renew(): void {
    this.disconnect();
    this.connect();
  }

  // connect listens for news; where that is not possible, it asks.
  async connect(): Promise<void> {
    if (this.source || this.polling || this.barred) return;
    if (typeof EventSource === 'undefined' || this.deaf >= 2) return this.poll();
    try {
      const s = new EventSource(await this.ways.address());
      if (this.source) {
        s.close();
        return;
      }
      this.source = s;
      this.silent = Date.now();
      let any = false;
      const alive = () => {
        any = true;
        this.deaf = 0;
        this.silent = Date.now();
      };
      s.addEventListener('beat', alive);
      s.addEventListener('standing', e => {
        alive();
        this.heard.standing((e as MessageEvent).data);
      });
      s.addEventListener('closing', () => {
        any = true;
        this.heard.closing();
        this.reconnect();
      });
      s.addEventListener('lost', () => {
        any = true;
        this.reconnect();
        this.heard.lost();
      });
      s.onerror = () => {
        if (!any) this.deaf++;
        this.heard.broken();
        this.reconnect();
      };
    } catch (e) {
      this.heard.failed(e);
      this.reconnect();
    }
  }

  // poll asks again and again; after a while events are tried once more.
  private async poll(): Promise<void> {
    this.polling = true;
    try {
      for (let i = 0; i < 20 && !this.barred; i++) this.heard.standing(await this.ways.wait());
    } catch (e) {
      this.heard.failed(e);
    }
    this.polling = false;
    this.deaf = Math.min(this.deaf, 1);
    this.reconnect();
  }

  disconnect(): void {
    if (this.source) this.source.close();
    this.source = null;
  }

  // bar ends the line, or lets it be opened again.
  bar(yes: boolean): void {
    this.barred = yes;
    if (yes) this.disconnect();
  }

  reconnect(): void {
    this.disconnect();
    if (this.timer) return;
    this.timer = window.setTimeout(() => {
      this.timer = 0;
      this.connect();
      this.heard.again();
    }, this.pause());
  }
}
