// Texts come from the catalogue that the programs use, area "page".
import zh from '../../assets/text/page.zh-Hans.json';
import en from '../../assets/text/page.en.json';

const tongues: { [lang: string]: { [key: string]: string } } = { 'zh-Hans': zh, en };

let lang = 'zh-Hans';

export const language = (): string => lang;

export function speak(to: string): void {
  lang = to in tongues ? to : 'zh-Hans';
  document.documentElement.lang = lang;
}

// t returns the text of a key with arguments in their places. A text may choose by a number, as
// {{plural .N "work"}} or {{plural .N "entry" "entries"}}.
export function t(key: string, args: { [name: string]: string | number } = {}): string {
  const words = tongues[lang]['page.' + key];
  if (words === undefined) return key;
  return words
    .replace(/{{plural \.(\w+) "([^"]*)"(?: "([^"]*)")?}}/g, (_, name, one, many) =>
      args[name] + ' ' + (String(args[name]) === '1' ? one : many || one + 's'))
    .replace(/{{\.(\w+)}}/g, (_, name) => String(args[name]));
}
