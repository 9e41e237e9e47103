// What stands on the big screen: who is on, the judges' marks, the places so far; or the words of a break.
import { h, Fragment, VNode } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { Board, Mark, Page, Shown, Turn, clock, columns, level, longMarks, pagesOf, rowsOf } from './board';
import { show } from './model';
import type { News } from './wallnews';
import { t } from './walltext';

const turnAfter = 12000; // ms that a page of the standing stays, where there are several

const mostMarks = 21; // that stand on the screen one by one

// nameOf is what the rules let the screen call a work.
const nameOf = (turn: Turn): string => turn.title || turn.code;

function Sign({ news }: { news: News }): VNode {
  return (
    <span class={'link ' + news.link} role="status" data-link={news.link}>
      {t('link_' + news.link)}
    </span>
  );
}

export function Wall({ news }: { news: News }): VNode {
  const board = news.board;
  return (
    <div class="wall">
      <header>
        <span class="contest">{board ? board.contest : t('title')}</span>
        {board && board.total > 0 && (
          <span class="progress">{t('progress', { Done: board.done, Total: board.total })}</span>
        )}
        <Sign news={news} />
      </header>
      {!board ? (
        <main class="slide">
          <h1>{news.link === 'barred' ? t('title') : t('soon')}</h1>
        </main>
      ) : board.break ? (
        <main class="slide" data-break>
          <h1 class={board.break.length > 60 ? 'long' : board.break.length > 20 ? 'middle' : 'short'}>{board.break}</h1>
        </main>
      ) : board.now || board.standing.length ? (
        <main class={'sides' + (board.standing.length ? '' : ' alone')}>
          {board.now && <Now turn={board.now} at={news.at} fresh={news.link === 'open'} />}
          {board.standing.length > 0 && <Standing board={board} />}
        </main>
      ) : (
        <main class="slide">
          <h1 class="middle">{board.contest}</h1>
          <p class="then">{t('soon')}</p>
        </main>
      )}
      <Foot board={board} barred={news.link === 'barred' ? news.barred : ''} />
    </div>
  );
}

function Foot({ board, barred }: { board: Board | null; barred: string }): VNode {
  if (barred)
    return (
      <footer class="barred">
        <span role="alert">{barred}</span>
      </footer>
    );
  const next = board && !(board.now && board.now.state === 'called') ? board.next : undefined;
  return (
    <footer>
      {next && !board!.break && (
        <span class="next">
          {t('next', { N: next.number })} {nameOf(next)}
        </span>
      )}
      {board && !board.next && board.total > 0 && board.done === board.total && <span>{t('all_done')}</span>}
    </footer>
  );
}

// Now is the work on the stage, or the one that was there last.
function Now({ turn, at, fresh }: { turn: Turn; at: number; fresh: boolean }): VNode {
  const again = turn.shown && turn.state !== 'released';
  const crowded = turn.shown && rowsOf(turn.shown.marks) > 2 && turn.shown.marks.length <= mostMarks;
  const space = crowded ? 'line' : nameOf(turn).length > 12 ? 'long' : '';
  return (
    <section class={'now ' + turn.state} data-state={turn.state} data-number={turn.number}>
      <div class="head">
        <span class="number">{t('number', { N: turn.number })}</span>
        <span class="list">
          {turn.list}
          {turn.title ? ' · ' + turn.code : ''}
        </span>
      </div>
      <h1 class={space}>{nameOf(turn)}</h1>
      {(turn.authors || turn.unit) && (
        <p class="by">
          {(turn.authors || []).join('　')}
          {turn.unit && <span class="unit"> {turn.unit}</span>}
        </p>
      )}
      {!again && (turn.state === 'called' || turn.state === 'closed') && <Under turn={turn} at={at} fresh={fresh} />}
      {turn.shown && <Result turn={turn} shown={turn.shown} />}
      {again && <p class="again">{t('again_' + turn.state)}</p>}
    </section>
  );
}

// Under is how far a work is whose scores are not released.
function Under({ turn, at, fresh }: { turn: Turn; at: number; fresh: boolean }): VNode {
  const pips: VNode[] = [];
  for (let i = 0; i < turn.seats; i++) pips.push(<i key={i} class={i < turn.scored ? 'on' : ''} />);
  return (
    <Fragment>
      <Timer turn={turn} at={at} fresh={fresh} />
      <div class="judges">
        <p class="scored" data-scored={turn.scored}>
          {turn.state === 'closed' ? t('closed') : t('scored', { N: turn.scored, Of: turn.seats })}
        </p>
        {turn.seats <= 30 && (
          <p class="pips" aria-hidden="true">
            {pips}
          </p>
        )}
      </div>
    </Fragment>
  );
}

