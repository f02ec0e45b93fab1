import { useState, type ReactNode } from 'react';
import { Cable, Globe, Info, ShieldCheck, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { PrivacyStatement } from '@/components/privacy/PrivacyStatement';
import { SiteAccessChoice } from '@/components/privacy/SiteAccessChoice';
import type { SelectionDraft } from '@/components/selection/selection-draft';
import { DecisionList } from '@/components/sites/DecisionList';
import { Mark } from '@/components/ui/Mark';
import { cx } from '@/components/ui/class-names';
import { About } from './About';
import { Connections } from './Connections';
import { useSection, type SectionId } from './use-section';

interface Props {
  version: string;
  /** These three open the browser's own question, so each must be called straight from a click. */
  askHostAccess: (origins: string[]) => Promise<boolean>;
  askSiteAccess: () => Promise<boolean>;
  dropSiteAccess: () => Promise<boolean>;
}

export function App({ version, askHostAccess, askSiteAccess, dropSiteAccess }: Props) {
  useLiveUpdates();
  const [section, heading] = useSection();
  // Kept here, so that a look at another section loses nothing. It is written nowhere.
  const [drafts, setDrafts] = useState<Record<string, SelectionDraft | null>>({});
  const sections: Record<SectionId, { icon: LucideIcon; title: string; text: string; body: ReactNode }> = {
    connections: {
      icon: Cable,
      title: i18n.t('options.connections'),
      text: i18n.t('options.connectionsText'),
      body: (
        <Connections
          askHostAccess={askHostAccess}
          drafts={drafts}
          onDraft={(connectionId, draft) => setDrafts((all) => ({ ...all, [connectionId]: draft }))}
        />
      ),
    },
    sites: {
      icon: Globe,
      title: i18n.t('options.sites'),
      text: i18n.t('options.sitesText'),
      body: (
        <>
          <SiteAccessChoice askSiteAccess={askSiteAccess} dropSiteAccess={dropSiteAccess} />
          <DecisionList />
        </>
      ),
    },
    privacy: {
      icon: ShieldCheck,
      title: i18n.t('options.privacy'),
      text: i18n.t('options.privacyText'),
      body: <PrivacyStatement />,
    },
    about: { icon: Info, title: i18n.t('options.about'), text: i18n.t('options.aboutText'), body: <About version={version} /> },
  };
  const current = sections[section];
  return (
    <div className="mx-auto flex min-h-dvh max-w-[58rem] flex-col gap-x-12 px-6 md:flex-row">
      <header className="shrink-0 pt-6 md:sticky md:top-0 md:h-dvh md:w-44 md:pt-12">
        <p className="flex items-center gap-2 px-2 text-lg font-semibold">
          <Mark className="size-6" />
          {i18n.t('extName')}
        </p>
        <nav aria-label={i18n.t('options.sections')} className="mt-4 flex flex-wrap gap-0.5 md:mt-6 md:flex-col">
          {Object.entries(sections).map(([id, { icon: Icon, title }]) => (
            <a
              key={id}
              href={`#${id}`}
              aria-current={id === section ? 'page' : undefined}
              className={cx(
                'flex h-8 shrink-0 items-center gap-2 rounded-md px-2 transition-colors',
                id === section ? 'bg-hover font-medium' : 'text-muted hover:bg-hover hover:text-ink',
              )}
            >
              <Icon
                aria-hidden="true"
                className={cx('size-4', id === section ? 'text-accent' : 'text-faint')}
                strokeWidth={1.75}
              />
              {title}
            </a>
          ))}
        </nav>
      </header>
      <main className="min-w-0 max-w-[40rem] flex-1 pt-6 pb-16 md:pt-12">
        <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-[-0.015em]">
          {current.title}
        </h1>
        <p className="mt-1 mb-6 text-pretty text-muted">{current.text}</p>
        {current.body}
      </main>
    </div>
  );
}
