// The judges' page: what is shown, and what the browser's back button means.
import './old';
import { h, render, VNode } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Desk } from './desk';
import { device, enter, enterBy, leave, named } from './enter';
import * as keep from './keep';
import { List, Review } from './list';
import { asks, finished, waits } from './model';
import { Names, Offer, offered } from './names';
import { Bars, Dialog, Notice, useDesk } from './parts';
import { PairsPage } from './pairspage';
import { PledgePage } from './pledge';
import { Sheet } from './sheet';
import { language, speak, t } from './text';
import { TurnBar, useFollow } from './turn';

interface Look {
  size: number; // of type, 0-2
  theme: '' | 'light' | 'dark';
  lang: string;
}

function apply(l: Look): void {
  speak(l.lang);
  const root = document.documentElement;
  root.setAttribute('data-size', String(l.size));
  const dark = l.theme ? l.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.setAttribute('data-theme', dark ? 'dark' : 'light');
}

type Screen = { at: 'list' } | { at: 'review' } | { at: 'pairs' } | { at: 'work'; code: string };

function Options({
  desk,
  look,
  set,
  onClose,
}: {
  desk: Desk;
  look: Look;
  set: (l: Look) => void;
  onClose: () => void;
}): VNode {
  const [byName, setByName] = useState(false);
  useLayoutEffect(() => {
    named().then(setByName);
  }, []);
  const group = (name: string, all: [string, Partial<Look>][]) => (
    <fieldset>
      <legend>{t(name)}</legend>
      {all.map(([key, part]) => {
        const on = Object.keys(part).every(k => (look as any)[k] === (part as any)[k]);
        return (
          <button key={key} aria-pressed={on} onClick={() => set({ ...look, ...part })}>
            {t(key)}
          </button>
        );
      })}
    </fieldset>
  );
  return (
    <Dialog title={t('options')} onClose={onClose}>
      {group('size', [
        ['size_0', { size: 0 }],
        ['size_1', { size: 1 }],
        ['size_2', { size: 2 }],
      ])}
      {group('theme', [
        ['theme_auto', { theme: '' }],
        ['theme_light', { theme: 'light' }],
        ['theme_dark', { theme: 'dark' }],
      ])}
      {group('language', [
        ['lang_zh', { lang: 'zh-Hans' }],
        ['lang_en', { lang: 'en' }],
      ])}
      {byName && (
        <fieldset>
          <legend>{t('leave')}</legend>
          <p>{desk.left ? t('leave_waiting', { N: desk.left }) : t('leave_text')}</p>
          <button data-leave disabled={desk.left > 0} onClick={() => leave()}>
            {t('leave_act')}
          </button>
        </fieldset>
      )}
      <details>
        <summary>{t('keys')}</summary>
        <p class="keys-help">{t('keys_text')}</p>
      </details>
      <details>
        <summary>{t('about')}</summary>
        <p>{t(location.protocol === 'https:' ? 'about_secure' : 'about_text')}</p>
      </details>
      <div class="acts">
        <button data-first onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Dialog>
  );
}

