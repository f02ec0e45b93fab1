import * as z from 'zod/mini';
import { OBJECTS } from '@/lib/crm/records';
import { defaultSelection, NO_LIMITS, OPERATORS, type Selection, type SelectionLimits, sound, within } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';

const stored = z.object({
  objects: z.record(
    z.enum(OBJECTS),
    z.object({
      wanted: z.boolean(),
      without: z.array(z.string()),
      extra: z.array(z.object({ name: z.string(), label: z.string() })),
    }),
  ),
  scope: z.object({
    owner: z.enum(['all', 'mine']),
    withWebsite: z.boolean(),
    conditions: z.array(z.object({ field: z.string(), operator: z.enum(OPERATORS), values: z.array(z.string()) })),
  }),
  // Choices of the first versions say nothing of it.
  leaveOut: z.optional(z.object({ optedOut: z.boolean(), closedTaskDays: z.nullable(z.number()) })),
  reserve: z.number(),
});

/**
 * What the user wants copied, within `limits`; everything that they allow when nothing was chosen. A box that fails its check is
 * not taken for nothing chosen: more would be copied than was wanted, and no sync brings it back. @throws AppError `selection.damaged` for such a
 * box, `storage.newer-version` for a choice that this version does not understand
 */
export async function readSelection(boxes: SealedBoxes, limits: SelectionLimits = NO_LIMITS): Promise<Selection> {
  const box = await boxes.get('selection').catch((error) => {
    const isDamage = error instanceof AppError && error.code === 'vault.tampered';
    throw isDamage ? new AppError('selection.damaged', { cause: error }) : error;
  });
  if (box === null) return within(defaultSelection(), limits);
  const parsed = stored.safeParse(box);
  if (!parsed.success) throw new AppError('storage.newer-version');
  const { leaveOut = defaultSelection().leaveOut } = parsed.data;
  return within({ ...parsed.data, leaveOut }, limits);
}

/** Stores the selection as it can be used. */
export async function writeSelection(boxes: SealedBoxes, selection: Selection): Promise<void> {
  await boxes.put('selection', sound(selection));
}
