import type { BasisPlace, BasisToStore, CreatableObject } from '../creation-contract';
import type { RawDescribedField } from './api-schemas';

type Kind = BasisToStore['kind'];

/** Custom fields for the basis, by their names without namespace, `GDPR`/`DSGVO`, underscores and case. */
const NAMES = {
  kind: new Set(['legalbasis', 'rechtsgrundlage']),
  note: new Set(['legalbasisnote', 'legalbasisreason', 'lia', 'rechtsgrundlagebegruendung']),
  day: new Set(['legalbasisdate', 'rechtsgrundlagedatum']),
};

/** What a field of text is given. */
const ARTICLES: Record<Kind, string> = {
  consent: 'Art. 6(1)(a) GDPR',
  contract: 'Art. 6(1)(b) GDPR',
  'legal-obligation': 'Art. 6(1)(c) GDPR',
  'legitimate-interest': 'Art. 6(1)(f) GDPR',
};
/** `Art. 6(1)(a)`, `6 Abs. 1 lit. a`. */
const named = (words: string, letter: string) => new RegExp(`${words}|\\b6\\W*(?:abs\\W*)?1\\W*(?:lit\\W*)?${letter}\\b`, 'i');
/** What picklists call each basis. */
const OPTIONS: Record<Kind, RegExp> = {
  consent: named('consent|einwilligung', 'a'),
  contract: named('contract|vertrag', 'b'),
  'legal-obligation': named('obligation|verpflichtung', 'c'),
  'legitimate-interest': named('legitimate|berechtigt', 'f'),
};
/** What says that there is none. */
const NEGATED = /\b(?:no|not|without|withdrawn|revoked|expired|pending|kein\w*|nicht|ohne|widerruf\w*|abgelaufen|ausstehend)\b/i;
/** What the gate asks for; a CRM that knows no legal obligation may do without. */
const NEEDED: readonly Kind[] = ['consent', 'contract', 'legitimate-interest'];
/** The longest block that there can be (lib/privacy/legal-basis.ts). */
const ROOM_FOR_WORDS = 2200;
const ROOM_FOR_ARTICLE = 20;

/**
 * Where an organisation keeps the legal basis of its Leads and Contacts: custom fields by their names (docs/legal-basis-in-salesforce.md),
 * and an Individual where data protection is switched on (Object reference, "Individual"). Null for what is no person. Pure.
 */
export function basisPlaceOf(object: CreatableObject, fields: readonly RawDescribedField[]): BasisPlace | null {
  if (object !== 'lead' && object !== 'contact') return null;
  const own = (names: ReadonlySet<string>) => fields.find(({ name, createable }) => createable && names.has(bareName(name)));
  const individual = fields.find(({ name }) => name === 'IndividualId');
  return {
    kind: kindPlace(own(NAMES.kind)),
    note: notePlace(own(NAMES.note)),
    day: dayPlace(own(NAMES.day)),
    person:
      individual?.createable && individual.referenceTo?.includes('Individual')
        ? { object: 'Individual', field: individual.name }
        : null,
  };
}

/** `acme__GDPR_Legal_Basis__c` → `legalbasis`; empty for a field that is no custom one. */
function bareName(name: string): string {
  const bare = /^(?:\w+?__)?(\w+)__c$/i.exec(name)?.[1] ?? '';
  return bare
    .replaceAll('_', '')
    .toLowerCase()
    .replace(/^(?:gdpr|dsgvo)/, '');
}

/** Only a picklist that has exactly one value for each basis says what the user has said. */
function kindPlace(field: RawDescribedField | undefined): BasisPlace['kind'] {
  if (field?.type === 'string' && field.length >= ROOM_FOR_ARTICLE) return { field: field.name, values: ARTICLES };
  if (field?.type !== 'picklist' || field.controllerName) return null;
  const offered = field.picklistValues.filter(({ active, value, label }) => active && !NEGATED.test(`${value} ${label ?? ''}`));
  const values: Partial<Record<Kind, string>> = {};
  for (const [kind, pattern] of Object.entries(OPTIONS) as [Kind, RegExp][]) {
    const [found, ...more] = offered.filter(({ value, label }) => pattern.test(`${value} ${label ?? ''}`));
    if (found && more.length === 0) values[kind] = found.value;
  }
  return NEEDED.every((kind) => values[kind] !== undefined) ? { field: field.name, values } : null;
}

function notePlace(field: RawDescribedField | undefined): BasisPlace['note'] {
  return field?.type === 'textarea' && field.length >= ROOM_FOR_WORDS ? { field: field.name, maxLength: field.length } : null;
}

function dayPlace(field: RawDescribedField | undefined): BasisPlace['day'] {
  if (field?.type !== 'date' && field?.type !== 'datetime') return null;
  return { field: field.name, isMoment: field.type === 'datetime' };
}
