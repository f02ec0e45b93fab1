import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import { i18n } from '#i18n';
import { CrmText } from '@/components/ui/CrmText';
import { IconButton } from '@/components/ui/IconButton';
import { Mark } from '@/components/ui/Mark';

interface Props {
  domain?: string | undefined;
  /** The title of the view, where nothing in it is one. */
  titled?: boolean;
  close?: () => void;
  /** What stands in the header before the button that closes. */
  aside?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}

export function SidebarFrame({ domain, titled = false, close, aside, footer, children }: Props) {
  const Title = titled ? 'h1' : 'p';
  return (
    <div className="flex h-dvh flex-col bg-surface">
      <header className="relative flex h-11 shrink-0 items-center gap-2 border-b border-hairline ps-4 pe-2">
        <Mark className="size-5" />
        {domain === undefined ? (
          <Title className="flex-1 text-sm font-medium text-muted">{i18n.t('extName')}</Title>
        ) : (
          <CrmText text={domain} className="min-w-0 flex-1 truncate text-sm font-medium text-muted" />
        )}
        {aside}
        {close && <IconButton icon={X} label={i18n.t('common.close')} onClick={close} aria-keyshortcuts="Escape" />}
      </header>
      <main tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain">
        {children}
      </main>
      {footer && <footer className="flex h-9 shrink-0 items-center border-t border-hairline bg-subtle px-4">{footer}</footer>}
    </div>
  );
}
