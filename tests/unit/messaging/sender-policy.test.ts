import { describe, expect, it } from 'vitest';
import type { RequestName } from '@/lib/messaging/protocol';
import { REQUEST_SCHEMAS } from '@/lib/messaging/schemas';
import { isRequestName, mayRequest, type Role, roleOf, type SenderFacts } from '@/lib/messaging/sender-policy';
import { SELF, SENDERS } from './roles';

/** The specification: who may ask for what. Whatever is not named here is refused. */
const MAY: Record<RequestName, Role[]> = {
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
  'sidebar.close': ['sidebar'],
  'sidebar.layout': ['sidebar', 'sidepanel'],
  'sidebar.arrange': ['sidebar', 'sidepanel'],
  'site.state': ['popup', 'sidepanel'],
  'account.view': ['popup', 'sidepanel'],
  'site.suggestions': ['popup', 'sidepanel'],
  'site.decide': ['popup', 'sidepanel'],
  'site.takeBack': ['popup', 'sidepanel', 'options'],
  'accounts.named': ['popup', 'sidepanel'],
  'decisions.list': ['options'],
  'decisions.reset': ['options'],
  'decisions.never': ['options'],
  'connections.list': ['popup', 'options', 'setup'],
  'connections.connect': ['options', 'setup'],
  'connections.sample': ['options', 'setup'],
  'connections.connectByTab': ['options', 'setup'],
  'connections.connectByKey': ['options', 'setup'],
  'connections.reconnect': ['options'],
  'connections.renewKey': ['options'],
  'connections.disconnect': ['popup', 'options'],
  'connections.setup': ['options', 'setup'],
  'receipts.list': ['popup', 'options'],
  'receipts.dismiss': ['popup', 'options'],
  'sync.start': ['popup', 'options'],
  'sync.history': ['options'],
  'sync.held': ['options'],
  'sync.answer': ['options'],
  'selection.get': ['options'],
  'selection.usual': ['options'],
  'selection.fields': ['options'],
  'selection.preview': ['options'],
  'selection.save': ['options'],
  'search.find': ['popup', 'sidepanel'],
  'errand.take': ['popup', 'sidepanel'],
  'creation.objects': ['popup', 'sidepanel'],
  'creation.form': ['popup', 'sidepanel'],
  'creation.prefill': ['popup', 'sidepanel'],
  'creation.lookUp': ['popup', 'sidepanel'],
  'creation.choice': ['popup', 'sidepanel'],
  'creation.choose': ['popup', 'sidepanel'],
  'creation.changeable': ['popup', 'sidepanel'],
  'creation.change': ['popup', 'sidepanel'],
  'creation.convert': ['popup', 'sidepanel'],
  'outbox.send': ['popup', 'sidepanel'],
  'outbox.list': ['popup', 'sidepanel'],
  'outbox.unsent': ['popup', 'options'],
  'outbox.retry': ['popup', 'sidepanel'],
  'outbox.edit': ['popup', 'sidepanel'],
  'outbox.drop': ['popup', 'sidepanel'],
  'outbox.undo': ['popup', 'sidepanel'],
  'outbox.reset': ['popup', 'sidepanel'],
  'draft.save': ['popup', 'sidepanel'],
  'draft.load': ['popup', 'sidepanel'],
  'draft.drop': ['popup', 'sidepanel'],
  'creation.duplicates': ['popup', 'sidepanel'],
  'basis.template': ['options'],
  'basis.saveTemplate': ['options'],
  'basis.importTemplate': ['options'],
  'basis.requireTemplate': ['options'],
  'basis.suppressed': ['options'],
  'basis.resetSuppressed': ['options'],
  'basis.suppress': ['options'],
  'notices.list': ['popup', 'sidepanel'],
  'notices.dismiss': ['popup', 'sidepanel'],
  'policy.get': ['options', 'setup'],
  'setup.step': ['setup'],
  'setup.go': ['setup'],
  'sites.access': ['popup', 'sidepanel', 'options', 'setup'],
  'vault.state': ['sidebar', 'sidepanel', 'popup', 'options', 'setup'],
  'vault.unlock': ['popup', 'sidepanel', 'options'],
  'vault.unlockWithPasskey': ['popup', 'options'],
  'vault.lock': ['popup', 'options'],
  'vault.setPassphrase': ['options', 'setup'],
  'vault.removePassphrase': ['options', 'setup'],
  'vault.addPasskey': ['options'],
  'vault.removePasskey': ['options'],
  'vault.configure': ['options'],
  'vault.reset': ['popup', 'sidepanel', 'options'],
  'sync.schedule': ['options'],
  'sync.every': ['options'],
  'diagnostics.make': ['options'],
  'backup.make': ['options'],
  'backup.check': ['options'],
  'backup.apply': ['options'],
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
};
const NAMES = Object.keys(MAY) as RequestName[];
const ROLES: Role[] = ['content', 'sidebar', 'sidepanel', 'popup', 'options', 'setup'];

