/** The org's limits. Only the API calls are really counted; the rest are what an idle org of this kind has. */
import type { ApiUsage } from './usage.ts';

const IDLE: Readonly<Record<string, number>> = {
  AnalyticsExternalDataSizeMB: 40_960,
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyApexCursorLimit: 10_000,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDurableStreamingApiEvents: 10_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyStreamingApiEvents: 10_000,
  DailyWorkflowEmails: 8_040,
  DataStorageMB: 1_024,
  FileStorageMB: 10_240,
  HourlyAsyncReportRuns: 1_200,
  HourlyDashboardRefreshes: 200,
  HourlySyncReportRuns: 500,
  MassEmail: 5_000,
  PermissionSets: 1_500,
  SingleEmail: 5_000,
  StreamingApiConcurrentClients: 20,
};

export function limitsOf({ used, max }: ApiUsage) {
  const limits = { ...IDLE, DailyApiRequests: max };
  return Object.fromEntries(
    Object.entries(limits)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, Max]) => [name, { Max, Remaining: name === 'DailyApiRequests' ? Math.max(0, max - used) : Max }]),
  );
}
