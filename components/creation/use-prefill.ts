import { useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { CreatableObject, FoundValue, RecordForm } from '@/lib/messaging/creation-protocol';
import { request } from '@/lib/messaging/request';
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
  const filled = useMemo(() => values && leaveOut(values, isUsed.current ? focusedField() : null), [values, isUsed]);
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

async function valuesFor(payload: { object: CreatableObject } & Occasion): Promise<Record<string, FoundValue>> {
  const prefill = await request('creation.prefill', payload);
  const { values, phones } = prefill;
  if (!phones || phones.found.length === 0) return values;
  // Its tables are larger than the form: they are there for whom the page gives a number.
  const { firstPhone } = await import('./phone-number');
  const phone = firstPhone(prefill);
  const fits = phone !== null && (phones.maxLength === null || phone.value.length <= phones.maxLength);
  return fits ? { ...values, [phones.field]: phone } : values;
}

const focusedField = (): string | null => document.activeElement?.getAttribute('name') ?? null;

const leaveOut = (values: Record<string, FoundValue>, name: string | null): Record<string, FoundValue> =>
  Object.fromEntries(Object.entries(values).filter(([field]) => field !== name));
