import { Search as SearchIcon } from 'lucide-react';
import { Activity, useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { webLink } from '../ui/text';
import { SearchResults } from './SearchResults';
import { type Search, useSearch } from './use-search';
import { useSlash } from './use-slash';

interface Props {
  text: string;
  onText: (text: string) => void;
  /** Offered where nothing is found. */
  onCreateLead: (text: string) => void;
  /** Whether it takes the focus as soon as it is there, or is gone to with `/` and left with Escape. */
  focus: 'at-once' | 'by-slash';
  /** What stands there while nothing is typed. */
  children: ReactNode;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };

/** Searches everything in the copy: a field to type into, and the results in place of what stood below it. */
export function SearchBox({ text, onText, onCreateLead, focus, children }: Props) {
  const id = useId();
  const search = useSearch(text, onText);
  const field = useRef<HTMLInputElement>(null);
  const { items, active } = search;
  const optionId = (index: number) => `${id}-${index}`;
  const isOpen = items.length > 0;
  const isSearching = text.trim() !== '';

  useEffect(() => {
    if (focus === 'at-once') field.current?.focus({ preventScroll: true });
  }, [focus]);
  const leave = useSlash(field, focus === 'by-slash');
  useEffect(() => {
    if (isOpen) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active, isOpen]);

  return (
    <>
      <search className="relative block shrink-0 border-b border-hairline px-3 py-2">
        <SearchIcon
          aria-hidden="true"
          className="pointer-events-none absolute start-5 top-1/2 size-4 -translate-y-1/2 text-faint"
          strokeWidth={1.75}
        />
        <input
          ref={field}
          type="search"
          role="combobox"
          aria-label={i18n.t('search.label')}
          aria-expanded={isOpen}
          aria-controls={isOpen ? `${id}-list` : undefined}
          aria-activedescendant={isOpen ? optionId(active) : undefined}
          aria-autocomplete="list"
          aria-keyshortcuts={focus === 'by-slash' ? '/' : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={i18n.t('search.placeholder')}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => onKey(event, search, optionId, leave)}
          className="peer h-8 w-full rounded-md border border-edge bg-raised ps-8 pe-2"
        />
        {focus === 'by-slash' && text === '' && (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute end-5 top-1/2 -translate-y-1/2 rounded border border-edge px-1 font-sans text-xs text-faint peer-focus:hidden"
          >
            /
          </span>
        )}
      </search>
      {/* Kept while something else stands there, so that nobody loses their place by searching. */}
      <Activity mode={isSearching ? 'hidden' : 'visible'}>{children}</Activity>
      {isSearching && <SearchResults search={search} listId={`${id}-list`} optionId={optionId} onCreateLead={onCreateLead} />}
    </>
  );
}

/** Arrows move, Enter opens the record in the CRM, Alt and Enter the company's site, Escape empties the field and then leaves it. */
function onKey(
  event: KeyboardEvent<HTMLInputElement>,
  search: Search,
  optionId: (index: number) => string,
  leave: (() => void) | null,
): void {
  const { items, active, text, setActive, setText } = search;
  const step = STEPS[event.key];
  // While letters are put together, Enter and the arrows belong to the input method.
  if (event.nativeEvent.isComposing) return;
  if (event.key === 'Escape' && text !== '') {
    setText('');
    event.preventDefault();
  } else if (event.key === 'Escape' && leave) {
    leave();
    event.preventDefault();
  } else if (step !== undefined && items.length > 0) {
    const isSingle = Math.abs(step) === 1;
    const next = isSingle
      ? (active + step + items.length) % items.length
      : Math.min(items.length - 1, Math.max(0, active + step));
    setActive(next);
    event.preventDefault();
  } else if (event.key === 'Enter') {
    event.preventDefault();
    const website = webLink(items[active]?.website ?? null);
    if (!event.altKey) document.getElementById(optionId(active))?.click();
    else if (website) window.open(website, '_blank', 'noopener,noreferrer');
  }
}
