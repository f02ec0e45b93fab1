import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import { i18n } from '#i18n';
import { CrmText } from '../ui/CrmText';
import { IconButton } from '../ui/IconButton';
import { Mark } from '../ui/Mark';

interface Props {
  domain?: string | undefined;
  /** What this is, where it is not about a site; the name of Sidelight else. */
  title?: string;
  /** The title of the view, where nothing in it is one. */
  titled?: boolean;
  close?: () => void;
  /** Buttons at the end of the head, before the one that closes. */
  actions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}

/** The sidebar's head, body and foot; the body alone scrolls. */
export function SidebarFrame({ domain, title = i18n.t('extName'), titled = false, close, actions, footer, children }: Props) {
  const Title = titled ? 'h1' : 'p';
  return (
    <div className="flex h-dvh min-w-64 flex-col bg-surface">
      <header className="relative flex h-11 shrink-0 items-center gap-2 border-b border-hairline ps-4 pe-2">
        <Mark className="size-5" />
        {domain === undefined ? (
          <Title className="min-w-0 flex-1 truncate text-sm font-medium text-muted">{title}</Title>
        ) : (
          <CrmText text={domain} className="min-w-0 flex-1 truncate text-sm font-medium text-muted" />
        )}
        {actions}
        {close && <IconButton icon={X} label={i18n.t('common.close')} onClick={close} aria-keyshortcuts="Escape" />}
      </header>
      <main tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain">
        {children}
      </main>
      {footer && (
        <footer className="flex h-9 shrink-0 items-center gap-2 border-t border-hairline bg-subtle ps-4 pe-2">{footer}</footer>
      )}
    </div>
  );
}
