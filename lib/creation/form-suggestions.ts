import type { CreatableObject } from '@/lib/connectors/creation-contract';
import { leadFromText } from './lead-from-text';
import { companyName, type PageFacts, type Suggestion } from './page-prefill';

/** What a form may be filled from: the site in front and what its page says of itself, or a text that was marked or typed. */
export interface FormOccasion {
  site: { host: string; domain: string } | null;
  facts: PageFacts | null;
  text: string | null;
}

/** Suggestions for a form by the model's names of its fields. A text counts alone: it says whom somebody means. */
export function formSuggestions(object: CreatableObject, { site, facts, text }: FormOccasion): Record<string, Suggestion> {
  const found = text === null ? ofSite(site, facts) : byModel(leadFromText(text));
  if (object === 'lead') return found;
  const { company, website, phone, email, firstName, lastName } = found;
  if (object === 'account') return present({ name: company, website, phone });
  if (object === 'contact' && text !== null) return present({ firstName, lastName, email, phone });
  return {};
}

function ofSite(site: FormOccasion['site'], facts: PageFacts | null): Record<string, Suggestion> {
  if (!site) return {};
  return {
    company: companyName(facts, site.domain),
    website: { value: `https://${site.host}`, source: 'site-address' },
  };
}

/** `FirstName` → `firstName`. */
const byModel = (found: Record<string, Suggestion>) =>
  Object.fromEntries(Object.entries(found).map(([name, one]) => [name.charAt(0).toLowerCase() + name.slice(1), one]));

const present = (all: Record<string, Suggestion | undefined>) =>
  Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Suggestion] => entry[1] !== undefined));
