// Hands over what was packed: as files to be saved, or as one that is written where the person says.
import { h, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Part } from './parcelpack';
import { size } from './parcelsheet';
import { t } from './parceltext';

// Done shows the parts that were packed, each with its button: browsers let a page save one file at a time.
export function Done({ parts, close }: { parts: Part[]; close: () => void }): VNode {
  const first = useRef<HTMLButtonElement>(null);
  const [saved, setSaved] = useState<{ [name: string]: boolean }>({});
  useEffect(() => first.current!.focus(), []);
  const save = (p: Part) => {
    const url = URL.createObjectURL(new Blob(p.pieces as BlobPart[], { type: 'application/zip' }));
    const a = document.createElement('a');
    a.href = url;
    a.download = p.name;
    a.click();
    setTimeout(() => URL.revokeObjectURL(url), 600000); // a long part takes its time to be written
    setSaved({ ...saved, [p.name]: true });
  };
  return (
    <section class="done" aria-label={t('done_title')}>
      <h2>{t('done_title')}</h2>
      <p>{t(parts.length > 1 ? 'done_parts' : 'done_one', { N: parts.length })}</p>
      <ul>
        {parts.map((p, i) => (
          <li key={p.name}>
            <button class="primary" ref={i ? undefined : first} data-part={i + 1} onClick={() => save(p)}>
              {t('save_part', { Name: p.name, Size: size(p.bytes) })}
            </button>
            {saved[p.name] && <span class="kept"> ✓ {t('saved_part')}</span>}
          </li>
        ))}
      </ul>
      <p class="acts">
        <button onClick={() => window.print()}>{t('print')}</button>
        <button onClick={close}>{t('back')}</button>
      </p>
    </section>
  );
}

// chooses asks where one zip of any size is to be written: at once when the button is pressed, since a browser asks only
// for some seconds after that. It returns null where the browser can't, or the person chose no place.
export async function chooses(name: string): Promise<any> {
  try {
    return await (window as any).showSaveFilePicker({ suggestedName: name });
  } catch (e) {
    return null;
  }
}

// stream writes one zip where the person said. It fails where the place can't be written.
export async function stream(part: Part, place: any, goOn: (done: number) => void): Promise<void> {
  const out = await place.createWritable();
  let written = 0;
  for (const p of part.pieces) {
    const file = p instanceof Uint8Array ? new Blob([p as BlobPart]) : p;
    for (let at = 0; at < file.size; at += 8 << 20) {
      const slice = file.slice(at, at + (8 << 20));
      await out.write(slice);
      goOn((written += slice.size) / part.bytes);
    }
  }
  await out.close();
}
