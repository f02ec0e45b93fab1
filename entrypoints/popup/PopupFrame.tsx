import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import { CrmText } from '@/components/ui/CrmText';
import { Mark } from '@/components/ui/Mark';

interface Props {
  title?: string;
  /** The title is the main heading where the body brings none of its own. */
  titled?: boolean;
  domain?: string | null;
  /** Buttons at the end of the head. */
  actions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}

/** The popup's fixed size and its head. Painted before anything is known, so that nothing jumps. */
export function PopupFrame({ title = i18n.t('extName'), titled = false, domain = null, actions, footer, children }: Props) {
  const Title = titled ? 'h1' : 'p';
  return (
    <div className="flex max-h-[600px] min-h-[360px] w-[400px] flex-col bg-surface has-[dialog[open]]:min-h-[440px]">
      <header className="relative flex h-11 shrink-0 items-center gap-2 border-b border-hairline ps-4 pe-2">
        <Mark className="size-5" />
        <Title className="font-semibold">{title}</Title>
        <span className="min-w-0 flex-1 truncate pe-2 text-end text-sm text-faint">
          {domain !== null && <CrmText text={domain} />}
        </span>
        {actions}
      </header>
      <main tabIndex={-1} className="flex min-h-0 flex-1 flex-col">
        {children}
      </main>
      {footer}
    </div>
  );
}
