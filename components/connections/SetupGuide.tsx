import { i18n } from '#i18n';
import { Disclosure } from '../ui/Disclosure';
import { Phrase, slots } from '../ui/Phrase';

const Code = ({ children }: { children: string }) => (
  <code className="rounded-sm bg-hover px-1 py-px font-mono text-sm text-ink">{children}</code>
);

/** What an admin sets up once in Salesforce, so that nobody has to leave this page to find out. */
export function SetupGuide() {
  const scopes = {
    api: <Code>api</Code>,
    refresh: <Code>refresh_token</Code>,
  };
  return (
    <Disclosure summary={i18n.t('guide.title')}>
      <ol className="list-decimal space-y-1.5 ps-5 text-muted marker:text-faint">
        <li>{i18n.t('guide.create')}</li>
        <li>{i18n.t('guide.callback')}</li>
        <li>
          <Phrase text={i18n.t('guide.scopes', slots('api', 'refresh'))} parts={scopes} />
        </li>
        <li>{i18n.t('guide.pkce')}</li>
        <li>{i18n.t('guide.rotation')}</li>
        <li>{i18n.t('guide.copy')}</li>
      </ol>
    </Disclosure>
  );
}
