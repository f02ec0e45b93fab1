import { useId, useState } from 'react';
import { Search } from 'lucide-react';
import { i18n } from '#i18n';
import { Checkbox } from '../ui/Checkbox';
import { CrmText } from '../ui/CrmText';
import { CONTROL_LOOK } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';
import { searchFields, type Named } from './field-search';

/** Fewer than this are found faster by eye. */
const SEARCH_FROM = 13;

interface Props<T extends Named> {
  items: readonly T[];
  chosen: ReadonlySet<string>;
  onToggle: (item: T, wanted: boolean) => void;
  label: string;
  searchLabel: string;
  /** Shows the machine's name behind the label, for those who know a field by it. */
  withNames?: boolean;
  /** Beside each other where there is room, for short labels. */
  columns?: boolean;
  errorId?: string | undefined;
  className?: string;
}

/** Boxes to tick, of a list that may have hundreds: what is chosen stands first, the rest is found by a part of its name. */
export function CheckList<T extends Named>({
  items,
  chosen,
  onToggle,
  label,
  searchLabel,
  withNames = false,
  columns = false,
  errorId,
  className,
}: Props<T>) {
  const [query, setQuery] = useState('');
  // Sorted by what was chosen when the list was opened or searched: a box that jumps away under the pointer is lost.
  const [first, setFirst] = useState(chosen);
  const noteId = useId();
  const search = items.length >= SEARCH_FROM;
  const { shown, total } = searchFields(items, query, search ? first : new Set());
  const note =
    total === 0
      ? i18n.t('selection.notFound')
      : shown.length < total && i18n.t('selection.shownOf', [formatNumber(shown.length), formatNumber(total)]);
  return (
    <fieldset aria-label={label} aria-describedby={errorId} className={cx('min-w-0', className)}>
      {search && (
        <div className="relative mb-1.5">
          <Search aria-hidden="true" className="absolute top-1.5 start-2 size-4 text-faint" strokeWidth={1.75} />
          <input
            type="search"
            value={query}
            aria-label={searchLabel}
            aria-describedby={noteId}
            placeholder={searchLabel}
            autoComplete="off"
            spellCheck={false}
            // It stands in a form, and to look for something is not to save it.
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
            onChange={(event) => {
              setQuery(event.target.value);
              setFirst(chosen);
            }}
            className={cx(CONTROL_LOOK, 'h-7 ps-7')}
          />
        </div>
      )}
      {total > 0 && (
        <ul
          className={cx(
            'max-h-52 overflow-y-auto rounded-md border bg-surface px-2 py-1',
            columns && 'grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-x-3',
            errorId ? 'border-danger' : 'border-hairline',
          )}
        >
          {shown.map((item) => (
            <li key={item.name}>
              <Checkbox
                checked={chosen.has(item.name)}
                onChange={(wanted) => onToggle(item, wanted)}
                label={<CrmText text={item.label} />}
                remark={withNames && item.name !== item.label && <CrmText text={item.name} />}
              />
            </li>
          ))}
        </ul>
      )}
      <p id={noteId} role="status" className={note ? 'mt-1 text-sm text-faint' : undefined}>
        {note}
      </p>
    </fieldset>
  );
}
