// The desk: the judge's list, what waits to be sent, and the connection. It knows no screen; screens listen to it.
import { Api, Failure } from './api';
import * as keep from './keep';
import type { Item, List } from './keep';
import * as tabs from './tabs';
import { Drafts } from './drafts';
import { Looks } from './looks';
import { Ballot, Duty, WorkPage, arrange, asks, same, settle } from './model';
import { News, longestWait } from './news';
import { Pairs } from './pairs';
import { seal } from './seal';
import { Key, random } from './sign';

// Saving is three different things, and each is shown by its own sign.
export type Saving = 'none' | 'typed' | 'kept' | 'received' | 'refused';

export type Link = 'connecting' | 'open' | 'away' | 'shut' | 'barred';

export class Desk {
  list: List | null = null;
  works: Duty[] = []; // the list with what waits laid over it
  waiting: Item[] = [];
  link: Link = 'connecting';
  barred = ''; // the server's words, where it lets this device in no more
  private stranger = false; // the server does not know the pass: it may be another contest's, for a while
  private beats = 0;
  fault = ''; // the last thing that went wrong with the list, in words
  trouble: Failure | null = null; // why the room, which can be reached, takes no score now
  renewed = false; // the server has another page than this one
  clash = ''; // the server's words about a score that stands next to another
  typed: { [code: string]: boolean } = {};
  heardKnock = 0; // number of the last knock that the judge has read

  looks: Looks;
  drafts: Drafts;
  pairs: Pairs;
  // keepTyped keeps what is typed on the sheet that is open; it returns the work's code, '' when nothing was typed.
  keepTyped: (() => Promise<string>) | null = null;

  private api: Api;
  private news: News;
  private tab = random(8);
  private heard: (() => void)[] = [];
  private draining = false;
  private written = Promise.resolve();
  private unwritten: { [code: string]: Ballot } = {}; // saved a moment ago: on their way to the device

  constructor(
    public key: Key,
    device: string,
  ) {
    this.api = new Api(key, device);
    this.drafts = new Drafts(key.id);
    this.looks = new Looks((code, look) => this.api.ask('PUT', '/api/looks/' + encodeURIComponent(code), look));
    const ways = { ring: () => this.ring(), failed: (e: unknown) => this.failed(e), pause: () => this.news.pause() };
    this.pairs = new Pairs(this.api, ways);
    this.news = new News(
      {
        address: () => this.api.newsAddress(),
        wait: () => this.api.wait(this.list ? this.list.standing : ''),
      },
      {
        standing: now => this.stands(now),
        closing: () => this.become('shut'),
        lost: () => this.refresh(),
        broken: () => this.become(this.link === 'open' ? 'away' : this.link),
        failed: e => this.failed(e),
        again: () => this.refresh(),
      },
    );
  }

  get pass(): string {
    return this.key.id;
  }

  listen(f: () => void): () => void {
    this.heard.push(f);
    return () => {
      this.heard = this.heard.filter(g => g !== f);
    };
  }

  // left counts the works whose scores are on this device only.
  get left(): number {
    const works = new Set(this.waiting.map(i => i.ballot.code).concat(Object.keys(this.unwritten)));
    return works.size + (this.pairs.waiting ? 1 : 0);
  }

  // knock says that another device was refused, '' where the judge knows it.
  get knock(): string {
    const k = this.list && this.list.knock;
    return k && k.n !== this.heardKnock ? k.text : '';
  }

  hearKnock(): void {
    this.heardKnock = this.list && this.list.knock ? this.list.knock.n : 0;
    this.ring();
  }

  private ring(): void {
    this.api.waiting = this.left;
    this.heard.forEach(f => f());
  }

