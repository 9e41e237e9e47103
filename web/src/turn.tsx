// The stage on a judge's page: whose turn it is, and going there when the call comes.
import { h, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from './desk';
import { Duty, finished, show } from './model';
import { Notice } from './parts';
import { t } from './text';

const patience = 500; // ms between looks whether a question is answered

const calledOf = (desk: Desk): Duty | undefined => desk.works.filter(w => w.turn === 'called')[0];

// useFollow goes to a work when it is called. What is typed for another is kept first; a question that is open is not
// taken away, the judge goes when it is answered. It returns what was kept, in words.
export function useFollow(desk: Desk, here: string, open: (code: string) => void): string {
  const followed = useRef('');
  const at = useRef({ here, open });
  const [said, setSaid] = useState('');
  at.current = { here, open };
  const called = calledOf(desk);
  const code = called ? called.code : '';
  useLayoutEffect(() => {
    if (!code) followed.current = '';
    if (!code || followed.current === code) return;
    let timer = 0;
    let ended = false;
    const go = async () => {
      if (at.current.here === code) {
        followed.current = code;
        setSaid('');
        return;
      }
      if (!document.querySelector('[role=dialog]')) {
        const kept = desk.keepTyped ? await desk.keepTyped().catch(() => null) : '';
        if (ended) return;
        if (kept !== null) {
          followed.current = code;
          setSaid(kept ? t('turn_kept', { Code: kept }) : '');
          at.current.open(code);
          return;
        }
      }
      timer = window.setTimeout(go, patience);
    };
    go();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [code]);
  return code ? said : '';
}

// TurnBar says whose turn it is, above every screen.
export function TurnBar({
  desk,
  here,
  said,
  open,
}: {
  desk: Desk;
  here: string;
  said: string;
  open: (code: string) => void;
}): VNode | null {
  const stage = desk.list && desk.list.stage;
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    // what stays in sight below the bar begins where it ends
    const fit = () => {
      const height = box.current ? box.current.offsetHeight : 0;
      document.documentElement.style.setProperty('--bar', height + 'px');
    };
    fit();
    window.addEventListener('resize', fit);
    return () => window.removeEventListener('resize', fit);
  });
  if (!stage || !stage.total) return null;
  const called = calledOf(desk);
  const there = !!called && called.code !== here;
  return (
    <div class="turnbar" ref={box} data-turn={stage.state || ''}>
      <Notice tone={called && !finished(called.state) ? 'waiting' : 'info'}>
        {stage.break && <b>{t('turn_break', { Text: stage.break })} </b>}
        {wordsOf(desk, called, there)}
        {said && ' ' + said}
        {there && (
          <button data-turn-go onClick={() => open(called!.code)}>
            {t('turn_go')}
          </button>
        )}
      </Notice>
    </div>
  );
}

function wordsOf(desk: Desk, called: Duty | undefined, there: boolean): string {
  const stage = desk.list!.stage!;
  if (called) {
    const N = called.number || 0;
    if (called.state === 'scored' && desk.saving(called.code) !== 'refused')
      return t(there ? 'turn_given_there' : 'turn_given', { N, Total: show(called.total) });
    if (finished(called.state)) return t('turn_done', { N });
    return t(there ? 'turn_there' : 'turn_here', { N });
  }
  const N = stage.number || 0;
  const then = stage.next ? t('turn_next', { N: stage.next }) : N ? t('turn_end') : '';
  switch (stage.state) {
    case 'called':
      return t('turn_others', { N });
    case 'closed':
      return t('turn_closed', { N }) + ' ' + then;
    case 'released':
      return t('turn_released', { N }) + ' ' + then;
  }
  return t('turn_begin') + ' ' + then;
}
