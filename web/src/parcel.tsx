// The page by which a unit fills in its works, checks its files and packs all for the organiser. It needs no network.
import './old';
import { h, Fragment, VNode, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Desk } from './parceldesk';
import * as keep from './parcelkeep';
import { Match } from './parcelmatch';
import { Rules, filled, unanswered } from './parcelmodel';
import { Done, chooses, stream } from './parceldone';
import { Before, Outgoing, Ready, Receipt, Send, Stranger } from './parcelonline';
import { Part, mostPart, nameOf, pack } from './parcelpack';
import { Paper } from './parcelprint';
import { asked, missing } from './parcelrules';
import { Call, Refusal, Sent, call as askCall } from './parcelsend';
import { sums } from './parcelcheck';
import { Sheet, focusOn, size } from './parcelsheet';
import { speak, t } from './parceltext';
import { Tools, setting } from './parceltools';

// rules are what the page was made with, or what the server says.
let rules: Rules = JSON.parse(document.getElementById('rules')!.textContent!);

// online is what the server says; null where the page works without one.
let online: Call | null = null;

function Asked(): VNode {
  return (
    <details class="asked">
      <summary>{t('asked')}</summary>
      <ul>
        {rules.categories.map(c => (
          <li key={c.name}>
            <b>{c.name}</b> {asked(c) || t('asked_nothing')}
          </li>
        ))}
      </ul>
      <p>{t('asked_naming', { Naming: rules.naming })}</p>
    </details>
  );
}

function Unit({ desk }: { desk: Desk }): VNode {
  const d = desk.draft;
  return (
    <section class="sender" aria-label={t('unit_title')}>
      {(['unit', 'contact', 'phone', 'email'] as const).map(f => (
        <label key={f}>
          <span>
            {t('unit_' + f)}
            {f !== 'email' && '*'}
          </span>
          <input
            data-at={'0-' + f}
            value={d[f]}
            readOnly={f === 'unit' && !!rules.unit}
            onInput={e => desk.change({ ...desk.draft, [f]: e.currentTarget.value }, 'unit' + f)}
          />
        </label>
      ))}
    </section>
  );
}

