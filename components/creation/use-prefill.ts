import { useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { CreatableObject, RecordForm } from '@/lib/messaging/creation-protocol';
import { request } from '@/lib/messaging/request';
import { formSuggestions, suggestedFields } from '@/lib/prefill/form-suggestions';
import type { Suggestion } from '@/lib/prefill/suggestion';
import { displayLocale } from '../ui/format';
import type { Occasion } from './record-draft';
import { withPrefill } from './with-prefill';

/** A page answers faster; one that does not is not waited for. */
const PATIENCE_MS = 100;
const USE = ['keydown', 'pointerdown', 'input', 'focusin'] as const;

/**
 * `form` with what the page or a text says, or null while it is waited for, which is a moment at most. What comes later goes into
 * the fields that are left, never where somebody is typing or has typed.
 */
export function usePrefill(object: CreatableObject, occasion: Occasion, form: RecordForm | undefined): RecordForm | null {
  const payload = { object, ...occasion };
  const found = useQuery({ queryKey: ['creation.prefill', payload], queryFn: () => valuesFor(payload) });
  const [isPatient, setIsPatient] = useState(true);
  const waits = form !== undefined && found.isPending;
  useEffect(() => {
    if (!waits) return;
    const timer = setTimeout(() => setIsPatient(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  const values = found.data;
  const isUsed = useUse(waits && !isPatient);
  // Where somebody has put the cursor by then is theirs already; where we have put it is not.
  const held = useMemo(() => (values && isUsed.current ? focusedField() : null), [values, isUsed]);
  const filled = useMemo(() => form && values && leaveOut(suggestedFields(form, values), held), [form, values, held]);
  useEffect(() => {
    const field = document.activeElement;
    // Who begins to type there now replaces it.
    if (filled && field instanceof HTMLInputElement && Object.hasOwn(filled, field.name)) field.select();
  }, [filled]);
  return useMemo(() => {
    if (!form || (found.isPending && isPatient)) return null;
    return filled ? withPrefill(form, filled) : form;
  }, [form, filled, found.isPending, isPatient]);
}

/** Whether somebody has done anything in the form since `isShown`; the cursor that the form itself puts down comes before. */
function useUse(isShown: boolean): { readonly current: boolean } {
  const isUsed = useRef(false);
  useEffect(() => {
    if (!isShown) return;
    const use = () => {
      isUsed.current = true;
    };
    for (const name of USE) document.addEventListener(name, use);
    return () => {
      for (const name of USE) document.removeEventListener(name, use);
    };
  }, [isShown]);
  return isUsed;
}

/** What was found, by the model's names of the fields. */
async function valuesFor(payload: { object: CreatableObject } & Occasion): Promise<Record<string, Suggestion>> {
  const { site, page } = await request('creation.prefill', payload);
  const { values, phones, countries } = formSuggestions(payload.object, { site, page, text: payload.text }, displayLocale());
  if (phones.length === 0) return values;
  // Its tables are larger than the form: they are there for whom the page gives a number.
  const { firstPhone } = await import('./phone-number');
  const phone = firstPhone(phones, countries);
  return phone ? { ...values, phone } : values;
}

const focusedField = (): string | null => document.activeElement?.getAttribute('name') ?? null;

const leaveOut = (values: Record<string, Suggestion>, name: string | null): Record<string, Suggestion> =>
  Object.fromEntries(Object.entries(values).filter(([field]) => field !== name));
