import { i18n } from '#i18n';
import type { InventoryRow } from '@/lib/shared/data-inventory';
import type { ProtectionMode } from '@/lib/messaging/vault-protocol';
import { useRequest } from '../hooks/use-request';
import { ErrorNotice } from '../ui/ErrorNotice';
import { InventoryPart } from './InventoryPart';
import { LogPart } from './LogPart';
import { PersonRights } from './PersonRights';
import { PrivacyStatement } from './PrivacyStatement';
import { Questions } from './Questions';
import { RetentionPart } from './RetentionPart';
import { StoredCopyCard } from './StoredCopyCard';

/** What is kept right now, who was called, what was done, and what the law asks about it: facts first, then words. */
export function PrivacyCentre({ inventory }: { inventory: readonly InventoryRow[] }) {
  const stored = useRequest('privacy.stored', {});
  const mode: ProtectionMode | undefined = useRequest('vault.state', {}).data?.mode;
  return (
    <div className="space-y-10">
      <section aria-labelledby="stored-now">
        <h2 id="stored-now" className="text-lg font-semibold">
          {i18n.t('privacy.now.title')}
        </h2>
        {stored.error && <ErrorNotice error={stored.error} onRetry={() => void stored.refetch()} className="mt-3" />}
        {stored.data?.length === 0 && <p className="mt-1 text-muted">{i18n.t('privacy.now.nothing')}</p>}
        {!stored.data && !stored.error && <div aria-hidden="true" className="mt-3 h-64 animate-pulse rounded-xl bg-subtle" />}
        <div className="mt-3 space-y-4">
          {stored.data?.map((copy) => (
            <StoredCopyCard key={copy.connectionId} copy={copy} mode={mode} />
          ))}
        </div>
      </section>
      <Questions copies={stored.data ?? []} />
      {stored.data?.map(({ connectionId, crmLabel, orgName }) => (
        <LogPart key={connectionId} connectionId={connectionId} name={orgName || crmLabel} alone={stored.data.length === 1} />
      ))}
      <PersonRights />
      <RetentionPart />
      <InventoryPart rows={inventory} copies={stored.data ?? []} />
      <section aria-labelledby="in-words">
        <h2 id="in-words" className="mb-3 text-lg font-semibold">
          {i18n.t('privacy.words')}
        </h2>
        <PrivacyStatement />
      </section>
    </div>
  );
}
