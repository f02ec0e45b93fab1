/** Signs in as a person would, page by page, without a browser: for tests that need tokens and not the clicking. */

export interface SignInWalk {
  fetch?: (url: string, init?: RequestInit) => Promise<Response>;
  username?: string;
  password?: string;
  decision?: 'allow' | 'deny';
}

/** @returns the address the app is sent back to @throws with the text of a page that leads no further */
export async function walkSignIn(authorizeUrl: string, walk: SignInWalk = {}): Promise<URL> {
  const fetch = walk.fetch ?? globalThis.fetch;
  const redirectUri = new URL(authorizeUrl).searchParams.get('redirect_uri') ?? '';
  let url = authorizeUrl;
  let init: RequestInit = {};
  for (let step = 0; step < 10; step++) {
    const response = await fetch(url, { ...init, redirect: 'manual' });
    const location = response.headers.get('location');
    if (location) {
      const next = new URL(location, url);
      if (next.href.startsWith(redirectUri)) return next;
      [url, init] = [next.href, {}];
      continue;
    }
    const page = await response.text();
    const form = formOf(page);
    if (!form || /class="error"/.test(page)) throw new Error(textOf(page));
    [url, init] = [new URL(form.action, url).href, { method: 'POST', body: new URLSearchParams(filled(form.inputs, walk)) }];
  }
  throw new Error('The sign-in never came to an end');
}

function formOf(page: string) {
  const [, action] = /<form[^>]*action="([^"]*)"/.exec(page) ?? [];
  if (action === undefined) return undefined;
  const inputs = [...page.matchAll(/<input[^>]*>/g)].map(([tag]) => ({
    name: /name="([^"]*)"/.exec(tag)?.[1] ?? '',
    value: /value="([^"]*)"/.exec(tag)?.[1] ?? '',
    submit: /type="submit"/.test(tag),
  }));
  return { action, inputs };
}

function filled(inputs: readonly { name: string; value: string; submit: boolean }[], walk: SignInWalk): Record<string, string> {
  const pressed = walk.decision === 'deny' ? 'cancel' : 'save';
  const values = Object.fromEntries(
    inputs.filter(({ name, submit }) => !submit || name === pressed).map(({ name, value }) => [name, value]),
  );
  if ('username' in values && walk.username !== undefined) values.username = walk.username;
  if ('pw' in values) values.pw = walk.password ?? 'any password';
  return values;
}

const textOf = (page: string) =>
  page
    .replace(/<style.*?<\/style>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
