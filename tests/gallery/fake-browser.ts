/**
 * Stands in for the browser, so that views can be seen without an extension around them. Imported before any view: the
 * i18n library looks for the browser when it is loaded.
 */
import type { EventName, Events, Reply, RequestName } from '@/lib/messaging/protocol';
import { NOW } from './fixtures/now.ts';
import { DEVICE } from './fixtures/vault.ts';
import { ok, type Answers } from './state.ts';
import { stateById } from './states.ts';

declare const __MESSAGES__: Record<string, Record<string, { message: string }>>;

type Listener = (message: unknown) => void;
const listeners = new Set<Listener>();
const NEVER = new Promise<never>(() => {});

const asked = new URLSearchParams(location.search);
export const stateId = asked.get('state');

/** The languages that the gallery speaks. The last is the pseudo-language, which is written from the right. */
export const LANGUAGES = Object.keys(__MESSAGES__);
let language = asked.get('lang') ?? 'en';

/** The views' language from now on. They have to be drawn again. */
export function setLanguage(next: string): void {
  language = next;
}

/** Every view asks first whether it is locked; most states are about something else. */
const USUAL: Answers = {
  'vault.state': ok(DEVICE),
  'receipts.list': ok([]),
  'receipts.dismiss': ok(null),
  'search.find': ok({ items: [], state: 'ready', code: null }),
  'errand.take': ok(null),
  'sync.schedule': ok({ hours: 24, holds: 24, keepDays: 30 }),
  'outbox.list': ok([]),
  'outbox.unsent': ok([]),
  'notices.list': ok([]),
  'basis.template': ok({ template: null, isRequired: false }),
  'basis.suppressed': ok({ count: 0 }),
  'rights.lists': ok([]),
  'draft.load': ok(null),
  'draft.save': ok(null),
  'sidebar.layout': ok({ order: [], closed: [] }),
  'sidebar.arrange': ok(null),
};
const rounds = new Map<RequestName, number>();

async function sendMessage(message: unknown): Promise<Reply<RequestName> | undefined> {
  const { name, payload } = message as { name: RequestName; payload: never };
  const answers = { ...USUAL, ...stateById(stateId)?.answers }[name];
  const round = rounds.get(name) ?? 0;
  rounds.set(name, round + 1);
  const given = typeof answers === 'function' ? answers(payload) : answers;
  const answer = Array.isArray(given) ? (given[round] ?? given.at(-1)) : given;
  if (answer === 'never') return NEVER;
  // As in life: the views hear that a connection is gone before the receipt of it arrives.
  if (name === 'connections.disconnect') {
    emit('connections.changed', {});
    await new Promise((done) => setTimeout(done, 50));
  }
  return answer as Reply<RequestName> | undefined;
}

function getMessage(key: string, substitutions: string | string[] = []): string {
  const text = __MESSAGES__[language]?.[key]?.message ?? '';
  return text.replace(/\$([1-9])/g, (_, digit: string) => [substitutions].flat()[Number(digit) - 1] ?? '');
}

function emit<N extends EventName>(event: N, payload: Events[N]): void {
  for (const listener of listeners) listener({ sidelight: 1, event, payload });
}

Date.now = () => NOW;
/** For a state that is reached by an event of the background: `page.evaluate(() => emit('connections.changed', {}))`. */
Object.defineProperty(globalThis, 'emit', { value: emit });
Object.defineProperty(globalThis, 'browser', {
  value: {
    i18n: { getMessage },
    runtime: {
      id: 'gallery',
      sendMessage,
      onMessage: {
        addListener: (listener: Listener) => listeners.add(listener),
        removeListener: (listener: Listener) => listeners.delete(listener),
      },
    },
  },
});
