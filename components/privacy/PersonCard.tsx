import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { FoundPerson, RightsRequests } from '@/lib/messaging/rights-protocol';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { Checkbox } from '../ui/Checkbox';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { RecordLink } from '../ui/RecordLink';
import { saveFile } from '../ui/save-file';
import { readablePage } from './person-page';

interface Props {
  person: FoundPerson;
  onErased: (done: RightsRequests['rights.erase']['out']) => void;
  onObjected: (done: RightsRequests['rights.object']['out']) => void;
}

/** One record of a person, with what can be done about them. */
export function PersonCard({ person, onErased, onObjected }: Props) {
  const { connectionId, object, id, name, email, phone, company, crmLabel, orgName, url } = person;
  const nameId = useId();
  const [asking, setAsking] = useState(false);
  const [namesakes, setNamesakes] = useState(false);
  const [objecting, setObjecting] = useState(false);
  const note = useAction('rights.object');
  const taken = useAction('rights.export');
  const erase = useAction('rights.erase');
  const of = { connectionId, object, id };
  const saveJson = () =>
    taken.mutate(of, {
      onSuccess: (file) => saveFile('sidelight-person.json', 'application/json', JSON.stringify(file, null, 2)),
    });
  const savePage = () =>
    taken.mutate(of, { onSuccess: (file) => saveFile('sidelight-person.html', 'text/html', readablePage(file)) });
  const facts = [company, email, phone].filter((fact) => fact !== null);
  return (
    <li aria-labelledby={nameId} className="px-3 py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-64 flex-1">
          <p id={nameId} className="font-medium">
            <RecordLink url={url} text={name} />
          </p>
          <p className="text-sm break-words text-muted">
            {i18n.t(`rights.object.${object}`)} · {crmLabel}
            {orgName && (
              <>
                {', '}
                <CrmText text={orgName} />
              </>
            )}
            {facts.map((fact, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two facts may be the same text, and they never move
              <span key={at}>
                {' · '}
                <CrmText text={fact} />
              </span>
            ))}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="small" aria-describedby={nameId} busy={taken.isPending} onClick={saveJson}>
            {i18n.t('rights.json')}
          </Button>
          <Button size="small" aria-describedby={nameId} busy={taken.isPending} onClick={savePage}>
            {i18n.t('rights.page')}
          </Button>
          <Button size="small" aria-describedby={nameId} onClick={() => setObjecting(true)}>
            {i18n.t('rights.objects')}
          </Button>
          <Button size="small" look="danger-quiet" aria-describedby={nameId} onClick={() => setAsking(true)}>
            {i18n.t('rights.erase')}
          </Button>
        </div>
      </div>
      {person.objected && <p className="mt-1 text-sm text-warn">{i18n.t('person.objected')}</p>}
      <ConfirmDialog
        open={objecting}
        title={i18n.t('rights.objectTitle')}
        confirmLabel={i18n.t('rights.objectConfirm')}
        busy={note.isPending}
        onConfirm={() =>
          note.mutate(of, {
            onSuccess(done) {
              setObjecting(false);
              onObjected(done);
            },
          })
        }
        onCancel={() => {
          setObjecting(false);
          note.reset();
        }}
      >
        <p className="font-medium text-ink">
          <CrmText text={name} />
        </p>
        <p className="mt-2">{i18n.t('rights.objectText')}</p>
        <p className="mt-2">{i18n.t('rights.objectCrm', [crmLabel])}</p>
        {note.error && <ErrorNotice error={note.error} className="mt-3" />}
      </ConfirmDialog>
      {taken.error && <ErrorNotice error={taken.error} className="mt-2" />}
      <ConfirmDialog
        open={asking}
        title={i18n.t('rights.eraseTitle')}
        confirmLabel={i18n.t('rights.eraseConfirm')}
        busy={erase.isPending}
        onConfirm={() =>
          erase.mutate(
            { ...of, namesakes },
            {
              onSuccess(done) {
                setAsking(false);
                onErased(done);
              },
            },
          )
        }
        onCancel={() => {
          setAsking(false);
          erase.reset();
        }}
      >
        <p className="font-medium text-ink">
          <CrmText text={name} />
        </p>
        <p className="mt-2">{i18n.t('rights.eraseText')}</p>
        <p className="mt-2">{i18n.t('rights.eraseCrm', [crmLabel])}</p>
        <Checkbox
          className="mt-2"
          checked={namesakes}
          onChange={setNamesakes}
          label={i18n.t('rights.namesakes')}
          description={i18n.t('rights.namesakesText')}
        />
        {erase.error && <ErrorNotice error={erase.error} className="mt-3" />}
      </ConfirmDialog>
    </li>
  );
}
