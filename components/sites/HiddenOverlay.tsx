import { i18n } from '#i18n';
import type { Hiding } from '@/lib/messaging/overlay-protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';

const WORDS: Record<Hiding, () => string> = {
  tab: () => i18n.t('overlay.isHidden.tab'),
  today: () => i18n.t('overlay.isHidden.today'),
  always: () => i18n.t('overlay.isHidden.always'),
};

/** Says where the user has hidden the sidebar, and brings it back. Nothing where it is not hidden. */
export function HiddenOverlay({ tabId }: { tabId: number | null }) {
  const hidden = useRequest('overlay.hidden', { tabId });
  const show = useAction('overlay.show');
  if (!hidden.data) return null;
  return (
    <div className="border-b border-hairline bg-subtle px-4 py-2">
      {show.error && <ErrorNotice error={show.error} className="mb-2" />}
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1 text-sm text-muted">{WORDS[hidden.data]()}</p>
        <Button size="small" busy={show.isPending} onClick={() => show.mutate({ tabId })}>
          {i18n.t('overlay.show')}
        </Button>
      </div>
    </div>
  );
}
