import { useState, type ReactNode, type RefObject } from 'react';
import { Eye, EyeOff } from 'lucide-react';
import { i18n } from '#i18n';
import { IconButton } from '../ui/IconButton';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';

interface Props {
  label: string;
  /** What is typed is read from here and is kept nowhere else: no state of React holds a passphrase. */
  field: RefObject<HTMLInputElement | null>;
  error?: string | undefined;
  hint?: ReactNode;
  onInput?: (typed: string) => void;
  readOnly?: boolean;
}

/** A passphrase, hidden until its eye is pressed. No password manager and no spell checker of the browser gets to see it. */
export function PassphraseField({ label, field, error, hint, onInput, readOnly = false }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <Labelled label={label} error={error} hint={hint}>
      {(wiring) => (
        <div className="relative">
          <input
            {...wiring}
            ref={field}
            type={shown ? 'text' : 'password'}
            readOnly={readOnly}
            onInput={(event) => onInput?.(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
            className={cx(CONTROL_LOOK, 'h-8 pe-9')}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={i18n.t(shown ? 'vault.hide' : 'vault.show')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0.5 end-0.5"
          />
        </div>
      )}
    </Labelled>
  );
}
