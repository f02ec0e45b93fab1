import { i18n } from '#i18n';
import { CrmText } from './CrmText';
import { cx } from './class-names';
import { readable, webLink } from './text';

interface Props {
  url: string;
  text: string | null;
  className?: string;
}

/** The name of a record, as a link to it in the CRM. A record without a name is still a link. */
export function RecordLink({ url, text, className }: Props) {
  const href = webLink(url);
  const name = text !== null && readable(text) !== '' ? text : null;
  const shown = name === null ? <span className="italic">{i18n.t('common.noName')}</span> : <CrmText text={name} />;
  if (href === null) return <span className={className}>{shown}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title={name === null ? undefined : readable(name)}
      className={cx('decoration-edge-strong underline-offset-2 hover:underline', className)}
    >
      {shown}
    </a>
  );
}
