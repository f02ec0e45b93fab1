import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Building2, CircleCheckBig, HandCoins, Plus, UserRound, UserRoundPlus, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import { IconButton } from '../ui/IconButton';
import { useCreatable } from './use-creatable';

/** In the order of how often people make one beside a site. */
const CHOICES: readonly { object: CreatableObject; icon: LucideIcon }[] = [
  { object: 'lead', icon: UserRoundPlus },
  { object: 'contact', icon: UserRound },
  { object: 'account', icon: Building2 },
  { object: 'opportunity', icon: HandCoins },
  { object: 'task', icon: CircleCheckBig },
];
const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

interface Props {
  /** Something is typed into that form already. */
  hasDraft: (object: CreatableObject) => boolean;
  onChoose: (object: CreatableObject) => void;
}

/** What can be created. Needs a positioned ancestor, below whose end it opens. */
export function NewMenu({ hasDraft, onChoose }: Props) {
  const id = useId();
  const mayCreate = useCreatable();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!open) return;
    menu.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const onPress = ({ target }: PointerEvent) => {
      const isInside = target instanceof Node && (menu.current?.contains(target) || button.current?.contains(target));
      if (!isInside) setOpen(false);
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => document.removeEventListener('pointerdown', onPress, true);
  }, [open]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const step = STEPS[event.key];
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') setOpen(false);
    else if (step !== undefined) items[(at + step + items.length) % items.length]?.focus();
    else if (event.key === 'Home') items[0]?.focus();
    else if (event.key === 'End') items.at(-1)?.focus();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
  };
  return (
    <>
      <IconButton
        ref={button}
        icon={Plus}
        label={i18n.t('form.new')}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div
          ref={menu}
          id={id}
          role="menu"
          aria-label={i18n.t('form.new')}
          tabIndex={-1}
          onKeyDown={onKey}
          className="absolute end-2 top-full z-20 -mt-1 min-w-44 rounded-lg border border-edge bg-raised p-1 shadow-high"
        >
          {CHOICES.filter(({ object }) => mayCreate(object)).map(({ object, icon: Icon }) => (
            <button
              key={object}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                setOpen(false);
                onChoose(object);
              }}
              className="flex h-7 w-full items-center gap-2 rounded-md px-2 text-start hover:bg-hover focus-visible:bg-accent-soft focus-visible:outline-none"
            >
              <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" strokeWidth={1.75} />
              {i18n.t(hasDraft(object) ? `form.goOn.${object}` : `form.title.${object}`)}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
