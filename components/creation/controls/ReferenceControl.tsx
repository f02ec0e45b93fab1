import { useId, useState, type KeyboardEvent } from 'react';
import { X } from 'lucide-react';
import { i18n } from '#i18n';
import type { CreatableObject, LookUpHit } from '@/lib/messaging/creation-protocol';
import { useDebounced } from '../../hooks/use-debounced';
import { useRequest } from '../../hooks/use-request';
import { Badge } from '../../ui/Badge';
import { CrmText } from '../../ui/CrmText';
import { IconButton } from '../../ui/IconButton';
import { CONTROL_LOOK } from '../../ui/Labelled';
import { cx } from '../../ui/class-names';
import { sentenceOf } from '../../ui/sentence';
import { readable } from '../../ui/text';
import { type ControlProps, PRIVATE } from './control';

interface Props extends Omit<ControlProps, 'onChange'> {
  connectionId: string;
  object: CreatableObject;
  /** What the chosen record is called; null when nobody knows. */
  label: string | null;
  /** An empty id: none. */
  onChoose: (id: string, label: string) => void;
}

const SHORTEST = 2;
/** A question costs the organisation a call; nobody reads what comes between two letters. */
const PAUSE_MS = 250;
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** Another record: searched for by its name in the CRM, and chosen from what is found. */
export function ReferenceControl({ field, value, wiring, connectionId, object, label, onChoose }: Props) {
  const id = useId();
  const [text, setText] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const wanted = useDebounced((text ?? '').trim(), PAUSE_MS);
  const isAsked = text !== null && wanted.length >= SHORTEST && text.trim().length >= SHORTEST;
  const question = { connectionId, object, field: field.name, text: wanted };
  const found = useRequest('creation.lookUp', question, { enabled: isAsked });
  const hits = isAsked ? (found.data ?? []) : [];
  const isOpen = text !== null && hits.length > 0;
  const optionId = (index: number) => `${id}-${index}`;
  const shown = text ?? (value === '' ? '' : readable(label ?? value));

  const choose = (hit: LookUpHit) => {
    onChoose(hit.id, hit.label);
    setText(null);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    // While letters are put together, Enter and the arrows belong to the input method.
    if (event.nativeEvent.isComposing) return;
    const step = STEPS[event.key];
    const hit = hits[active];
    if (event.key === 'Escape' && text !== null) {
      setText(null);
      event.preventDefault();
      event.stopPropagation();
    } else if (isOpen && step !== undefined) {
      setActive((active + step + hits.length) % hits.length);
      event.preventDefault();
    } else if (event.key === 'Enter' && text !== null) {
      // Never sends the form: what is typed is no record yet.
      event.preventDefault();
      if (hit) choose(hit);
    }
  };

  return (
    <div className="relative">
      <input
        {...wiring}
        {...PRIVATE}
        name={field.name}
        type="text"
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-activedescendant={isOpen ? optionId(active) : undefined}
        aria-autocomplete="list"
        placeholder={i18n.t('form.lookUp')}
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          if (value !== '') onChoose('', '');
        }}
        onKeyDown={onKey}
        onBlur={() => hits.length === 0 && text?.trim() === '' && setText(null)}
        className={cx(CONTROL_LOOK, 'h-7', value !== '' && 'pe-7')}
      />
      {value !== '' && text === null && (
        <IconButton
          icon={X}
          label={i18n.t('form.remove', { name: readable(label ?? value) })}
          onClick={() => onChoose('', '')}
          className="absolute end-0 top-0"
        />
      )}
      {isOpen && (
        <div
          role="listbox"
          id={`${id}-list`}
          aria-label={readable(field.label)}
          className="absolute inset-x-0 top-full z-10 mt-1 max-h-44 overflow-y-auto rounded-md border border-edge bg-raised py-1 shadow-high"
        >
          {hits.map((hit, index) => (
            <Hit
              key={hit.id}
              id={optionId(index)}
              hit={hit}
              isActive={index === active}
              isOfMany={field.references.length > 1}
              onPoint={() => index !== active && setActive(index)}
              onChoose={() => choose(hit)}
            />
          ))}
        </div>
      )}
      <p role="status" className={isAsked && hits.length === 0 ? 'mt-1 text-xs text-faint' : 'sr-only'}>
        {isAsked && (found.error ? sentenceOf(found.error) : found.data && foundWords(hits.length, wanted))}
      </p>
    </div>
  );
}

function foundWords(count: number, text: string): string {
  return count === 0 ? i18n.t('form.lookUpNone', { text: readable(text) }) : i18n.t('form.lookUpFound', count);
}

interface HitProps {
  id: string;
  hit: LookUpHit;
  isActive: boolean;
  isOfMany: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Hit({ id, hit, isActive, isOfMany, onPoint, onChoose }: HitProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, and says which option is meant
    // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are the field's
    <div
      role="option"
      id={id}
      aria-selected={isActive}
      onPointerMove={onPoint}
      // The field must not lose the focus before the click has arrived.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cx('flex items-center gap-2 px-2 py-1', isActive && 'bg-accent-soft')}
    >
      <span className="min-w-0 flex-1">
        <CrmText text={hit.label} className="block truncate" />
        {hit.detail && <CrmText text={hit.detail} className="block truncate text-sm text-muted" />}
      </span>
      {isOfMany && (
        <Badge>
          <CrmText text={hit.object} />
        </Badge>
      )}
    </div>
  );
}
