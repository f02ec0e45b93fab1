import { useEffect, useRef, useState } from 'react';
import { HardDrive, KeyRound } from 'lucide-react';
import { i18n } from '#i18n';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { usePolicy } from '../policy/use-policy';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { ChangeProgress } from './ChangeProgress';
import { PassphraseForm } from './PassphraseForm';
import { ProtectionCard } from './ProtectionCard';
import { ProtectionFacts } from './ProtectionFacts';
import { RemovePassphrase } from './RemovePassphrase';

type Task = 'set' | 'change' | 'remove';

/** How the key is kept now, and what a passphrase would add or adds. */
export function ModeCards({ vault }: { vault: VaultState }) {
  const [task, setTask] = useState<Task | null>(null);
  const [done, setDone] = useState<Task | null>(null);
  const device = vault.mode === 'device';
  const asked = usePolicy()?.protection === 'passphrase';
  const start = (next: Task) => {
    setDone(null);
    setTask(next);
  };
  const finish = () => {
    setDone(task);
    setTask(null);
  };
  const inUse = <Badge tone="accent">{i18n.t('protection.inUse')}</Badge>;
  const body = task === null ? <Buttons vault={vault} done={done} asked={asked} onStart={start} /> : null;
  const form =
    task === 'remove' ? (
      <RemovePassphrase vault={vault} onDone={finish} onCancel={() => setTask(null)} />
    ) : (
      task !== null && <PassphraseForm vault={vault} onDone={finish} onCancel={() => setTask(null)} />
    );
  return (
    <>
      <ProtectionCard icon={HardDrive} title={i18n.t('protection.device')} aside={device && inUse}>
        <p className="text-muted">{i18n.t(device ? 'protection.deviceText' : 'protection.deviceOff')}</p>
        {device && <ProtectionFacts mode="device" />}
      </ProtectionCard>
      <ProtectionCard icon={KeyRound} title={i18n.t('protection.passphrase')} aside={!device && inUse}>
        <p className="text-muted">{i18n.t(device ? 'protection.passphraseAdds' : 'protection.passphraseText')}</p>
        {!device && <ProtectionFacts mode="passphrase" />}
        <ul className="list-disc space-y-1 ps-4 text-muted marker:text-faint">
          <li>{i18n.t('protection.syncWhileOpen')}</li>
          <li>{i18n.t('protection.lost')}</li>
          {vault.kdf === 'pbkdf2-sha256' && <li>{i18n.t('protection.lessMemory')}</li>}
        </ul>
        {asked && <SetByOrganisation text={i18n.t('policy.passphrase')} />}
        {body}
        {form}
      </ProtectionCard>
    </>
  );
}

interface ButtonsProps {
  vault: VaultState;
  /** What was just done. The focus goes to the word of it, for the button that was pressed is gone. */
  done: Task | null;
  /** The organisation asks for it, so that it cannot be removed. */
  asked: boolean;
  onStart: (task: Task) => void;
}

function Buttons({ vault, done, asked, onStart }: ButtonsProps) {
  const said = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (done !== null) said.current?.focus();
  }, [done]);
  // A rotation is nobody's business; what is asked for meanwhile waits or is told so.
  if (vault.change?.why === 'asked') return <ChangeProgress change={vault.change} />;
  return (
    <>
      {done !== null && (
        <div ref={said} tabIndex={-1}>
          <Notice tone="good">
            <p>{i18n.t(`protection.done.${done}`)}</p>
          </Notice>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        {vault.mode === 'device' ? (
          <Button look="primary" onClick={() => onStart('set')}>
            {i18n.t('protection.set')}
          </Button>
        ) : (
          <>
            <Button onClick={() => onStart('change')}>{i18n.t('protection.change')}</Button>
            <Button look="danger-quiet" off={asked} onClick={() => onStart('remove')}>
              {i18n.t('protection.remove')}
            </Button>
          </>
        )}
      </div>
    </>
  );
}
