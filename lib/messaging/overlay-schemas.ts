import * as z from 'zod/mini';
import { HIDING, OVERLAY_MODES, type OverlayRequests } from './overlay-protocol';

/** Run-time checks of the requests about the overlay, for the router alone. */
const nothing = z.strictObject({});
const tabId = z.nullable(z.number().check(z.int(), z.nonnegative()));

export const OVERLAY_SCHEMAS: { [N in keyof OverlayRequests]: z.ZodMiniType<OverlayRequests[N]['in']> } = {
  'overlay.ask': nothing,
  'overlay.move': z.strictObject({ edge: z.enum(['left', 'right']), at: z.number().check(z.minimum(0), z.maximum(1)) }),
  'overlay.closed': nothing,
  'overlay.outside': nothing,
  'sidebar.here': nothing,
  'sidebar.hide': z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(64)), how: z.enum(HIDING) }),
  'overlay.hidden': z.strictObject({ tabId }),
  'overlay.show': z.strictObject({ tabId }),
  'overlay.settings': nothing,
  'overlay.configure': z.strictObject({ mode: z.enum(OVERLAY_MODES) }),
  'overlay.showAt': z.strictObject({ place: z.string().check(z.minLength(1), z.maxLength(400)) }),
};
