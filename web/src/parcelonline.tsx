// What the page shows where it sends by itself: what is under way, the receipt, and what was sent before.
import { h, Fragment, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Rules } from './parcelmodel';
import { Call, Going, Refusal, Sending, Sent, sent } from './parcelsend';
import { asked } from './parcelrules';
import { size } from './parcelsheet';
import { t } from './parceltext';
import { Tools } from './parceltools';

const two = (n: number): string => ('0' + n).slice(-2);

// clock is a moment by the clock of this device.
export function clock(at: string): string {
  const d = new Date(at);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

export interface Outgoing {
  name: string;
  file: Blob;
  sum: string;
}

// Send sends what is given and shows how far it is; it ends with a receipt, or with why not.
export function Send({
  out,
  done,
  back,
  drop,
}: {
  out: Outgoing;
  done: (s: Sent) => void;
  back: () => void;
  drop: () => void;
}): VNode {
  const [going, setGoing] = useState<Going>({ offset: 0, broken: false, words: '', checking: false });
  const [why, setWhy] = useState<string | null>(null);
  const sending = useRef<Sending | null>(null);
  useEffect(() => {
    const s = new Sending(out.file, out.name, out.sum, setGoing);
    sending.current = s;
    s.run().then(
      end => end && done(end),
      e => setWhy((e as Refusal).message || t('send_fault')),
    );
    return () => s.stop();
  }, []);
  const percent = out.file.size ? Math.floor((100 * going.offset) / out.file.size) : 0;
  const state = going.checking ? 'send_checking' : going.broken ? 'send_broken' : 'send_going';
  return (
    <section class="done" aria-label={t('send_title')}>
      <h2>{t(why === null ? 'send_title' : 'send_not')}</h2>
      <p>{t('send_file', { Name: out.name, Size: size(out.file.size) })}</p>
      {why === null ? (
        <Fragment>
          <progress max={100} value={percent} aria-label={t('send_title')} />
          <p role="status" aria-live="polite" class={going.broken ? 'notice problem' : ''}>
            {t(state, { N: percent, Sent: size(going.offset) })} {going.words}
          </p>
          <p class="quiet">{t('send_keep_open')}</p>
        </Fragment>
      ) : (
        <p class="notice problem" role="alert" id="refused">
          {why}
        </p>
      )}
      <p class="acts">
        <button id="send-back" onClick={back}>
          {t(why === null ? 'send_later' : 'back')}
        </button>
        {why === null && !going.checking && (
          <button
            class="plain"
            onClick={() => {
              if (confirm(t('send_drop_sure'))) sending.current!.drop().then(drop);
            }}
          >
            {t('send_drop')}
          </button>
        )}
      </p>
    </section>
  );
}

const receiptOf = (rules: Rules, unit: string, s: Sent): [string, string][] => [
  [t('receipt_number'), s.number || ''],
  [t('receipt_contest'), rules.name],
  [t('receipt_unit'), unit],
  [t('receipt_time'), clock(s.at)],
  [t('receipt_holds'), s.works || s.files ? t('receipt_works', { N: s.works, Files: s.files }) : t('receipt_list')],
  [t('receipt_file'), s.name + '（' + size(s.bytes) + '）'],
  [t('receipt_sum'), s.sha256],
];

// Receipt says what has arrived, to be kept or printed.
export function Receipt({ rules, unit, of, close }: { rules: Rules; unit: string; of: Sent; close: () => void }): VNode {
  const first = useRef<HTMLHeadingElement>(null);
  useEffect(() => first.current!.focus(), []);
  const lines = receiptOf(rules, unit, of);
  const save = () => {
    const text = t('receipt_title') + '\r\n' + lines.map(l => l[0] + t('colon') + l[1]).join('\r\n') + '\r\n';
    const url = URL.createObjectURL(new Blob(['\ufeff' + text], { type: 'text/plain' }));
    const a = document.createElement('a');
    a.href = url;
    a.download = t('receipt_title') + '-' + of.number + '.txt';
    a.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  };
  return (
    <section class="done receipt" aria-label={t('receipt_title')}>
      <h2 tabIndex={-1} ref={first}>
        ✓ {t('receipt_title')}
      </h2>
      <dl>
        {lines.map(l => (
          <Fragment key={l[0]}>
            <dt>{l[0]}</dt>
            <dd>{l[1]}</dd>
          </Fragment>
        ))}
      </dl>
      <p>{t('receipt_then')}</p>
      <p class="acts">
        <button class="primary" id="receipt-save" onClick={save}>
          {t('receipt_save')}
        </button>
        <button
          onClick={() => {
            document.documentElement.dataset.prints = 'receipt';
            window.print();
            delete document.documentElement.dataset.prints;
          }}
        >
          {t('receipt_print')}
        </button>
        <button onClick={close}>{t('back')}</button>
      </p>
    </section>
  );
}

// Before lists what this unit has sent, from any device.
export function Before({ turn, show }: { turn: number; show: (s: Sent) => void }): VNode {
  const [list, setList] = useState<Sent[]>([]);
  useEffect(() => {
    let gone = false;
    sent().then(
      all => gone || setList(all),
      () => {}, // the notice above says that the network is gone; the list is no news
    );
    return () => {
      gone = true;
    };
  }, [turn]);
  if (!list.length) return <Fragment />;
  return (
    <details class="asked before" open={list.some(s => s.state === 'refused')}>
      <summary>{t('sent_title', { N: list.length })}</summary>
      <ul>
        {list.map(s => (
          <li key={s.number || s.id}>
            {s.number && (
              <button class="plain" onClick={() => show(s)}>
                {s.number}
              </button>
            )}
            {clock(s.at)} {s.name}（{size(s.bytes)}）
            <b class={s.state === 'refused' ? 'missing' : s.state === 'taken' ? 'ready' : ''}>
              {t('sent_' + s.state, { N: s.bytes ? Math.floor((100 * s.offset) / s.bytes) : 0 })}
            </b>
            {s.text && <span class="fault">{s.text}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

// Public is what anybody may read who has no link.
export function Public({ call }: { call: Call }): VNode {
  return (
    <main>
      {call.to && <p>{t('public_to', { To: call.to })}</p>}
      <p class="notice">{t('public_how')}</p>
      <h2>{t('asked')}</h2>
      <ul>
        {call.rules.categories.map(c => (
          <li key={c.name}>
            <b>{c.name}</b> {asked(c) || t('asked_nothing')}
          </li>
        ))}
      </ul>
      {call.rules.groups && call.rules.groups.length > 0 && (
        <p>{t('public_groups', { Groups: call.rules.groups.map(g => g.name).join(t('comma')) })}</p>
      )}
    </main>
  );
}

// Ready sends a file that was packed or filled in before.
export function Ready({ take }: { take: (file: File) => void }): VNode {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <p class="quiet">
      <button class="plain" onClick={() => chooser.current!.click()}>
        {t('send_ready')}
      </button>
      <input
        class="hidden"
        id="ready"
        type="file"
        accept=".zip,.xlsx,.xlsm,.xls,.et,.ods,.csv"
        tabIndex={-1}
        aria-hidden="true"
        ref={chooser}
        onChange={e => {
          const file = (e.currentTarget.files || [])[0];
          if (file) take(file);
          e.currentTarget.value = '';
        }}
      />
    </p>
  );
}

// Stranger is the page for who has no link, and for who may know nothing.
export function Stranger({ call, why }: { call: Call | null; why: string }): VNode {
  const [, turn] = useState(0);
  return (
    <div class="page">
      <header>
        <Tools tell={() => {}} again={() => turn(n => n + 1)} />
        <h1>{call ? t('title', { Contest: call.rules.name }) : t('online_title')}</h1>
        {call && (
          <p class="quiet">
            {call.rules.host && t('host', { Host: call.rules.host }) + '\u3000'}
            {call.rules.deadline && t('deadline', { Day: call.rules.deadline })}
          </p>
        )}
      </header>
      {call ? (
        <Public call={call} />
      ) : (
        <main>
          <p class="notice problem" role="alert">
            {why}
          </p>
          <button onClick={() => location.reload()}>{t('reload')}</button>
        </main>
      )}
    </div>
  );
}
