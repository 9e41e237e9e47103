// How a judge comes in by one address for all: by name and PIN.
import { h, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { Failure, plainly } from './api';
import { agreed, seal, toBytes, unseal } from './seal';
import { Notice } from './parts';
import { t } from './text';

export interface Offer {
  names: string[];
  public: string;
}

// offered returns the names that can be chosen; null where this room asks for a code.
export async function offered(): Promise<Offer | null> {
  try {
    return (await plainly<Offer>('GET', '/api/names', '')).value;
  } catch (e) {
    if (e instanceof Failure && !e.away) return null;
    throw e;
  }
}

async function comeIn(offer: Offer, name: string, pin: string, device: string): Promise<Uint8Array> {
  const { key, ours } = agreed(offer.public);
  const sealed = seal(key, 'enter', JSON.stringify({ name, pin, device }));
  const r = await plainly<{ sealed: string }>('POST', '/api/enter', JSON.stringify({ public: ours, sealed }));
  const plain = unseal(key, 'enter', r.value.sealed);
  if (!plain) throw new Failure(0, 'unavailable', 'room.unreachable', '');
  return toBytes(JSON.parse(plain).key);
}

// Names asks who is there. done gets the key of the judge's pass.
export function Names({
  first,
  device,
  done,
}: {
  first: Offer;
  device: string;
  done: (key: Uint8Array) => void;
}): VNode {
  const [offer, setOffer] = useState(first);
  const [name, setName] = useState('');
  const [pin, setPin] = useState('');
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const again = async () => {
    const now = await offered();
    if (now) setOffer(now);
    return now;
  };
  const go = async () => {
    if (busy) return;
    if (!pin) return setTold(t('secret_missing'));
    setBusy(true);
    try {
      let of = offer;
      for (let stale = false; ; stale = true) {
        try {
          return done(await comeIn(of, name, pin, device));
        } catch (e) {
          if (!(e instanceof Failure) || e.key !== 'room.names_stale' || stale) throw e;
          of = (await again()) || of; // the room was opened again
        }
      }
    } catch (e) {
      setTold(e instanceof Failure && e.text ? e.text : t('names_away'));
      setPin('');
      again().catch(() => undefined); // who may come in may have changed
    }
    setBusy(false);
  };
  if (!name)
    return (
      <div class="names">
        <h1>{t('names_title')}</h1>
        <p>{offer.names.length ? t('names_text') : t('names_none')}</p>
        <ul aria-label={t('names_title')}>
          {offer.names.map(n => (
            <li key={n}>
              <button class="wide" data-name={n} onClick={() => setName(n)}>
                {n}
              </button>
            </li>
          ))}
        </ul>
        <p>
          <button onClick={() => again().catch(() => setTold(t('names_away')))}>{t('names_again')}</button>
        </p>
        {told && <Notice tone="problem">{told}</Notice>}
      </div>
    );
  return (
    <div class="names">
      <h1>{t('names_hello', { Name: name })}</h1>
      <label>
        {t('secret')}
        <input
          type="password"
          inputMode="numeric"
          autoComplete="off"
          data-pin
          value={pin}
          ref={e => {
            if (e && !told && document.activeElement === document.body) e.focus();
          }}
          onInput={e => setPin((e.target as HTMLInputElement).value)}
          onKeyDown={e => {
            if (e.key === 'Enter') go();
          }}
        />
      </label>
      {told && (
        <p class="fault" role="alert">
          {told}
        </p>
      )}
      <div class="acts">
        <button
          onClick={() => {
            setName('');
            setPin('');
            setTold('');
          }}
        >
          {t('names_back')}
        </button>
        <button class="primary" data-enter disabled={busy} onClick={go}>
          {busy ? t('names_busy') : t('names_enter')}
        </button>
      </div>
    </div>
  );
}
