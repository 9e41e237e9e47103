// The signature page: seen on paper only.
import { h, VNode } from 'preact';
import type { Desk } from './parceldesk';
import { answers, filled } from './parcelmodel';
import { t } from './parceltext';

const heads = [
  'number',
  'field_title',
  'field_category',
  'field_group',
  'field_authors',
  'field_unit',
  'field_teachers',
  'field_consent',
  'files',
];

export function Paper({ desk }: { desk: Desk }): VNode {
  const d = desk.draft;
  const rows = filled(d);
  const or = (said: string) => said.trim() || '\u3000'.repeat(6);
  return (
    <section class="paper" aria-hidden="true">
      <h1>{t('paper_title', { Contest: desk.rules.name })}</h1>
      <p>
        {t('paper_unit', { Unit: or(d.unit) })}
        {'\u3000'}
        {t('paper_contact', { Contact: or(d.contact), Phone: or(d.phone) })}
      </p>
      <table>
        <thead>
          <tr>
            {heads.map(key => (
              <th key={key}>{t(key)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(r => (
            <tr key={r.n}>
              <td>{r.n}</td>
              <td>{r.cells.title}</td>
              <td>{r.cells.category}</td>
              <td>{r.cells.group}</td>
              <td>{r.cells.authors}</td>
              <td>{r.cells.unit || d.unit}</td>
              <td>{r.cells.teachers}</td>
              <td>{r.cells.consent && t(r.cells.consent === answers[0] ? 'consent_yes' : 'consent_no')}</td>
              <td>{r.files.length}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t('paper_count', { N: rows.length, Files: rows.reduce((n, r) => n + r.files.length, 0) })}</p>
      <p>{t('paper_statement')}</p>
      <p class="signs">
        <span>{t('paper_made')}</span>
        <span>{t('paper_head')}</span>
        <span>{t('paper_stamp')}</span>
      </p>
      <p class="date">{t('paper_date')}</p>
    </section>
  );
}
