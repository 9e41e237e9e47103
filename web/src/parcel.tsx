// The page by which a unit fills in its works, checks its files and packs all for the organiser. It needs no network.
import './old';
import { h, Fragment, VNode, render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Desk } from './parceldesk';
import * as keep from './parcelkeep';
import { Match } from './parcelmatch';
import { Rules, filled } from './parcelmodel';
import { Part, mostPart, pack } from './parcelpack';
import { Paper } from './parcelprint';
import { asked, missing } from './parcelrules';
import { Sheet, focusOn, size } from './parcelsheet';
import { language, speak, t } from './parceltext';

const rules: Rules = JSON.parse(document.getElementById('rules')!.textContent!);

// Settings of the browser that has the page open; without a place to keep them they last as long as the page.
function setting(name: string, value?: string): string {
  try {
    if (value !== undefined) localStorage.setItem('fayi-parcel-' + name, value);
    return localStorage.getItem('fayi-parcel-' + name) || '';
  } catch (e) {
    return '';
  }
}

const sizes = ['normal', 'large', 'largest'];

function Tools({ desk, again }: { desk: Desk; again: () => void }): VNode {
  const root = document.documentElement;
  const look = (name: 'size' | 'theme', value: string) => {
    root.dataset[name] = value;
    setting(name, value);
    again();
  };
  return (
    <div class="tools">
      {sizes.map((s, i) => (
        <button key={s} aria-pressed={(root.dataset.size || '0') === String(i)} onClick={() => look('size', String(i))}>
          {t('size_' + s)}
        </button>
      ))}
      <button onClick={() => look('theme', root.dataset.theme === 'dark' ? 'light' : 'dark')}>
        {t(root.dataset.theme === 'dark' ? 'light' : 'dark')}
      </button>
      <button
        lang={language() === 'en' ? 'zh-Hans' : 'en'}
        onClick={() => {
          speak(language() === 'en' ? 'zh-Hans' : 'en');
          setting('lang', language());
          desk.tell(''); // it was said in the other language
        }}
      >
        {language() === 'en' ? '中文' : 'English'}
      </button>
    </div>
  );
}

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

// Done shows the parts that were packed, each with its button: browsers let a page save one file at a time.
function Done({ parts, close }: { parts: Part[]; close: () => void }): VNode {
  const first = useRef<HTMLButtonElement>(null);
  const [saved, setSaved] = useState<{ [name: string]: boolean }>({});
  useEffect(() => first.current!.focus(), []);
  const save = (p: Part) => {
    const url = URL.createObjectURL(new Blob(p.pieces as BlobPart[], { type: 'application/zip' }));
    const a = document.createElement('a');
    a.href = url;
    a.download = p.name;
    a.click();
    setTimeout(() => URL.revokeObjectURL(url), 600000); // a long part takes its time to be written
    setSaved({ ...saved, [p.name]: true });
  };
  return (
    <section class="done" aria-label={t('done_title')}>
      <h2>{t('done_title')}</h2>
      <p>{t(parts.length > 1 ? 'done_parts' : 'done_one', { N: parts.length })}</p>
      <ul>
        {parts.map((p, i) => (
          <li key={p.name}>
            <button class="primary" ref={i ? undefined : first} data-part={i + 1} onClick={() => save(p)}>
              {t('save_part', { Name: p.name, Size: size(p.bytes) })}
            </button>
            {saved[p.name] && <span class="kept"> ✓ {t('saved_part')}</span>}
          </li>
        ))}
      </ul>
      <p class="acts">
        <button onClick={() => window.print()}>{t('print')}</button>
        <button onClick={close}>{t('back')}</button>
      </p>
    </section>
  );
}

