import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { BackupPlan } from '@/lib/messaging/backup-protocol';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { FilePicker } from '../ui/FilePicker';
import { Notice } from '../ui/Notice';
import { saveFile } from '../ui/save-file';
import { readable } from '../ui/text';
import { SettingsPart } from './SettingsPart';
import { changeWords } from './change-words';

/** The settings as a file, and what a file would change before it does. */
export function BackupPart() {
  const client = useQueryClient();
  const make = useAction('backup.make');
  const check = useAction('backup.check');
  const apply = useAction('backup.apply');
  const picker = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const result = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [plan, setPlan] = useState<BackupPlan | null>(null);
  const error = make.error ?? check.error ?? apply.error;
  /** What was said before is over. */
  const begin = () => {
    for (const action of [make, check, apply]) action.reset();
  };
  // A second action would take the answer of the first from this view.
  const isBusy = make.isPending || check.isPending || apply.isPending;
  const read = async (file: File) => {
    begin();
    setPlan(null);
    // What is too large for a message, or cannot be read, is no file of settings, and is refused with the sentence for such.
    const chosen = file.size > 1_000_000 ? '' : await file.text().catch(() => '');
    setText(chosen);
    check.mutate({ text: chosen }, { onSuccess: setPlan });
  };
  const applyShown = ({ digest }: BackupPlan) => {
    begin();
    apply.mutate(
      { text, digest },
      {
        onSuccess: () => setPlan(null),
        // Nothing of it may hold, or a part: what it would change by now is shown beside the error.
        onError: () => check.mutate({ text }, { onSuccess: setPlan }),
        onSettled: () => {
          void client.invalidateQueries();
          // The button that was pressed may go with its plan, and the focus would go with it.
          requestAnimationFrame(() => result.current?.focus());
        },
      },
    );
  };
  const cancel = () => {
    begin();
    setPlan(null);
    opener.current?.focus();
  };
  return (
    <SettingsPart title={i18n.t('settings.backup')} text={i18n.t('settings.backupText')}>
      <div className="flex flex-wrap gap-2">
        <Button
          busy={make.isPending}
          off={isBusy}
          onClick={() => {
            begin();
            make.mutate({}, { onSuccess: (file) => saveFile('sidelight-settings.json', 'application/json', file.text) });
          }}
        >
          {i18n.t('settings.backupSave')}
        </Button>
        <Button ref={opener} busy={check.isPending} off={isBusy} onClick={() => picker.current?.click()}>
          {i18n.t('settings.backupOpen')}
        </Button>
        <FilePicker ref={picker} label={i18n.t('settings.backupOpen')} onFile={(file) => void read(file)} />
      </div>
      {/* It takes the focus of a button that goes. */}
      <div ref={result} tabIndex={-1}>
        {error && <ErrorNotice error={error} className="mt-3" />}
        {plan && <Plan plan={plan} busy={apply.isPending} off={isBusy} onApply={() => applyShown(plan)} onCancel={cancel} />}
        {apply.isSuccess && (
          <Notice tone="good" className="mt-3">
            <p role="status">{i18n.t('settings.backupApplied')}</p>
          </Notice>
        )}
      </div>
    </SettingsPart>
  );
}

interface PlanProps {
  plan: BackupPlan;
  busy: boolean;
  off: boolean;
  onApply: () => void;
  onCancel: () => void;
}

function Plan({ plan: { changes, notConnected, notOpened }, busy, off, onApply, onCancel }: PlanProps) {
  const isSomething = changes.some(({ held }) => !held);
  const lines = changes.flatMap((change) =>
    changeWords(change).map((words) => ({
      words,
      held: change.held,
      of: 'orgName' in change ? i18n.t('settings.of', { crm: change.crmLabel, org: readable(change.orgName) }) : null,
    })),
  );
  return (
    <div className="mt-3 rounded-lg border border-hairline px-4 py-3">
      {lines.length === 0 && <p>{i18n.t('settings.backupNothing')}</p>}
      {lines.length > 0 && <h3 className="mb-1 font-medium">{i18n.t('settings.backupWould')}</h3>}
      <ul className="list-disc space-y-1 ps-5 empty:hidden">
        {lines.map(({ words, held, of }) => (
          <li key={`${of} ${words}`}>
            {words}
            {of && <span className="text-faint"> · {of}</span>}
            {held && <span className="text-warn"> · {i18n.t('settings.backupHeld')}</span>}
          </li>
        ))}
      </ul>
      {[...new Set(notConnected)].map((crm) => (
        <p key={crm} className="mt-2 text-muted">
          {i18n.t('settings.backupMissing', { crm })}
        </p>
      ))}
      {[...new Set(notOpened)].map((crm) => (
        <p key={crm} className="mt-2 text-muted">
          {i18n.t('settings.backupUnopened', { crm })}
        </p>
      ))}
      <div className="mt-3 flex gap-2">
        {isSomething && (
          <Button look="primary" busy={busy} off={off} onClick={onApply}>
            {i18n.t('settings.backupApply')}
          </Button>
        )}
        <Button look="quiet" off={off} onClick={onCancel}>
          {i18n.t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
