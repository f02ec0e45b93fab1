import type { RequestName } from './protocol';

/**
 * Who may send what. A role is taken from where the browser says a message comes from, never from the message. The
 * content script runs in the page's process: a hostile page may forge whatever it sends, so it may only ask and close.
 */
export type Role = 'content' | 'sidebar' | 'sidepanel' | 'popup' | 'options' | 'setup';

export interface SenderFacts {
  id: string | undefined;
  url: string | undefined;
  origin: string | undefined;
  frameId: number | undefined;
  tabId: number | undefined;
  documentId: string | undefined;
}

const PAGES: Record<string, Role> = {
  '/sidebar.html': 'sidebar',
  '/sidepanel.html': 'sidepanel',
  '/popup.html': 'popup',
  '/options.html': 'options',
  '/setup.html': 'setup',
};

const VIEWS: readonly Role[] = ['popup', 'options'];
/** Pages of the extension in a tab of their own, in which a CRM is connected and protection set up. */
const IN_A_TAB: readonly Role[] = ['options', 'setup'];
/** Views about the tab in front, in a window of the browser's own: no page can lay anything over them. */
const BESIDE: readonly Role[] = ['popup', 'sidepanel'];
const ALLOWED: Record<RequestName, readonly Role[]> = {
  'overlay.ask': ['content'],
  'overlay.move': ['content'],
  'overlay.closed': ['content'],
  'overlay.outside': ['content'],
  'overlay.hidden': ['popup'],
  'overlay.show': ['popup'],
  'overlay.settings': ['options'],
  'overlay.configure': ['options'],
  'overlay.showAt': ['options'],
  'sidebar.here': ['sidebar'],
  'sidebar.hide': ['sidebar'],
  'sidebar.open': ['sidebar'],
  'sidebar.account': ['sidebar'],
  'sidebar.layout': ['sidebar', 'sidepanel'],
  'sidebar.arrange': ['sidebar', 'sidepanel'],
  'sidebar.close': ['sidebar'],
  'site.state': BESIDE,
  'account.view': BESIDE,
  'site.suggestions': BESIDE,
  'site.decide': BESIDE,
  'site.takeBack': [...VIEWS, 'sidepanel'],
  'accounts.named': BESIDE,
  'decisions.list': ['options'],
  'decisions.reset': ['options'],
  'decisions.never': ['options'],
  'connections.list': [...VIEWS, 'setup'],
  'connections.connect': IN_A_TAB,
  'connections.sample': IN_A_TAB,
  'connections.connectByTab': IN_A_TAB,
  'connections.connectByKey': IN_A_TAB,
  'connections.reconnect': ['options'],
  'connections.renewKey': ['options'],
  'connections.disconnect': VIEWS,
  'connections.setup': IN_A_TAB,
  'receipts.list': VIEWS,
  'receipts.dismiss': VIEWS,
  'sync.schedule': ['options'],
  'sync.every': ['options'],
  'diagnostics.make': ['options'],
  'backup.make': ['options'],
  'backup.check': ['options'],
  'backup.apply': ['options'],
  'sync.start': VIEWS,
  'sync.history': ['options'],
  'sync.held': ['options'],
  'sync.answer': ['options'],
  'selection.get': ['options'],
  'selection.usual': ['options'],
  'selection.fields': ['options'],
  'selection.preview': ['options'],
  'selection.save': ['options'],
  'search.find': BESIDE,
  'errand.take': BESIDE,
  'creation.objects': BESIDE,
  'creation.form': BESIDE,
  'creation.prefill': BESIDE,
  'creation.lookUp': BESIDE,
  'creation.choice': BESIDE,
  'creation.choose': BESIDE,
  'creation.changeable': BESIDE,
  'creation.change': BESIDE,
  'creation.convert': BESIDE,
  'outbox.send': BESIDE,
  'outbox.list': BESIDE,
  'outbox.unsent': VIEWS,
  'outbox.retry': BESIDE,
  'outbox.edit': BESIDE,
  'outbox.drop': BESIDE,
  'outbox.undo': BESIDE,
  'outbox.reset': BESIDE,
  'draft.save': BESIDE,
  'draft.load': BESIDE,
  'draft.drop': BESIDE,
  'creation.duplicates': BESIDE,
  'policy.get': IN_A_TAB,
  'privacy.retention': ['options'],
  'privacy.retain': ['options'],
  'privacy.stored': ['options'],
  'privacy.ages': ['options'],
  'privacy.log': ['options'],
  'privacy.exportLog': ['options'],
  'rights.find': ['options'],
  'rights.export': ['options'],
  'rights.erase': ['options'],
  'rights.object': ['options'],
  'rights.lists': ['options'],
  'rights.letIn': ['options'],
  'rights.reset': ['options'],
  'basis.template': ['options'],
  'basis.saveTemplate': ['options'],
  'basis.importTemplate': ['options'],
  'basis.requireTemplate': ['options'],
  'basis.suppressed': ['options'],
  'basis.suppress': ['options'],
  'basis.resetSuppressed': ['options'],
  'notices.list': BESIDE,
  'notices.dismiss': BESIDE,
  'setup.step': ['setup'],
  'setup.go': ['setup'],
  'sites.access': [...VIEWS, 'sidepanel', 'setup'],
  'vault.state': [...VIEWS, 'sidebar', 'sidepanel', 'setup'],
  'vault.unlock': [...VIEWS, 'sidepanel'],
  'vault.unlockWithPasskey': VIEWS,
  'vault.lock': VIEWS,
  'vault.setPassphrase': IN_A_TAB,
  'vault.removePassphrase': IN_A_TAB,
  'vault.addPasskey': ['options'],
  'vault.removePasskey': ['options'],
  'vault.configure': ['options'],
  'vault.reset': [...VIEWS, 'sidepanel'],
};

/** What is answered while the vault is locked. Everything else is refused with `vault.locked`. */
const WHILE_LOCKED: ReadonlySet<RequestName> = new Set([
  'overlay.ask',
  'overlay.outside',
  'sidebar.here',
  'connections.setup',
  'receipts.list',
  'receipts.dismiss',
  'setup.step',
  'setup.go',
  'sites.access',
  'vault.state',
  'vault.unlock',
  'vault.unlockWithPasskey',
  // Where the organisation asks for a passphrase it is what unlocks; its handler refuses every other lock.
  'vault.setPassphrase',
  'vault.lock',
  'vault.reset',
]);

export function isAnsweredWhileLocked(name: RequestName): boolean {
  return WHILE_LOCKED.has(name);
}

/** The role of a sender, or null for one that may say nothing. `self` is the extension's own id and origin. */
export function roleOf(sender: SenderFacts, self: { id: string; origin: string }): Role | null {
  if (sender.id !== self.id || !sender.url || sender.origin === 'null') return null;
  const url = URL.parse(sender.url);
  if (!url) return null;
  const origin = sender.origin ?? url.origin;
  if (url.protocol === new URL(self.origin).protocol) {
    return origin === self.origin ? (PAGES[url.pathname] ?? null) : null;
  }
  const isPage = url.protocol === 'https:' || url.protocol === 'http:';
  return isPage && origin === url.origin && sender.frameId === 0 && sender.tabId !== undefined ? 'content' : null;
}

export function mayRequest(role: Role, name: RequestName): boolean {
  return ALLOWED[name].includes(role);
}

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(ALLOWED, name);
}
