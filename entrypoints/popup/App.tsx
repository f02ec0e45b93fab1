import { UnseenLine } from '@/components/connections/UnseenLine';
import { DraftGate } from '@/components/vault/DraftGate';
import { PopupFrame } from './PopupFrame';
import { SitePopup } from './SitePopup';

interface Props {
  /** The tab to look at; null for the one in front. */
  tabId: number | null;
  openOptions: () => void;
}

export function App({ tabId, openOptions }: Props) {
  return (
    <DraftGate frame={PopupFrame} notice={<UnseenLine openOptions={openOptions} />} openOptions={openOptions}>
      {(writing, onWriting) => <SitePopup tabId={tabId} openOptions={openOptions} writing={writing} onWriting={onWriting} />}
    </DraftGate>
  );
}