function App({ desk }: { desk: Desk }): VNode {
  const [, turn] = useState(0);
  const [many, setMany] = useState<File[] | null>(null);
  const [parts, setParts] = useState<Part[] | null>(null);
  const [open, setOpen] = useState(false);
  const [out, setOut] = useState<Outgoing | null>(null);
  const [receipt, setReceipt] = useState<Sent | null>(null);
  const [news, setNews] = useState(0);
  const chooser = useRef<HTMLInputElement>(null);
  const again = () => turn(n => n + 1);
  useEffect(() => desk.onChange(again), []);
  useEffect(() => {
    if (online && online.open && desk.draft.sending) sendAll(); // it was under way when the page was closed
  }, []);
  const d = desk.draft;
  const rows = filled(d);
  const left = missing(rules, d);
  const bytes = rows.reduce((n, r) => r.files.reduce((m, f) => m + f.bytes, n), 0);
  const count = rows.reduce((n, r) => n + r.files.length, 0);

  const take = async (list: { row: number; file: File }[]) => {
    setMany(null);
    const unread = await desk.add(list, (name, n) => t('looking', { Name: name, N: n, Of: list.length }));
    desk.tell(
      unread.length ? t('unread', { Names: unread.join(t('comma')) }) : t('added', { N: list.length - unread.length }),
    );
  };
  const packAll = async () => {
    if (desk.busy) return;
    if (left.length) {
      setOpen(true);
      focusOn(left[0].row, left[0].at);
      return;
    }
    desk.change({ ...d, edition: d.edition + 1 }, 'edition');
    const place = bytes > mostPart ? await chooses(nameOf(desk.draft, 1, 1)) : null;
    await desk.save();
    const progress = (done: number) => desk.doing(t('packing', { N: Math.floor(100 * done) }));
    try {
      progress(0);
      const made = await pack(rules, desk.draft, place ? Infinity : mostPart, progress);
      const written = place && (await stream(made[0], place, progress).then(() => true, () => false));
      desk.busy = '';
      if (written) desk.tell(t('streamed', { Name: made[0].name }));
      else if (place) desk.tell(t('not_streamed', { Name: made[0].name }));
      else setParts(made);
      desk.busy = '';
    } catch (e) {
      desk.busy = '';
      desk.tell(t('changed_file', { Name: (e as Error).message }));
    }
    again();
  };
  const sendAll = async () => {
    if (desk.busy) return;
    if (left.length) {
      setOpen(true);
      focusOn(left[0].row, left[0].at);
      return;
    }
    if (bytes > online!.most) {
      desk.tell(t('send_too_big', { Size: size(bytes), Most: size(online!.most) }));
      return;
    }
    if (!d.sending) {
      desk.change({ ...d, edition: d.edition + 1, sending: new Date().toISOString() }, 'edition');
      await desk.save();
    }
    const now = desk.draft;
    const progress = (done: number) => desk.doing(t('packing', { N: Math.floor(100 * done) }));
    try {
      progress(0);
      const [made] = await pack(rules, now, Infinity, done => progress(done / 2), new Date(now.sending!));
      const file = new Blob(made.pieces as BlobPart[], { type: 'application/zip' });
      await sendFile(file, made.name, 0.5);
    } catch (e) {
      desk.busy = '';
      desk.tell(t('changed_file', { Name: (e as Error).message }));
    }
  };
  // sendFile sums a file up and begins to send it; from says how much was done before.
  const sendFile = async (file: Blob, name: string, from: number) => {
    let read = 0;
    const { sum } = await sums(file, n =>
      desk.doing(t('packing', { N: Math.floor(100 * (from + ((1 - from) * (read += n)) / file.size)) })),
    );
    desk.busy = '';
    setOut({ file, name, sum });
  };
  const ended = () => {
    setOut(null);
    setNews(news + 1);
  };
  const dropped = () => {
    desk.change({ ...desk.draft, sending: undefined }, 'edition');
    desk.save(); // who reads the receipt may close the page at once
    ended();
  };
  const keys = (e: KeyboardEvent) => {
    if (!(e.ctrlKey || e.metaKey) || e.altKey) return;
    const k = e.key.toLowerCase();
    if (k === 'z' && !e.shiftKey) desk.undo();
    else if (k === 'y' || (k === 'z' && e.shiftKey)) desk.redo();
    else return;
    e.preventDefault();
  };
  const drop = (e: DragEvent) => {
    if (!e.dataTransfer || !e.dataTransfer.files.length) return;
    e.preventDefault();
    setMany(Array.from(e.dataTransfer.files));
  };
  return (
    <Fragment>
      <div class="page" onKeyDown={keys} onDrop={drop} onDragOver={e => e.preventDefault()}>
        <header>
          <Tools tell={() => desk.tell('')} again={again} />
          <h1>{t('title', { Contest: rules.name })}</h1>
          <p class="quiet">
            {rules.host && t('host', { Host: rules.host }) + '\u3000'}
            {rules.deadline && t('deadline', { Day: rules.deadline })}
          </p>
        </header>
        {out ? (
          <main>
            <Send
              out={out}
              back={ended}
              drop={dropped}
              done={s => {
                dropped();
                setReceipt(s);
              }}
            />
          </main>
        ) : receipt ? (
          <main>
            <Receipt rules={rules} unit={rules.unit || ''} of={receipt} close={() => setReceipt(null)} />
          </main>
        ) : parts ? (
          <main>
            <Done parts={parts} close={() => setParts(null)} />
          </main>
        ) : (
          <main>
            {online && !online.open && <p class="notice problem">{t('send_closed')}</p>}
            {online && <Before turn={news} show={setReceipt} />}
            {!keep.permanent() && <p class="notice problem">{t('not_kept')}</p>}
            {desk.kept === 'full' && <p class="notice problem">{t('kept_full_text')}</p>}
            {desk.kept === 'elsewhere' && <p class="notice problem">{t('kept_elsewhere_text')}</p>}
            {desk.lost.length > 0 && (
              <p class="notice problem">{t('opened_lost', { Names: desk.lost.join(t('comma')) })}</p>
            )}
            <p>{t(online ? 'how_online' : 'how')}</p>
            <Asked />
            <Unit desk={desk} />
            <div class="acts">
              <button onClick={() => chooser.current!.click()}>{t('many')}</button>
              <input
                class="hidden"
                id="many"
                type="file"
                multiple
                tabIndex={-1}
                aria-hidden="true"
                ref={chooser}
                onChange={e => {
                  const list = Array.from(e.currentTarget.files || []);
                  e.currentTarget.value = '';
                  if (list.length) setMany(list);
                }}
              />
              <button disabled={!desk.canUndo()} onClick={() => desk.undo()}>
                {t('undo')}
              </button>
              <button disabled={!desk.canRedo()} onClick={() => desk.redo()}>
                {t('redo')}
              </button>
            </div>
            <Sheet desk={desk} add={(row, files) => take(files.map(file => ({ row, file })))} />
            {open && left.length > 0 && (
              <section class="left" aria-label={t('left_title', { N: left.length })}>
                <h2>{t('left_title', { N: left.length })}</h2>
                <ul>
                  {left.slice(0, 50).map((m, i) => (
                    <li key={i}>
                      <button class="plain" onClick={() => focusOn(m.row, m.at)}>
                        {m.row ? t('work_n', { N: m.row }) + t('colon') : ''}
                        {m.text}
                      </button>
                    </li>
                  ))}
                </ul>
                {left.length > 50 && <p>{t('left_more', { N: left.length - 50 })}</p>}
              </section>
            )}
            {unanswered(d).length > 0 && <p class="quiet">{t('consent_open', { N: unanswered(d).length })}</p>}
            <p class="quiet narrow">{t('count', { N: rows.length, Files: count, Size: size(bytes) })}</p>
            {online && online.open && <Ready take={file => sendFile(file, file.name, 0)} />}
            <p class="quiet">
              <button class="narrow" onClick={() => window.print()}>
                {t('print')}
              </button>{' '}
              <button
                class="plain"
                onClick={() => {
                  if (confirm(t('start_sure', { N: rows.length, Files: count }))) desk.start();
                }}
              >
                {t('start')}
              </button>
            </p>
          </main>
        )}
        {!out && !receipt && (
          <footer>
            <span class="count">{t('count', { N: rows.length, Files: count, Size: size(bytes) })}</span>
            <span class={left.length ? 'missing' : 'ready'}>
              {left.length ? t('left', { N: left.length }) : '✓ ' + t(online ? 'ready_online' : 'ready')}
            </span>
            <span class="kept">{t('kept_' + desk.kept)}</span>
            <span class="told" role="status" aria-live="polite">
              {desk.busy || desk.told}
            </span>
            {!parts && (
              <span class="acts">
                <button class="wide" onClick={() => window.print()}>
                  {t('print')}
                </button>
                <button class={online ? 'wide' : 'primary'} id="pack" disabled={!!desk.busy} onClick={packAll}>
                  {t('pack')}
                </button>
                {online && (
                  <button class="primary" id="send" disabled={!!desk.busy || !online.open} onClick={sendAll}>
                    {t('send')}
                  </button>
                )}
              </span>
            )}
          </footer>
        )}
      </div>
      {many && <Match draft={d} files={many} take={take} cancel={() => setMany(null)} />}
      <Paper desk={desk} />
    </Fragment>
  );
}

