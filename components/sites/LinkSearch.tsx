import { useId, useState } from 'react';
import { i18n } from '#i18n';
import { useDebounced } from '../hooks/use-debounced';
import { useRequest } from '../hooks/use-request';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { SampleMark } from '../sample/SampleMark';
import { Section } from '../ui/Section';
import { shortAddress } from '../ui/text';
import { useDecision } from './SiteActions';

const SHORTEST = 2;

/** Finds an Account by name and links the site to it. */
export function LinkSearch({ tabId }: { tabId: number | null }) {
  const id = useId();
  const [text, setText] = useState('');
  const asked = useDebounced(text.trim(), 200);
  const { decide, error } = useDecision(tabId);
  const named = useRequest('accounts.named', { text: asked }, { enabled: asked.length >= SHORTEST });
  const found = asked.length >= SHORTEST ? named.data : undefined;
  return (
    <Section title={i18n.t('decisions.linkTitle')}>
      <label htmlFor={id} className="sr-only">
        {i18n.t('decisions.linkName')}
      </label>
      <input
        id={id}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={i18n.t('decisions.linkName')}
        className="h-7 w-full rounded-md border border-edge bg-raised px-2"
      />
      <p role="status" className="sr-only">
        {found && i18n.t('account.candidates', found.length, [String(found.length)])}
      </p>
      {(error ?? named.error) && <ErrorNotice error={error ?? named.error} className="mt-2" />}
      {found?.length === 0 && <p className="mt-1.5 text-faint">{i18n.t('decisions.noneNamed')}</p>}
      <ul className="-mx-2 mt-1">
        {found?.map((one) => (
          <li key={`${one.connectionId} ${one.accountId}`}>
            <button
              type="button"
              title={i18n.t('decisions.linkTo', { name: one.name })}
              onClick={() => decide('link', one)}
              className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-start hover:bg-hover"
            >
              <CrmText text={one.name} className="min-w-0 truncate" />
              {one.sample && <SampleMark />}
              {one.website && (
                <span className="ms-auto min-w-0 truncate text-sm text-faint">
                  <CrmText text={shortAddress(one.website)} />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
