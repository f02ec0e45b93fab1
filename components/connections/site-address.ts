/**
 * The origin of a CRM that an organisation hosts, from an address that was typed or pasted. Null when it is no https address;
 * the background reads it again, and where the folder is.
 */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  const isPlain = url?.protocol === 'https:' && url.username === '' && url.password === '';
  return url && isPlain ? url.origin : null;
}
