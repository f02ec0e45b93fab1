import { i18n } from '#i18n';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { cx } from '../ui/class-names';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';

interface Props {
  typed: string;
  onType: (typed: string) => void;
  error: string | undefined;
  /** The organisation has set it. */
  isSet: boolean;
}

/** The consumer key of the organisation's app. */
export function ConsumerKeyField({ typed, onType, error, isSet }: Props) {
  return (
    <Labelled
      label={i18n.t('connect.key')}
      required
      error={error}
      hint={isSet ? <SetByOrganisation /> : i18n.t('connect.keyHint')}
    >
      {(wiring) => (
        <input
          {...wiring}
          value={typed}
          readOnly={isSet}
          onChange={(event) => onType(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={cx(CONTROL_LOOK, 'h-8 font-mono text-sm', isSet && 'bg-subtle text-muted')}
        />
      )}
    </Labelled>
  );
}
