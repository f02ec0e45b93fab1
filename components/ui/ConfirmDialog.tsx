import { useEffect, useId, useRef, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { Button } from './Button';

interface Props {
  open: boolean;
  title: string;
  confirmLabel: string;
  busy: boolean;
  onConfirm: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** Asks once before something that cannot be undone. The browser's own dialog keeps the focus in and gives it back. */
export function ConfirmDialog({ open, title, confirmLabel, busy, onConfirm, onCancel, children }: Props) {
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
        // While the work runs there is nothing left to cancel.
        event.preventDefault();
        if (!busy) onCancel();
      }}
      className="m-auto w-[min(23rem,calc(100vw-2rem))] rounded-xl border border-hairline bg-raised text-ink shadow-high"
    >
      <div className="p-5">
        <h2 id={titleId} className="text-lg font-semibold">
          {title}
        </h2>
        <div id={textId} className="mt-2 text-muted">
          {children}
        </div>
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onCancel} disabled={busy}>
            {i18n.t('common.cancel')}
          </Button>
          <Button look="danger" busy={busy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </div>
      </div>
    </dialog>
  );
}
