import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import { CrmText } from '@/components/ui/CrmText';
import { Mark } from '@/components/ui/Mark';

interface Props {
  title?: string;
  /** The title is the main heading where the body brings none of its own. */
  titled?: boolean;
  domain?: string | null;
  footer?: ReactNode;
  children?: ReactNode;
}

/** The popup's fixed size and its head. Painted before anything is known, so that nothing jumps. */
export function PopupFrame({ title = i18n.t('extName'), titled = false, domain = null, footer, children }: Props) {
  const Title = titled ? 'h1' : 'p';
  return (
    <div className="flex max-h-[600px] min-h-[360px] w-[400px] flex-col bg-surface has-[dialog[open]]:min-h-[440px]">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-hairline px-4">
        <Mark className="size-5" />
        <Title className="font-semibold">{title}</Title>
        {domain !== null && (
          <span className="ms-auto min-w-0 truncate text-sm text-faint">
            <CrmText text={domain} />
          </span>
        )}
      </header>
      <main tabIndex={-1} className="flex min-h-0 flex-1 flex-col">
        {children}
      </main>
      {footer}
    </div>
  );
}
