import { i18n } from '#i18n';
import type { KeyCrm } from '@/lib/messaging/protocol';
import { cx } from '../ui/class-names';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';

interface Props {
  crm: KeyCrm;
  typed: string;
  onType: (typed: string) => void;
  error: string | undefined;
  /** The key that is known may do as well. */
  optional?: boolean;
}

const TEXTS = {
  espocrm: ['connect.apiKey', 'connect.apiKeyHint'],
  hubspot: ['connect.hubspotToken', 'connect.hubspotTokenHint'],
} as const;

/** The key of an API user, or the token of a private app. It is a secret, so it is not shown while it is typed. */
export function KeyField({ crm, typed, onType, error, optional = false }: Props) {
  const [label, hint] = TEXTS[crm];
  return (
    <Labelled label={i18n.t(label)} required={!optional} error={error} hint={i18n.t(hint)}>
      {(wiring) => (
        <input
          {...wiring}
          type="password"
          value={typed}
          onChange={(event) => onType(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={cx(CONTROL_LOOK, 'h-8 font-mono text-sm')}
        />
      )}
    </Labelled>
  );
}
