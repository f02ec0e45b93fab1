import { i18n } from '#i18n';
import { cx } from '../ui/class-names';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';

interface Props {
  typed: string;
  onType: (typed: string) => void;
  error: string | undefined;
  /** The key that is known may do as well. */
  optional?: boolean;
}

/** The key of an API user. It is a secret, so it is not shown while it is typed. */
export function KeyField({ typed, onType, error, optional = false }: Props) {
  return (
    <Labelled label={i18n.t('connect.apiKey')} required={!optional} error={error} hint={i18n.t('connect.apiKeyHint')}>
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
