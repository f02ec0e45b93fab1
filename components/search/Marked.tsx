import type { MarkedText } from '@/lib/messaging/search-protocol';
import { readable } from '../ui/text';

interface Props {
  of: MarkedText;
  className?: string;
}

/** Text of the CRM with what was looked for marked. Text alone: nothing in it is ever read as HTML. */
export function Marked({ of: { text, marks }, className }: Props) {
  // What is cut or replaced for showing would move the marks; such a text is shown without them.
  if (marks.length === 0 || readable(text) !== text) return <bdi className={className}>{readable(text)}</bdi>;
  const ends = [0, ...marks.map(([, to]) => to)];
  return (
    <bdi className={className}>
      {marks.map(([from, to], index) => (
        <span key={from}>
          {text.slice(ends[index], from)}
          <mark className="rounded-xs bg-accent-soft font-semibold text-accent">{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </bdi>
  );
}
