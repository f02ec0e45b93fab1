import type * as z from 'zod/mini';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { unlessDamaged } from './status-box';

/**
 * What a sealed box holds, or `otherwise` when it holds nothing that can be read. Only for what the next run tells anew.
 * @throws what reading the disk throws, except that a box which fails its check counts as empty.
 */
export async function readBox<T>(
  boxes: SealedBoxes,
  name: Parameters<SealedBoxes['get']>[0],
  schema: z.ZodMiniType<T>,
  otherwise: T,
): Promise<T> {
  const value = await boxes.get(name).catch(unlessDamaged);
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : otherwise;
}
