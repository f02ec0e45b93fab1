import type { BoxName } from '@/lib/storage/sealed-boxes';
import type { Kept, Retention, Use } from '@/lib/shared/data-inventory';

const of =
  (source: Use['source'], who: Use['about']) =>
  (purpose: Use['purpose']): Use => ({ purpose, about: who, source });
const login = of('crm', 'you')('connect');
const figure = of('sidelight', 'nobody');
const choice = of('you', 'nobody');
const typed = of('you', 'person');

const box = (retention: Retention, fields: Record<string, Use>): Kept => ({ retention, protection: 'sealed', fields });
const clear = (retention: Retention, fields: Record<string, Use>): Kept => ({ retention, protection: 'clear', fields });
const fleeting = (fields: Record<string, Use>): Kept => ({ retention: 'browser-close', protection: 'memory', fields });

/** What lies sealed beside the records of a connection, by the name of its box. A box that is missing here does not compile. */
export const BOX_USES: Record<BoxName, Kept> = {
  profile: box('disconnect', { userName: login, orgName: login, host: login }),
  token: box('disconnect', {
    fromTab: login,
    accessToken: login,
    refreshToken: login,
    instanceUrl: login,
    loginOrigin: login,
    clientId: of('you', 'nobody')('connect'),
    userId: login,
    orgId: login,
  }),
  manifest: box('disconnect', {
    nextRun: figure('protect'),
    tables: figure('protect'),
    checkpoints: of('crm', 'nobody')('sync'),
    pending: figure('protect'),
    placement: figure('protect'),
    replacing: figure('protect'),
    commits: figure('protect'),
    seals: figure('protect'),
    thorough: figure('protect'),
  }),
  'sync-status': box('disconnect', {
    runStartedAt: figure('sync'),
    writesAtStart: figure('sync'),
    lastSuccessAt: figure('sync'),
    emptiedAt: figure('sync'),
    lastError: figure('sync'),
    failures: figure('sync'),
    interruptions: figure('sync'),
    halvings: figure('sync'),
    retryAt: figure('sync'),
    skipped: figure('sync'),
    calls: figure('sync'),
    usage: of('crm', 'nobody')('sync'),
    unavailable: of('crm', 'nobody')('sync'),
  }),
  'sync-history': box('fifty-runs', {
    startedAt: figure('prove'),
    endedAt: figure('prove'),
    why: figure('prove'),
    outcome: figure('prove'),
    code: figure('prove'),
    objects: figure('prove'),
    calls: figure('prove'),
    skipped: figure('prove'),
    refused: figure('prove'),
    renewed: figure('prove'),
  }),
  'held-deletions': box('answered', {
    object: figure('sync'),
    count: figure('sync'),
    of: figure('sync'),
    at: figure('sync'),
    answer: choice('sync'),
    answeredAt: figure('sync'),
    ids: of('crm', 'person')('sync'),
  }),
  selection: box('disconnect', {
    objects: choice('decide'),
    scope: choice('decide'),
    leaveOut: choice('decide'),
    reserve: choice('decide'),
  }),
  'site-decisions': box('taken-back', {
    kind: choice('decide'),
    place: of('you', 'company')('decide'),
    accountId: of('you', 'company')('decide'),
    at: choice('decide'),
    never: choice('decide'),
  }),
  'overlay-sites': box('taken-back', {
    place: of('you', 'company')('arrange'),
    tab: choice('arrange'),
    hidden: choice('arrange'),
  }),
  'form-descriptions': box('week', { at: figure('create'), description: of('crm', 'nobody')('create') }),
  'form-choice': box('disconnect', { short: choice('create') }),
  outbox: box('sent', {
    id: figure('create'),
    object: choice('create'),
    label: typed('create'),
    sealedAt: figure('create'),
    typed: typed('create'),
    records: typed('create'),
    way: typed('create'),
    open: figure('create'),
    attempts: figure('create'),
    state: of('crm', 'person')('create'),
  }),
  drafts: box('sent', { draftId: figure('create'), object: choice('create'), typed: typed('create') }),
  'processing-log': box('four-hundred', {
    entries: figure('prove'),
    before: figure('prove'),
    hosts: figure('prove'),
  }),
  'sample-changes': box('disconnect', { version: figure('create'), made: figure('create'), changes: typed('create') }),
  'basis-template': box('disconnect', {
    version: figure('respect'),
    controller: of('you', 'company')('respect'),
    purpose: choice('respect'),
    necessity: choice('respect'),
    safeguards: choice('respect'),
    owner: of('you', 'colleague')('respect'),
    reviewBy: choice('respect'),
    kinds: choice('respect'),
    marginDays: choice('respect'),
  }),
  'basis-rules': box('disconnect', { templateRequired: choice('respect') }),
  suppression: box('taken-back', { key: figure('respect'), hashes: typed('respect'), objected: typed('respect') }),
  erased: box('disconnect', { key: figure('respect'), people: of('crm', 'person')('respect') }),
  objections: box('taken-back', { key: figure('respect'), people: of('crm', 'person')('respect') }),
  notices: box('told', { id: of('crm', 'nobody')('respect'), subject: typed('respect'), due: figure('respect') }),
};

