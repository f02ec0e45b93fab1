import { browser } from 'wxt/browser';
import { AppError } from '@/lib/shared/errors';

/**
 * The cookie of this name that the browser would send to `origin`, or null when there is none. Optional permission: the browser has
 * no such interface before the user gave it. @throws AppError `access.host-denied` without the permission, or without access to the origin
 */
export async function readCookie(origin: string, name: string): Promise<string | null> {
  const url = `${origin}/`;
  const may = await browser.permissions.contains({ permissions: ['cookies'], origins: [`${url}*`] });
  if (!may || !browser.cookies) throw new AppError('access.host-denied');
  return (await browser.cookies.get({ url, name }))?.value || null;
}
