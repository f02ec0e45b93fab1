import type { SyncProgress } from '@/lib/messaging/protocol';

/** The part of the whole run that is done, 0 to 1. Counts move while a sync runs, so more can be done than was counted. */
export function shareDone({ overallDone, overallTotal }: SyncProgress): number {
  if (!(overallTotal > 0)) return 0;
  return Math.min(1, Math.max(0, overallDone / overallTotal));
}
