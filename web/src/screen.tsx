// The big screen: what a projector shows of a stage.
import './old';
import { h, render, VNode } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { Wall } from './wall';
import { News } from './wallnews';
import { language, speak, t } from './walltext';

interface Look {
  dark: boolean;
  lang: string;
}

const shelf = 'fayi-wall-look';

function readLook(): Look {
  const first = {
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    lang: /^en/i.test(navigator.language || '') ? 'en' : 'zh-Hans',
  };
  try {
    return { ...first, ...JSON.parse(localStorage.getItem(shelf) || '{}') };
  } catch (e) {
    return first;
  }
}

function keepLook(l: Look): void {
  try {
    localStorage.setItem(shelf, JSON.stringify(l));
  } catch (e) {
    // then it holds as long as the page
  }
}

function apply(l: Look): void {
  speak(l.lang);
  document.title = t('title');
  document.documentElement.setAttribute('data-theme', l.dark ? 'dark' : 'light');
}

// fit makes all sizes follow the screen: 9 units high, and at least 14 wide.
function fit(): void {
  const root = document.documentElement;
  root.style.fontSize = Math.min(window.innerWidth / 14, window.innerHeight / 9) + 'px';
  if (window.innerWidth / window.innerHeight < 1.5) root.setAttribute('data-narrow', '');
  else root.removeAttribute('data-narrow');
}

const fullscreen = (): void => {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
};

// Controls are there while the mouse moves or the keyboard is in them.
function Controls({ look, set }: { look: Look; set: (l: Look) => void }): VNode {
  const [on, setOn] = useState(true);
  useLayoutEffect(() => {
    let timer = 0;
    const moved = () => {
      setOn(true);
      clearTimeout(timer);
      timer = window.setTimeout(() => setOn(false), 4000);
    };
    moved();
    window.addEventListener('mousemove', moved);
    window.addEventListener('touchstart', moved);
    return () => {
      window.removeEventListener('mousemove', moved);
      window.removeEventListener('touchstart', moved);
    };
  }, []);
  document.body.className = on ? '' : 'idle';
  return (
    <nav class={'controls' + (on ? ' on' : '')} aria-label={t('controls')}>
      <button data-theme-button onClick={() => set({ ...look, dark: !look.dark })}>
        {look.dark ? t('light') : t('dark')}
      </button>
      <button data-lang-button onClick={() => set({ ...look, lang: look.lang === 'en' ? 'zh-Hans' : 'en' })}>
        {look.lang === 'en' ? '中文' : 'English'}
      </button>
      <button onClick={fullscreen}>{t('full')}</button>
    </nav>
  );
}

function Screen({ news }: { news: News }): VNode {
  const [look, setLook] = useState(readLook());
  const set = (l: Look) => {
    apply(l);
    keepLook(l);
    setLook(l);
  };
  return (
    <div class="whole" lang={language()}>
      <Wall news={news} />
      <Controls look={look} set={set} />
    </div>
  );
}

function main(): void {
  const root = document.getElementById('app')!;
  apply(readLook());
  fit();
  window.addEventListener('resize', fit);
  window.addEventListener('hashchange', () => location.reload());
  root.textContent = '';
  const token = location.hash.slice(1);
  if (!token) {
    render(<p class="boot">{t('no_token')}</p>, root);
    return;
  }
  const news = new News(token, () => render(<Screen news={news} />, root));
  render(<Screen news={news} />, root);
  news.start();
}

main();
