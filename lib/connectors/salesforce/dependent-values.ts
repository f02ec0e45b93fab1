import type { PicklistOption } from '../creation-contract';
import type { RawDescribedField } from './api-schemas';

/** The active options of a picklist. `controller` is the field that decides which of them there are, or null. Pure. */
export function picklistOptions(raw: RawDescribedField, controller: RawDescribedField | null): PicklistOption[] {
  const values = controller && controllingValues(controller);
  return raw.picklistValues
    .filter(({ active }) => active)
    .map(({ value, label, validFor }) => ({
      value,
      label: label ?? value,
      validFor: values?.filter((_, place) => isSet(validFor ?? '', place)) ?? null,
    }));
}

/** All values of a controlling field in the order in which `validFor` counts them: the inactive ones have a place too. */
function controllingValues({ type, picklistValues }: RawDescribedField): string[] {
  return type === 'boolean' ? ['false', 'true'] : picklistValues.map(({ value }) => value);
}

/**
 * One bit of `validFor`: base64 of bits, the highest of each byte first (SOAP API guide, "PicklistEntry"). A text that is no
 * base64 has none set.
 */
function isSet(validFor: string, place: number): boolean {
  const sextet = ALPHABET.indexOf(validFor[Math.floor(place / 6)] ?? '=');
  return sextet >= 0 && ((sextet >> (5 - (place % 6))) & 1) === 1;
}
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
