// The works of a list in the order of the places that the judge gave them: moved by a finger or the mouse, by keys, by
// buttons, and by typing a place. The others move up or down, and all of it is kept.
import { h, Fragment, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from './desk';
import { Ballot, Duties, Duty, settle } from './model';
import { Thumb } from './parts';
import { t } from './text';
import { Count, move, numberOf, ranked, rest, said, votes } from './votes';

// speak keeps marks, by the codes of their works.
export async function speak(desk: Desk, marks: { [code: string]: number }): Promise<void> {
  const duties = desk.list!.duties;
  for (const w of desk.works.filter(x => x.code in marks)) {
    const rubric = duties.rubrics[w.category];
    let b: Ballot | null = await desk.local(w.code);
    if (!b) {
      // opened, its ballot has the version that the next one is made on; without the network it is the first
      const page = await desk.open(w.code).catch(e => (w.state === 'open' ? null : Promise.reject(e)));
      b = page ? page.ballot : { code: w.code, state: 'open', total: 0 };
    }
    b = { ...b, state: 'open', reason: '', marks: { [rubric.criteria[0].name]: marks[w.code] } };
    await desk.save(settle(b, rubric, false), w);
  }
}

const countWords = (d: Duties, c: Count): string =>
  t('count_' + d.voting!.kind + '_' + (c.twice ? 'twice' : c.missing ? 'missing' : c.left < 0 ? 'over' : 'left'), {
    List: c.list,
    Given: c.given,
    Left: c.left,
    Over: -c.left,
    Twice: c.twice,
    Missing: c.missing,
  });

// Votes says how many votes, places or points are left in the list called only, or in each.
export function Votes({ duties, works, only }: { duties: Duties; works: Duty[]; only?: string }): VNode {
  const all = votes(duties, works).filter(c => only === undefined || c.list === only);
  return (
    <Fragment>
      {all.map(c => (
        <p key={c.list} class="votes" aria-live="polite" data-votes={c.left}>
          {countWords(duties, c)}
        </p>
      ))}
    </Fragment>
  );
}

// Rest says nothing for all works that nothing is said of yet, after asking.
export function Rest({ desk }: { desk: Desk }): VNode | null {
  const duties = desk.list!.duties;
  const [sure, setSure] = useState(false);
  const all = rest(duties, desk.works);
  if (!all.length) return null;
  const words = t('rest_' + duties.voting!.kind, { N: all.length });
  if (!sure)
    return (
      <button class="wide" data-rest onClick={() => setSure(true)}>
        {words}
      </button>
    );
  const marks: { [code: string]: number } = {};
  all.forEach(w => (marks[w.code] = 0));
  return (
    <div class="acts">
      <p>{t('rest_text', { N: all.length })}</p>
      <button onClick={() => setSure(false)}>{t('cancel')}</button>
      <button
        class="primary"
        data-rest-sure
        onClick={() => {
          setSure(false);
          speak(desk, marks).catch(() => undefined); // what is not kept shows as not said
        }}
      >
        {words}
      </button>
    </div>
  );
}

// Order is all lists, one below the other.
export function Order({ desk, open }: { desk: Desk; open: (code: string) => void }): VNode {
  const duties = desk.list!.duties;
  return (
    <Fragment>
      <p class="sorry">{t('order_hint')}</p>
      {votes(duties, desk.works).map(c => (
        <OneList key={c.list} desk={desk} list={c.list} open={open} />
      ))}
    </Fragment>
  );
}

// Place is the input of a work's place. What is typed stands until it is left, whatever else is drawn meanwhile, and what
// is no place stays there and says so.
function Place(p: { work: Duty; most: number; locked: boolean; give: (place: number) => void }): VNode {
  const [text, setText] = useState<string | null>(null);
  const stands = p.work.state === 'scored' && p.work.total > 0 ? String(p.work.total) : '';
  const typed = text === null ? stands : text;
  const place = Number(typed.trim());
  const bad = !/^[0-9]*$/.test(typed.trim()) || place > p.most;
  const take = () => {
    if (text === null || bad) return;
    setText(null);
    if (String(place || '') !== stands) p.give(place);
  };
  return (
    <span class={bad ? 'place bad' : 'place'}>
      <input
        data-act="place"
        inputMode="numeric"
        size={3}
        maxLength={3}
        disabled={p.locked}
        aria-label={t('order_place', { Title: p.work.title })}
        aria-invalid={bad}
        value={typed}
        onInput={e => setText((e.target as HTMLInputElement).value)}
        onBlur={take}
        onKeyDown={e => {
          if (e.key === 'Enter') take();
        }}
      />
      {bad && (
        <span class="fault" role="alert">
          {t('wrong_range', { Min: '1', Max: String(p.most) })}
        </span>
      )}
    </span>
  );
}

function OneList({ desk, list, open }: { desk: Desk; list: string; open: (code: string) => void }): VNode {
  const duties = desk.list!.duties;
  const works = ranked(desk.works, list);
  const box = useRef<HTMLOListElement>(null);
  const [drag, setDrag] = useState({ code: '', to: -1 });
  const held = useRef(''); // where the keyboard was when a work was moved by it: a row that moves would lose it
  useLayoutEffect(() => {
    const e = held.current && box.current!.querySelector<HTMLElement>(held.current);
    if (e && document.activeElement !== e) e.focus();
  });
  const placed = (code: string) => works.filter(w => w.code !== code && w.state === 'scored' && w.total > 0).length;
  const give = (code: string, place: number) => {
    if (duties.submitted) return;
    speak(desk, move(duties.voting!, desk.works, code, place)).catch(() => undefined);
  };
  // put gives a work the place at which it stands among the others, from 0; below those with places it has none.
  const put = (code: string, to: number) => give(code, to > placed(code) ? 0 : to + 1);
  const under = (y: number): number => {
    const rows = Array.from(box.current!.children) as HTMLElement[];
    const i = rows.findIndex(r => y < r.getBoundingClientRect().top + r.offsetHeight / 2);
    return i < 0 ? rows.length : i;
  };
  const drop = () => {
    const from = works.findIndex(w => w.code === drag.code);
    if (from >= 0 && drag.to >= 0 && drag.to !== from && drag.to !== from + 1)
      put(drag.code, drag.to > from ? drag.to - 1 : drag.to);
    setDrag({ code: '', to: -1 });
  };
  return (
    <section aria-label={list}>
      <h2>{list}</h2>
      <Votes duties={duties} works={desk.works} only={list} />
      <ol class="order" ref={box} data-order={list}>
        {works.map((w, i) => (
          <li
            key={w.code}
            data-code={w.code}
            onFocusCapture={e => {
              if (held.current && !(e.target as HTMLElement).matches(held.current)) held.current = '';
            }}
            class={(drag.code === w.code ? 'held' : '') + (drag.to === i && drag.code ? ' gap' : '')}
            onKeyDown={e => {
              if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
              e.preventDefault();
              const act = (e.target as HTMLElement).dataset.act;
              held.current = act ? '[data-code="' + w.code + '"] [data-act="' + act + '"]' : '';
              const to = i + (e.key === 'ArrowUp' ? -1 : 1);
              if (to >= 0 && to < works.length) put(w.code, to);
            }}
          >
            <span
              class="grip"
              aria-hidden="true"
              onPointerDown={e => {
                if (duties.submitted) return;
                (e.target as HTMLElement).setPointerCapture(e.pointerId);
                setDrag({ code: w.code, to: i });
              }}
              onPointerMove={e => drag.code === w.code && setDrag({ code: w.code, to: under(e.clientY) })}
              onPointerUp={drop}
              onPointerCancel={() => setDrag({ code: '', to: -1 })}
            >
              ⠿
            </span>
            <Place work={w} most={numberOf(duties.voting!)} locked={!!duties.submitted} give={n => give(w.code, n)} />
            <button class="plain what" onClick={() => open(w.code)}>
              <Thumb src={desk.list!.covers[w.code]} words={w.category} />
              <span>
                <b>{w.title}</b>
                <small>
                  {w.code} · {w.state === 'scored' ? t('say_' + said(duties.voting!, w.total), { N: w.total }) : t('order_none_said')}
                </small>
              </span>
            </button>
            <button
              data-act="up"
              aria-label={t('order_up', { Title: w.title })}
              disabled={duties.submitted || i === 0}
              onClick={() => put(w.code, i - 1)}
            >
              ▲
            </button>
            <button
              data-act="down"
              aria-label={t('order_down', { Title: w.title })}
              disabled={duties.submitted || i + 1 === works.length}
              onClick={() => put(w.code, i + 1)}
            >
              ▼
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
