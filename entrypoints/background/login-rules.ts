import type { Session } from '@/lib/connectors/connector';
import { AppError } from '@/lib/shared/errors';
import { allowsLogin } from '@/lib/settings/policy';
import type { PolicyStore } from '@/lib/settings/policy-store';

/** What the organisation allows of logins: those that are stored, and those that are to be made. */
export function createLoginRules(policy: Pick<PolicyStore, 'get'>) {
  const allows = async (clientId: string, host: string) => allowsLogin(await policy.get(), { clientId, host });
  return {
    /** Whether the CRM may be asked anything with this login. */
    mayUse: ({ clientId, loginOrigin }: Session): Promise<boolean> => allows(clientId, new URL(loginOrigin).hostname),

    /** The login of a tab and a key have no app. @throws AppError `policy.refused`, before anybody is asked to sign in */
    async requireAllowed(host: string, clientId = ''): Promise<void> {
      if (!(await allows(clientId, host.trim().toLowerCase()))) throw new AppError('policy.refused');
    },
  };
}
