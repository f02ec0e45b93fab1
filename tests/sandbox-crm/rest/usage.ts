import type { SandboxClock } from '../org/clock.ts';
import { DAY } from '../org/wire-time.ts';

/** The org's daily API calls. */
export interface ApiUsage {
  /** Calls since midnight of the CRM's clock; may be set, to bring the org near its limit. */
  used: number;
  max: number;
}

export interface ApiMeter extends ApiUsage {
  /** Counts one call. @returns whether the org still had one */
  spend(): boolean;
}

export function createUsage(max: number, clock: SandboxClock): ApiMeter {
  let day = Math.floor(clock.now() / DAY);
  return {
    used: 0,
    max,
    spend() {
      const today = Math.floor(clock.now() / DAY);
      if (today !== day) this.used = 0;
      day = today;
      if (this.used >= this.max) return false;
      this.used++;
      return true;
    },
  };
}
