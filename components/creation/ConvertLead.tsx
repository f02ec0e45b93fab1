import { useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import { useAction } from '../hooks/use-action';
import { useDebounced } from '../hooks/use-debounced';
import { useRequest } from '../hooks/use-request';
import { Button, buttonLook } from '../ui/Button';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { Notice } from '../ui/Notice';
import { cx } from '../ui/class-names';
import { webLink } from '../ui/text';

interface Props {
  form: RecordForm;
  id: string;
  onDone: () => void;
}

const PAUSE_MS = 150;

/** Turns a Lead into a Contact, of a new Account or of one that is in the copy. */
export function ConvertLead({ form: { connectionId, crmLabel }, id, onDone }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [text, setText] = useState('');
  const [accountId, setAccountId] = useState<string | null>(null);
  const named = useRequest('accounts.named', { text: useDebounced(text.trim(), PAUSE_MS) }, { enabled: text.trim().length > 1 });
  const convert = useAction('creation.convert');
  const accounts = (named.data ?? []).filter((one) => one.connectionId === connectionId);
  if (convert.data?.kind === 'converted') return <Converted result={convert.data} onDone={onDone} />;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 space-y-3 overflow-y-auto px-4 py-4">
        <h2 ref={heading} tabIndex={-1} className="font-semibold">
          {i18n.t('form.convert.title')}
        </h2>
        <p className="text-sm text-muted">{i18n.t('form.convert.text', { crm: crmLabel })}</p>
        {convert.error && <ErrorNotice error={convert.error} />}
        {convert.data?.kind === 'invalid' && (
          <Notice tone="danger" urgent>
            <CrmText text={convert.data.reason} />
          </Notice>
        )}
        <Labelled label={i18n.t('form.lookUp')}>
          {(wiring) => (
            <input
              {...wiring}
              type="search"
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.target.value)}
              className={cx(CONTROL_LOOK, 'h-7')}
            />
          )}
        </Labelled>
        <fieldset className={CHOICES_LOOK}>
          <legend className="sr-only">{i18n.t('form.convert.title')}</legend>
          <Choice
            name="account"
            value=""
            checked={accountId === null}
            onChoose={() => setAccountId(null)}
            title={i18n.t('form.convert.newAccount')}
          />
          {accounts.map((account) => (
            <Choice
              key={account.accountId}
              name="account"
              value={account.accountId}
              checked={accountId === account.accountId}
              onChoose={() => setAccountId(account.accountId)}
              title={<CrmText text={account.name} />}
              description={account.website && <CrmText text={account.website} />}
            />
          ))}
        </fieldset>
      </div>
      <div className="flex justify-end gap-2 border-t border-hairline px-4 py-2.5">
        <Button onClick={onDone}>{i18n.t('common.cancel')}</Button>
        <Button look="primary" busy={convert.isPending} onClick={() => convert.mutate({ connectionId, id, accountId })}>
          {i18n.t('form.convert.do')}
        </Button>
      </div>
    </div>
  );
}

function Converted({ result, onDone }: { result: { accountUrl: string; contactUrl: string }; onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const links = [
    { href: webLink(result.contactUrl), text: i18n.t('form.convert.contact') },
    { href: webLink(result.accountUrl), text: i18n.t('form.convert.account') },
  ];
  return (
    <div className="flex flex-col items-center px-8 py-14 text-center">
      <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold">
        {i18n.t('form.convert.done')}
      </h2>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        {links.map(
          ({ href, text }) =>
            href && (
              <a key={text} href={href} target="_blank" rel="noopener noreferrer" className={buttonLook('secondary')}>
                {text}
              </a>
            ),
        )}
        <Button look="primary" onClick={onDone}>
          {i18n.t('common.done')}
        </Button>
      </div>
    </div>
  );
}
