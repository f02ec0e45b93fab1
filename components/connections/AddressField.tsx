import { cx } from '../ui/class-names';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';

interface Props {
  label: string;
  hint: string;
  /** What such an address looks like. */
  example: string;
  typed: string;
  onType: (typed: string) => void;
  error: string | undefined;
  className?: string;
}

/** The address of a CRM, as people paste it: with or without `https://`. */
export function AddressField({ label, hint, example, typed, onType, error, className = '' }: Props) {
  return (
    <Labelled label={label} required error={error} hint={hint} className={className}>
      {(wiring) => (
        <input
          {...wiring}
          value={typed}
          onChange={(event) => onType(event.target.value)}
          placeholder={example}
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className={cx(CONTROL_LOOK, 'h-8')}
        />
      )}
    </Labelled>
  );
}