  async start(): Promise<void> {
    tabs.listen(w => {
      if (w === 'outbox') this.readOutbox();
      else if (w === 'list') this.readList();
      else this.pairs.reread();
    });
    await this.pairs.read();
    await this.drafts.read();
    await this.readOutbox(); // ahead of the list, which would say of works that wait that they are received
    await this.readList();
    const again = () => {
      this.news.hurry();
      this.drain();
      this.news.renew();
      if (this.link !== 'barred') this.refresh();
    };
    window.addEventListener('online', again);
    document.addEventListener('resume', again); // a page that was frozen
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) again();
    });
    window.addEventListener('pagehide', () => {
      keep.resign(this.pass, this.tab);
    });
    setInterval(() => this.beat(), 2000);
    this.refresh();
    this.news.connect();
  }

  // beat takes the lead over when the tab that had it was closed, and notices a connection that died in silence, or
  // that the right contest is there again.
  private beat(): void {
    this.beats++;
    if (this.link === 'barred' && this.stranger && this.beats % 5 === 0 && !document.hidden) this.refresh();
    if (this.pairs.waiting || this.waiting.some(i => !i.refused)) this.drain();
    this.news.beat();
  }

  private become(link: Link): void {
    this.link = link;
    this.ring();
  }

  // stands hears how the list stands at the room.
  private stands(standing: string): void {
    this.link = 'open';
    this.news.hurry();
    if (!this.list || this.list.standing !== standing) this.refresh();
    else this.ring();
    this.drain();
  }

  private async readList(): Promise<void> {
    const kept = await keep.get<List>('lists', this.pass);
    if (kept) this.list = kept;
    this.lay();
  }

  private async readOutbox(): Promise<void> {
    this.waiting = await keep.items(this.pass);
    this.lay();
  }

  // lay puts what waits over the list as the server knows it.
  private lay(): void {
    const works = this.list ? arrange(this.list.duties.works || []) : [];
    this.works = works.map(w => {
      const b = this.heldOf(w.code);
      if (!b) return w;
      return { ...w, state: b.state, total: b.total, flags: b.flags, confidence: b.confidence };
    });
    this.ring();
  }

  private lastOf(code: string): Item | undefined {
    return this.waiting.filter(i => i.ballot.code === code).pop();
  }

  // heldOf is what this device says of a work and the server has not confirmed yet.
  private heldOf(code: string): Ballot | undefined {
    const last = this.lastOf(code);
    return this.unwritten[code] || (last && last.ballot);
  }

  saving(code: string): Saving {
    if (this.typed[code] || this.unwritten[code] || this.drafts.any(code)) return 'typed';
    const last = this.lastOf(code);
    if (last) return last.refused ? 'refused' : 'kept';
    const w = this.works.find(x => x.code === code);
    return w && (w.state !== 'open' || (w.flags || []).length) ? 'received' : 'none';
  }

  refusal(code: string): string {
    const last = this.lastOf(code);
    return (last && last.refused) || '';
  }

  // refresh asks for the list, unless nothing changed.
  async refresh(): Promise<void> {
    try {
      const known = this.list;
      const r = await this.api.ask<any>('GET', '/api/duties', undefined, known ? known.tag : '');
      this.fault = '';
      this.barred = '';
      this.news.bar(false);
      if (this.link === 'barred') this.news.connect();
      if (this.link !== 'open') this.link = 'open';
      if (r) {
        this.list = { duties: r.value.duties, covers: r.value.covers, standing: r.value.standing, tag: r.tag };
        this.list.stage = r.value.stage;
        this.list.knock = r.value.knock;
        this.list.pairs = r.value.pairs;
        await keep.put('lists', this.pass, this.list);
        const meta = document.querySelector('meta[name=page]');
        this.renewed = !!meta && meta.getAttribute('content') !== r.value.page;
        tabs.say('list');
      }
      this.pairs.stands((this.list && this.list.pairs) || '');
      await this.sendAgain();
      this.lay();
      this.drain();
      this.looks.tell();
    } catch (e) {
      this.failed(e);
    }
  }

  // sendAgain sends what was refused since its work was not on the stage, or the pledge not accepted, when that is over.
  private async sendAgain(): Promise<void> {
    if (!this.list) return;
    for (const item of await keep.items(this.pass)) {
      const w = (this.list.duties.works || []).filter(x => x.code === item.ballot.code)[0];
      const why = item.why || '';
      const over = why === 'pledge.first' ? !asks(this.list.duties) : w && w.turn === 'called' && why.indexOf('stage.') === 0;
      if (!item.refused || !over) continue;
      await keep.change({ ...item, refused: undefined, why: undefined });
      await this.readOutbox();
    }
  }

  private failed(e: unknown): void {
    const f = e instanceof Failure ? e : new Failure(0, '', String(e), '');
    if (f.bars) {
      this.link = 'barred';
      this.barred = f.text;
      this.stranger = f.key === 'room.no_pass';
      this.news.bar(true);
    } else if (f.unable) {
      this.trouble = f;
    } else if (f.away) {
      if (this.link !== 'shut') this.link = 'away';
    } else {
      this.fault = f.text;
    }
    this.ring();
  }

  // open returns a work with its ballot: from the server, or as it was kept; what waits is laid over it.
  async open(code: string): Promise<WorkPage | null> {
    const key = keep.workKey(this.pass, code);
    let page = await keep.get<WorkPage>('works', key);
    try {
      const r = await this.api.ask<WorkPage>('GET', '/api/works/' + encodeURIComponent(code));
      if (r) {
        page = r.value;
        await keep.put('works', key, page);
      }
    } catch (e) {
      this.failed(e);
      if (!page && e instanceof Failure && !e.away) throw e;
    }
    const held = this.heldOf(code);
    if (page && held) page = { ...page, ballot: held };
    return page || null;
  }

  // local returns the ballot of a work as this device knows it, also from another tab.
  async local(code: string): Promise<Ballot | null> {
    const held = this.heldOf(code);
    if (held) return held;
    const page = await keep.get<WorkPage>('works', keep.workKey(this.pass, code));
    return page ? page.ballot : null;
  }

  // prefetch reads a work ahead, and its first picture.
  async prefetch(code: string): Promise<void> {
    const key = keep.workKey(this.pass, code);
    if (await keep.get('works', key)) return;
    const r = await this.api.ask<WorkPage>('GET', '/api/works/' + encodeURIComponent(code));
    if (!r) return;
    await keep.put('works', key, r.value);
    const first = r.value.files[0];
    if (first && first.large) new Image().src = first.large;
  }

  // type notes that something is typed that is not kept yet.
  type(code: string): void {
    if (this.typed[code]) return;
    this.typed[code] = true;
    this.ring();
  }

  untype(code: string): void {
    if (!this.typed[code]) return;
    delete this.typed[code];
    this.ring();
  }

  // save keeps a ballot on the device, then sends it. It is done when it is kept; the list has it at once, since a
  // slow disk takes longer than a judge who goes on, and a work that was just saved must not come back empty.
  save(b: Ballot, w: Duty): Promise<void> {
    const list = this.list!;
    const ballot = settle(b, list.duties.rubrics[w.category], list.duties.total_only);
    ballot.mark = 'r' + random(12);
    this.unwritten[b.code] = ballot;
    this.lay();
    const arrived = () => {
      if (this.unwritten[b.code] !== ballot) return;
      delete this.unwritten[b.code];
      this.lay();
    };
    this.written = this.written
      .catch(() => undefined)
      .then(async () => {
        const page = await keep.get<WorkPage>('works', keep.workKey(this.pass, b.code));
        await keep.queue(this.pass, ballot, (page && page.ballot.base) || b.base || '');
        tabs.say('outbox');
        await this.readOutbox();
      });
    this.written.then(
      () => {
        arrived();
        this.drain();
      },
      arrived,
    );
    return this.written;
  }

  async discard(code: string): Promise<void> {
    const last = this.lastOf(code);
    if (last && last.refused) {
      await keep.settled(last, last.ballot.base || '');
      tabs.say('outbox');
      await this.readOutbox();
    }
  }

  // drain sends what waits, one after the other. Only the tab that leads does.
  private async drain(): Promise<void> {
    if (this.draining || this.link === 'barred') return;
    const left = this.news.notBefore - Date.now();
    if (left > 0 && left < 2 * longestWait) return; // the device's clock may have been set back
    this.pairs.send();
    if (!this.waiting.some(i => !i.refused)) return;
    this.draining = true;
    try {
      if (!(await keep.lead(this.pass, this.tab))) return;
      for (;;) {
        const next = (await keep.items(this.pass)).find(i => !i.refused);
        if (!next || !(await this.send(next))) return;
        await keep.lead(this.pass, this.tab);
      }
    } finally {
      this.draining = false;
    }
  }

  // send sends one item; false stops the sending for now.
  private async send(next: Item): Promise<boolean> {
    const item = await keep.claim(next.id!);
    if (!item) return true;
    const code = item.ballot.code;
    try {
      const r = await this.api.ask<Ballot>('PUT', '/api/ballots/' + encodeURIComponent(code), item.ballot);
      await this.received(item, r!.value);
    } catch (e) {
      if (e instanceof Failure && e.status === 409) {
        this.clash = e.text;
        return this.reread(item);
      } else if (e instanceof Failure && !e.away && !e.bars) {
        await keep.change({ ...item, refused: e.text || e.key, why: e.key });
        tabs.say('outbox');
        await this.readOutbox();
        if (e.key.indexOf('stage.') === 0) this.refresh(); // the work may have been opened again meanwhile
      } else {
        this.failed(e);
        this.news.pause(); // beat tries again
        return false;
      }
    }
    this.news.hurry();
    return true;
  }

  // reread takes out an item that the server keeps next to another, and shows what holds.
  private async reread(item: Item): Promise<boolean> {
    try {
      const now = await this.api.ask<Ballot>('GET', '/api/ballots/' + encodeURIComponent(item.ballot.code));
      await this.received(item, now!.value);
      return true;
    } catch (e) {
      this.failed(e);
      this.news.pause(); // beat tries again: sent twice, it is known there
      return false;
    }
  }

  // received takes over what a ballot has become at the server.
  private async received(item: Item, kept: Ballot): Promise<void> {
    const code = item.ballot.code;
    const key = keep.workKey(this.pass, code);
    const page = await keep.get<WorkPage>('works', key);
    if (page) await keep.put('works', key, { ...page, ballot: kept });
    if (this.list) {
      const { state, total, flags, confidence } = kept;
      const works = (this.list.duties.works || []).map(w =>
        w.code !== code ? w : { ...w, state, total, flags, confidence },
      );
      this.list = { ...this.list, duties: { ...this.list.duties, works }, tag: '' };
      await keep.put('lists', this.pass, this.list);
    }
    await keep.settled(item, kept.base || '');
    this.trouble = null;
    if (this.link === 'away' || this.link === 'connecting') this.link = 'open';
    tabs.say('outbox');
    tabs.say('list');
    await this.readOutbox();
    if (!same(kept, item.ballot)) this.refresh();
  }

  // pledge accepts the pledge that was shown.
  async pledge(sum: string): Promise<void> {
    await this.api.ask('POST', '/api/pledge', { sum });
  }

  // submit hands the list in. Nothing may wait on the device.
  async submit(secret: string): Promise<void> {
    await this.written;
    if (this.waiting.length) throw new Failure(409, 'conflict', 'waiting', '');
    await this.api.ask('POST', '/api/submit', { sealed: seal(this.key.key, 'submit', secret) });
    await this.refresh();
  }
}