// stream writes one zip of any size where the person says. It returns false where the person chose no place.
async function stream(part: Part, goOn: (done: number) => void): Promise<boolean> {
  let out: any;
  try {
    const place = await (window as any).showSaveFilePicker({ suggestedName: part.name });
    out = await place.createWritable();
  } catch (e) {
    return false;
  }
  let written = 0;
  for (const p of part.pieces) {
    const file = p instanceof Uint8Array ? new Blob([p as BlobPart]) : p;
    for (let at = 0; at < file.size; at += 8 << 20) {
      const slice = file.slice(at, at + (8 << 20));
      await out.write(slice);
      goOn((written += slice.size) / part.bytes);
    }
  }
  await out.close();
  return true;
}

function App({ desk }: { desk: Desk }): VNode {
  const [, turn] = useState(0);
  const [many, setMany] = useState<File[] | null>(null);
  const [parts, setParts] = useState<Part[] | null>(null);
  const [open, setOpen] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const again = () => turn(n => n + 1);
  useEffect(() => desk.onChange(again), []);
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
    await desk.save();
    const progress = (done: number) => desk.doing(t('packing', { N: Math.floor(100 * done) }));
    const streams = bytes > mostPart && 'showSaveFilePicker' in window;
    try {
      progress(0);
      const made = await pack(rules, desk.draft, streams ? Infinity : mostPart, progress);
      const whole = streams && (await stream(made[0], progress));
      desk.busy = '';
      if (whole) desk.tell(t('streamed', { Name: made[0].name }));
      else setParts(streams ? await pack(rules, desk.draft, mostPart, progress) : made);
      desk.busy = '';
    } catch (e) {
      desk.busy = '';
      desk.tell(t('changed_file', { Name: (e as Error).message }));
    }
    again();
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
          <Tools desk={desk} again={again} />
          <h1>{t('title', { Contest: rules.name })}</h1>
          <p class="quiet">
            {rules.host && t('host', { Host: rules.host }) + '\u3000'}
            {rules.deadline && t('deadline', { Day: rules.deadline })}
          </p>
        </header>
        {parts ? (
          <main>
            <Done parts={parts} close={() => setParts(null)} />
          </main>
        ) : (
          <main>
            {!keep.permanent() && <p class="notice problem">{t('not_kept')}</p>}
            {desk.kept === 'full' && <p class="notice problem">{t('kept_full_text')}</p>}
            {desk.kept === 'elsewhere' && <p class="notice problem">{t('kept_elsewhere_text')}</p>}
            {desk.lost.length > 0 && (
              <p class="notice problem">{t('opened_lost', { Names: desk.lost.join(t('comma')) })}</p>
            )}
            <p>{t('how')}</p>
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
            <p class="quiet narrow">{t('count', { N: rows.length, Files: count, Size: size(bytes) })}</p>
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
        <footer>
          <span class="count">{t('count', { N: rows.length, Files: count, Size: size(bytes) })}</span>
          <span class={left.length ? 'missing' : 'ready'}>
            {left.length ? t('left', { N: left.length }) : '✓ ' + t('ready')}
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
              <button class="primary" id="pack" disabled={!!desk.busy} onClick={packAll}>
                {t('pack')}
              </button>
            </span>
          )}
        </footer>
      </div>
      {many && <Match draft={d} files={many} take={take} cancel={() => setMany(null)} />}
      <Paper desk={desk} />
    </Fragment>
  );
}

async function main(): Promise<void> {
  const root = document.documentElement;
  speak(setting('lang') || (/^zh/i.test(navigator.language) ? 'zh-Hans' : 'en'));
  root.dataset.size = setting('size') || '0';
  root.dataset.theme =
    setting('theme') || (window.matchMedia && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  document.title = t('title', { Contest: rules.name });
  const desk = new Desk(rules);
  if (await desk.open()) desk.told = t('opened', { N: filled(desk.draft).length });
  const app = document.getElementById('app')!;
  app.textContent = '';
  render(<App desk={desk} />, app);
  window.addEventListener('beforeunload', e => {
    if (!desk.busy && (desk.kept === 'kept' || !filled(desk.draft).length)) return;
    e.preventDefault();
    e.returnValue = '';
  });
}

main();
