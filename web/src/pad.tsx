// Marks: a row for each criterion, and a number pad, so that the system's keyboard never covers the work.
import { h, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Criterion, Rubric, bandOf, bandsOf, exact, notApplicable, places, show, wrong } from './model';
import { t } from './text';

export interface Field {
  name: string;
  least: number;
  most: number;
  criterion: Criterion | null; // null: the total
  note?: string; // what may be typed, where it is no mark
}

export interface MarkProps {
  rubric: Rubric;
  field: Field;
  text: string;
  on: boolean;
  locked: boolean;
  bands: boolean; // shown here, where there is no pad
  now: () => string; // what stands there, also before it is drawn: keys come fast
  onText: (text: string) => void;
  onPick: () => void;
  onEnter: () => void;
}

// off is the text of a mark that says that the criterion does not apply, in any language.
const off = '/';

export const valueOf = (text: string): number => (text === '' ? NaN : text === off ? notApplicable : Number(text));

export const textOf = (mark: number): string => (mark === notApplicable ? off : show(mark));

const shown = (text: string): string => (text === off ? t('not_applicable') : text || '–');

// faultOf says in words what is wrong with a mark, '' where nothing is.
export function faultOf(r: Rubric, f: Field, text: string): string {
  if (text === '' || (text === off && f.criterion && f.criterion.optional)) return '';
  const bad = wrong(valueOf(text), f.least, f.most, r.step);
  return bad && t('wrong_' + bad, { Min: show(f.least), Max: show(f.most), Step: show(r.step) });
}

// stepped returns the mark one step up or down; from nothing it starts at the lower end of what is usual.
export function stepped(r: Rubric, f: Field, text: string, by: number): string {
  const step = exact(r.step) || 10000;
  const now = valueOf(text);
  if (isNaN(now) || now === notApplicable) {
    if (f.note) return show(r.step);
    const bands = f.criterion ? bandsOf(r, f.criterion) : [];
    return show(bands.length ? bands[Math.min(1, bands.length - 1)].mark : Math.floor(f.most * 0.8));
  }
  const next = Math.min(exact(f.most), Math.max(exact(f.least), Math.round(exact(now) / step + by) * step));
  return show(next / 10000);
}

// typed returns the text after a key, null for a key that means nothing here.
export function typed(r: Rubric, f: Field, text: string, key: string, fresh: boolean): string | null {
  if (f.criterion && f.criterion.optional && /^[nN/]$/.test(key)) return off;
  if (text === off && key === 'Backspace') return '';
  const before = fresh || text === off ? '' : text;
  if (/^[0-9]$/.test(key)) {
    const next = before === '0' ? key : before + key;
    const decimals = (next.split('.')[1] || '').length;
    return next.length > 7 || decimals > places(r.step) ? null : next;
  }
  if ((key === '.' || key === '。') && places(r.step) > 0 && before.indexOf('.') < 0)
    return (before || '0') + '.';
  if (key === 'Backspace') return text.slice(0, -1);
  if (key === 'Delete') return '';
  return null;
}

