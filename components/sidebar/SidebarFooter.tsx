import { useEffect, useRef } from 'react';
import { ArrowDownUp } from 'lucide-react';
import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { FreshnessLine } from '../account/FreshnessLine';
import { IconButton } from '../ui/IconButton';

interface Props {
  view: AccountView;
  arranging: boolean;
  onArrange: () => void;
}

/** How old what is shown is, and the way to another order. */
export function SidebarFooter({ view, arranging, onArrange }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(arranging);
  useEffect(() => {
    if (was.current && !arranging) button.current?.focus();
    was.current = arranging;
  }, [arranging]);
  return (
    <>
      <div className="min-w-0 flex-1">
        <FreshnessLine view={view} />
      </div>
      <IconButton
        ref={button}
        icon={ArrowDownUp}
        label={i18n.t('sidebar.arrange')}
        aria-pressed={arranging}
        onClick={onArrange}
        className="aria-pressed:bg-hover"
      />
    </>
  );
}
