// Texts of a page in the language that is spoken; the catalogue is that of the programs.

let lang = 'zh-Hans';

export const language = (): string => lang;

export function speak(to: string): void {
  lang = to === 'en' ? 'en' : 'zh-Hans';
  document.documentElement.lang = lang;
}

export type Args = { [name: string]: string | number };

// catalogue returns what gives the text of a key with arguments in their places. A text may choose by a number, as
// {{plural .N "work"}} or {{plural .N "entry" "entries"}}.
export function catalogue(
  area: string,
  tongues: { [lang: string]: { [key: string]: string } },
): (key: string, args?: Args) => string {
  return (key, args = {}) => {
    const words = tongues[lang][area + '.' + key];
    if (words === undefined) return key;
    return words
      .replace(
        /{{plural \.(\w+) "([^"]*)"(?: "([^"]*)")?}}/g,
        (_, name, one, many) => args[name] + ' ' + (String(args[name]) === '1' ? one : many || one + 's'),
      )
      .replace(/{{\.(\w+)}}/g, (_, name) => String(args[name]));
  };
}
