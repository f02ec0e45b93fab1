/** The pages a person sees while signing in, and the small pages records open on. Plain HTML; no script. */
import { html, raw } from 'hono/html';

type Html = ReturnType<typeof html>;

const STYLE = `
:root { color-scheme: light dark; --ink: light-dark(#16233a, #e8edf5); --soft: light-dark(#5a6780, #a3b0c6); --page: light-dark(#eef3f9, #0f1622);
  --card: light-dark(#fff, #182235); --line: light-dark(#d5dde9, #2d3a52); --blue: light-dark(#0b5cab, #62b0ff); --on-blue: light-dark(#fff, #06121f);
  --red: light-dark(#a61b1b, #ff9d94); }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--page); display: grid; place-items: center; padding: 24px; }
main { width: min(100%, 420px); background: var(--card); border: 1px solid var(--line); border-radius: 16px; padding: 32px; box-shadow: 0 10px 40px #0000001a; }
main.wide { width: min(100%, 760px); }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 4px; text-wrap: balance; }
p { color: var(--soft); margin: 0 0 20px; }
.mark { display: inline-grid; place-items: center; width: 44px; height: 44px; border-radius: 12px; background: var(--blue); color: var(--on-blue); font-weight: 700; margin-bottom: 16px; }
label { display: block; font-weight: 600; font-size: .9rem; margin: 14px 0 6px; }
input { width: 100%; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 10px; padding: 10px 12px; }
.actions { display: flex; gap: 12px; margin-top: 24px; }
button, .actions input { flex: 1; font: inherit; font-weight: 600; padding: 11px 16px; border-radius: 10px; border: 1px solid var(--blue); cursor: pointer; background: var(--blue); color: var(--on-blue); width: auto; }
.plain { background: transparent !important; color: var(--blue) !important; }
:is(input, button, a):focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.error { color: var(--red); font-weight: 600; }
ul { margin: 0 0 8px; padding-left: 20px; }
dl { display: grid; grid-template-columns: minmax(120px, 1fr) 2fr; gap: 8px 20px; margin: 20px 0 0; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
small { display: block; color: var(--soft); margin-top: 24px; }`;

const page = (title: string, body: Html, wide = false) => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${raw(STYLE)}</style></head>
<body><main class="${wide ? 'wide' : ''}">${body}<small>Sandbox CRM for tests and demonstrations. Not a service of Salesforce; all people and deals are made up.</small></main></body>
</html>`;

/** @param ticket the sign-in this page is part of */
export const loginPage = (ticket: string, username: string, error?: string) =>
  page(
    'Login | Sandbox CRM',
    html`<div class="mark" aria-hidden="true">N</div>
      <h1>Northwind Demo</h1>
      <p>Log in to the sandbox CRM. Any password will do.</p>
      ${error ? html`<p class="error" id="error" role="alert">${error}</p>` : ''}
      <form method="post" action="/login" name="login">
        <input type="hidden" name="ticket" value="${ticket}">
        <label for="username">Username</label>
        <input id="username" name="username" type="email" autocomplete="username" value="${username}">
        <label for="password">Password</label>
        <input id="password" name="pw" type="password" autocomplete="current-password">
        <div class="actions"><input id="Login" name="Login" type="submit" value="Log In"></div>
      </form>`,
  );

export const consentPage = (ticket: string, app: string, user: string, scopes: readonly string[]) =>
  page(
    'Allow Access? | Sandbox CRM',
    html`<div class="mark" aria-hidden="true">N</div>
      <h1>Allow access?</h1>
      <p><strong>${app}</strong> is asking to:</p>
      <ul>${scopes.map((scope) => html`<li>${SCOPE_TEXTS[scope] ?? scope}</li>`)}</ul>
      <p>You are logged in as ${user}.</p>
      <form method="post" action="/setup/secur/RemoteAccessAuthorizationPage.apexp" id="editPage">
        <input type="hidden" name="ticket" value="${ticket}">
        <div class="actions">
          <input class="plain" id="oadeny" name="cancel" type="submit" value="Deny">
          <input id="oaapprove" name="save" type="submit" value="Allow">
        </div>
      </form>`,
  );

const SCOPE_TEXTS: Readonly<Record<string, string>> = {
  api: 'Manage user data via APIs',
  web: 'Manage user data via Web browsers',
  id: 'Access the identity URL service',
  full: 'Full access',
  refresh_token: 'Perform requests at any time',
  offline_access: 'Perform requests at any time',
};

/** What Salesforce shows when an app or its address is not known; there is nowhere safe to send the answer. */
export const oauthErrorPage = (error: string, description: string) =>
  page(
    'OAuth Error | Sandbox CRM',
    html`<h1>OAuth Error</h1><p class="error">error=${error}&amp;error_description=${description}</p>`,
  );

export const homePage = (user: string) =>
  page(
    'Home | Sandbox CRM',
    html`<div class="mark" aria-hidden="true">N</div><h1>Good day, ${user}</h1><p>You are logged in to Northwind Demo.</p>`,
  );

export const recordPage = (object: string, name: string, values: readonly (readonly [label: string, value: string])[]) =>
  page(
    `${name} | ${object} | Sandbox CRM`,
    html`<p>${object}</p>
      <h1>${name}</h1>
      <dl>${values.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`,
    true,
  );

export const missingPage = () => page('Not found | Sandbox CRM', html`<h1>Page not found</h1><p>There is no such record.</p>`);
