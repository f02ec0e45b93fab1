import { launchWorldBrowser } from './browser.ts';
import { startWorldServer } from './server.ts';
const t0 = Date.now();
const html = (b: string, h: Record<string, string> = {}) =>
  new Response(`<!doctype html><html lang=en><title>x</title>${b}`, { headers: { 'content-type': 'text/html', ...h } });
const page = () =>
  html(
    `<h1>Hello</h1><p>Bonjour tout le monde, ceci est une page en francais.</p><form><input name=email type=email autocomplete=email><input name=name autocomplete=name><input type=password name=p><textarea></textarea><button>ok</button></form><a href=/2>next</a>`,
  );
const server = await startWorldServer({
  handlerFor: (h) =>
    h.endsWith('.example')
      ? (r) =>
          new URL(r.url).pathname === '/auth'
            ? html(
                `<a id=go href="https://${new URL(r.url).searchParams.get('id')}.chromiumapp.org/?code=1">go</a><form><input name=username><input type=password></form>`,
              )
            : page()
      : undefined,
  onRequest: (r) => {
    if (!r.known || r.path.includes('favicon'))
      console.log(
        Date.now() - t0,
        'REQ',
        r.method,
        r.host,
        r.path.slice(0, 150),
        r.mode,
        r.site,
        r.dest,
        'known',
        r.known,
        r.headers['user-agent']?.slice(0, 20),
      );
  },
});
const args = (process.env.WARGS ?? '').split(' ').filter(Boolean);
const b = await launchWorldBrowser({ server, ...(process.env.NOEXT ? {} : { extensionDir: '/tmp/w/ext' }), args });
console.log(Date.now() - t0, 'launched', b.extensionId);
for (const h of ['a', 'b', 'c', 'd']) {
  const p = await b.context.newPage();
  await p.goto(`https://www.${h}.example/`);
  await p.fill('input[name=email]', 'joe@x.example');
  await p.locator('input[name=name]').pressSequentially('Joe Speling mistak');
  await p.fill('input[name=p]', 'hunter2hunter2');
  await p.locator('textarea').pressSequentially('helo wrld');
  await p.click('button');
  await p.click('a');
}
console.log(Date.now() - t0, 'visited');
if (!process.env.NOEXT) {
  const sw = b.context.serviceWorkers()[0]!;
  const pp = b.context.waitForEvent('page');
  const res = sw.evaluate((u) => (self as any).flow(u, true), `https://login.crm.example/auth?id=${b.extensionId}`);
  const win = await pp;
  await win.click('#go');
  console.log('flow', await res);
  const p2 = await b.context.newPage();
  await p2.goto(`chrome-extension://${b.extensionId}/popup.html`);
  await p2.goto('chrome://extensions/');
  await p2.goto('about:blank');
}
await new Promise((r) => setTimeout(r, Number(process.env.STAY ?? 20) * 1000));
console.log(Date.now() - t0, 'closing');
await b.close({ keepProfile: true });
console.log(b.profileDir);
console.log('strangers', server.log.strangers().length, 'hosts', server.log.hosts().join(' '));
await server.close();
