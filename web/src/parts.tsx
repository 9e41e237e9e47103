// Pieces that all screens use.
import { h, Fragment, ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk, Saving } from './desk';
import * as keep from './keep';
import { t } from './text';
import type { State } from './model';

export function Sign({ saving }: { saving: Saving }): VNode | null {
  if (saving === 'none') return null;
  const mark = { typed: '…', kept: '▣', received: '✓', refused: '!', none: '' }[saving];
  return (
    <span class={'sign ' + saving}>
      <span aria-hidden="true">{mark}</span> {t('saving_' + saving)}
    </span>
  );
}

export function StateWord({ state }: { state: State }): VNode {
  return <span class={'state ' + state}>{t('state_' + state)}</span>;
}

export function Notice({
  tone,
  children,
}: {
  tone: 'info' | 'waiting' | 'problem' | 'done';
  children: ComponentChildren;
}): VNode {
  return (
    <div class={'notice ' + tone} role={tone === 'problem' ? 'alert' : 'status'}>
      {children}
    </div>
  );
}

// Bars says what is wrong with connection and keeping, above every screen.
// What was refused of the work that is here is said on its own sheet.
export function Bars({ desk, here }: { desk: Desk; here: string }): VNode {
  const waiting = desk.left;
  const refused = desk.waiting.filter(i => !!i.refused && i.ballot.code !== here);
  return (
    <Fragment>
      {!keep.permanent() && <Notice tone="problem">{t('not_permanent')}</Notice>}
      {desk.link === 'barred' && (
        <Notice tone="problem">
          {desk.barred}
          {waiting > 0 && ' ' + t('barred_waiting', { N: waiting })}
        </Notice>
      )}
      {desk.link === 'away' && (
        <Notice tone="waiting">{waiting ? t('away_waiting', { N: waiting }) : t('away')}</Notice>
      )}
      {desk.trouble && waiting > 0 && desk.link === 'open' && (
        <Notice tone="problem">
          {desk.trouble.key === 'store.disk_full'
            ? t('room_full', { N: waiting })
            : t('room_unable', { Why: desk.trouble.text, N: waiting })}
        </Notice>
      )}
      {desk.link === 'shut' && (
        <Notice tone="waiting">{waiting ? t('shut_waiting', { N: waiting }) : t('shut')}</Notice>
      )}
      {refused.length > 0 && (
        <Notice tone="problem">
          {t('refused_bar', {
            Works: refused.map(i => i.ballot.code).join(t('comma')),
            Why: refused[refused.length - 1].refused!,
          })}
        </Notice>
      )}
      {desk.knock && (
        <Notice tone="problem">
          {desk.knock}{' '}
          <button data-heard onClick={() => desk.hearKnock()}>
            {t('heard')}
          </button>
        </Notice>
      )}
      {desk.fault && <Notice tone="problem">{desk.fault}</Notice>}
      {desk.clash && <Notice tone="waiting">{desk.clash}</Notice>}
      {desk.renewed && (
        <Notice tone="info">
          {t('renewed')}{' '}
          <button disabled={desk.link !== 'open'} onClick={() => location.reload()}>
            {t('reload')}
          </button>
        </Notice>
      )}
    </Fragment>
  );
}

// Dialog stands above the page until it is answered. Escape leaves it; the keyboard stays inside.
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}): VNode {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    // Keys belong to the question at once, but the one that asked it must not answer it.
    box.current!.focus();
    const timer = setTimeout(() => {
      const first = box.current!.querySelector<HTMLElement>('[data-first]');
      if (first && document.activeElement === box.current) first.focus();
    }, 100);
    return () => {
      clearTimeout(timer);
      if (before && before.isConnected) before.focus();
    };
  }, []);
  const onKey = (e: KeyboardEvent) => {
    e.stopPropagation();
    if (e.key === 'Escape') onClose();
    if (e.key !== 'Tab') return;
    const all: HTMLElement[] = Array.from<HTMLElement>(
      box.current!.querySelectorAll('button,input,textarea,select'),
    ).filter(x => !(x as HTMLButtonElement).disabled);
    const first = all[0],
      last = all[all.length - 1];
    const at = document.activeElement;
    if (e.shiftKey && (at === first || at === box.current)) {
      last.focus();
      e.preventDefault();
    } else if (!e.shiftKey && at === last) {
      first.focus();
      e.preventDefault();
    }
  };
  return (
    <div
      class="veil"
      onClick={e => {
        if (e.target === e.currentTarget) onClose();
      }}
    >
      <div
        class="dialog"
        role="dialog"
        aria-modal="true"
        aria-label={title}
        tabIndex={-1}
        ref={box}
        onKeyDown={onKey}
      >
        <h2>{title}</h2>
        {children}
      </div>
    </div>
  );
}

// useDesk draws a component again whenever something on the desk changes.
export function useDesk(desk: Desk): void {
  const [, again] = useState(0);
  useLayoutEffect(() => desk.listen(() => again(n => n + 1)), [desk]);
}

// Thumb is a small picture of a work, with words where there is none.
export function Thumb({ src, words }: { src?: string; words: string }): VNode {
  const [broken, setBroken] = useState(false);
  useLayoutEffect(() => setBroken(false), [src]);
  if (!src || broken)
    return (
      <span class="thumb none" aria-hidden="true">
        {words.slice(0, 2)}
      </span>
    );
  return <img class="thumb" src={src} alt="" loading="lazy" onError={() => setBroken(true)} />;
}