// Timer goes on by the screen's own clock between what the room says.
function Timer({ turn, at, fresh }: { turn: Turn; at: number; fresh: boolean }): VNode | null {
  const [, tick] = useState(0);
  useLayoutEffect(() => {
    if (!turn.running) return;
    const timer = setInterval(() => tick(n => n + 1), 250);
    return () => clearInterval(timer);
  }, [turn.running]);
  if (!turn.running && !turn.seconds && !turn.limit) return null;
  const seconds = turn.seconds + (turn.running && at ? (performance.now() - at) / 1000 : 0);
  const limit = turn.limit || 0;
  const over = limit ? Math.max(0, seconds - limit) : 0;
  const late = over > (turn.grace || 0);
  return (
    <div class={'timer' + (late ? ' late' : over > 0 ? ' near' : '')} data-over={late ? 'yes' : 'no'}>
      <b>{clock(seconds)}</b>
      {limit > 0 && <span> / {clock(limit)}</span>}
      {over > 0 && (
        <span class="over"> {late ? t('overtime', { By: clock(over) }) : t('time_up')}</span>
      )}
      {turn.running && !fresh && <span class="over"> {t('timer_apart')}</span>}
    </div>
  );
}

// Marks are those of each judge; of a large panel the extremes, since more could not be read.
function Marks({ marks }: { marks: Mark[] }): VNode {
  const long = longMarks(marks);
  const per = columns(marks.length, long);
  const totals = marks.map(m => m.total);
  const write = level(totals);
  if (marks.length > mostMarks)
    return (
      <p class="panel">
        {t('many', {
          N: marks.length,
          High: write(Math.max.apply(null, totals)),
          Low: write(Math.min.apply(null, totals)),
        })}
      </p>
    );
  return (
    <ol class={'marks by' + per + ' rows' + rowsOf(marks) + (long ? ' wide' : '')}>
      {marks.map((m, i) => (
        <li key={i} class={m.dropped ? 'dropped' : ''}>
          <small>{t('judge', { N: i + 1 })}</small>
          {m.dropped ? <s>{write(m.total)}</s> : <b>{write(m.total)}</b>}
        </li>
      ))}
    </ol>
  );
}

function Result({ turn, shown }: { turn: Turn; shown: Shown }): VNode {
  const total = show(shown.official);
  return (
    <div class="result">
      <Marks marks={shown.marks} />
      <div class="sum">
        <span class={'total' + (total.length > 6 ? ' longest' : total.length > 5 ? ' long' : '')} data-total>
          {total}
        </span>
        <span class="side">
          {turn.place ? <span class="place">{t('place', { N: turn.place })}</span> : null}
          {shown.offset ? (
            <small>
              {t('offset', { Points: (shown.offset > 0 ? '+' : '−') + show(Math.abs(shown.offset)) })}
            </small>
          ) : null}
          {shown.marks.some(m => !!m.dropped) && <small>{t('dropped')}</small>}
        </span>
      </div>
    </div>
  );
}

// Standing turns its pages by itself where there are several, and to that of the work that was just released.
function Standing({ board }: { board: Board }): VNode {
  const pages = pagesOf(board);
  const latest = board.now && board.now.shown ? board.now.number + ' ' + board.now.shown.at : '';
  const home = Math.max(
    0,
    pages.findIndex(p => p.rows.some(r => !!board.now && r.number === board.now.number)),
  );
  const [at, setAt] = useState(home);
  useLayoutEffect(() => {
    setAt(home);
    if (pages.length < 2) return;
    const timer = setInterval(() => setAt(n => n + 1), turnAfter);
    return () => clearInterval(timer);
  }, [latest, pages.length]);
  const page: Page = pages[at % pages.length];
  const write = level(board.standing.map(r => r.shown!.official));
  return (
    <section class="standing" aria-label={t('standing')}>
      <h2>
        <span>
          {page.list} {t('standing')}
        </span>
        {pages.length > 1 && (
          <small>
            {(at % pages.length) + 1}/{pages.length}
          </small>
        )}
      </h2>
      <ol>
        {page.rows.map(r => (
          <li key={r.number} class={board.now && board.now.number === r.number ? 'is-now' : ''} data-row={r.number}>
            <span class="place">{r.place}</span>
            <span class="name">
              <small>{t('row', { N: r.number })}</small> {nameOf(r)}
            </span>
            <span class="points">{write(r.shown!.official)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
