// What a judge types for one work: it is kept after a pause, and when the judge leaves; what is no mark yet is kept as a
// draft.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from './desk';
import { Ballot, Duty, Look, Rubric, same, settle, show } from './model';
import { Field, faultOf, textOf, valueOf } from './pad';
import { t } from './text';

const soon = 400;

export type Texts = { [name: string]: string };

export interface Typing {
  files: Look[] | null;
  missing: string; // why the work itself can't be shown
  ready: boolean;
  ballot: Ballot;
  texts: Texts;
  told: string;
  tell: (words: string) => void;
  load: () => void;
  latest: () => Ballot; // ahead of what is drawn: keys come fast
  textOf: (f: Field) => string;
  begin: () => void; // what stands there now is what the judge meant
  setText: (f: Field, text: string) => void;
  change: (b: Ballot, pause: number) => void;
  clear: () => void;
  flush: () => Promise<void>;
}

export function useTyping(desk: Desk, work: Duty, rubric: Rubric, byTotal: boolean): Typing {
  const [files, setFiles] = useState<Look[] | null>(null);
  const [missing, setMissing] = useState('');
  const [ballot, setBallot] = useState<Ballot>({ code: work.code, state: 'open', total: 0 });
  const [texts, setTexts] = useState<Texts>({});
  const [ready, setReady] = useState(false);
  const [told, setTold] = useState('');
  const timer = useRef(0);
  const now = useRef({ ballot, texts, dirty: false, edits: 0, field: '', before: ballot });

  const load = () => {
    setMissing('');
    desk.open(work.code).then(
      page => {
        if (!page) {
          setMissing(t('not_here'));
          // marks can be given to what lies on the table; those that were given stand
          desk.local(work.code).then(b => {
            if (b && !now.current.dirty) take(b);
            setReady(true);
          });
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
    const fresh: Texts = {};
    for (const name of Object.keys(b.marks || {})) fresh[name] = textOf(b.marks![name]);
    if (byTotal && !b.marks && b.total) fresh[t('total')] = show(b.total);
    now.current.ballot = b;
    now.current.field = '';
    now.current.texts = { ...fresh, ...desk.drafts.of(work.code) };
    setBallot(b);
    setTexts(now.current.texts);
  };
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
      e => {
        now.current.dirty = true;
        setTold(t('not_kept'));
        throw e;
      },
    );
  };
  const keep = () => {
    flush().catch(() => undefined); // it is told
  };
  const setText = (f: Field, text: string) => {
    const next = { ...now.current.texts, [f.name]: text };
    now.current.texts = next;
    setTexts(next);
    const fault = faultOf(rubric, f, text);
    desk.drafts.put(work.code, f.name, fault ? text : '');
    if (now.current.field !== f.name) {
      now.current.field = f.name;
      now.current.before = now.current.ballot;
    }
    if (fault) {
      unfinished(f);
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
  // unfinished puts the mark back that stood before the judge began to type what is none: of 99, 9 is not meant.
  const unfinished = (f: Field) => {
    const before = now.current.before;
    const b: Ballot = { ...now.current.ballot };
    if (f.criterion) {
      const marks = { ...(b.marks || {}) };
      const stood = (before.marks || {})[f.name];
      if (stood === undefined) delete marks[f.name];
      else marks[f.name] = stood;
      b.marks = Object.keys(marks).length ? marks : undefined;
      if (!b.marks) b.total = 0;
    } else {
      b.total = before.total;
    }
    change(settle(b, rubric, byTotal), soon);
  };
  const clear = () => {
    now.current.texts = {};
    setTexts({});
    desk.drafts.drop(work.code);
  };
  useLayoutEffect(() => {
    load();
    const flushNow = () => {
      if (document.hidden) keep();
    };
    document.addEventListener('visibilitychange', flushNow);
    window.addEventListener('pagehide', keep);
    desk.keepTyped = () => {
      const something = now.current.dirty || desk.drafts.any(work.code);
      return flush().then(() => (something ? work.code : ''));
    };
    return () => {
      document.removeEventListener('visibilitychange', flushNow);
      window.removeEventListener('pagehide', keep);
      desk.keepTyped = null;
      keep();
    };
  }, [work.code]);
  useLayoutEffect(() => {
    // another tab may have scored the work
    if (!ready || now.current.dirty || desk.typed[work.code]) return;
    desk.local(work.code).then(b => {
      if (b && !now.current.dirty && !desk.typed[work.code] && !same(b, now.current.ballot)) take(b);
    });
  }, [work.state, work.total, !!desk.typed[work.code]]);
  return {
    files,
    missing,
    ready,
    ballot,
    texts,
    told,
    tell: setTold,
    load,
    latest: () => now.current.ballot,
    textOf: f => now.current.texts[f.name] || '',
    begin: () => {
      now.current.field = '';
    },
    setText,
    change,
    clear,
    flush: () => flush().catch(() => undefined),
  };
}
