import type { CDPSession, Page } from '@playwright/test';
import type { Rect } from './pixels.ts';

/** A part of the overlay as the browser lays it out; null while it is not rendered. */
export interface OverlayParts {
  readonly tab: Rect | null;
  readonly frame: Rect | null;
  readonly note: { readonly text: string } | null;
}

interface Node {
  nodeId: number;
  nodeName: string;
  nodeValue?: string;
  attributes?: string[];
  children?: Node[];
  shadowRoots?: Node[];
}

const hasAttribute = ({ attributes = [] }: Node, name: string, value: string) =>
  attributes.some((one, index) => index % 2 === 0 && one === name && attributes[index + 1] === value);

function walk(node: Node, seen: (node: Node) => void): void {
  seen(node);
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) walk(child, seen);
}

async function boxOf(session: CDPSession, node: Node | undefined): Promise<Rect | null> {
  if (!node) return null;
  const box = await session.send('DOM.getBoxModel', { nodeId: node.nodeId }).catch(() => null);
  if (!box) return null;
  const [x = 0, y = 0] = box.model.border;
  return { x, y, width: box.model.width, height: box.model.height };
}

/** Where the tab and the frame stand in `page`: the developer tools see into closed shadow roots, no page does. */
export async function overlayParts(page: Page): Promise<OverlayParts> {
  const session = await page.context().newCDPSession(page);
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    let shadow: Node | undefined;
    walk(root as Node, (node) => {
      if (node.nodeName === 'DIV' && hasAttribute(node, 'popover', 'manual') && node.shadowRoots) shadow ??= node.shadowRoots[0];
    });
    const part = (name: string) => shadow?.children?.find(({ nodeName }) => nodeName === name);
    const note = part('P');
    return {
      tab: await boxOf(session, part('BUTTON')),
      frame: await boxOf(session, part('IFRAME')),
      note: note && (await boxOf(session, note)) ? { text: note.children?.[0]?.nodeValue ?? '' } : null,
    };
  } finally {
    await session.detach().catch(() => undefined);
  }
}
