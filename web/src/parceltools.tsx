// How the page looks, and what is kept of it.
import { h, VNode } from 'preact';
import { language, speak, t } from './parceltext';

// Settings of the browser that has the page open; without a place to keep them they last as long as the page.
export function setting(name: string, value?: string): string {
  try {
    if (value !== undefined) localStorage.setItem('fayi-parcel-' + name, value);
    return localStorage.getItem('fayi-parcel-' + name) || '';
  } catch (e) {
    return '';
  }
}

const sizes = ['normal', 'large', 'largest'];

export function Tools({ tell, again }: { tell: () => void; again: () => void }): VNode {
  const root = document.documentElement;
  const look = (name: 'size' | 'theme', value: string) => {
    root.dataset[name] = value;
    setting(name, value);
    again();
  };
  return (
    <div class="tools">
      {sizes.map((s, i) => (
        <button key={s} aria-pressed={(root.dataset.size || '0') === String(i)} onClick={() => look('size', String(i))}>
          {t('size_' + s)}
        </button>
      ))}
      <button onClick={() => look('theme', root.dataset.theme === 'dark' ? 'light' : 'dark')}>
        {t(root.dataset.theme === 'dark' ? 'light' : 'dark')}
      </button>
      <button
        lang={language() === 'en' ? 'zh-Hans' : 'en'}
        onClick={() => {
          speak(language() === 'en' ? 'zh-Hans' : 'en');
          setting('lang', language());
          tell(); // what was said was said in the other language
        }}
      >
        {language() === 'en' ? '中文' : 'English'}
      </button>
    </div>
  );
}
