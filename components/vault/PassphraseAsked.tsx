import { Building2 } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { i18n } from '#i18n';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { PassphraseForm } from './PassphraseForm';

interface Props {
  vault: VaultState;
  /** In a view that has no room for the form: the way to it. */
  instead?: ReactNode;
}

/** The organisation asks for a passphrase and there is none: nothing is shown before it is set. */
export function PassphraseAsked({ vault, instead }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={`${id}-title`} className="w-full max-w-[24rem]">
      <Building2 aria-hidden="true" className="size-8 text-faint" strokeWidth={1.25} />
      <h1 id={`${id}-title`} className="mt-3 text-xl font-semibold text-balance">
        {i18n.t('policy.passphraseTitle')}
      </h1>
      <p className="mt-1 text-pretty text-muted">{i18n.t('policy.passphraseText')}</p>
      <div className="mt-5">
        {instead ?? (
          <>
            <PassphraseForm vault={vault} onDone={() => undefined} />
            <ul className="mt-5 list-disc space-y-1 ps-4 text-sm text-muted marker:text-faint">
              <li>{i18n.t('protection.syncWhileOpen')}</li>
              <li>{i18n.t('protection.lost')}</li>
            </ul>
          </>
        )}
      </div>
    </section>
  );
}
