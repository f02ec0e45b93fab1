import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import { Button } from '../ui/Button';
import { SettingsPart } from './SettingsPart';

interface Shortcut {
  /** In the browser's language, as the manifest names it; empty for what the browser names itself. */
  description: string;
  /** As the browser writes it; empty when none is set. */
  shortcut: string;
}

/** The browser's own shortcuts for Sidelight, and where they are set. */
export interface Shortcuts {
  list: () => Promise<Shortcut[]>;
  change: () => void;
}

export function ShortcutList({ shortcuts: { list, change } }: { shortcuts: Shortcuts }) {
  const [shown, setShown] = useState<Shortcut[]>([]);
  useEffect(() => {
    list()
      .then(setShown)
      .catch(() => setShown([]));
  }, [list]);
  return (
    <SettingsPart title={i18n.t('settings.shortcuts')} text={i18n.t('settings.shortcutsText')}>
      <dl className="mb-3 divide-y divide-hairline rounded-lg border border-hairline empty:hidden">
        {shown
          .filter(({ description }) => description !== '')
          .map(({ description, shortcut }) => (
            <div key={description} className="flex items-center gap-3 px-3 py-1.5">
              <dt className="flex-1">{description}</dt>
              <dd>
                {shortcut === '' ? (
                  <span className="text-faint">{i18n.t('settings.shortcutNone')}</span>
                ) : (
                  <kbd className="rounded-sm border border-edge bg-subtle px-1.5 py-px font-sans text-sm">{shortcut}</kbd>
                )}
              </dd>
            </div>
          ))}
      </dl>
      <Button onClick={change}>{i18n.t('settings.shortcutsChange')}</Button>
    </SettingsPart>
  );
}
