import { SidebarFrame } from '@/components/sidebar/SidebarFrame';
import { DraftGate } from '@/components/vault/DraftGate';
import type { FollowedTab } from './follow-tab';
import { SitePanel } from './SitePanel';

interface Props {
  /** Tells the tab to be about, until what it gives is called. */
  follow: (tell: (tab: FollowedTab | null) => void) => () => void;
  openOptions: () => void;
  /** The browser's own question for access to all sites; false when it was not given. */
  askSiteAccess: () => Promise<boolean>;
}

/** The sidebar in the browser's own side panel. Other than in a page, records can be created here; another tab takes none away. */
export function App({ follow, openOptions, askSiteAccess }: Props) {
  return (
    <DraftGate frame={SidebarFrame} openOptions={openOptions}>
      {(writing, onWriting) => (
        <SitePanel
          follow={follow}
          openOptions={openOptions}
          askSiteAccess={askSiteAccess}
          writing={writing}
          onWriting={onWriting}
        />
      )}
    </DraftGate>
  );
}
