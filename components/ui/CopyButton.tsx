import { useEffect, useState } from 'react';
import { Check, Copy } from 'lucide-react';
import { i18n } from '#i18n';
import { cx } from './class-names';

const SHOWN_MS = 1500;

interface Props {
  text: string;
  /** What is copied, e.g. "Copy e-mail address". */
  label: string;
  className?: string;
}

export function CopyButton({ text, label, className }: Props) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <>
      <button
        type="button"
        title={copied ? i18n.t('common.copied') : label}
        aria-label={label}
        onClick={() => void copy(text).then(setCopied)}
        data-acts
        className={cx(
          'inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint transition-colors hover:bg-hover hover:text-ink',
          className,
        )}
      >
        <Icon aria-hidden="true" className={cx('size-3.5', copied && 'text-good')} strokeWidth={1.75} />
      </button>
      {/* Not inside: what a button holds is read as its name, and never as news. */}
      <span role="status" className="sr-only">
        {copied ? i18n.t('common.copied') : ''}
      </span>
    </>
  );
}

/** A frame inside a web page may be denied the clipboard API; a selection of our own document still works there. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'sr-only';
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
    return done;
  }
}
