import type { Page } from '@playwright/test';

/**
 * What does not fit in the view as it is drawn now, one line each: a page or a part that scrolls sideways, something that stands
 * out of the window or of its own box, and words of ours that are cut off. What comes from the CRM (`bdi`) may be cut.
 */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const nameOf = (element: Element) => `${element.localName} "${(element.textContent ?? '').trim().slice(0, 60)}"`;
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
    const hasOwnText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (element.closest('.sr-only, svg, option, bdi') || !element.checkVisibility()) continue;
      const { left, right, width } = element.getBoundingClientRect();
      if (width > 0 && (left < -1 || right > root.clientWidth + 1)) found.push(`${nameOf(element)} stands out of the window`);
      // Inline boxes have no width of their own, and what is typed into a field may scroll in it.
      if (element.clientWidth === 0 || element.matches('input, textarea, select')) continue;
      if (element.scrollWidth <= element.clientWidth + 1) continue;
      const { overflowX, textOverflow } = getComputedStyle(element);
      if (overflowX === 'auto' || overflowX === 'scroll') found.push(`${nameOf(element)} scrolls sideways`);
      else if (textOverflow === 'ellipsis' && !element.querySelector('bdi')) found.push(`${nameOf(element)} is cut off`);
      else if (overflowX === 'visible' && hasOwnText(element)) found.push(`${nameOf(element)} stands out of its box`);
    }
    return found;
  });
}