function Room({ desk, first }: { desk: Desk; first: Look }): VNode {
  useDesk(desk);
  const [look, setLook] = useState(first);
  const [options, setOptions] = useState(false);
  const [screen, setScreen] = useState<Screen>({ at: 'list' });
  const [, redraw] = useState(0);
  useLayoutEffect(() => {
    keep.onLost(() => redraw(n => n + 1));
    const back = (e: PopStateEvent) => setScreen((e.state as Screen) || { at: 'list' });
    window.addEventListener('popstate', back);
    history.replaceState({ at: 'list' }, '');
    return () => window.removeEventListener('popstate', back);
  }, []);
  const show = (s: Screen) => {
    if (s.at !== 'list' && screen.at === 'list') history.pushState(s, '');
    else history.replaceState(s, '');
    setScreen(s);
    window.scrollTo(0, 0);
  };
  const toList = () => {
    if (screen.at !== 'list') history.back();
  };
  const open = (code: string) => show({ at: 'work', code });
  const set = (l: Look) => {
    apply(l);
    setLook(l);
    keep.put('meta', 'look', l);
  };
  const works = desk.works;
  const i = screen.at === 'work' ? works.findIndex(w => w.code === screen.code) : -1;
  const go = (by: number | 'list' | 'next') => {
    if (by === 'list') return toList();
    if (by !== 'next') {
      if (works[i + by]) open(works[i + by].code);
      return;
    }
    const after = works
      .slice(i + 1)
      .concat(works.slice(0, i))
      .filter(w => !finished(w.state) && w.state !== 'skipped' && !waits(w))[0];
    if (after) open(after.code);
    else if (works[i].turn === 'called') return; // the judge stays until the next one is called
    else show(works.some((w, k) => k !== i && !finished(w.state)) ? { at: 'list' } : { at: 'review' });
  };
  const here = i >= 0 ? works[i].code : '';
  const [offered, setOffered] = useState(false);
  useLayoutEffect(() => {
    // who opens the page to compare need not look for it; who is at a work finishes that
    if (!desk.pairs.asks || offered) return;
    setOffered(true);
    if (screen.at === 'list') show({ at: 'pairs' });
  }, [desk.pairs.asks]);
  const said = useFollow(desk, here, open);
  useLayoutEffect(() => {
    // the works that come next are read ahead
    if (i < 0 || desk.link !== 'open') return;
    const timer = setTimeout(
      () => works.slice(i + 1, i + 4).forEach(w => desk.prefetch(w.code).catch(() => undefined)),
      300,
    );
    return () => clearTimeout(timer);
  }, [i, desk.link === 'open']);
  const body = () => {
    if (!desk.list) return <p class="sorry">{desk.link === 'barred' ? '' : desk.fault ? '' : t('loading')}</p>;
    const pledge = desk.list.duties.pledge;
    if (pledge && asks(desk.list.duties)) return <PledgePage desk={desk} pledge={pledge} />;
    if (i >= 0)
      return (
        <Sheet
          key={works[i].code}
          desk={desk}
          work={works[i]}
          place={t('place', { N: i + 1, Total: works.length })}
          go={go}
        />
      );
    if (screen.at === 'review') return <Review desk={desk} open={open} back={toList} />;
    if (screen.at === 'pairs') return <PairsPage desk={desk} back={toList} />;
    return (
      <List desk={desk} open={open} review={() => show({ at: 'review' })} pairs={() => show({ at: 'pairs' })} />
    );
  };
  return (
    <div class={'room at-' + (i >= 0 ? 'work' : screen.at)}>
      <header>
        <span class="brand">{t('brand')}</span>
        <span class={'link ' + desk.link} role="status">
          {t('link_' + desk.link)}
        </span>
        <button class="plain" onClick={() => setOptions(true)}>
          {t('options')}
        </button>
      </header>
      <Bars desk={desk} here={here} />
      <TurnBar desk={desk} here={here} said={said} open={open} />
      <main>{body()}</main>
      {options && <Options desk={desk} look={look} set={set} onClose={() => setOptions(false)} />}
    </div>
  );
}

async function main(): Promise<void> {
  const root = document.getElementById('app')!;
  const lang = /^en/i.test(navigator.language || '') ? 'en' : 'zh-Hans';
  apply({ size: 0, theme: '', lang });
  const desk = await enter();
  const look = (await keep.get<Look>('meta', 'look')) || { size: 0, theme: '', lang: language() };
  apply(look);
  root.textContent = '';
  window.addEventListener('hashchange', () => location.reload()); // another judge's slip was scanned
  const begin = (d: Desk) => {
    document.title = t('brand');
    render(null, root);
    render(<Room desk={d} first={look} />, root);
  };
  if (desk) return begin(desk);
  const own = await device();
  render(<Door device={own} done={key => enterBy(key).then(begin)} />, root);
}

// Door is what is shown while nobody is known: the names, where this room lets judges in by name.
function Door({ device, done }: { device: string; done: (key: Uint8Array) => void }): VNode {
  const [offer, setOffer] = useState<Offer | null | 'away' | 'asking'>('asking');
  const ask = () => {
    setOffer('asking');
    offered().then(setOffer, () => setOffer('away'));
  };
  useLayoutEffect(ask, []);
  const body = () => {
    if (offer === 'asking') return <p class="sorry">{t('link_connecting')}</p>;
    if (offer === 'away')
      return (
        <Notice tone="waiting">
          {t('names_away')} <button onClick={ask}>{t('again')}</button>
        </Notice>
      );
    if (!offer) return <p>{t('no_token')}</p>;
    return <Names first={offer} device={device} done={done} />;
  };
  return (
    <div class="room">
      <header>
        <span class="brand">{t('brand')}</span>
      </header>
      {!keep.permanent() && <Notice tone="problem">{t('not_permanent')}</Notice>}
      <main>{body()}</main>
    </div>
  );
}

main();
