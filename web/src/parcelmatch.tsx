// Many files at once: each is laid to the work whose title and authors its name holds; a person looks before they are
// taken.
import { h, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Draft, Row, filled, fold, people } from './parcelmodel';
import { t } from './parceltext';

// guess finds the work that a file's name means; 0 where there is not one that fits best.
export function guess(d: Draft, name: string): number {
  const said = fold(name.replace(/\.[^.]*$/, ''));
  const score = (r: Row): number => {
    const title = fold(r.cells.title);
    let n = title && said.indexOf(title) >= 0 ? 4 + title.length / 100 : 0;
    people(r.cells.authors).forEach(a => {
      if (fold(a).length > 1 && said.indexOf(fold(a)) >= 0) n += 3;
    });
    if (n && r.cells.category && said.indexOf(fold(r.cells.category)) >= 0) n += 1;
    return n;
  };
  const list = filled(d)
    .map(r => ({ n: r.n, score: score(r) }))
    .filter(x => x.score >= 3)
    .sort((a, b) => b.score - a.score);
  return list.length && (list.length === 1 || list[0].score > list[1].score) ? list[0].n : 0;
}

interface MatchProps {
  draft: Draft;
  files: File[];
  take: (list: { row: number; file: File }[]) => void;
  cancel: () => void;
}

export function Match({ draft, files, take, cancel }: MatchProps): VNode {
  const [rows, setRows] = useState(files.map(f => guess(draft, f.name)));
  // the list that is used: all works in each of 200 lists would be 40,000 lines
  const [used, setUsed] = useState(-1);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box.current) box.current.focus();
  }, []);
  const works = filled(draft);
  const found = rows.filter(n => n).length;
  const key = (e: KeyboardEvent) => {
    if (e.key === 'Escape') cancel();
    if (e.key !== 'Tab' || !box.current) return;
    const all = box.current.querySelectorAll<HTMLElement>('select, button');
    const [one, last] = [all[0], all[all.length - 1]];
    const at = document.activeElement;
    if (e.shiftKey ? at === one || at === box.current : at === last) {
      e.preventDefault();
      (e.shiftKey ? last : one).focus();
    }
  };
  return (
    <div class="shade">
      <div
        class="dialog"
        role="dialog"
        aria-modal="true"
        aria-labelledby="match"
        tabIndex={-1}
        ref={box}
        onKeyDown={key}
      >
        <h2 id="match">{t('match_title', { N: files.length, Found: found })}</h2>
        <p class="quiet">{t('match_text')}</p>
        <ul class="matches">
          {files.map((f, i) => (
            <li key={i} class={rows[i] ? '' : 'open'}>
              <label>
                <span>{f.name}</span>
                <select
                  value={String(rows[i])}
                  onFocus={() => setUsed(i)}
                  onMouseDown={() => setUsed(i)}
                  onChange={e => setRows(rows.map((n, j) => (j === i ? Number(e.currentTarget.value) : n)))}
                >
                  <option value="0">{t('match_none')}</option>
                  {(used === i ? works : works.filter(r => r.n === rows[i])).map(r => (
                    <option key={r.n} value={String(r.n)}>
                      {t('match_work', { N: r.n, Title: r.cells.title || t('untitled'), Authors: r.cells.authors })}
                    </option>
                  ))}
                </select>
              </label>
            </li>
          ))}
        </ul>
        <div class="acts">
          <button
            class="primary"
            disabled={!found}
            onClick={() => take(files.map((file, i) => ({ row: rows[i], file })).filter(x => x.row))}
          >
            {t('match_take', { N: found })}
          </button>
          <button onClick={cancel}>{t('cancel')}</button>
        </div>
      </div>
    </div>
  );
}
