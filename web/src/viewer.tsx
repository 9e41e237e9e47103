// The work, large: pictures to be pinched and turned, pages, words, sound and film.
import { h, Fragment, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Look } from './model';
import { t } from './text';

interface View {
  scale: number;
  x: number;
  y: number;
  turn: number;
}

const whole: View = { scale: 1, x: 0, y: 0, turn: 0 };

const clamp = (v: number, low: number, high: number): number => Math.min(high, Math.max(low, v));

// Zoom shows one picture: pinch, double tap, wheel and buttons; the largest version is loaded when it is needed.
export function Zoom({
  large,
  full,
  name,
  onFull,
}: {
  large: string;
  full: string;
  name: string;
  onFull?: () => void;
}): VNode {
  const [view, setView] = useState<View>(whole);
  const [broken, setBroken] = useState(false);
  const [sharp, setSharp] = useState('');
  const stage = useRef<HTMLDivElement>(null);
  const now = useRef(view);
  const fingers = useRef<Map<number, { x: number; y: number }>>(new Map());
  const tap = useRef({ at: 0, x: 0, y: 0 });
  now.current = view;
  useLayoutEffect(() => {
    setView(whole);
    setBroken(false);
    setSharp('');
  }, [large]);
  useLayoutEffect(() => {
    // what is zoomed in is loaded whole; until it is there, the smaller one stays
    if (view.scale < 1.4 || sharp || !full || full === large) return;
    const i = new Image();
    i.onload = () => setSharp(full);
    i.src = full;
    return () => {
      i.onload = null;
    };
  }, [view.scale >= 1.4, full, sharp]);

  const to = (v: View) => {
    const box = stage.current!;
    const most = (side: number) => (side * (v.scale - 1)) / 2 + (v.scale > 1 ? side * 0.2 : 0);
    setView({
      ...v,
      x: clamp(v.x, -most(box.clientWidth), most(box.clientWidth)),
      y: clamp(v.y, -most(box.clientHeight), most(box.clientHeight)),
    });
  };
  const around = (scale: number, cx: number, cy: number) => {
    const v = now.current,
      s = clamp(scale, 1, 12),
      box = stage.current!.getBoundingClientRect();
    const px = cx - box.left - box.width / 2,
      py = cy - box.top - box.height / 2,
      k = s / v.scale;
    to({ ...v, scale: s, x: s === 1 ? 0 : px - (px - v.x) * k, y: s === 1 ? 0 : py - (py - v.y) * k });
  };
  const middle = (scale: number) => {
    const box = stage.current!.getBoundingClientRect();
    around(scale, box.left + box.width / 2, box.top + box.height / 2);
  };
  const down = (e: PointerEvent) => {
    if ((e.target as HTMLElement).closest('button')) return;
    fingers.current.set(e.pointerId, { x: e.clientX, y: e.clientY });
    if (now.current.scale > 1 || fingers.current.size > 1) stage.current!.setPointerCapture(e.pointerId);
  };
  const move = (e: PointerEvent) => {
    const all = fingers.current,
      old = all.get(e.pointerId);
    if (!old) return;
    const fresh = { x: e.clientX, y: e.clientY };
    if (all.size === 2) {
      let other = fresh;
      all.forEach((at: { x: number; y: number }, id: number) => {
        if (id !== e.pointerId) other = at;
      });
      const dist = (a: { x: number; y: number }) => Math.max(20, Math.hypot(a.x - other.x, a.y - other.y));
      around((now.current.scale * dist(fresh)) / dist(old), (fresh.x + other.x) / 2, (fresh.y + other.y) / 2);
    } else if (now.current.scale > 1) {
      to({ ...now.current, x: now.current.x + fresh.x - old.x, y: now.current.y + fresh.y - old.y });
    }
    all.set(e.pointerId, fresh);
  };
  const up = (e: PointerEvent) => {
    const start = fingers.current.get(e.pointerId);
    fingers.current.delete(e.pointerId);
    if (!start || e.type !== 'pointerup') return;
    const last = tap.current,
      at = Date.now();
    if (at - last.at < 350 && Math.hypot(e.clientX - last.x, e.clientY - last.y) < 40) {
      around(now.current.scale > 1.05 ? 1 : 2.5, e.clientX, e.clientY);
      tap.current = { at: 0, x: 0, y: 0 };
    } else {
      tap.current = { at, x: e.clientX, y: e.clientY };
    }
  };
  useLayoutEffect(() => {
    const box = stage.current!;
    const wheel = (e: WheelEvent) => {
      e.preventDefault();
      around(now.current.scale * Math.exp(-e.deltaY / 400), e.clientX, e.clientY);
    };
    box.addEventListener('wheel', wheel, { passive: false });
    return () => box.removeEventListener('wheel', wheel);
  }, []);
  const side = view.turn % 180 !== 0;
  const box = stage.current;
  const fit =
    side && box ? Math.min(box.clientWidth / box.clientHeight, box.clientHeight / box.clientWidth) : 1;
  const style = {
    transform: `translate(${view.x}px,${view.y}px) rotate(${view.turn}deg) scale(${view.scale * fit})`,
  };
  return (
    <div class="zoom">
      <div
        class={'stage' + (view.scale > 1 ? ' zoomed' : '')}
        ref={stage}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
        data-scale={view.scale.toFixed(2)}
        data-turn={view.turn}
      >
        {broken ? (
          <p class="sorry">
            {t('picture_failed')} <button onClick={() => setBroken(false)}>{t('again')}</button>
          </p>
        ) : (
          <img
            src={sharp || large}
            alt={name}
            style={style}
            draggable={false}
            onError={() => {
              if (sharp) setSharp('');
              else setBroken(true);
            }}
          />
        )}
      </div>
      <div class="tools" role="group" aria-label={t('tools')}>
        <button aria-label={t('zoom_out')} onClick={() => middle(view.scale / 1.6)}>
          −
        </button>
        <button data-zoom aria-label={t('zoom_in')} onClick={() => middle(view.scale * 1.6)}>
          ＋
        </button>
        <button onClick={() => setView(whole)}>{t('zoom_fit')}</button>
        <button
          aria-label={t('turn')}
          onClick={() => to({ ...view, x: 0, y: 0, scale: 1, turn: (view.turn + 90) % 360 })}
        >
          ⟳
        </button>
        {onFull && <button onClick={onFull}>{t('full')}</button>}
      </div>
    </div>
  );
}