// connect asks the server until it answers; words says why it does not let this device in.
async function connect(app: HTMLElement): Promise<string> {
  for (;;) {
    try {
      online = await askCall();
      rules = online.rules;
      return '';
    } catch (e) {
      if (!(e instanceof Refusal) || !e.passing) return (e as Error).message || t('send_fault');
      app.textContent = t('connecting') + ' ' + e.message;
      await new Promise<void>(done => setTimeout(done, 3000));
    }
  }
}

async function main(): Promise<void> {
  const root = document.documentElement;
  speak(setting('lang') || (/^zh/i.test(navigator.language) ? 'zh-Hans' : 'en'));
  root.dataset.size = setting('size') || '0';
  root.dataset.theme =
    setting('theme') || ('matchMedia' in window && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const app = document.getElementById('app')!;
  const why = rules ? '' : await connect(app);
  window.addEventListener('hashchange', () => location.reload()); // another link is another unit
  document.title = rules ? t('title', { Contest: rules.name }) : t('online_title');
  if (why || (online && !online.unit)) {
    app.textContent = '';
    render(<Stranger call={online} why={why} />, app);
    return;
  }
  const desk = new Desk(rules);
  if (await desk.open()) desk.told = t('opened', { N: filled(desk.draft).length });
  app.textContent = '';
  render(<App desk={desk} />, app);
  window.addEventListener('beforeunload', e => {
    if (!desk.busy && (desk.kept === 'kept' || !filled(desk.draft).length)) return;
    e.preventDefault();
    e.returnValue = '';
  });
}

main();
