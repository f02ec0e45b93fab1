import { NO_POLICY, type Policy, readPolicy } from './policy';

/** The policy of this worker's life. */
export interface PolicyStore {
  get(): Promise<Policy>;
  /** What of it does not fit and is left out, by name. */
  ignored(): Promise<readonly string[]>;
}

/** The browser's side: what is set, and when that changes. */
interface PolicySource {
  load(): Promise<Record<string, unknown>>;
  onChange(handler: () => void): void;
}

/** Reads the policy once and again with every change; `onChange` hears of one when the new policy holds. */
export function createPolicyStore(options: {
  source: PolicySource;
  onChange: (before: Policy, now: Policy) => void;
}): PolicyStore {
  const { source, onChange } = options;
  const load = async () => readPolicy(await source.load());
  let known: ReturnType<typeof load> = load();
  known.catch(() => undefined);
  source.onChange(() => {
    const before = known.catch(() => ({ policy: NO_POLICY }));
    // Questions that come from now on wait for the new one.
    known = load();
    Promise.all([before, known]).then(
      ([{ policy: old }, { policy }]) => onChange(old, policy),
      () => undefined,
    );
  });
  return {
    get: async () => (await known).policy,
    ignored: async () => (await known).ignored,
  };
}
