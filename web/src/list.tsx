// The list of works, and the sheet of all of them that is looked over before it is handed in.
import { h, Fragment, VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Desk } from './desk';
import { Failure } from './api';
import { Duties, Duty, finished, show, waits } from './model';
import { Order, Rest, Votes } from './order';
import { Dialog, Notice, Sign, StateWord, Thumb } from './parts';
import { PairsNotice } from './pairspage';
import { t } from './text';
import { said } from './votes';

export interface Counts {
  total: number;
  done: number;
  left: number;
}

// count leaves out works from which the judge is recused: nobody waits for them, and they were not judged.
export function count(works: Duty[]): Counts {
  const asked = works.filter(w => w.state !== 'recused');
  const done = asked.filter(w => finished(w.state)).length;
  return { total: asked.length, done, left: asked.length - done };
}

// given is what the judge gave a work, in words where no marks are given.
export const given = (d: Duties, w: Duty): string =>
  d.voting ? t('say_' + said(d.voting, w.total), { N: w.total }) : show(w.total);

function Row({
  desk,
  work,
  n,
  open,
}: {
  desk: Desk;
  work: Duty;
  n: number;
  open: (code: string) => void;
}): VNode {
  const scored = work.state === 'scored' || work.state === 'started';
  return (
    <li>
      <button class="row" data-code={work.code} onClick={() => open(work.code)}>
        <Thumb src={desk.list!.covers[work.code]} words={work.category} />
        <span class="what">
          <b>{work.title}</b>
          <small>
            {work.number ? t('number', { N: work.number }) : n}　{work.code} · {work.category}
            {work.group ? ' · ' + work.group : ''}
            {work.calibration ? ' · ' + t('trial_short') : ''}
          </small>
        </span>
        <span class="how">
          {work.turn && <span class="state turn">{t('stage_' + work.turn)}</span>}
          <StateWord state={work.state} />
          {desk.saving(work.code) !== 'received' && <Sign saving={desk.saving(work.code)} />}
        </span>
        <span class="points">{scored ? given(desk.list!.duties, work) : ''}</span>
      </button>
    </li>
  );
}

type Filter = 'all' | 'open' | 'ranking' | 'order';

export function List({
  desk,
  open,
  review,
  pairs,
}: {
  desk: Desk;
  open: (code: string) => void;
  review: () => void;
  pairs: () => void;
}): VNode {
  const [filter, setFilter] = useState<Filter>('all');
  const duties = desk.list!.duties;
  const works = desk.works,
    c = count(works);
  const again = works.filter(w => w.reopened);
  const first = works.filter(w => !finished(w.state) && !waits(w))[0];
  let shown = works.map((w, i) => ({ w, n: i + 1 }));
  if (filter === 'open') shown = shown.filter(x => !finished(x.w.state));
  if (filter === 'ranking') {
    shown = shown
      .filter(x => x.w.state === 'scored')
      .sort((a, b) =>
        a.w.category < b.w.category ? -1 : a.w.category > b.w.category ? 1 : b.w.total - a.w.total,
      );
  }
  const tab = (f: Filter, words: string) => (
    <button aria-pressed={filter === f} onClick={() => setFilter(f)}>
      {words}
    </button>
  );
  return (
    <div class="list">
      <h1>
        <small>{duties.contest}</small>
        {t('heading', { Name: duties.name })}
      </h1>
      <p class="progress" aria-live="polite">
        {t('progress', { Done: c.done, Total: c.total })}
        <progress
          max={c.total || 1}
          value={c.total ? c.done : 1}
          aria-label={t('progress', { Done: c.done, Total: c.total })}
        />
      </p>
      <Votes duties={duties} works={works} />
      <PairsNotice desk={desk} open={pairs} />
      {duties.submitted && !again.length && <Notice tone="done">{t('locked')}</Notice>}
      {duties.returned && !duties.submitted && (
        <Notice tone="waiting">{t('returned', { Reason: duties.returned })}</Notice>
      )}
      {again.length > 0 && (
        <Notice tone="waiting">
          {t('again_list', { Works: again.map(w => w.code).join(t('comma')) })}{' '}
          <button onClick={() => open(again[0].code)}>{t('look')}</button>
        </Notice>
      )}
      {!duties.submitted &&
        c.total > 0 &&
        (first ? (
          <button class="primary wide" data-go onClick={() => open(first.code)}>
            {c.done ? t('go_on') : t('begin')}
          </button>
        ) : c.left > 0 ? null : (
          <button class="primary wide" data-review onClick={review}>
            {t('review_go')}
          </button>
        ))}
      <Rest desk={desk} />
      <div class="tabs" role="group" aria-label={t('filter')}>
        {tab('all', t('filter_all', { N: c.total }))}
        {tab('open', t('filter_open', { N: c.left }))}
        {!duties.voting && tab('ranking', t('ranking'))}
        {duties.voting && duties.voting.kind === 'ranking' && tab('order', t('order'))}
      </div>
      {filter === 'order' ? (
        <Order desk={desk} open={open} />
      ) : shown.length ? (
        <ol class="works">
          {shown.map(x => (
            <Row key={x.w.code} desk={desk} work={x.w} n={x.n} open={open} />
          ))}
        </ol>
      ) : (
        <p class="sorry">{c.total ? t('none_here') : t('no_works')}</p>
      )}
    </div>
  );
}

