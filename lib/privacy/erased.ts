import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createPersonList } from './person-list';

/** Who was erased from the copy of a connection: none of their records is written again. Damaged, it throws `erased.damaged`. */
export const createErasedList = (boxes: Pick<SealedBoxes, 'get' | 'put'>) => createPersonList(boxes, 'erased', 'erased.damaged');
