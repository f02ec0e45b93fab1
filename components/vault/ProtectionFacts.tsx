import type { ReactNode } from 'react';
import { Check, X } from 'lucide-react';
import { i18n } from '#i18n';
import type { ProtectionMode } from '@/lib/messaging/vault-protocol';

/** What a mode keeps out and what it does not. Half of the worth of an encryption is to know where it ends. */
export function ProtectionFacts({ mode }: { mode: ProtectionMode }) {
  const passphrase = mode === 'passphrase';
  return (
    <div className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      <Facts title={i18n.t('protection.against')}>
        <Fact good>{i18n.t('protection.good.sites')}</Fact>
        <Fact good>{i18n.t(passphrase ? 'protection.good.copied' : 'protection.good.files')}</Fact>
        <Fact good>{i18n.t(passphrase ? 'protection.good.desk' : 'protection.good.left')}</Fact>
      </Facts>
      <Facts title={i18n.t('protection.notAgainst')}>
        {!passphrase && <Fact>{i18n.t('protection.bad.copied')}</Fact>}
        <Fact>{i18n.t(passphrase ? 'protection.bad.malwareOpen' : 'protection.bad.malware')}</Fact>
        <Fact>{i18n.t(passphrase ? 'protection.bad.guess' : 'protection.bad.desk')}</Fact>
      </Facts>
    </div>
  );
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-sm font-medium text-muted">{title}</h3>
      <ul className="space-y-1">{children}</ul>
    </section>
  );
}

function Fact({ good = false, children }: { good?: boolean; children: ReactNode }) {
  const Icon = good ? Check : X;
  return (
    <li className="flex gap-2">
      <Icon aria-hidden="true" className={`mt-px size-4 shrink-0 ${good ? 'text-good' : 'text-faint'}`} strokeWidth={2} />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
