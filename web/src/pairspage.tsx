// Two works next to each other, and which of them is better.
import { h, Fragment, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from './desk';
import type { Duty, Look } from './model';
import { Dialog, Notice, Sign } from './parts';
import type { Said } from './pairs';
import { Viewer } from './viewer';
import { t } from './text';

const settle = 600; // ms in which a pair takes no answer: what was pressed twice says nothing of the next

const words = (s: Said): string =>
  s.better
    ? t('pairs_said', { Better: s.better, Other: s.better === s.left ? s.right : s.left })
    : t('pairs_said_equal', { Left: s.left, Right: s.right });

// PairsNotice stands above the list while there is something to compare, or to take back.
export function PairsNotice({ desk, open }: { desk: Desk; open: () => void }): VNode | null {
  const p = desk.pairs;
  if (!p.asks && !p.waiting && !(p.open && p.asked && p.asked.said)) return null;
  return (
    <Notice tone={p.asks ? 'waiting' : 'done'}>
      {p.asks || p.waiting ? t('pairs_ask') : t('pairs_done_short', { N: p.asked!.said })}{' '}
      <button data-pairs onClick={open}>
        {t(p.asks ? 'pairs_go' : 'pairs_look')}
      </button>
    </Notice>
  );
}

// Refused says which answers the room did not take, until the judge has read so.
function Refused({ desk }: { desk: Desk }): VNode | null {
  const all = desk.pairs.refused;
  if (!all.length) return null;
  return (
    <Notice tone="problem">
      {all.map(s => (
        <p key={s.mark} data-pair-refused>
          {t('pairs_refused', { What: words(s), Why: s.refused! })}
        </p>
      ))}
      <button data-pairs-heard onClick={() => desk.pairs.heard()}>
        {t('heard')}
      </button>
    </Notice>
  );
}

// Last says what became of the newest answer.
function Last({ desk }: { desk: Desk }): VNode {
  const p = desk.pairs;
  const said = p.waiting || p.taken;
  return (
    <p class="last" aria-live="polite">
      {p.told ? t(p.told, { Why: p.why }) : said ? words(said) : ''}{' '}
      {!p.told && said && <Sign saving={p.waiting ? 'kept' : 'received'} />}
    </p>
  );
}

function Head({ desk, back }: { desk: Desk; back: () => void }): VNode {
  const p = desk.pairs;
  const can = p.waiting ? !p.waiting.sent : !!p.asked && !!p.asked.last;
  return (
    <div class="head">
      <button class="plain" onClick={back}>
        ‹ {t('list')}
      </button>
      <span class="where" data-said={p.asked ? p.asked.said : ''}>
        {p.asked && t(p.asked.most ? 'pairs_count_most' : 'pairs_count', { N: p.asked.said, Most: p.asked.most })}
      </span>
      <span class="saved">
        <button data-undo disabled={!can || p.busy} onClick={() => p.back()}>
          {t('pairs_undo')}
        </button>
      </span>
    </div>
  );
}

// Better is “this one is better” of a button, the code in one piece.
function Better({ code }: { code: string }): VNode {
  const [before, after] = t('pairs_better', { Code: code }).split(code);
  return (
    <Fragment>
      {before}
      <span class="code">{code}</span>
      {after}
    </Fragment>
  );
}

function Pane({ work, files, seen }: { work: Duty; files: Look[]; seen: (n: number) => void }): VNode {
  return (
    <section class="pane" aria-label={work.code} data-code={work.code}>
      <h2>
        {work.code} <small>{work.title}</small>
      </h2>
      <Viewer files={files} code={work.code} onSeen={seen} />
    </section>
  );
}

export function PairsPage({ desk, back }: { desk: Desk; back: () => void }): VNode {
  const p = desk.pairs;
  const a = p.asks ? p.asked! : null;
  const pair = a ? [a.comparison, a.left.code, a.right.code, a.said].join(' ') : '';
  const [fresh, setFresh] = useState(true);
  const [asking, setAsking] = useState<string | null>(null); // the answer, while files were not looked at
  const asked = useRef(''); // the pair of which that was asked
  const seen = useRef<{ [file: string]: boolean }>({});
  useLayoutEffect(() => {
    setFresh(true);
    setAsking(null);
    window.scrollTo(0, 0);
    const timer = setTimeout(() => setFresh(false), settle);
    return () => clearTimeout(timer);
  }, [pair]);
  const closed = fresh || !a || !!p.waiting || p.busy;
  const look = (code: string) => (n: number) => {
    seen.current[code + ' ' + n] = true;
  };
  const unseen = a
    ? [a.left, a.right].reduce(
        (sum, w, i) => sum + a.show[i].filter((_, n) => !seen.current[w.code + ' ' + n]).length,
        0,
      )
    : 0;
  const answer = (better: string, sure?: boolean) => {
    if (closed || !a) return;
    if (unseen > 0 && !sure && asked.current !== pair) {
      asked.current = pair;
      return setAsking(better);
    }
    setAsking(null);
    p.answer(better);
  };
  useLayoutEffect(() => {
    const key = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement;
      if (at.closest('textarea,input,video,audio,.pages,.words,[role=dialog]') || e.altKey || e.metaKey) return;
      if (e.ctrlKey ? e.key !== 'z' : e.key === 'z') return;
      if (e.key === 'z') p.back();
      else if (e.key === 'Escape') back();
      else if (e.key === 'ArrowLeft') answer(a ? a.left.code : '');
      else if (e.key === 'ArrowRight') answer(a ? a.right.code : '');
      else if (e.key === 'ArrowDown') answer('');
      else return;
      e.preventDefault();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  });
  return (
    <div class="pairs">
      <Head desk={desk} back={back} />
      <Refused desk={desk} />
      {a ? (
        <Fragment>
          <h1>{t('pairs_which')}</h1>
          <div class="pair" key={pair}>
            <Pane work={a.left} files={a.show[0]} seen={look(a.left.code)} />
            <Pane work={a.right} files={a.show[1]} seen={look(a.right.code)} />
          </div>
        </Fragment>
      ) : (
        <Over desk={desk} />
      )}
      <div class="foot">
        <Last desk={desk} />
        {a && (
          <div class="which" role="group" aria-label={t('pairs_which')}>
            <button data-better="left" disabled={closed} onClick={() => answer(a.left.code)}>
              <Better code={a.left.code} />
            </button>
            <button data-better="equal" disabled={closed} onClick={() => answer('')}>
              {t('pairs_equal')}
            </button>
            <button data-better="right" disabled={closed} onClick={() => answer(a.right.code)}>
              <Better code={a.right.code} />
            </button>
          </div>
        )}
      </div>
      {asking !== null && (
        <Dialog title={t('unseen_title')} onClose={() => setAsking(null)}>
          <p>{t('pairs_unseen', { Count: unseen })}</p>
          <div class="acts">
            <button data-first onClick={() => setAsking(null)}>
              {t('unseen_look')}
            </button>
            <button data-unseen onClick={() => answer(asking, true)}>
              {t('pairs_unseen_keep')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

// Over says why there is no pair: none is left, nobody asks any more, or it is on its way.
function Over({ desk }: { desk: Desk }): VNode {
  const p = desk.pairs;
  if (!p.asked) return <p class="sorry">{t(p.waiting || p.open ? 'pairs_loading' : 'pairs_closed')}</p>;
  return (
    <div class="sorry">
      <h1>{t(p.open ? 'pairs_done' : 'pairs_closed')}</h1>
      {p.asked.said > 0 && <p>{t('pairs_done_text', { N: p.asked.said })}</p>}
    </div>
  );
}
