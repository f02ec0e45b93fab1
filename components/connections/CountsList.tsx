import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { COUNTED, objectsName } from '../sync/object-names';
import { formatNumber } from '../ui/format';

interface Props {
  counts: ConnectionSummary['counts'];
  objects?: readonly (keyof ConnectionSummary['counts'])[];
}

/** How many records of each kind: used where they are kept and where they go. */
export function CountsList({ counts, objects = COUNTED }: Props) {
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(5rem,1fr))] gap-x-4 gap-y-2">
      {objects.map((object) => (
        <div key={object}>
          <dt className="text-xs text-faint">{objectsName(object)}</dt>
          <dd className="text-lg font-semibold">{formatNumber(counts[object] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
