import { useEffect, useId, useRef, type ReactNode } from 'react';
import { X } from 'lucide-react';
import { i18n } from '#i18n';
import { IconButton } from './IconButton';
import { cx } from './class-names';

const SIZES = { small: 'w-[min(23rem,calc(100vw-2rem))]', medium: 'w-[min(32rem,calc(100vw-2rem))]' } as const;

interface Props {
  open: boolean;
  title: ReactNode;
  /** Read out together with the title when the dialog opens. */
  text: ReactNode;
  /** While true there is nothing left to cancel, so Escape does nothing. */
  busy: boolean;
  onClose: () => void;
  actions: ReactNode;
  size?: keyof typeof SIZES;
  /** For a dialog that can be left without an answer. */
  closeButton?: boolean;
  children?: ReactNode;
}

/** The browser's own dialog: it keeps the focus in, gives it back, and closes by Escape. */
export function Dialog({ open, title, text, busy, onClose, actions, size = 'small', closeButton = false, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (open && element && !element.open) element.showModal();
    if (!open && element?.open) element.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => {
        event.preventDefault();
        if (!busy) onClose();
      }}
      className={cx('m-auto rounded-xl border border-hairline bg-raised text-ink shadow-high', SIZES[size])}
    >
      <div className="p-5">
        <div className="flex items-start gap-3">
          <h2 id={titleId} className="min-w-0 flex-1 text-lg font-semibold">
            {title}
          </h2>
          {closeButton && (
            <IconButton icon={X} label={i18n.t('common.close')} onClick={onClose} disabled={busy} className="-me-1.5 -mt-1" />
          )}
        </div>
        <div id={textId} className="mt-2 text-muted">
          {text}
        </div>
        {children}
        <div className="mt-5 flex flex-wrap justify-end gap-2">{actions}</div>
      </div>
    </dialog>
  );
}
