import { readable } from './text';

interface Props {
  text: string;
  className?: string;
}

/** Text that came from the CRM: isolated, so that its writing direction cannot reorder what stands beside it. */
export function CrmText({ text, className }: Props) {
  return <bdi className={className}>{readable(text)}</bdi>;
}
