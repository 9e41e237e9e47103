// The pledge, which stands before the list until it is accepted.
import { h, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Failure } from './api';
import type { Desk } from './desk';
import type { Pledge } from './model';
import { Notice } from './parts';
import { t } from './text';

export function PledgePage({ desk, pledge }: { desk: Desk; pledge: Pledge }): VNode {
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const accept = () => {
    setBusy(true);
    setWhy('');
    desk
      .pledge(pledge.sum)
      .catch(e => setWhy(t('pledge_failed', { Why: e instanceof Failure ? e.text : '' })))
      .then(() => desk.refresh()) // it may have been reworded
      .then(() => setBusy(false));
  };
  return (
    <section class="pledge" aria-label={t('pledge_title')}>
      <h1>{t('pledge_title')}</h1>
      <p>{t('pledge_ask')}</p>
      <div class="pledge-text">
        {pledge.text.split('\n').map((line, i) => (
          <p key={i}>{line}</p>
        ))}
      </div>
      {why && <Notice tone="problem">{why}</Notice>}
      <div class="acts">
        <button class="primary" data-pledge disabled={busy} onClick={accept}>
          {t('pledge_accept')}
        </button>
      </div>
    </section>
  );
}
