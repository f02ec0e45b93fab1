/** Trouble at random, but the same trouble for the same seed and the same requests. */
import { createRandom } from '../seed/random.ts';
import type { Random } from '../seed/random.ts';
import type { FaultKind, Match } from './faults.ts';

export interface RandomTrouble {
  seed: number;
  /** The probability of each matching request to be hit, from 0 to 1. */
  share: number;
  /** What may happen, each as likely as the others; everything a network and a CRM do when left out. */
  kinds?: readonly FaultKind[];
  /** The requests to the API when left out; signing in and refreshing then always work. */
  match?: Match;
}

export const EVERY_API_REQUEST: Match = { path: /^\/services\/data\// };

/** Decides about one request after another. */
export function createTrouble({ seed, share, kinds }: RandomTrouble): () => FaultKind | undefined {
  const random = createRandom(seed);
  return () => {
    // Every request takes the same draws, so that what hits one does not depend on what hit the one before.
    const hit = random.chance(share);
    const choices = kinds ?? anyKind(random);
    const fault = random.pick(choices);
    return hit ? fault : undefined;
  };
}

function anyKind(random: Random): FaultKind[] {
  const afterBytes = random.between(1, 20_000);
  const retryAfter = random.chance(0.5) ? '0' : '1';
  const ms = random.between(1, 25);
  return [
    { kind: 'drop' },
    { kind: 'drop', afterBytes },
    { kind: 'truncate' },
    { kind: 'server-error' },
    { kind: 'maintenance' },
    { kind: 'html' },
    { kind: 'too-many-requests', retryAfter },
    { kind: 'latency', ms },
    { kind: 'session-expired' },
  ];
}
