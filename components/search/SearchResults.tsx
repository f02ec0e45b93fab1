import { SearchX } from 'lucide-react';
import { i18n } from '#i18n';
import { AppError } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { Centered } from '../ui/Centered';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { Phrase, slots } from '../ui/Phrase';
import { webLink } from '../ui/text';
import { ResultRow } from './ResultRow';
import type { Search } from './use-search';

interface Props {
  search: Search;
  listId: string;
  optionId: (index: number) => string;
  onCreateLead: (text: string) => void;
}

const LONGEST_OFFER = 40;

/** What was found, or why nothing was. */
export function SearchResults({ search, listId, optionId, onCreateLead }: Props) {
  const { answer, error, retry, items, active, setActive } = search;
  const found = items.length;
  const isShort = found === 0 && answer?.state === 'ready' && isTooShort(search.text);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <p role="status" className="sr-only">
        {answer && !error && i18n.t('search.found', found, [String(found)])}
      </p>
      {(found > 0 || !answer || error || isShort) && <h1 className="sr-only">{i18n.t('search.results')}</h1>}
      <div className="min-h-0 flex-1 overflow-y-auto py-1.5">
        {error && <ErrorNotice error={error} onRetry={retry} className="mx-4 my-2" />}
        {!error && answer?.code && <ErrorNotice error={new AppError(answer.code)} urgent={false} className="mx-4 my-2" />}
        {found > 0 && answer?.state === 'syncing' && (
          <Notice tone="info" className="mx-4 my-2">
            {i18n.t('search.more')}
          </Notice>
        )}
        {found > 0 && (
          <div role="listbox" id={listId} aria-label={i18n.t('search.results')}>
            {items.map((item, index) => (
              <ResultRow
                key={`${item.connectionId} ${item.object} ${item.id}`}
                item={item}
                id={optionId(index)}
                active={index === active}
                onPoint={() => index !== active && setActive(index)}
              />
            ))}
          </div>
        )}
        {!error && !answer && <Waiting />}
        {!error && answer && found === 0 && <Nothing search={search} state={answer.state} onCreateLead={onCreateLead} />}
      </div>
      {found > 0 && <Keys hasWebsite={webLink(items[active]?.website ?? null) !== null} />}
    </div>
  );
}

/** One letter stands in half of all names. */
const isTooShort = (text: string) => /^[a-z0-9]$/i.test(text.trim());

function Waiting() {
  return (
    <div aria-hidden="true" className="space-y-3 px-4 py-2">
      {[0, 1, 2].map((row) => (
        <div key={row} className="space-y-1.5">
          <div className="shimmer h-3.5 w-1/2" />
          <div className="shimmer h-3 w-1/3" />
        </div>
      ))}
    </div>
  );
}

function Nothing({
  search: { text },
  state,
  onCreateLead,
}: {
  search: Search;
  state: 'not-connected' | 'unsynced' | 'syncing' | 'ready';
  onCreateLead: (text: string) => void;
}) {
  const wanted = text.trim();
  const icon = <SearchX className="size-8" strokeWidth={1.25} />;
  if (state === 'not-connected')
    return <Centered icon={icon} title={i18n.t('search.notConnected')} text={i18n.t('search.notConnectedText')} />;
  if (state === 'unsynced')
    return <Centered icon={icon} title={i18n.t('search.unsynced')} text={i18n.t('search.unsyncedText')} />;
  if (state === 'syncing') return <Centered icon={icon} title={i18n.t('search.syncing')} text={i18n.t('search.syncingText')} />;
  if (isTooShort(text)) return <p className="px-4 py-3 text-faint">{i18n.t('search.short')}</p>;
  const offer = wanted.length > LONGEST_OFFER ? `${wanted.slice(0, LONGEST_OFFER)}…`.toWellFormed() : wanted;
  return (
    <Centered
      icon={icon}
      title={<Phrase text={i18n.t('search.nothing', slots('text'))} parts={{ text: <CrmText text={offer} /> }} />}
      text={i18n.t('search.nothingText')}
      actions={<Button onClick={() => onCreateLead(wanted)}>{i18n.t('search.createLead', [offer])}</Button>}
    />
  );
}

/** What the keys do, for those who do not know yet. The field's own keys, so a screen reader is not told of them twice. */
function Keys({ hasWebsite }: { hasWebsite: boolean }) {
  return (
    <p aria-hidden="true" className="flex shrink-0 gap-4 border-t border-hairline px-4 py-1.5 text-sm text-faint">
      <span>
        <Key>↵</Key> {i18n.t('search.open')}
      </span>
      {hasWebsite && (
        <span>
          <Key>Alt</Key> <Key>↵</Key> {i18n.t('search.website')}
        </span>
      )}
    </p>
  );
}

function Key({ children }: { children: string }) {
  return <kbd className="rounded-sm border border-edge px-1 font-sans text-xs">{children}</kbd>;
}
