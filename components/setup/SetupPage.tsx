import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { SetupStep } from '@/lib/messaging/protocol';
import { useLiveUpdates } from '../hooks/use-live-updates';
import { useRequest } from '../hooks/use-request';
import { PrivacyStatement } from '../privacy/PrivacyStatement';
import { SiteAccessChoice } from '../privacy/SiteAccessChoice';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Mark } from '../ui/Mark';
import { formatNumber } from '../ui/format';
import { ConnectStep } from './ConnectStep';
import { DoneStep } from './DoneStep';
import { ProtectionStep } from './ProtectionStep';
import { StepList } from './StepList';
import { STEPS, useSetupStep } from './use-setup-step';

/** What the page asks of the browser. The first three open its own question, so each must be called straight from a click. */
export interface SetupProps {
  askHostAccess: (origins: string[]) => Promise<boolean>;
  askSiteAccess: () => Promise<boolean>;
  dropSiteAccess: () => Promise<boolean>;
  openOptions: () => void;
}

interface Part {
  title: string;
  text?: string;
  body: ReactNode;
}

/** The four steps, one at a time, and what stands behind them. */
export function SetupPage({ askHostAccess, askSiteAccess, dropSiteAccess, openOptions }: SetupProps) {
  useLiveUpdates();
  const { step, error, retry, go, heading } = useSetupStep();
  const connections = useRequest('connections.list', {});
  if (step === undefined) {
    return (
      <Frame onLeave={null}>
        <h1 className="sr-only">{i18n.t('setup.title')}</h1>
        {error !== null && <ErrorNotice error={error} onRetry={retry} />}
      </Frame>
    );
  }
  const isConnected = (connections.data ?? []).length > 0;
  const parts: Record<SetupStep, Part> = {
    about: { title: i18n.t('setup.aboutTitle'), text: i18n.t('setup.aboutText'), body: <PrivacyStatement /> },
    connect: {
      title: i18n.t('setup.connectTitle'),
      text: i18n.t('setup.connectText'),
      body: <ConnectStep connections={connections} askHostAccess={askHostAccess} />,
    },
    sites: {
      title: i18n.t('setup.sitesTitle'),
      text: i18n.t('setup.sitesText'),
      body: <SiteAccessChoice askSiteAccess={askSiteAccess} dropSiteAccess={dropSiteAccess} />,
    },
    protection: { title: i18n.t('setup.protectionTitle'), text: i18n.t('setup.protectionText'), body: <ProtectionStep /> },
    done: {
      title: i18n.t('setup.doneTitle'),
      body: <DoneStep isConnected={isConnected} openOptions={openOptions} onAgain={() => go('about')} />,
    },
  };
  const part = parts[step];
  const at = STEPS.findIndex(({ id }) => id === step);
  const isStep = at >= 0;
  const next = STEPS[at + 1]?.id ?? 'done';
  const before = STEPS[at - 1]?.id;
  const forward = at === STEPS.length - 1 ? 'setup.finish' : step === 'connect' && !isConnected ? 'setup.skip' : 'setup.next';
  return (
    <Frame steps={<StepList step={step} onGo={go} />} onLeave={isStep ? () => go('done') : null}>
      {isStep && <p className="text-sm text-faint">{i18n.t('setup.step', [formatNumber(at + 1), formatNumber(STEPS.length)])}</p>}
      <h1 ref={heading} tabIndex={-1} className="text-2xl font-semibold text-balance">
        {part.title}
      </h1>
      {part.text !== undefined && <p className="mt-1 text-pretty text-muted">{part.text}</p>}
      <div className="mt-6 space-y-4">{part.body}</div>
      {isStep && (
        <div className="mt-8 flex items-center gap-2">
          <Button look={forward === 'setup.skip' ? 'secondary' : 'primary'} size="large" onClick={() => go(next)}>
            {i18n.t(forward)}
          </Button>
          {before && (
            <Button look="quiet" size="large" onClick={() => go(before)}>
              {i18n.t('common.back')}
            </Button>
          )}
        </div>
      )}
    </Frame>
  );
}

interface FrameProps {
  steps?: ReactNode;
  /** Null when there is nothing to leave out. */
  onLeave: (() => void) | null;
  children: ReactNode;
}

function Frame({ steps, onLeave, children }: FrameProps) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[44rem] flex-col px-6 pt-6 pb-16 md:pt-12">
      <header className="space-y-5">
        <div className="flex min-h-7 items-center gap-2">
          <p className="flex flex-1 items-center gap-2 text-lg font-semibold">
            <Mark className="size-6" />
            {i18n.t('extName')}
          </p>
          {onLeave && (
            <Button look="quiet" onClick={onLeave}>
              {i18n.t('setup.leave')}
            </Button>
          )}
        </div>
        {steps}
      </header>
      <main tabIndex={-1} className="pt-8">
        {children}
      </main>
    </div>
  );
}
