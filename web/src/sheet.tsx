// One work next to its ballot.
import { h, Fragment, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from './desk';
import { Ballot, Duty, Look, State, bandOfTotal, finished, near, same, settle, show } from './model';
import { Dialog, Notice, Sign, Thumb } from './parts';
import { Field, Mark, Pad, faultOf, valueOf } from './pad';
import { Viewer } from './viewer';
import { t } from './text';

const soon = 400;
const later = 1500;
const longComment = 2000;
const flags = ['off_topic', 'copied', 'machine_made', 'concern', 'privacy'];

// finger says whether the judge touches the screen: then marks are given on the number pad.
let finger = typeof matchMedia !== 'undefined' && matchMedia('(pointer: coarse)').matches;

export interface SheetProps {
  desk: Desk;
  work: Duty;
  place: string;
  go: (by: number | 'list' | 'next') => void;
}

type Ask = '' | 'unseen' | 'abstained' | 'recused' | 'flag' | 'compare';

export function Sheet({ desk, work, place, go }: SheetProps): VNode {
  const duties = desk.list!.duties;
  const rubric = duties.rubrics[work.category];
  const byTotal = duties.total_only;
  const [files, setFiles] = useState<Look[] | null>(null);
  const [missing, setMissing] = useState('');
  const [ballot, setBallot] = useState<Ballot>({ code: work.code, state: 'open', total: 0 });
  const [texts, setTexts] = useState<{ [name: string]: string }>({});
  const [ready, setReady] = useState(false);
  const [pick, setPick] = useState(-1);
  const [touch, setTouch] = useState(finger);
  const [ask, setAsk] = useState<Ask>('');
  const [asked, setAsked] = useState(false); // whether to save with files that were not looked at
  const [other, setOther] = useState<Duty | null>(null);
  const [told, setTold] = useState('');
  const timer = useRef(0);
  const now = useRef({ ballot, texts, dirty: false, edits: 0 }); // ahead of what is drawn: keys come fast

  const pointed = (by: boolean) => {
    finger = by;
    if (touch !== by) setTouch(by);
  };
  const fields: Field[] = rubric.criteria.map(c => ({ name: c.name, most: c.weight, criterion: c }));
  const marked = Object.keys(ballot.marks || {}).length > 0;
  if (byTotal && !marked) fields.push({ name: t('total'), most: rubric.scale, criterion: null });
  const waits = !!work.turn && work.turn !== 'called'; // for its turn on the stage, or it is over
  const locked =
    waits ||
    (duties.submitted && !work.reopened) ||
    desk.link === 'barred' ||
    !ready ||
    ballot.state === 'abstained' ||
    ballot.state === 'recused';

  const load = () => {
    setMissing('');
    desk.open(work.code).then(
      page => {
        if (!page) {
          setMissing(t('not_here'));
          setReady(true); // marks can be given to what lies on the table
          return;
        }
        setFiles(page.files);
        if (now.current.dirty) return;
        take(page.ballot);
        setReady(true);
      },
      e => setMissing(e.text || t('not_here')),
    );
  };
  const take = (b: Ballot) => {
    const fresh: { [name: string]: string } = {};
    for (const name of Object.keys(b.marks || {})) fresh[name] = show(b.marks![name]);
    if (byTotal && !b.marks && b.total) fresh[t('total')] = show(b.total);
    now.current.ballot = b;
    now.current.texts = fresh;
    setBallot(b);
    setTexts(fresh);
  };
  useLayoutEffect(() => {
    load();
    const flushNow = () => {
      if (document.hidden) flush();
    };
    document.addEventListener('visibilitychange', flushNow);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', flushNow);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [work.code]);
  useLayoutEffect(() => {
    // another tab may have scored the work
    if (!ready || now.current.dirty || desk.typed[work.code]) return;
    desk.local(work.code).then(b => {
      if (b && !now.current.dirty && !desk.typed[work.code] && !same(b, now.current.ballot)) take(b);
    });
  }, [work.state, work.total]);
  useLayoutEffect(() => {
    // the keyboard begins in the first mark that is missing
    if (!ready || locked || touch) return;
    const i = fields.findIndex(f => !texts[f.name]);
    if (i >= 0) setPick(i);
  }, [ready, work.code]);

  // change takes a new state of the ballot and keeps it after a pause.
  const change = (b: Ballot, pause: number) => {
    now.current.ballot = b;
    now.current.dirty = true;
    now.current.edits++;
    setBallot(b);
    setTold('');
    desk.type(work.code);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(flush, pause);
  };
  // flush keeps what is typed now.
  const flush = (): Promise<void> => {
    clearTimeout(timer.current);
    if (!now.current.dirty) return Promise.resolve();
    now.current.dirty = false;
    const edits = now.current.edits;
    return desk.save(now.current.ballot, work).then(
      () => {
        if (now.current.edits === edits) desk.untype(work.code);
      },
      () => {
        now.current.dirty = true;
        setTold(t('not_kept'));
      },
    );
  };

  const setText = (f: Field, text: string) => {
    const next = { ...now.current.texts, [f.name]: text };
    now.current.texts = next;
    setTexts(next);
    if (faultOf(rubric, f, text)) {
      desk.type(work.code);
      return;
    }
    const b: Ballot = { ...now.current.ballot };
    if (b.state === 'skipped') b.state = 'open';
    if (f.criterion) {
      const marks = { ...(b.marks || {}) };
      if (text === '') delete marks[f.name];
      else marks[f.name] = valueOf(text);
      b.marks = Object.keys(marks).length ? marks : undefined;
      if (!b.marks) b.total = 0;
    } else {
      b.total = text === '' ? 0 : valueOf(text);
    }
    change(settle(b, rubric, byTotal), soon);
  };

  const textOf = (f: Field) => now.current.texts[f.name] || '';
  const faults = fields.map(f => faultOf(rubric, f, textOf(f))).filter(x => x);
  // cursor puts the keyboard in a mark at once, not when it is drawn.
  const cursor = (i: number) => {
    setPick(i);
    const box = document.querySelector<HTMLElement>(
      '[data-mark="' + fields[i].name.replace(/["\\]/g, '\\$&') + '"]',
    );
    if (box) box.focus();
  };
  const next = () => {
    const wrong = fields.findIndex(f => faultOf(rubric, f, textOf(f)));
    if (wrong >= 0) {
      setTold(faultOf(rubric, fields[wrong], textOf(fields[wrong])));
      cursor(wrong);
      return;
    }
    const state = now.current.ballot.state;
    if (!finished(state) && state !== 'skipped' && !locked) {
      setTold(t('incomplete'));
      const i = fields.findIndex(f => !textOf(f));
      if (i >= 0) cursor(i);
      return;
    }
    const missed = (files || []).length - desk.seen(work).length;
    if (state === 'scored' && missed > 0 && !locked && !asked) {
      setAsked(true);
      setAsk('unseen');
      return;
    }
    if (asked && missed > 0) desk.unseen(work, missed);
    flush();
    go('next');
  };
  const enter = (i: number) => {
    if (faultOf(rubric, fields[i], textOf(fields[i]))) return;
    const after = fields.findIndex((f, k) => k > i && f.criterion !== null);
    if (after >= 0) cursor(after);
    else next();
  };
  const aside = (state: State, reason: string) => {
    setAsk('');
    now.current.texts = {};
    setTexts({});
    const at = settle({ ...now.current.ballot, state, reason, marks: undefined, total: 0 }, rubric, byTotal);
    change(at, 0);
    if (state === 'skipped') {
      flush();
      go('next');
    }
  };
  useLayoutEffect(() => {
    const key = (e: KeyboardEvent) => {
      if (
        (e.target as HTMLElement).closest('textarea,input,[role=dialog]') ||
        e.ctrlKey ||
        e.metaKey ||
        e.altKey
      )
        return;
      if (e.key === 'ArrowLeft' || e.key === 'PageUp') go(-1);
      else if (e.key === 'ArrowRight' || e.key === 'PageDown') go(1);
      else if (e.key === 'Escape') go('list');
      else return;
      e.preventDefault();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  });

  const total = ballot.state === 'scored' || ballot.state === 'started' ? ballot.total : null;
  const neighbours = total !== null && ballot.state === 'scored' ? near(desk.works, work, total) : [];
  const panel = (duties.calibrations || []).filter(c => c.code === work.code && c.judges > 1)[0];
  const at = pick >= 0 ? fields[pick] : undefined;
  const refusal = desk.refusal(work.code);
  return (
    <div
      class={'sheet' + (at && touch && !locked ? ' padded' : '')}
      onPointerDown={e => pointed(e.pointerType !== 'mouse')}
      onKeyDown={() => pointed(false)}
    >
      <div class="head">
        <button
          class="plain"
          onClick={() => {
            flush();
            go('list');
          }}
        >
          ‹ {t('list')}
        </button>
        <span class="where">{place}</span>
        <span aria-live="polite" class="saved">
          {faults.length ? (
            <span class="sign typed">… {t('saving_typed')}</span>
          ) : (
            <Sign saving={desk.saving(work.code)} />
          )}
        </span>
      </div>
      <div class="sides">
        <section class="left" aria-label={t('work')}>
          {files ? (
            <Viewer files={files} code={work.code} onSeen={n => desk.looked(work, n)} />
          ) : (
            <div class="viewer">
              <p class="sorry">
                {missing || t('opening')} {missing && <button onClick={load}>{t('again')}</button>}
              </p>
            </div>
          )}
        </section>
        <section class="right" aria-label={t('ballot')}>
          <h1>
            <small>
              {work.number ? t('number', { N: work.number }) + ' · ' : ''}
              {work.code} · {work.category}
              {work.group ? ' · ' + work.group : ''}
            </small>
            {work.title}
          </h1>
          {refusal && (
            <Notice tone="problem">
              {t('refused', { Why: refusal })}{' '}
              <button
                onClick={() => {
                  change(now.current.ballot, 0);
                }}
              >
                {t('again')}
              </button>
              <button class="plain" onClick={() => desk.discard(work.code).then(load)}>
                {t('discard')}
              </button>
            </Notice>
          )}
          {work.calibration && (
            <Notice tone="info">
              {t('trial')}{' '}
              {panel &&
                t('panel', {
                  Mine: show(panel.mine),
                  Low: show(panel.low),
                  High: show(panel.high),
                  Median: show(panel.median),
                  Judges: panel.judges,
                })}
            </Notice>
          )}
          {waits && <Notice tone="info">{t(work.turn === 'waiting' ? 'turn_waiting' : 'turn_over')}</Notice>}
          {work.reopened && <Notice tone="waiting">{t('reopened')}</Notice>}
          {duties.submitted && !work.reopened && <Notice tone="done">{t('locked')}</Notice>}
          {(ballot.state === 'abstained' || ballot.state === 'recused') && (
            <Notice tone="info">
              {t('aside_' + ballot.state, { Reason: ballot.reason || '' })}
              {!duties.submitted && (
                <button onClick={() => change({ ...ballot, state: 'open', reason: '' }, 0)}>
                  {t('take_back')}
                </button>
              )}
            </Notice>
          )}
          {ballot.state === 'skipped' && <Notice tone="waiting">{t('aside_skipped')}</Notice>}
          <div class="marks">
            {fields.map((f, i) => (
              <Mark
                key={f.name}
                rubric={rubric}
                field={f}
                text={texts[f.name] || ''}
                on={pick === i}
                locked={locked}
                bands={!touch}
                now={() => textOf(f)}
                onText={x => setText(f, x)}
                onPick={() => {
                  if (!locked) setPick(i);
                }}
                onEnter={() => enter(i)}
              />
            ))}
          </div>
          {neighbours.length > 0 && (
            <div class="near" role="group" aria-label={t('near')}>
              <small>{t('near')}</small>
              {neighbours.map(w => (
                <button
                  key={w.code}
                  class="plain"
                  onClick={() => {
                    setOther(w);
                    setAsk('compare');
                  }}
                >
                  <Thumb src={desk.list!.covers[w.code]} words={w.title} />
                  <span>{show(w.total)}</span>
                </button>
              ))}
            </div>
          )}
          {duties.ask_confidence && (
            <fieldset class="sure" disabled={locked}>
              <legend>{t('sure')}</legend>
              {[3, 2, 1].map(n => (
                <button
                  key={n}
                  aria-pressed={ballot.confidence === n}
                  onClick={() => change({ ...now.current.ballot, confidence: n }, soon)}
                >
                  {t('sure_' + n)}
                </button>
              ))}
            </fieldset>
          )}
          <Comment
            ballot={ballot}
            locked={locked}
            phrases={(duties.phrases || {})[work.category] || t('phrases').split('|')}
            onText={x => change({ ...now.current.ballot, comment: x }, later)}
            onLeave={flush}
          />
          {(ballot.flags || []).length > 0 && (
            <Notice tone="waiting">
              {t('flagged', { Flags: ballot.flags!.map(f => t('flag_' + f)).join(t('comma')) })}
            </Notice>
          )}
          {!locked && (
            <div class="others">
              <button class="plain" onClick={() => aside('skipped', '')}>
                {t('skip')}
              </button>
              <button class="plain" onClick={() => setAsk('abstained')}>
                {t('abstain')}
              </button>
              <button class="plain" onClick={() => setAsk('recused')}>
                {t('recuse')}
              </button>
              <button class="plain" onClick={() => setAsk('flag')}>
                {t('flag')}
              </button>
            </div>
          )}
        </section>
      </div>
      <div class="foot">
        <div class="sum" aria-live="polite">
          {total === null ? (
            t('sum_none')
          ) : (
            <Fragment>
              <b>{show(total)}</b> {t('points')}{' '}
              <span>
                {ballot.state === 'scored'
                  ? bandOfTotal(rubric, total)
                  : t('sum_left', { Left: rubric.criteria.length - Object.keys(ballot.marks || {}).length })}
              </span>
            </Fragment>
          )}
        </div>
        {told && (
          <div class="told" role="alert">
            {told}
          </div>
        )}
        <button
          aria-label={t('before')}
          onClick={() => {
            flush();
            go(-1);
          }}
        >
          ◀
        </button>
        <button class="primary" data-next onClick={next}>
          {locked ? t('next') : t('save_next')}
        </button>
      </div>
      {at && touch && !locked && (
        <Pad
          rubric={rubric}
          field={at}
          text={texts[at.name] || ''}
          now={() => textOf(at)}
          onText={x => setText(at, x)}
          onNext={() => {
            if (pick === fields.length - 1 || (fields[pick + 1] && !fields[pick + 1].criterion)) {
              setPick(-1);
              next();
            } else enter(pick);
          }}
          onClose={() => setPick(-1)}
          last={pick === fields.length - 1 || !fields[pick + 1].criterion}
        />
      )}
      {ask === 'unseen' && (
        <Dialog title={t('unseen_title')} onClose={() => setAsk('')}>
          <p>{t('unseen_text', { Code: work.code, Count: (files || []).length - desk.seen(work).length })}</p>
          <div class="acts">
            <button data-first onClick={() => setAsk('')}>
              {t('unseen_look')}
            </button>
            <button
              class="primary"
              data-unseen
              onClick={() => {
                setAsk('');
                next();
              }}
            >
              {t('unseen_save')}
            </button>
          </div>
        </Dialog>
      )}
      {(ask === 'abstained' || ask === 'recused') && (
        <Reason state={ask} code={work.code} onClose={() => setAsk('')} onDo={r => aside(ask, r)} />
      )}
      {ask === 'flag' && (
        <Flagging
          ballot={ballot}
          code={work.code}
          onClose={() => setAsk('')}
          onDo={(list, note) => {
            setAsk('');
            change({ ...now.current.ballot, flags: list, flag_note: note }, 0);
          }}
        />
      )}
      {ask === 'compare' && other && <Compare desk={desk} work={other} onClose={() => setAsk('')} />}
    </div>
  );
}

function Comment({
  ballot,
  locked,
  phrases,
  onText,
  onLeave,
}: {
  ballot: Ballot;
  locked: boolean;
  phrases: string[];
  onText: (x: string) => void;
  onLeave: () => void;
}): VNode {
  const [open, setOpen] = useState(false);
  const text = ballot.comment || '';
  return (
    <div class="comment">
      <label>
        {t('comment')}
        <textarea
          rows={2}
          maxLength={longComment}
          value={text}
          disabled={locked}
          onInput={e => onText((e.target as HTMLTextAreaElement).value)}
          onBlur={onLeave}
        />
      </label>
      {!locked && (
        <button class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('phrase')} {open ? '▴' : '▾'}
        </button>
      )}
      {open && !locked && (
        <div class="phrases">
          {phrases.map(p => (
            <button key={p} onClick={() => onText((text ? text + t('comma') : '') + p)}>
              {p}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Reason({
  state,
  code,
  onClose,
  onDo,
}: {
  state: 'abstained' | 'recused';
  code: string;
  onClose: () => void;
  onDo: (r: string) => void;
}): VNode {
  const [text, setText] = useState('');
  const [told, setTold] = useState(false);
  return (
    <Dialog title={t('ask_' + state)} onClose={onClose}>
      <p>{t('ask_text_' + state, { Code: code })}</p>
      <label>
        {t('reason')}
        <input
          data-first
          value={text}
          maxLength={200}
          onInput={e => setText((e.target as HTMLInputElement).value)}
        />
      </label>
      {told && (
        <p class="fault" role="alert">
          {t('reason_missing')}
        </p>
      )}
      <div class="acts">
        <button onClick={onClose}>{t('cancel')}</button>
        <button class="primary" onClick={() => (text.trim() ? onDo(text.trim()) : setTold(true))}>
          {t('act_' + state)}
        </button>
      </div>
    </Dialog>
  );
}

function Flagging({
  ballot,
  code,
  onClose,
  onDo,
}: {
  ballot: Ballot;
  code: string;
  onClose: () => void;
  onDo: (l: string[], note: string) => void;
}): VNode {
  const [list, setList] = useState<string[]>(ballot.flags || []);
  const [note, setNote] = useState(ballot.flag_note || '');
  return (
    <Dialog title={t('flag_title')} onClose={onClose}>
      <p>{t('flag_text', { Code: code })}</p>
      {flags.map((f, i) => (
        <label key={f} class="tick">
          <input
            type="checkbox"
            data-first={i === 0 || undefined}
            checked={list.indexOf(f) >= 0}
            onChange={() => setList(list.indexOf(f) >= 0 ? list.filter(x => x !== f) : list.concat(f))}
          />{' '}
          {t('flag_' + f)}
        </label>
      ))}
      <label>
        {t('flag_note')}
        <input value={note} maxLength={200} onInput={e => setNote((e.target as HTMLInputElement).value)} />
      </label>
      <div class="acts">
        <button onClick={onClose}>{t('cancel')}</button>
        <button class="primary" onClick={() => onDo(list, note.trim())}>
          {t('flag_act')}
        </button>
      </div>
    </Dialog>
  );
}

function Compare({ desk, work, onClose }: { desk: Desk; work: Duty; onClose: () => void }): VNode {
  const [files, setFiles] = useState<Look[] | null>(null);
  useLayoutEffect(() => {
    desk.open(work.code).then(
      p => setFiles(p ? p.files : []),
      () => setFiles([]),
    );
  }, [work.code]);
  return (
    <Dialog
      title={t('compare', { Total: show(work.total), Code: work.code, Title: work.title })}
      onClose={onClose}
    >
      <div class="compare">{files ? <Viewer files={files} code={work.code} /> : <p>{t('opening')}</p>}</div>
      <div class="acts">
        <button data-first onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Dialog>
  );
}
