import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { i18n } from '#i18n';
import type { SectionId } from '@/lib/messaging/protocol';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';

interface Props {
  parts: readonly { id: SectionId; title: string }[];
  onMove: (id: SectionId, step: -1 | 1) => void;
  onDone: () => void;
}

/** The parts as a list in which each can be moved, by pointer and by keyboard alike. */
export function ArrangeList({ parts, onMove, onDone }: Props) {
  const [news, setNews] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const pressed = useRef<string | null>(null);
  useEffect(() => list.current?.querySelector<HTMLElement>('button:not([aria-disabled])')?.focus(), []);
  // The row has gone elsewhere in the document, and the focus goes with it; later it would be taken from what is pressed next.
  useLayoutEffect(() => {
    if (pressed.current !== null) list.current?.querySelector<HTMLElement>(`[data-move="${pressed.current}"]`)?.focus();
    pressed.current = null;
  });

  const move = (id: SectionId, title: string, at: number, step: -1 | 1) => {
    const to = at + step;
    if (to < 0 || to >= parts.length) return;
    pressed.current = `${id} ${step}`;
    onMove(id, step);
    setNews(i18n.t('sidebar.movedTo', [title, String(to + 1), String(parts.length)]));
  };
  return (
    <section aria-label={i18n.t('sidebar.arrange')} className="border-t border-hairline px-4 py-3">
      <div className="flex items-center gap-2">
        <h2 className="flex-1 text-sm font-semibold text-muted">{i18n.t('sidebar.arrange')}</h2>
        <Button size="small" onClick={onDone}>
          {i18n.t('common.done')}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {news}
      </p>
      <ul
        ref={list}
        aria-label={i18n.t('sidebar.arrange')}
        className="mt-2 divide-y divide-hairline rounded-lg border border-hairline"
      >
        {parts.map(({ id, title }, at) => (
          <li key={id} className="flex h-9 items-center ps-3 pe-1">
            <span className="min-w-0 flex-1 truncate">{title}</span>
            {([-1, 1] as const).map((step) => (
              <IconButton
                key={step}
                icon={step === -1 ? ArrowUp : ArrowDown}
                label={i18n.t(step === -1 ? 'sidebar.moveUp' : 'sidebar.moveDown', [title])}
                data-move={`${id} ${step}`}
                aria-disabled={(step === -1 ? at === 0 : at === parts.length - 1) || undefined}
                className="aria-disabled:opacity-40"
                onClick={() => move(id, title, at, step)}
              />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
