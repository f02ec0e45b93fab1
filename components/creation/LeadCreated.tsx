import { useEffect, useRef } from 'react';
import { CircleCheck, ExternalLink } from 'lucide-react';
import { i18n } from '#i18n';
import { Button, buttonLook } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { webLink } from '../ui/text';

interface Props {
  name: string;
  url: string;
  crmLabel: string;
  onDone: () => void;
}

export function LeadCreated({ name, url, crmLabel, onDone }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const href = webLink(url);
  return (
    <div className="flex flex-col items-center px-8 py-14 text-center">
      <CircleCheck aria-hidden="true" className="size-9 text-good" strokeWidth={1.5} />
      <h2 ref={heading} tabIndex={-1} className="mt-3 text-lg font-semibold">
        {i18n.t('lead.created')}
      </h2>
      <p className="mt-1 text-muted">
        <CrmText text={name} className="font-medium text-ink" />
        <br />
        {i18n.t('lead.createdText', [crmLabel])}
      </p>
      <div className="mt-5 flex gap-2">
        {href && (
          <a href={href} target="_blank" rel="noopener noreferrer" className={buttonLook('primary')}>
            {i18n.t('account.openIn', [crmLabel])}
            <ExternalLink aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
          </a>
        )}
        <Button onClick={onDone}>{i18n.t('common.done')}</Button>
      </div>
    </div>
  );
}