export function Mark(p: MarkProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  const fresh = useRef(true); // the next digit replaces what stands there
  useLayoutEffect(() => {
    if (p.on && box.current && document.activeElement !== box.current)
      box.current.focus({ preventScroll: true });
  }, [p.on]);
  const fault = faultOf(p.rubric, p.field, p.text);
  const value = valueOf(p.text);
  const said = p.text === off;
  const band = !fault && p.text !== '' && !said && p.field.criterion ? bandOf(p.rubric, p.field.criterion, value) : '';
  const id = 'fault ' + p.field.name;
  const onKey = (e: KeyboardEvent) => {
    if (p.locked || e.ctrlKey || e.metaKey || e.altKey) return;
    if (e.key === 'Enter') p.onEnter();
    else if (e.key === 'ArrowUp' || e.key === '+') p.onText(stepped(p.rubric, p.field, p.now(), 1));
    else if (e.key === 'ArrowDown' || e.key === '-') p.onText(stepped(p.rubric, p.field, p.now(), -1));
    else {
      const next = typed(p.rubric, p.field, p.now(), e.key, fresh.current);
      if (next === null) return;
      fresh.current = false;
      p.onText(next);
    }
    e.preventDefault();
    e.stopPropagation();
  };
  const max = (p.field.least > 0 ? show(p.field.least) + '–' : '') + show(p.field.most);
  return (
    <div class={'mark' + (p.on ? ' on' : '') + (fault ? ' bad' : '')}>
      <div class="name">
        {p.field.name}{' '}
        <small>
          {p.field.note || max + ' ' + t('points')}
        </small>
      </div>
      <div class="entry">
        <button
          class="step"
          disabled={p.locked}
          tabIndex={-1}
          aria-label={t('less', { Name: p.field.name })}
          onClick={() => {
            p.onPick();
            p.onText(stepped(p.rubric, p.field, p.now(), -1));
          }}
        >
          −
        </button>
        <div
          class="value"
          role="spinbutton"
          tabIndex={0}
          ref={box}
          data-mark={p.field.name}
          aria-label={p.field.name}
          aria-valuemin={p.field.least}
          aria-valuemax={p.field.most}
          aria-disabled={p.locked}
          aria-valuenow={isNaN(value) || said ? undefined : value}
          aria-invalid={!!fault}
          aria-valuetext={p.text === '' ? t('no_mark') : shown(p.text) + ' ' + band}
          aria-describedby={fault ? id : undefined}
          onFocus={() => {
            fresh.current = true;
            p.onPick();
          }}
          onClick={p.onPick}
          onKeyDown={onKey}
        >
          {shown(p.text)}
        </div>
        <button
          class="step"
          disabled={p.locked}
          tabIndex={-1}
          aria-label={t('more', { Name: p.field.name })}
          onClick={() => {
            p.onPick();
            p.onText(stepped(p.rubric, p.field, p.now(), 1));
          }}
        >
          ＋
        </button>
      </div>
      <div class="band" aria-hidden="true">
        {band}
      </div>
      {p.on && p.bands && !p.locked && p.field.criterion && (
        <Bands rubric={p.rubric} criterion={p.field.criterion} onMark={p.onText} />
      )}
      {p.field.criterion && p.field.criterion.optional && (
        <button
          class="off"
          data-off={p.field.name}
          disabled={p.locked}
          tabIndex={-1}
          aria-pressed={said}
          onClick={() => {
            p.onPick();
            p.onText(said ? '' : off);
          }}
        >
          {t('not_applicable')}
        </button>
      )}
      {fault && (
        <div class="fault" id={id} role="alert">
          {fault}
        </div>
      )}
    </div>
  );
}

// Bands are the words for marks of a criterion, each a mark to be pressed, and what to look at.
function Bands({
  rubric,
  criterion,
  onMark,
}: {
  rubric: Rubric;
  criterion: Criterion;
  onMark: (text: string) => void;
}): VNode {
  return (
    <div class="help">
      {criterion.hint && <div class="hint">{criterion.hint}</div>}
      <div class="bands">
        {bandsOf(rubric, criterion).map(b => (
          <button key={b.label} tabIndex={-1} onClick={() => onMark(show(b.mark))}>
            {b.label} <small>{show(b.mark)}</small>
          </button>
        ))}
      </div>
    </div>
  );
}

export interface PadProps {
  rubric: Rubric;
  field: Field;
  text: string;
  now: () => string;
  onText: (text: string) => void;
  onNext: () => void;
  onClose: () => void;
  last: boolean;
  done: string; // words of the button at the last mark
  sign: VNode; // of saving: the pad may cover the one above the work
}

export function Pad(p: PadProps): VNode {
  const fresh = useRef(true);
  // Before the next press, not after the next frame as useLayoutEffect would: a quick digit was replaced by the one after it.
  useLayoutEffect(() => {
    fresh.current = true;
  }, [p.field.name]);
  const press = (key: string) => {
    const next = typed(p.rubric, p.field, p.now(), key, fresh.current);
    fresh.current = false;
    if (next !== null) p.onText(next);
  };
  const dot = places(p.rubric.step) > 0;
  return (
    <div class="pad" role="group" aria-label={t('pad', { Name: p.field.name })}>
      <div class="pad-sign" aria-hidden="true">
        {p.sign}
      </div>
      <div class="pad-head">
        <b>{p.field.name}</b>
        <span class="pad-value" aria-live="polite">
          {shown(p.text)} / {show(p.field.most)}
        </span>
        <button class="plain" onClick={p.onClose}>
          {t('pad_close')}
        </button>
      </div>
      {p.field.criterion && (
        <Bands
          rubric={p.rubric}
          criterion={p.field.criterion}
          onMark={x => {
            p.onText(x);
            fresh.current = true;
          }}
        />
      )}
      <div class="keys">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(k => (
          <button key={k} onClick={() => press(k)}>
            {k}
          </button>
        ))}
        <button onClick={() => press(dot ? '.' : 'Delete')}>{dot ? '.' : t('clear')}</button>
        <button onClick={() => press('0')}>0</button>
        <button aria-label={t('erase')} onClick={() => press('Backspace')}>
          ⌫
        </button>
      </div>
      {p.field.criterion && p.field.criterion.optional && (
        <button class="wide" data-off aria-pressed={p.text === off} onClick={() => p.onText(p.text === off ? '' : off)}>
          {t('not_applicable')}
        </button>
      )}
      <button class="primary wide" onClick={p.onNext}>
        {p.last ? p.done : t('next_mark')}
      </button>
    </div>
  );
}