// Words shows a text as one reads it, in the size that was chosen.
function Words({ file }: { file: Look }): VNode {
  return (
    <div class="words" tabIndex={0}>
      {(file.words || []).map((w, i) =>
        w.picture ? (
          <img key={i} src={w.picture} alt={t('picture_in_text')} loading="lazy" />
        ) : w.lost ? (
          <p key={i} class="quiet">
            {t('picture_lost')}
          </p>
        ) : (
          (w.text || '')
            .split(/\r\n|\r|\n/)
            .filter(l => l.trim())
            .map((l, k) => <p key={i + ' ' + k}>{l.trim()}</p>)
        ),
      )}
    </div>
  );
}

// Film plays inside. What the device can't play says so.
function Film({ file }: { file: Look }): VNode {
  const [failed, setFailed] = useState(false);
  useLayoutEffect(() => setFailed(false), [file.whole]);
  if (failed)
    return (
      <p class="sorry">
        {t('film_failed')} <button onClick={() => setFailed(false)}>{t('again')}</button>
      </p>
    );
  if (file.show === 'sound')
    return (
      <div class="sound">
        <p>{t('sound')}</p>
        <audio controls preload="metadata" src={file.whole} onError={() => setFailed(true)} />
      </div>
    );
  return (
    <video
      controls
      playsInline
      preload="metadata"
      poster={file.large}
      src={file.whole}
      onError={() => setFailed(true)}
    />
  );
}

interface Shown {
  large: string;
  full: string;
  name: string;
}

function Pages({ file, onFull }: { file: Look; onFull: (s: Shown) => void }): VNode {
  const all = file.pages || [];
  return (
    <div class="pages" tabIndex={0}>
      {all.map((p, i) => (
        <button
          key={i}
          class="page"
          onClick={() =>
            onFull({ large: p.large, full: p.whole, name: t('page', { N: i + 1, Total: all.length }) })
          }
        >
          <img src={p.large} alt={t('page', { N: i + 1, Total: all.length })} loading="lazy" />
          <small>{t('page', { N: i + 1, Total: all.length })}</small>
        </button>
      ))}
    </div>
  );
}

export function Viewer({
  files,
  code,
  onSeen,
}: {
  files: Look[];
  code: string;
  onSeen?: (n: number) => void;
}): VNode {
  const [n, setN] = useState(0);
  const [full, setFull] = useState<Shown | null>(null);
  const root = useRef<HTMLDivElement>(null); // another viewer may stand next to this one
  useLayoutEffect(() => {
    setN(0);
    setFull(null);
  }, [code]);
  useLayoutEffect(() => {
    if (onSeen) onSeen(n);
  }, [n, code]);
  useLayoutEffect(() => {
    const key = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement;
      if (at.closest('textarea,input,[role=dialog]') && !(full && e.key === 'Escape')) return;
      if (e.key === '[') setN(x => Math.max(0, x - 1));
      else if (e.key === ']') setN(x => Math.min(files.length - 1, x + 1));
      else if (e.key === 'Escape' && full) setFull(null);
      else if (e.key === ' ' && !at.closest('button,video,audio')) {
        const b = root.current && root.current.querySelector<HTMLElement>('.zoom [data-zoom]');
        if (!b) return;
        b.click();
      } else return;
      e.preventDefault();
      e.stopPropagation();
    };
    document.addEventListener('keydown', key, true);
    return () => document.removeEventListener('keydown', key, true);
  }, [files.length, full]);
  const file = files[n];
  if (!file)
    return (
      <div class="viewer">
        <p class="sorry">{t('no_file')}</p>
      </div>
    );
  const name = t('file_of', { Code: code, N: n + 1, Total: files.length });
  const body = () => {
    switch (file.show) {
      case 'picture':
        return (
          <Zoom
            large={file.large!}
            full={file.whole!}
            name={name}
            onFull={() => setFull({ large: file.large!, full: file.whole!, name })}
          />
        );
      case 'pages':
        return <Pages file={file} onFull={setFull} />;
      case 'words':
        return <Words file={file} />;
      case 'film':
      case 'sound':
        return <Film file={file} />;
    }
    return <p class="sorry">{t('none_' + (file.why || 'unshown'))}</p>;
  };
  return (
    <div class="viewer" role="group" aria-label={name} ref={root}>
      {body()}
      {files.length > 1 && (
        <Fragment>
          <div class="strip" role="group" aria-label={t('files')}>
            <button disabled={n === 0} aria-label={t('file_before')} onClick={() => setN(n - 1)}>
              ◀
            </button>
            <span aria-live="polite">
              {n + 1} / {files.length}
            </span>
            <button disabled={n === files.length - 1} aria-label={t('file_after')} onClick={() => setN(n + 1)}>
              ▶
            </button>
          </div>
        </Fragment>
      )}
      {full && (
        <div class="fullscreen" role="dialog" aria-label={full.name}>
          <Zoom large={full.large} full={full.full} name={full.name} />
          <button class="leave" onClick={() => setFull(null)}>
            {t('full_leave')}
          </button>
        </div>
      )}
    </div>
  );
}
