import { useEffect } from 'react';
import { i18n } from '#i18n';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import type { FormDraft } from '@/lib/messaging/outbox-protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { Notice } from '../ui/Notice';
import { draftFrom } from './kept-draft';
import { draftNamed, type RecordDraft } from './record-draft';

interface Props {
  form: RecordForm;
  draft: RecordDraft;
  onDraft: (draft: RecordDraft) => void;
}

/**
 * What was typed into this form and not sent, from before the view was closed. For the same page it comes back by itself; what
 * was begun elsewhere is offered.
 */
export function KeptDraftLine({ form, draft, onDraft }: Props) {
  const { connectionId, object } = form;
  const kept = useRequest('draft.load', { connectionId, object }, { enabled: !draft.touched });
  const drop = useAction('draft.drop');
  const found = !draft.touched && kept.data?.draftId !== draft.draftId ? (kept.data ?? null) : null;
  const isSame = found !== null && isOfThisPage(found, form) && draft.occasion.link === null && draft.occasion.text === null;
  const restored = found && draftNamed(form, { ...draftFrom(found, ''), occasion: draft.occasion });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each draft that is found
  useEffect(() => {
    if (isSame && restored) onDraft(restored);
  }, [isSame, found?.draftId]);
  if (!found || !restored || isSame || drop.isSuccess) return null;
  return (
    <Notice
      tone="info"
      actions={
        <>
          <Button size="small" onClick={() => onDraft(restored)}>
            {i18n.t('outbox.goOn')}
          </Button>
          <Button size="small" look="quiet" busy={drop.isPending} onClick={() => drop.mutate({ connectionId, object })}>
            {i18n.t('outbox.discard')}
          </Button>
        </>
      }
    >
      {i18n.t('outbox.begun')}{' '}
      <CrmText text={restored.name === '' ? i18n.t('outbox.unnamed') : restored.name} className="font-medium" />
    </Notice>
  );
}

function isOfThisPage({ source }: FormDraft, { site }: RecordForm): boolean {
  return source !== null && site !== null && URL.parse(source.url)?.host === site.host;
}