/** What stands outside the encryption, in the extension's own storage on the disk, by its key there. */
export const LOCAL_USES: Record<string, Kept> = {
  connections: clear('disconnect', {
    id: figure('protect'),
    crm: choice('connect'),
    connectedAt: figure('connect'),
    disconnecting: figure('protect'),
    copy: figure('protect'),
    copiedAt: figure('protect'),
  }),
  share: clear('disconnect', { share: figure('protect') }),
  anchor: clear('disconnect', { commits: figure('protect') }),
  marks: clear('disconnect', { numbers: figure('protect') }),
  receipts: clear('seen', {
    id: figure('prove'),
    crm: choice('prove'),
    copy: figure('prove'),
    startedAt: figure('prove'),
    finishedAt: figure('prove'),
    counts: figure('prove'),
    bytes: figure('prove'),
    revocation: of('crm', 'nobody')('prove'),
    verified: figure('prove'),
  }),
  protection: {
    retention: 'reset',
    protection: 'wrapped',
    fields: { mode: choice('protect'), kdf: figure('protect'), wrapped: figure('protect'), passkeys: choice('protect') },
  },
  'locked-by': clear('reset', { reason: figure('protect') }),
  'unlock-failures': clear('reset', { count: figure('protect'), at: figure('protect') }),
  settings: clear('reset', {
    idleMinutes: choice('protect'),
    keepDays: choice('protect'),
    syncHours: choice('sync'),
    sidebar: choice('arrange'),
    overlay: choice('arrange'),
    setup: choice('arrange'),
    tab: choice('arrange'),
  }),
};

/** What is in memory only, by its key there. All of it is gone at a lock, a disconnect and the end of the browser. */
export const SESSION_USES: Record<string, Kept> = {
  vault: fleeting({ key: figure('protect'), at: figure('protect') }),
  'pending-protection': fleeting({ protection: choice('protect'), vaultKey: figure('protect') }),
  frame: fleeting({
    host: of('page', 'company')('show'),
    domain: of('page', 'company')('show'),
    page: of('page', 'company')('show'),
    token: figure('protect'),
    documentId: figure('protect'),
  }),
  'toolbar-tabs': fleeting({ count: figure('show') }),
  overlay: fleeting({ place: of('page', 'company')('arrange'), hidden: choice('arrange'), closed: choice('arrange') }),
  'embedded-views': fleeting({ document: figure('protect') }),
  'live-asked': fleeting({ accountId: of('crm', 'company')('sync'), at: figure('sync') }),
  'catch-up': fleeting({ at: figure('sync') }),
  errand: fleeting({ kind: choice('create'), text: of('page', 'person')('create') }),
};
