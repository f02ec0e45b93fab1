import { useEffect, useRef, useState, type RefObject } from 'react';
import { i18n } from '#i18n';
import { request } from '@/lib/messaging/request';
import type { SetupStep } from '@/lib/messaging/protocol';
import { useRequest } from '../hooks/use-request';

interface Setup {
  /** Undefined until it is known where the page was left. */
  step: SetupStep | undefined;
  error: unknown;
  retry: () => void;
  /** Shows a step and remembers it, so that whoever comes back finds it. */
  go: (step: SetupStep) => void;
  /** The heading that takes the focus with each step. */
  heading: RefObject<HTMLHeadingElement | null>;
}

/** Where somebody is in the setup. */
export function useSetupStep(): Setup {
  const left = useRequest('setup.step', {});
  const [gone, setGone] = useState<SetupStep | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const step = gone ?? left.data?.step;

  useEffect(() => {
    if (gone === null) return;
    heading.current?.focus();
    scrollTo({ top: 0 });
  }, [gone]);

  return {
    step,
    error: left.error,
    retry: () => void left.refetch(),
    go(next) {
      setGone(next);
      // One that is not remembered costs a press the next time.
      request('setup.go', { step: next }).catch(() => undefined);
    },
    heading,
  };
}

/** The steps that are numbered, with their short names. */
export const STEPS = [
  { id: 'about', name: () => i18n.t('setup.about') },
  { id: 'connect', name: () => i18n.t('setup.connect') },
  { id: 'sites', name: () => i18n.t('setup.sites') },
  { id: 'protection', name: () => i18n.t('setup.protection') },
] as const satisfies { id: SetupStep; name: () => string }[];
