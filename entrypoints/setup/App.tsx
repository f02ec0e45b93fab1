import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import { SetupPage, type SetupProps } from '@/components/setup/SetupPage';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { Mark } from '@/components/ui/Mark';
import { LockedNotice } from '@/components/vault/LockedNotice';
import { PassphraseAsked } from '@/components/vault/PassphraseAsked';
import { VaultGate } from '@/components/vault/VaultGate';

/** What a first-time user goes through: four steps, each of which can be left out and come back to. */
export function App(props: SetupProps) {
  return (
    <VaultGate
      waiting={<Alone />}
      failed={(error, retry) => (
        <Alone>
          <h1 className="sr-only">{i18n.t('setup.title')}</h1>
          <ErrorNotice error={error} onRetry={retry} />
        </Alone>
      )}
      locked={(vault) => (
        <Alone>{vault.locked === 'policy' ? <PassphraseAsked vault={vault} /> : <LockedNotice why={vault.locked} />}</Alone>
      )}
    >
      <SetupPage {...props} />
    </VaultGate>
  );
}

/** The page without its steps. */
function Alone({ children }: { children?: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[44rem] flex-col px-6 pt-6 md:pt-12">
      <header>
        <p className="flex items-center gap-2 text-lg font-semibold">
          <Mark className="size-6" />
          {i18n.t('extName')}
        </p>
      </header>
      <main tabIndex={-1} className="flex-1 py-12">
        {children}
      </main>
    </div>
  );
}