const sender = (role: Role, change: Partial<SenderFacts> = {}): SenderFacts => ({ ...SENDERS[role], ...change });

describe('sender policy', () => {
  describe('given a request of the protocol', () => {
    it('knows each by name, and each has a schema', () => {
      expect(Object.keys(REQUEST_SCHEMAS).sort()).toEqual([...NAMES].sort());
      expect(NAMES.every(isRequestName)).toBe(true);
    });

    it.each(NAMES.flatMap((name) => ROLES.map((role) => ({ name, role, may: MAY[name].includes(role) }))))(
      '$name by $role is allowed: $may',
      ({ name, role, may }) => {
        expect(mayRequest(role, name)).toBe(may);
      },
    );

    it('lets the content script, which a page may control, do nothing but ask, say where its tab stands and that it was closed, and wish for the panel', () => {
      expect(NAMES.filter((name) => mayRequest('content', name))).toEqual([
        'overlay.ask',
        'overlay.move',
        'overlay.closed',
        'overlay.outside',
      ]);
    });

    it('lets the frame in the page read, close, hide and arrange what it shows, and write nothing to the CRM', () => {
      const allowed = NAMES.filter((name) => mayRequest('sidebar', name));
      expect(allowed).toEqual([
        'sidebar.here',
        'sidebar.hide',
        'sidebar.open',
        'sidebar.account',
        'sidebar.close',
        'sidebar.layout',
        'sidebar.arrange',
        'vault.state',
      ]);
    });
  });

  it.each(['constructor', '__proto__', 'toString', 'overlay.open', 'overlay.ask ', ''])('%j is no request', (name) => {
    expect(isRequestName(name)).toBe(false);
  });

  describe('given a sender as the browser describes it', () => {
    it.each(ROLES)('recognises %s', (role) => {
      expect(roleOf(sender(role), SELF)).toBe(role);
    });

    it('recognises an extension page whatever its query and fragment', () => {
      expect(roleOf(sender('popup', { url: `${SELF.origin}/popup.html?tab=1#x` }), SELF)).toBe('popup');
    });

    it.each<[string, Role, Partial<SenderFacts>]>([
      ['another extension', 'popup', { id: 'ponmlkjihgfedcbaponmlkjihgfedcba' }],
      ['nobody by id', 'popup', { id: undefined }],
      ['a page of ours in a sandbox, origin "null"', 'sidebar', { origin: 'null' }],
      ['a visited page in a sandbox, origin "null"', 'content', { origin: 'null' }],
      ['our sidebar’s URL with the origin of a page', 'sidebar', { origin: 'https://www.acme.com' }],
      ['our sidebar’s URL with the origin of another extension', 'sidebar', { origin: 'chrome-extension://other' }],
      [
        'the same page of another extension',
        'popup',
        { url: 'chrome-extension://other/popup.html', origin: 'chrome-extension://other' },
      ],
      ['a page of ours that has no role', 'popup', { url: `${SELF.origin}/other.html` }],
      ['a page of ours named in another case', 'popup', { url: `${SELF.origin}/POPUP.html` }],
      ['a page of ours below a folder', 'popup', { url: `${SELF.origin}/x/popup.html` }],
      ['our worker, which has no page', 'popup', { url: undefined }],
      ['an empty URL', 'popup', { url: '' }],
      ['no URL at all', 'popup', { url: 'popup.html' }],
      ['a frame inside a visited page', 'content', { frameId: 3 }],
      ['a content script in no frame', 'content', { frameId: undefined }],
      ['a content script in no tab', 'content', { tabId: undefined }],
      ['a content script whose origin is not that of its URL', 'content', { origin: 'https://evil.example' }],
      ['a file', 'content', { url: 'file:///etc/hosts', origin: 'file://' }],
      ['a data URL', 'content', { url: 'data:text/html,x', origin: 'data:' }],
      ['about:blank', 'content', { url: 'about:blank', origin: 'https://www.acme.com' }],
      ['a page named like ours', 'content', { url: 'https://evil.example/popup.html', origin: SELF.origin }],
    ])('gives no role to %s', (_, role, change) => {
      expect(roleOf(sender(role, change), SELF)).toBeNull();
    });

    it('takes a content script for what it is whatever its page is called', () => {
      const url = 'https://evil.example/options.html';
      expect(roleOf(sender('content', { url, origin: 'https://evil.example' }), SELF)).toBe('content');
    });

    it('takes a content script by its URL alone when the browser tells no origin', () => {
      expect(roleOf(sender('content', { origin: undefined }), SELF)).toBe('content');
    });
  });
});
