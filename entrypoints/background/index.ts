import { defineBackground } from 'wxt/utils/define-background';
import { Connection } from 'jsforce/lib/connection';
import Dexie from 'dexie';
import * as z from 'zod/mini';
import { getDomain } from 'tldts';
import * as oauth from 'oauth4webapi';
import { browser } from 'wxt/browser';
export default defineBackground({ type: 'module', main() {
  const c = new Connection({ instanceUrl: 'https://x.my.salesforce.com', accessToken: 'x', version: '62.0' });
  console.log(c, Dexie, z.object({a: z.string()}), getDomain(location.href), oauth.authorizationCodeGrantRequest, browser.runtime);
  (c as any).request('/limits').catch((e: Error) => console.log('REQ', e.message));
} });
