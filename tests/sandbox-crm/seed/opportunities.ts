import { CURRENCIES, OPPORTUNITY_TYPES, STAGES } from '../org/schema/picklists.ts';
import type { Row } from '../org/table.ts';
import { DAY, toWireDate } from '../org/wire-time.ts';
import { share } from './seed-context.ts';
import type { SeedContext, SeededAccount } from './seed-context.ts';

const TOPICS = [
  'Annual subscription',
  'Pilot',
  'Roll-out',
  'Renewal',
  'Extension',
  'Training days',
  'Support contract',
  'Second site',
] as const;
/** Open deals spread over the stages, about half are closed, more won than lost. */
const WEIGHTS: readonly (readonly [(typeof STAGES)[number], number])[] = STAGES.map(
  (stage) => [stage, stage.won ? 26 : stage.closed ? 18 : 7] as const,
);

export function seedOpportunities(context: SeedContext, accounts: readonly SeededAccount[], contacts: Map<string, Row[]>): Row[] {
  const { org, random, options, stamp } = context;
  const today = org.clock.now();
  return Array.from({ length: accounts.length === 0 ? 0 : share(options.opportunities, accounts.length, 1.04) }, () => {
    const account = random.pick(accounts)?.row;
    const stage = random.weighted(WEIGHTS);
    const topic = random.pick(TOPICS);
    const currency = String(account?.CurrencyIsoCode ?? 'EUR');
    const rate = CURRENCIES.find(([iso]) => iso === currency)?.[2] ?? 1;
    // A few open deals are overdue, as in every real pipeline.
    const days = stage.closed ? -random.between(0, 540) : random.between(-20, 200);
    const euros = random.between(1, 60) * 10 ** random.between(2, 4);
    return org.insert('Opportunity', {
      Name: `${String(account?.Name ?? '').slice(0, 90)} - ${topic}`,
      AccountId: account?.Id ?? null,
      StageName: stage.name,
      Amount: random.chance(0.95) ? Math.round((euros * rate) / 10) * 10 : null,
      CloseDate: toWireDate(today + days * DAY),
      Type: random.pick(OPPORTUNITY_TYPES) ?? null,
      NextStep: stage.closed
        ? null
        : random.pick(['Send quote', 'Call the buyer', 'Technical workshop', 'Legal review', '']) || null,
      ContactId: contacts.get(account?.Id ?? '')?.[0]?.Id ?? null,
      LeadSource: random.pick(['Web', 'Partner Referral', 'Phone Inquiry']),
      CurrencyIsoCode: currency,
      OwnerId: account?.OwnerId ?? org.userId,
      CreatedDate: stamp(),
    });
  });
}
