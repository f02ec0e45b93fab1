import { i18n } from '#i18n';
import { formatList } from '../ui/format-more';
import { Notice } from '../ui/Notice';
import { usePolicy } from './use-policy';

/** For the administrator: what was set and does not fit. */
export function PolicyIgnored({ className }: { className?: string }) {
  const policy = usePolicy();
  if (!policy || policy.ignored.length === 0) return null;
  return (
    <Notice tone="warn" {...(className ? { className } : {})}>
      <p>{i18n.t('policy.ignored', [formatList([...policy.ignored])])}</p>
    </Notice>
  );
}
