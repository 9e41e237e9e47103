// One work next to its ballot.
import { h, Fragment, VNode } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { Comment, Compare, Flagging, Reason } from './asides';
import type { Desk } from './desk';
import { Ballot, Duty, State, bandOfTotal, finished, lacks, near, settle, show, waits } from './model';
import { Votes } from './order';
import { Dialog, Notice, Sign, Thumb } from './parts';
import { Field, Mark, Pad, faultOf } from './pad';
import { useTyping } from './typing';
import { Viewer } from './viewer';
import { t } from './text';
import { numberOf, said, saids, typedKind } from './votes';

const soon = 400;
const later = 1500;

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
  const typing = useTyping(desk, work, rubric, byTotal);
  const { files, missing, ready, ballot, texts, told, tell, load, textOf, setText, change, flush } = typing;
  const [pick, setPick] = useState(-1);
  const [touch, setTouch] = useState(finger);
  const [ask, setAsk] = useState<Ask>('');
  const [asked, setAsked] = useState(false); // whether to save with files that were not looked at
  const [other, setOther] = useState<Duty | null>(null);
  const pointed = (by: boolean) => {
    finger = by;
    if (touch !== by) setTouch(by);
  };
  const fields: Field[] = rubric.criteria.map(c => ({
    name: c.name,
    least: c.least || 0,
    most: c.most || c.weight,
    criterion: c,
    note: typedKind(duties.voting) ? t('note_' + duties.voting!.kind, { Max: numberOf(duties.voting!) }) : undefined,
  }));
  const marked = Object.keys(ballot.marks || {}).length > 0;
  if (byTotal && !marked) {
    fields.push({ name: t('total'), least: rubric.least || 0, most: rubric.most || rubric.scale, criterion: null });
  }
  const locked =
    waits(work) ||
    (duties.submitted && !work.reopened) ||
    desk.link === 'barred' ||
    !ready ||
    ballot.state === 'abstained' ||
    ballot.state === 'recused';

  useLayoutEffect(() => {
    // the keyboard begins in the first mark that is missing
    if (!ready || locked || touch || (duties.voting && !typedKind(duties.voting))) return;
    const i = fields.findIndex(f => !texts[f.name]);
    if (i >= 0) setPick(i);
  }, [ready, work.code]);

  const faults = fields.map(f => faultOf(rubric, f, textOf(f))).filter(x => x);
  // cursor puts the keyboard in a mark at once, not when it is drawn.
  const cursor = (i: number) => {
    setPick(i);
    const box = document.querySelector<HTMLElement>(
      '[data-mark="' + fields[i].name.replace(/["\\]/g, '\\$&') + '"]',
    );
    if (box) box.focus();
  };
  // whole says whether all marks are there, or the total.
  const whole = (b: Ballot): boolean => {
    const given = Object.keys(b.marks || {}).length;
    return b.state === 'started' && (given === rubric.criteria.length || (given === 0 && b.total > 0));
  };
  const lack = (b: Ballot) => (whole(b) ? lacks(b, rubric) : '');
  // settled lets a comment or a flag complete a ballot, or open it again.
  const settled = (b: Ballot): Ballot =>
    b.state === 'started' || b.state === 'scored' ? settle(b, rubric, byTotal) : b;
  const next = () => {
    const wrong = fields.findIndex(f => faultOf(rubric, f, textOf(f)));
    if (wrong >= 0) {
      tell(faultOf(rubric, fields[wrong], textOf(fields[wrong])));
      cursor(wrong);
      return;
    }
    const state = typing.latest().state;
    if (!finished(state) && state !== 'skipped' && !locked) {
      const what = lack(typing.latest());
      tell(
        what
          ? t('lacks_' + what, {
              Total: show(typing.latest().total),
              Min: show(rubric.least || 0),
              Max: show(rubric.most || rubric.scale),
            })
          : t('incomplete'),
      );
      if (what === 'note') setAsk('flag');
      const i = fields.findIndex(f => !textOf(f));
      if (i >= 0) cursor(i);
      return;
    }
    const missed = (files || []).length - desk.looks.seen(work).length;
    if (state === 'scored' && missed > 0 && !locked && !asked && !work.turn) {
      setAsked(true);
      setAsk('unseen');
      return;
    }
    if (asked && missed > 0) desk.looks.unseen(work, missed);
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
    typing.clear();
    const at = settle({ ...typing.latest(), state, reason, marks: undefined, total: 0 }, rubric, byTotal);
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
  const neighbours = !duties.voting && total !== null && ballot.state === 'scored' ? near(desk.works, work, total) : [];
  const panel = (duties.calibrations || []).filter(c => c.code === work.code && c.judges > 1)[0];
  const at = pick >= 0 ? fields[pick] : undefined;
  const refusal = desk.refusal(work.code);
  const sign = <Sign saving={faults.length ? 'typed' : desk.saving(work.code)} />;
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
          {sign}
        </span>
      </div>
      <div class="sides">
        <section class="left" aria-label={t('work')}>
          {files ? (
            <Viewer files={files} code={work.code} onSeen={n => desk.looks.looked(work, n)} />
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
                  change(typing.latest(), 0);
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
          {waits(work) && <Notice tone="info">{t(work.turn === 'waiting' ? 'turn_waiting' : 'turn_over')}</Notice>}
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
            {duties.voting &&
              saids(duties.voting).map(v => (
                <button
                  key={v}
                  class="say"
                  data-say={v}
                  disabled={locked}
                  aria-pressed={textOf(fields[0]) === show(v)}
                  onClick={() => setText(fields[0], show(v))}
                >
                  {t('say_' + said(duties.voting!, v))}
                </button>
              ))}
            {(duties.voting && !typedKind(duties.voting) ? [] : fields).map((f, i) => (
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
                  if (locked) return;
                  if (pick !== i) typing.begin();
                  setPick(i);
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
                  onClick={() => change({ ...typing.latest(), confidence: n }, soon)}
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
            onText={x => change(settled({ ...typing.latest(), comment: x }), later)}
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
          {duties.voting ? (
            <Votes
              duties={duties}
              works={desk.works.map(w => (w.code === work.code ? { ...w, state: ballot.state, total: ballot.total } : w))}
              only={work.list || ''}
            />
          ) : total === null ? (
            t('sum_none')
          ) : (
            <Fragment>
              <b>{show(total)}</b> {t('points')}{' '}
              <span>
                {ballot.state === 'scored'
                  ? bandOfTotal(rubric, total)
                  : lack(ballot)
                    ? t('sum_lacks_' + lack(ballot))
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
          {locked ? t('next') : work.turn ? t('turn_save') : t('save_next')}
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
          done={work.turn ? t('turn_save') : t('done_marks')}
          sign={sign}
          last={pick === fields.length - 1 || !fields[pick + 1].criterion}
        />
      )}
      {ask === 'unseen' && (
        <Dialog title={t('unseen_title')} onClose={() => setAsk('')}>
          <p>{t('unseen_text', { Code: work.code, Count: (files || []).length - desk.looks.seen(work).length })}</p>
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
          vetoes={(rubric.vetoes || []).map(v => v.flag)}
          onClose={() => setAsk('')}
          onDo={(list, note) => {
            setAsk('');
            change(settled({ ...typing.latest(), flags: list, flag_note: note }), 0);
          }}
        />
      )}
      {ask === 'compare' && other && <Compare desk={desk} work={other} onClose={() => setAsk('')} />}
    </div>
  );
}
