import { useEffect, useId, useRef, useState } from 'react';
import { EyeOff } from 'lucide-react';
import { i18n } from '#i18n';
import type { Hiding } from '@/lib/messaging/overlay-protocol';
import { request } from '@/lib/messaging/request';
import type { AppError } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { IconButton } from '../ui/IconButton';

const CHOICES: readonly { how: Hiding; label: () => string }[] = [
  { how: 'tab', label: () => i18n.t('overlay.hideHere') },
  { how: 'today', label: () => i18n.t('overlay.hideToday') },
  { how: 'always', label: () => i18n.t('overlay.hideAlways') },
];

/** Hides the sidebar and its tab on the site it stands beside. Needs a positioned ancestor, below which it opens. */
export function HideMenu({ token }: { token: string }) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const [error, setError] = useState<AppError | null>(null);
  // Where it worked, this frame is gone. Not a mutation: the sidebar has no other, and would carry the code for this one.
  const hide = (how: Hiding) => void request('sidebar.hide', { token, how }).catch(setError);
  useEffect(() => {
    if (!open) return;
    // The sidebar closes by the same key; what is innermost goes first.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [open]);
  return (
    <>
      <IconButton
        ref={button}
        icon={EyeOff}
        label={i18n.t('overlay.hide')}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <fieldset
          id={id}
          className="absolute inset-x-2 top-full z-10 mt-1 rounded-lg border border-edge bg-raised p-3 shadow-lift"
        >
          <legend className="float-start font-medium">{i18n.t('overlay.hide')}</legend>
          <p className="mb-2 clear-both text-sm text-muted">{i18n.t('overlay.hideBack')}</p>
          {error && <ErrorNotice error={error} className="mb-2" />}
          <div className="flex flex-wrap gap-2">
            {CHOICES.map(({ how, label }) => (
              <Button key={how} onClick={() => hide(how)} data-acts>
                {label()}
              </Button>
            ))}
          </div>
        </fieldset>
      )}
    </>
  );
}
