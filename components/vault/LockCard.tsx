import { useEffect, useState } from 'react';
import { LockKeyhole } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { useAction } from '../hooks/use-action';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { usePolicy } from '../policy/use-policy';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { Phrase, slots } from '../ui/Phrase';
import { cx } from '../ui/class-names';
import { useLock } from './LockButton';
import { ProtectionCard } from './ProtectionCard';
import { tellGate } from './drop-records';

const CHOICES = [5, 15, 30, 60, 0];

/** The browser's own keys for the lock: which they are, and where they are set. */
export interface LockKeys {
  /** As the browser writes them; empty when none are set, null when this browser has no such command. */
  ask: () => Promise<string | null>;
  change: () => void;
}

/** When it locks by itself, and how to lock it now. */
export function LockCard({ vault, keys }: { vault: VaultState; keys: LockKeys }) {
  const client = useQueryClient();
  const lock = useLock();
  const configure = useAction('vault.configure');
  const shown = configure.isPending ? configure.variables.idleMinutes : vault.idleMinutes;
  const most = usePolicy()?.maxIdleMinutes ?? null;
  const allowed = CHOICES.filter((minutes) => most === null || (minutes !== 0 && minutes <= most));
  const choices = allowed.includes(shown) ? allowed : [...allowed.filter((one) => one !== 0), shown].sort((a, b) => a - b);
  return (
    <ProtectionCard icon={LockKeyhole} title={i18n.t('locking.title')}>
      <p className="text-muted">{i18n.t('locking.text')}</p>
      <Labelled label={i18n.t('locking.idle')}>
        {(wiring) => (
          <select
            {...wiring}
            value={String(shown)}
            onChange={(event) =>
              configure.mutate({ idleMinutes: Number(event.target.value) }, { onSuccess: (state) => tellGate(client, state) })
            }
            className={cx(CONTROL_LOOK, 'h-7 max-w-56 px-1')}
          >
            {choices.map((minutes) => (
              <option key={minutes} value={String(minutes)}>
                {minutes === 0 ? i18n.t('locking.never') : i18n.t('locking.after', minutes)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {most !== null && <SetByOrganisation text={i18n.t('policy.idle', most)} />}
      {configure.error && <ErrorNotice error={configure.error} />}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button busy={lock.isPending} onClick={() => lock.mutate({})}>
          {i18n.t('vault.lockNow')}
        </Button>
        <Keys keys={keys} />
      </div>
      {lock.error && <ErrorNotice error={lock.error} />}
    </ProtectionCard>
  );
}

function Keys({ keys }: { keys: LockKeys }) {
  const [shortcut, setShortcut] = useState<string | null>(null);
  const { ask } = keys;
  useEffect(() => {
    ask()
      .then(setShortcut)
      .catch(() => setShortcut(null));
  }, [ask]);
  if (shortcut === null) return null;
  const set = shortcut !== '';
  const pressed = {
    keys: <kbd className="rounded-sm border border-edge bg-subtle px-1 py-px font-sans text-ink">{shortcut}</kbd>,
  };
  return (
    <p className="text-sm text-muted">
      {set ? <Phrase text={i18n.t('locking.keys', slots('keys'))} parts={pressed} /> : i18n.t('locking.noKeys')}{' '}
      <button type="button" onClick={keys.change} className="font-medium text-accent hover:underline">
        {i18n.t(set ? 'locking.changeKeys' : 'locking.setKeys')}
      </button>
    </p>
  );
}