export function Review({
  desk,
  open,
  back,
}: {
  desk: Desk;
  open: (code: string) => void;
  back: () => void;
}): VNode {
  const [asking, setAsking] = useState(false);
  const duties = desk.list!.duties;
  const works = desk.works,
    c = count(works);
  const totals = works.filter(w => w.state === 'scored').map(w => w.total);
  const mean = totals.length ? totals.reduce((a, b) => a + b, 0) / totals.length : 0;
  const waiting = desk.left;
  return (
    <div class="review">
      <div class="head">
        <button class="plain" onClick={back}>
          ‹ {t('list')}
        </button>
      </div>
      <h1>{t('review')}</h1>
      <p>
        {t('preview', { Total: c.total, Done: c.done })}{' '}
        {totals.length > 0 &&
          !duties.voting &&
          t('preview_scores', {
            Mean: show(Math.round(mean * 100) / 100),
            High: show(Math.max(...totals)),
            Low: show(Math.min(...totals)),
          })}
      </p>
      {!duties.voting && totals.length > 2 && Math.max(...totals) === Math.min(...totals) && (
        <Notice tone="waiting">{t('all_equal')}</Notice>
      )}
      <Votes duties={duties} works={works} />
      <table>
        <thead>
          <tr>
            <th>{t('col_code')}</th>
            <th>{t('col_title')}</th>
            <th>{t('col_state')}</th>
            <th class="right">{t('col_total')}</th>
          </tr>
        </thead>
        <tbody>
          {works.map(w => (
            <tr key={w.code}>
              <td>{w.code}</td>
              <td>
                <button class="plain" onClick={() => open(w.code)}>
                  {w.title}
                </button>
              </td>
              <td>
                <StateWord state={w.state} />
              </td>
              <td class="right">{w.state === 'scored' ? given(duties, w) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div class="foot">
        {duties.submitted ? (
          <Notice tone="done">{t('locked')}</Notice>
        ) : c.left > 0 ? (
          <Notice tone="waiting">{t('review_open', { Left: c.left })}</Notice>
        ) : waiting > 0 ? (
          <Notice tone="waiting">{t('review_waiting', { N: waiting })}</Notice>
        ) : (
          <button class="primary wide" data-submit onClick={() => setAsking(true)}>
            {t('submit')}
          </button>
        )}
      </div>
      {asking && <HandIn desk={desk} counts={c} onClose={() => setAsking(false)} onDone={back} />}
    </div>
  );
}

function HandIn({
  desk,
  counts,
  onClose,
  onDone,
}: {
  desk: Desk;
  counts: Counts;
  onClose: () => void;
  onDone: () => void;
}): VNode {
  const [sure, setSure] = useState(false);
  const [secret, setSecret] = useState('');
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const needs = !!desk.list!.duties.secret;
  const submit = async () => {
    if (!sure) return setTold(t('submit_tick'));
    if (needs && !secret) return setTold(t('secret_missing'));
    setBusy(true);
    try {
      await desk.submit(secret);
      onClose();
      onDone();
    } catch (e) {
      setTold(e instanceof Failure && e.text ? e.text : t('submit_away'));
    }
    setBusy(false);
  };
  return (
    <Dialog title={t('submit')} onClose={onClose}>
      <p>{t('submit_text', { Total: counts.total })}</p>
      <label class="tick">
        <input type="checkbox" data-first checked={sure} onChange={() => setSure(!sure)} /> {t('submit_check')}
      </label>
      {needs && (
        <label>
          {t('secret')}
          <input
            type="password"
            inputMode="numeric"
            autoComplete="off"
            data-secret
            value={secret}
            onInput={e => setSecret((e.target as HTMLInputElement).value)}
            onKeyDown={e => {
              if (e.key === 'Enter') submit();
            }}
          />
        </label>
      )}
      {told && (
        <p class="fault" role="alert">
          {told}
        </p>
      )}
      <div class="acts">
        <button onClick={onClose}>{t('cancel')}</button>
        <button class="primary" data-hand-in disabled={busy} onClick={submit}>
          {busy ? t('submitting') : t('submit')}
        </button>
      </div>
    </Dialog>
  );
}
