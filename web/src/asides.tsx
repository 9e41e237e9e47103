// What the sheet of a work asks in words: a comment, a reason, a raised hand, a work to compare with.
import { h, VNode } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Desk } from './desk';
import { Ballot, Duty, Look, show } from './model';
import { Dialog } from './parts';
import { Viewer } from './viewer';
import { t } from './text';

const longComment = 2000;
const flags = ['off_topic', 'copied', 'machine_made', 'concern', 'privacy'];

export function Comment({
  ballot,
  locked,
  phrases,
  onText,
  onLeave,
}: {
  ballot: Ballot;
  locked: boolean;
  phrases: string[];
  onText: (x: string) => void;
  onLeave: () => void;
}): VNode {
  const [open, setOpen] = useState(false);
  const text = ballot.comment || '';
  return (
    <div class="comment">
      <label>
        {t('comment')}
        <textarea
          rows={2}
          maxLength={longComment}
          value={text}
          disabled={locked}
          onInput={e => onText((e.target as HTMLTextAreaElement).value)}
          onBlur={onLeave}
        />
      </label>
      {!locked && (
        <button class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('phrase')} {open ? '▴' : '▾'}
        </button>
      )}
      {open && !locked && (
        <div class="phrases">
          {phrases.map(p => (
            <button key={p} onClick={() => onText((text ? text + t('comma') : '') + p)}>
              {p}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

export function Reason({
  state,
  code,
  onClose,
  onDo,
}: {
  state: 'abstained' | 'recused';
  code: string;
  onClose: () => void;
  onDo: (r: string) => void;
}): VNode {
  const [text, setText] = useState('');
  const [told, setTold] = useState(false);
  return (
    <Dialog title={t('ask_' + state)} onClose={onClose}>
      <p>{t('ask_text_' + state, { Code: code })}</p>
      <label>
        {t('reason')}
        <input
          data-first
          value={text}
          maxLength={200}
          onInput={e => setText((e.target as HTMLInputElement).value)}
        />
      </label>
      {told && (
        <p class="fault" role="alert">
          {t('reason_missing')}
        </p>
      )}
      <div class="acts">
        <button onClick={onClose}>{t('cancel')}</button>
        <button class="primary" onClick={() => (text.trim() ? onDo(text.trim()) : setTold(true))}>
          {t('act_' + state)}
        </button>
      </div>
    </Dialog>
  );
}

export function Flagging({
  ballot,
  code,
  vetoes,
  onClose,
  onDo,
}: {
  ballot: Ballot;
  code: string;
  vetoes: string[];
  onClose: () => void;
  onDo: (l: string[], note: string) => void;
}): VNode {
  const [list, setList] = useState<string[]>(ballot.flags || []);
  const [note, setNote] = useState(ballot.flag_note || '');
  const [told, setTold] = useState(false);
  const raised = (ballot.flags || []).length > 0;
  // No tick takes back flags raised before, with their note; where none was raised it would reach nobody.
  const act = (): void => {
    if (list.length) onDo(list, note.trim());
    else if (raised) onDo([], '');
    else setTold(true);
  };
  return (
    <Dialog title={t('flag_title')} onClose={onClose}>
      <p>
        {vetoes.length
          ? t('flag_veto', { Code: code, Vetoes: vetoes.map(f => t('flag_' + f)).join(t('comma')) })
          : t('flag_text', { Code: code })}
      </p>
      {flags.map((f, i) => (
        <label key={f} class="tick">
          <input
            type="checkbox"
            data-first={i === 0 || undefined}
            checked={list.indexOf(f) >= 0}
            onChange={() => setList(list.indexOf(f) >= 0 ? list.filter(x => x !== f) : list.concat(f))}
          />{' '}
          {t('flag_' + f)}
        </label>
      ))}
      <label>
        {t('flag_note')}
        <input value={note} maxLength={200} onInput={e => setNote((e.target as HTMLInputElement).value)} />
      </label>
      {told && !list.length && (
        <p class="fault" role="alert">
          {t('flag_none')}
        </p>
      )}
      <div class="acts">
        <button onClick={onClose}>{t('cancel')}</button>
        <button class="primary" onClick={act}>
          {t('flag_act')}
        </button>
      </div>
    </Dialog>
  );
}

export function Compare({ desk, work, onClose }: { desk: Desk; work: Duty; onClose: () => void }): VNode {
  const [files, setFiles] = useState<Look[] | null>(null);
  useLayoutEffect(() => {
    desk.open(work.code).then(
      p => setFiles(p ? p.files : []),
      () => setFiles([]),
    );
  }, [work.code]);
  return (
    <Dialog
      title={t('compare', { Total: show(work.total), Code: work.code, Title: work.title })}
      onClose={onClose}
    >
      <div class="compare">{files ? <Viewer files={files} code={work.code} /> : <p>{t('opening')}</p>}</div>
      <div class="acts">
        <button data-first onClick={onClose}>
          {t('close')}
        </button>
      </div>
    </Dialog>
  );
}
