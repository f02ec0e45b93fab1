import type { ReactNode } from 'react';
import { Cable, Globe, Info, LockKeyhole, Scale, ShieldCheck, SlidersHorizontal, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { PolicyIgnored } from '@/components/policy/PolicyIgnored';
import { BasisSettings } from '@/components/privacy/BasisSettings';
import { PrivacyCentre } from '@/components/privacy/PrivacyCentre';
import { SiteAccessChoice } from '@/components/privacy/SiteAccessChoice';
import { BackupPart } from '@/components/settings/BackupPart';
import { DiagnosticsPart } from '@/components/settings/DiagnosticsPart';
import { LanguagePart } from '@/components/settings/LanguagePart';
import { ShortcutList } from '@/components/settings/ShortcutList';
import { DecisionList } from '@/components/sites/DecisionList';
import { GrantedAccess } from '@/components/sites/GrantedAccess';
import { OverlayChoice } from '@/components/sites/OverlayChoice';
import type { SelectionDraft } from '@/components/selection/selection-draft';
import { Mark } from '@/components/ui/Mark';
import { cx } from '@/components/ui/class-names';
import { LockButton } from '@/components/vault/LockButton';
import { ProtectionPanel } from '@/components/vault/ProtectionPanel';
import type { Receipt } from '@/lib/messaging/protocol';
import { About } from './About';
import { draftWords, type Drafts, type OptionsProps } from './options-props';
import { Connections } from './Connections';
import { useSection, type SectionId } from './use-section';

interface Props extends OptionsProps {
  drafts: Drafts;
  onDraft: (connectionId: string, draft: SelectionDraft | null) => void;
  onReset: (receipts: Receipt[]) => void;
}

export function OptionsPage({ version, drafts, onDraft, onReset, ...asks }: Props) {
  useLiveUpdates();
  const [section, heading] = useSection();
  const sections: Record<SectionId, { icon: LucideIcon; title: string; text: string; body: ReactNode }> = {
    connections: {
      icon: Cable,
      title: i18n.t('options.connections'),
      text: i18n.t('options.connectionsText'),
      body: (
        <Connections askHostAccess={asks.askHostAccess} checkForUpdate={asks.checkForUpdate} drafts={drafts} onDraft={onDraft} />
      ),
    },
    sites: {
      icon: Globe,
      title: i18n.t('options.sites'),
      text: i18n.t('options.sitesText'),
      body: (
        <>
          <SiteAccessChoice askSiteAccess={asks.askSiteAccess} dropSiteAccess={asks.dropSiteAccess} />
          <OverlayChoice />
          <DecisionList />
          <GrantedAccess grants={asks.grants} />
        </>
      ),
    },
    protection: {
      icon: LockKeyhole,
      title: i18n.t('options.protection'),
      text: i18n.t('options.protectionText'),
      body: <ProtectionPanel keys={asks.lockKeys} draft={draftWords(drafts)} onReset={onReset} />,
    },
    basis: {
      icon: Scale,
      title: i18n.t('options.basis'),
      text: i18n.t('options.basisText'),
      body: <BasisSettings />,
    },
    privacy: {
      icon: ShieldCheck,
      title: i18n.t('options.privacy'),
      text: i18n.t('options.privacyText'),
      body: <PrivacyCentre inventory={asks.inventory} />,
    },
    settings: {
      icon: SlidersHorizontal,
      title: i18n.t('options.settings'),
      text: i18n.t('options.settingsText'),
      body: (
        <div className="space-y-10">
          <ShortcutList shortcuts={asks.shortcuts} />
          <LanguagePart />
          <BackupPart />
          <DiagnosticsPart />
        </div>
      ),
    },
    about: { icon: Info, title: i18n.t('options.about'), text: i18n.t('options.aboutText'), body: <About version={version} /> },
  };
  const current = sections[section];
  return (
    <div className="mx-auto flex min-h-dvh max-w-[58rem] flex-col gap-x-12 px-6 md:flex-row">
      <header className="shrink-0 pt-6 print:hidden md:sticky md:top-0 md:h-dvh md:w-44 md:pt-12">
        <p className="flex items-center gap-2 px-2 text-lg font-semibold">
          <Mark className="size-6" />
          {i18n.t('extName')}
          <LockButton className="ms-auto -me-2" />
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
      <main tabIndex={-1} className="min-w-0 max-w-[40rem] flex-1 pt-6 pb-16 md:pt-12">
        <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold tracking-tight">
          {current.title}
        </h1>
        <p className="mt-1 mb-6 text-pretty text-muted">{current.text}</p>
        <PolicyIgnored className="mb-4" />
        {current.body}
      </main>
    </div>
  );
}
