import { useEffect, useRef, useState } from 'react';
import { Trash2 } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { useRequest } from '../hooks/use-request';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { IconButton } from '../ui/IconButton';
import { Notice } from '../ui/Notice';
import { formatList } from '../ui/format-more';
import { readable } from '../ui/text';
import { hostOfPattern, needsHost } from './granted-host';

/** What the browser has been told to allow: `all` for all sites, patterns of addresses, names of permissions. */
export interface Grants {
  list: () => Promise<string[]>;
  /** True when the browser has taken it back. */
  drop: (grant: string) => Promise<boolean>;
}

/** Each access that the user has given, what it is for, and the way to take it back. */
export function GrantedAccess({ grants: { list, drop } }: { grants: Grants }) {
  const client = useQueryClient();
  const connections = useRequest('connections.list', {}).data;
  const mode = useRequest('sites.access', {}).data?.mode;
  const [given, setGiven] = useState<string[] | null>(null);
  const [isKept, setKept] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const place = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice above and a disconnect change what there is
  useEffect(() => {
    list()
      .then(setGiven)
      .catch(() => setGiven([]));
  }, [list, mode, connections]);
  if (!given || !connections) return null;
  const take = async (grant: string) => {
    setKept(false);
    setError(null);
    const isGone = await drop(grant).catch((thrown: unknown) => {
      setError(thrown);
      return null;
    });
    setKept(isGone === false);
    // Its button goes with it, and the focus would go too.
    if (isGone) place.current?.focus();
    // Also when it failed: a part of it may be gone, and what the browser says is what is shown.
    await list().then(setGiven, setError);
    await client.invalidateQueries();
  };
  return (
    <section ref={place} tabIndex={-1} aria-labelledby="granted" className="mt-8">
      <h2 id="granted" className="mb-1 font-medium">
        {i18n.t('access.title')}
      </h2>
      <p className="mb-2 text-muted">{i18n.t('access.text')}</p>
      {given.length === 0 && <p className="text-faint">{i18n.t('access.none')}</p>}
      {isKept && (
        <Notice tone="warn" urgent className="mb-2">
          <p>{i18n.t('access.kept')}</p>
        </Notice>
      )}
      {error !== null && <ErrorNotice error={error} className="mb-2" />}
      <ul className="divide-y divide-hairline">
        {given.map((grant) => (
          <li key={grant} className="flex items-center gap-2 py-1.5">
            <span className="min-w-0 flex-1">
              <CrmText text={nameOf(grant)} className="font-medium break-all" />
              <span className="block text-sm text-muted">{reasonOf(grant, connections)}</span>
            </span>
            <IconButton icon={Trash2} label={i18n.t('access.remove', { what: nameOf(grant) })} onClick={() => void take(grant)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function nameOf(grant: string): string {
  if (grant === 'all') return i18n.t('access.all');
  return grant === 'cookies' ? i18n.t('access.cookies') : hostOfPattern(grant);
}

function reasonOf(grant: string, connections: readonly ConnectionSummary[]): string {
  if (grant === 'all') return i18n.t('access.allFor');
  if (grant === 'cookies') return i18n.t('access.cookiesFor');
  const needing = connections.filter((connection) => needsHost(connection, grant));
  if (needing.length === 0) return i18n.t('access.unused');
  const names = formatList(needing.map(({ crmLabel, orgName }) => readable(orgName) || crmLabel));
  return i18n.t('access.neededBy', { names });
}
