// The page of who runs a hall: which contests there are, how far each is, what is wrong, and whose rooms are open.
import './old';
import { h, render, Fragment, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { keep, kept, list, List, Refused, Row, setOpen } from './hallasks';
import { language, speak, t } from './halltext';

const every = 10000; // ms between two looks
const mostShown = 200;

function size(n: number): string {
  if (n < 1 << 20) return Math.ceil(n / 1024) + ' KB';
  return (n / (1 << 20)).toFixed(1).replace(/\.0$/, '') + ' MB';
}

const clock = (at: string): string => {
  const d = new Date(at);
  const two = (n: number) => (n < 10 ? '0' : '') + n;
  return two(d.getHours()) + ':' + two(d.getMinutes());
};

function Enter({ wrong, enter }: { wrong: boolean; enter: (token: string) => void }): VNode {
  const field = useRef<HTMLInputElement>(null);
  return (
    <main class="enter">
      <h1>{t('title')}</h1>
      <form
        onSubmit={(e) => {
          e.preventDefault();
          const token = field.current!.value.trim();
          if (token) enter(token);
        }}
      >
        <label>
          {t('token')}
          <input ref={field} type="password" autocomplete="off" autofocus />
        </label>
        <p>
          <small>{t('token_help')}</small>
        </p>
        {wrong && (
          <p class="notice problem" role="alert">
            {t('wrong')}
          </p>
        )}
        <button class="primary wide" type="submit">
          {t('enter')}
        </button>
      </form>
    </main>
  );
}

// Act opens or closes a room; closing asks first.
function Act({ row, act }: { row: Row; act: (open: boolean) => void }): VNode {
  const [asked, setAsked] = useState(false);
  if (row.state === 'shut') return <button onClick={() => act(true)}>{t('open')}</button>;
  if (!asked) return <button onClick={() => setAsked(true)}>{t('close')}</button>;
  return (
    <div class="asked">
      <p>{t('close_ask', { Name: row.title || row.name })}</p>
      <button
        class="primary"
        onClick={() => {
          setAsked(false);
          act(false);
        }}
      >
        {t('close_do')}
      </button>
      <button onClick={() => setAsked(false)}>{t('cancel')}</button>
    </div>
  );
}

function Contest({ row, act }: { row: Row; act: (open: boolean) => void }): VNode {
  return (
    <tr>
      <td class="name">
        <b>{row.title || row.name}</b>
        {row.title && <small>{row.name}</small>}
        <small class="address">{row.address}</small>
        {row.problem && <p class="problem">{row.problem}</p>}
      </td>
      <td data-label={t('col_state')} class={'state ' + row.state}>
        {t('state_' + row.state)}
      </td>
      <td data-label={t('col_here')}>{row.here}</td>
      <td data-label={t('col_judges')}>
        {row.submitted}/{row.judges}
      </td>
      <td data-label={t('col_done')}>
        {row.done}/{row.total}
      </td>
      <td data-label={t('col_size')}>{size(row.bytes)}</td>
      <td data-label={t('col_looked')}>{row.looked ? clock(row.looked) : t('never')}</td>
      <td class="act">
        <Act row={row} act={act} />
      </td>
    </tr>
  );
}

const states = ['open', 'closed', 'shut', 'broken'];

function Board({ all, act }: { all: List; act: (row: Row, open: boolean) => void }): VNode {
  const [find, setFind] = useState('');
  const [only, setOnly] = useState('');
  const sum = (of: (r: Row) => number) => all.contests.reduce((n, r) => n + of(r), 0);
  const count = (state: string) => all.contests.filter((r) => r.state === state).length;
  const word = find.trim().toLowerCase();
  const found = all.contests.filter(
    (r) => (!only || r.state === only) && (!word || (r.title + '\n' + r.name).toLowerCase().indexOf(word) >= 0),
  );
  return (
    <Fragment>
      <p class="sums">
        {t('sums', {
          N: all.contests.length,
          Open: count('open'),
          Most: all.limits.most,
          Here: sum((r) => r.here),
          Done: sum((r) => r.done),
          Total: sum((r) => r.total),
        })}
      </p>
      <p>
        <small>
          {t('limits', {
            Idle: all.limits.idle,
            Devices: all.limits.devices,
            Saves: all.limits.saves,
            Media: all.limits.media,
          })}
        </small>
      </p>
      <div class="filter">
        <input
          type="search"
          value={find}
          placeholder={t('find')}
          aria-label={t('find')}
          onInput={(e) => setFind((e.target as HTMLInputElement).value)}
        />
        <div class="chips">
          {[''].concat(states).map((s) => (
            <button aria-pressed={only === s} onClick={() => setOnly(s)}>
              {s ? t('state_' + s) + ' ' + count(s) : t('all')}
            </button>
          ))}
        </div>
      </div>
      {found.length === 0 && <p class="boot">{t('none')}</p>}
      {found.length > 0 && (
        <table>
          <thead>
            <tr>
              {['contest', 'state', 'here', 'judges', 'done', 'size', 'looked'].map((c) => (
                <th scope="col">{t('col_' + c)}</th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {found.slice(0, mostShown).map((r) => (
              <Contest key={r.name} row={r} act={(open) => act(r, open)} />
            ))}
          </tbody>
        </table>
      )}
      {found.length > mostShown && <p>{t('more', { N: found.length - mostShown })}</p>}
    </Fragment>
  );
}

function Hall(): VNode {
  const [token, setToken] = useState(kept());
  const [wrong, setWrong] = useState(false);
  const [all, setAll] = useState<List | null>(null);
  const [trouble, setTrouble] = useState('');
  const [at, setAt] = useState('');
  const [turn, look] = useState(0);
  const leave = (barred: boolean) => {
    keep('');
    setToken('');
    setAll(null);
    setWrong(barred);
    setTrouble('');
  };
  useEffect(() => {
    if (!token) return;
    let gone = false;
    list(token)
      .then((got) => {
        if (gone) return;
        keep(token);
        setAll(got);
        setAt(new Date().toISOString());
        setTrouble('');
      })
      .catch((e) => {
        if (gone) return;
        if (e instanceof Refused && e.barred) leave(true);
        else setTrouble(e.message && e instanceof Refused ? e.message : t('away'));
      });
    const timer = window.setTimeout(() => look(turn + 1), every);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [token, turn]);
  const act = (row: Row, open: boolean) => {
    setOpen(token, row.name, open)
      .then(() => setTrouble(''))
      .catch((e) => setTrouble(e instanceof Refused && e.message ? e.message : t('away')))
      .then(() => look(turn + 1));
  };
  if (!token)
    return (
      <Enter
        wrong={wrong}
        enter={(typed) => {
          setWrong(false);
          setToken(typed);
        }}
      />
    );
  return (
    <Fragment>
      <header>
        <span class="brand">{t('title')}</span>
        <span class="link">{at ? t('at', { Clock: clock(at) }) : t('opening')}</span>
        <button class="plain" onClick={() => leave(false)}>
          {t('leave')}
        </button>
      </header>
      <main>
        {trouble && (
          <p class="notice problem" role="alert">
            {trouble}
          </p>
        )}
        {all && all.problem && <p class="notice problem">{all.problem}</p>}
        {all ? <Board all={all} act={act} /> : <p class="boot">{t('opening')}</p>}
      </main>
    </Fragment>
  );
}

function main(): void {
  const root = document.getElementById('app')!;
  speak(/^en/i.test(navigator.language || '') ? 'en' : 'zh-Hans');
  document.title = t('title');
  const dark = matchMedia('(prefers-color-scheme: dark)');
  document.documentElement.setAttribute('data-theme', dark.matches ? 'dark' : 'light');
  document.documentElement.lang = language();
  root.textContent = '';
  render(<Hall />, root);
}

main();
