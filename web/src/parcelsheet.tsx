// The sheet: a work a row, as in a spreadsheet, with its files and what is wrong below it.
import { h, Fragment, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { Desk } from './parceldesk';
import { Field, Held, Row, addRows, answers, categoryOf, changeRow, fields, isEmpty, needed, removeRow } from './parcelmodel';
import { paste } from './parcelpaste';
import { Fault, faultsOf, notesOfFile, twinsOf } from './parcelrules';
import { language, t } from './parceltext';

export const size = (bytes: number): string =>
  bytes < 1 << 20 ? Math.ceil(bytes / 1024) + ' KB' : (bytes / (1 << 20)).toFixed(1) + ' MB';

// focusOn puts the keyboard in a place of a work.
export function focusOn(row: number, at: string): void {
  const find = (what: string) => document.querySelector<HTMLElement>('[data-at="' + row + '-' + what + '"]');
  const e = find(at) || find('files') || find('title');
  if (!e) return;
  e.focus();
  e.scrollIntoView({ block: 'center' });
}

// chosenIn reports whether a cell is chosen from a list.
const chosenIn = (f: Field): boolean => f === 'category' || f === 'group' || f === 'consent';

interface CellProps {
  desk: Desk;
  row: Row;
  f: Field;
  faults: Fault[];
}

function Cell({ desk, row, f, faults }: CellProps): VNode {
  const wrong = isEmpty(row) ? undefined : faults.find(x => x.at === f);
  const id = 'f' + row.n + f;
  const move = (by: number) => {
    const d = desk.draft;
    const i = d.rows.findIndex(r => r.n === row.n) + by;
    if (i < 0) return;
    if (i === d.rows.length) desk.change(addRows(d, 1));
    setTimeout(() => focusOn(desk.draft.rows[i].n, f), 0);
  };
  const keys = (e: KeyboardEvent) => {
    const list = chosenIn(f);
    if (e.key === 'Enter' && !e.isComposing && !(f === 'intro' && (e.altKey || e.shiftKey))) {
      e.preventDefault();
      move(e.shiftKey && f !== 'intro' ? -1 : 1);
    } else if (!list && f !== 'intro' && (e.key === 'ArrowDown' || e.key === 'ArrowUp')) {
      e.preventDefault();
      move(e.key === 'ArrowDown' ? 1 : -1);
    }
  };
  const pasted = (e: ClipboardEvent) => {
    const text = e.clipboardData ? e.clipboardData.getData('text/plain') : '';
    if (!/[\t\r\n]/.test(text.replace(/[\r\n]+$/, '')) && !chosenIn(f)) return;
    if (f === 'intro' && text.indexOf('\t') < 0 && text[0] !== '"') return;
    e.preventDefault();
    const p = paste(desk.rules, desk.draft, row.n, f, text);
    desk.change(p.draft);
    const lost = p.lost.length ? t('pasted_lost', { Columns: p.lost.join(t('comma')) }) : '';
    desk.tell(t('pasted', { N: p.rows }) + lost);
  };
  const common = {
    id,
    'data-at': row.n + '-' + f,
    'aria-label': t('work_n', { N: row.n }) + ' ' + t('field_' + f),
    'aria-invalid': !!wrong,
    'aria-describedby': wrong ? id + 'w' : undefined,
    onKeyDown: keys,
    onPaste: pasted,
  };
  return (
    <td class={f + (wrong ? ' wrong' : '')}>
      <span class="label" aria-hidden="true">
        {t('field_' + f)}
        {needed.indexOf(f) >= 0 && '*'}
      </span>
      {chosenIn(f) ? (
        <Choice desk={desk} row={row} f={f} common={common} />
      ) : f === 'intro' ? (
        <textarea rows={1} value={row.cells[f]} onInput={e => desk.type(row.n, f, e.currentTarget.value)} {...common} />
      ) : (
        <input
          value={row.cells[f]}
          placeholder={f === 'unit' && !isEmpty(row) ? t('as_sender') : undefined}
          onInput={e => desk.type(row.n, f, e.currentTarget.value)}
          {...common}
        />
      )}
      {wrong && (
        <p class="fault" id={id + 'w'}>
          {wrong.text}
        </p>
      )}
    </td>
  );
}

function Choice({ desk, row, f, common }: { desk: Desk; row: Row; f: Field; common: object }): VNode {
  const category = categoryOf(desk.rules, row.cells.category);
  const list =
    f === 'category' ? desk.rules.categories.map(c => c.name) : f === 'consent' ? answers : (category && category.groups) || [];
  const value = row.cells[f];
  return (
    <select value={value} onChange={e => desk.type(row.n, f, e.currentTarget.value)} {...common}>
      <option value="">{t(f === 'group' && !list.length ? 'no_groups' : 'choose')}</option>
      {value && list.indexOf(value) < 0 && <option value={value}>{value}</option>}
      {list.map(name => (
        <option key={name} value={name}>
          {f === 'consent' ? t(name === answers[0] ? 'consent_yes' : 'consent_no') : name}
        </option>
      ))}
    </select>
  );
}

// about says what was found in a file.
function about(f: Held): string {
  const x = f.facts;
  const out = [x.format ? x.format.toUpperCase() : t('kind_other'), size(f.bytes)];
  if (x.width && x.height) out.push(x.width + ' × ' + x.height);
  if (x.seconds) out.push(t('seconds', { N: Math.round(x.seconds) }));
  if (x.words !== undefined) out.push(t('words', { N: x.words }));
  return out.join(' · ');
}

function File({ desk, row, f, faults }: { desk: Desk; row: Row; f: Held; faults: Fault[] }): VNode {
  const category = categoryOf(desk.rules, row.cells.category);
  const notes = notesOfFile(f, category && category.requires);
  return (
    <li class="file">
      <span class="was">{f.was}</span> <span class="quiet">{about(f)}</span>
      <button
        class="plain"
        aria-label={t('drop_file', { Name: f.was })}
        onClick={() =>
          desk.change(changeRow(desk.draft, row.n, r => ({ ...r, files: r.files.filter(x => x.id !== f.id) })))
        }
      >
        {t('remove')}
      </button>
      {faults
        .filter(x => x.at === f.id)
        .map(x => (
          <p class={x.hard ? 'fault' : 'fault soft'} key={x.text}>
            {x.text}
          </p>
        ))}
      {notes.map(n => (
        <p class="quiet" key={n}>
          {n}
        </p>
      ))}
    </li>
  );
}

interface WorkProps {
  desk: Desk;
  row: Row;
  add: (row: number, files: File[]) => void;
}

export function Work({ desk, row, add }: WorkProps): VNode {
  const chooser = useRef<HTMLInputElement>(null);
  const faults = faultsOf(desk.rules, desk.draft, row);
  const soft = faults.some(f => !f.hard);
  const empty = isEmpty(row);
  const drop = (e: DragEvent) => {
    if (!e.dataTransfer || !e.dataTransfer.files.length) return;
    e.preventDefault();
    e.stopPropagation();
    add(row.n, Array.from(e.dataTransfer.files));
  };
  return (
    <tbody class="work" onDrop={drop} onDragOver={e => e.preventDefault()} data-row={row.n}>
      <tr>
        <th scope="row">{row.n}</th>
        {fields.map(f => (
          <Cell key={f} desk={desk} row={row} f={f} faults={faults} />
        ))}
      </tr>
      <tr class="below">
        <td />
        <td colSpan={fields.length}>
          <div class="files">
            <button
              data-at={row.n + '-files'}
              aria-label={t('work_n', { N: row.n }) + ' ' + t('add_files')}
              onClick={() => chooser.current!.click()}
            >
              {t('add_files')}
            </button>
            <input
              class="hidden"
              type="file"
              multiple
              tabIndex={-1}
              aria-hidden="true"
              ref={chooser}
              onChange={e => {
                add(row.n, Array.from(e.currentTarget.files || []));
                e.currentTarget.value = '';
              }}
            />
            <button
              class="plain"
              aria-label={t('work_n', { N: row.n }) + ' ' + t('remove_row')}
              onClick={() => desk.change(removeRow(desk.draft, row.n))}
            >
              {t('remove_row')}
            </button>
            <ul>
              {row.files.map(f => (
                <File key={f.id} desk={desk} row={row} f={f} faults={faults} />
              ))}
            </ul>
            {!empty &&
              faults
                .filter(f => f.at === 'files')
                .map(f => (
                  <p class="fault soft" key={f.text}>
                    {f.text}
                  </p>
                ))}
            {!empty && soft && (
              <label class="reason">
                <span>{t('reason')}</span>
                <input
                  data-at={row.n + '-reason'}
                  value={row.reason}
                  onInput={e => {
                    const reason = e.currentTarget.value;
                    desk.change(changeRow(desk.draft, row.n, r => ({ ...r, reason })), row.n + 'reason');
                  }}
                />
              </label>
            )}
          </div>
        </td>
      </tr>
    </tbody>
  );
}

export function Sheet({ desk, add }: { desk: Desk; add: WorkProps['add'] }): VNode {
  // A work that did not change keeps what was drawn of it: Preact passes over the same node.
  const drawn = useRef<{ [n: number]: { row: Row; key: string; node: VNode } }>({});
  const work = (r: Row): VNode => {
    const key = language() + twinsOf(desk.draft, r).join();
    const before = drawn.current[r.n];
    if (before && before.row === r && before.key === key) return before.node;
    const node = <Work key={r.n} desk={desk} row={r} add={add} />;
    drawn.current[r.n] = { row: r, key, node };
    return node;
  };
  return (
    <Fragment>
      <div class="scroll">
        <table class="sheet" aria-label={t('works')}>
          <thead>
            <tr>
              <th scope="col">{t('number')}</th>
              {fields.map(f => (
                <th scope="col" key={f} class={f}>
                  {t('field_' + f)}
                  {needed.indexOf(f) >= 0 && '*'}
                </th>
              ))}
            </tr>
          </thead>
          {desk.draft.rows.map(work)}
        </table>
      </div>
      <p class="acts">
        <button onClick={() => desk.change(addRows(desk.draft, 1))}>{t('add_row')}</button>
        <button onClick={() => desk.change(addRows(desk.draft, 10))}>{t('add_ten')}</button>
      </p>
    </Fragment>
  );
}
