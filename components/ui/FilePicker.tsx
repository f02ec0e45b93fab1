import type { RefObject } from 'react';

interface Props {
  /** The button beside it presses this. */
  ref: RefObject<HTMLInputElement | null>;
  label: string;
  onFile: (file: File) => void;
}

/** The browser's own choice of one JSON file, behind a button of ours. For a screen reader too there is that one button. */
export function FilePicker({ ref, label, onFile }: Props) {
  return (
    <input
      ref={ref}
      type="file"
      accept="application/json,.json"
      aria-label={label}
      hidden
      onChange={({ target }) => {
        const file = target.files?.[0];
        if (file) onFile(file);
        // The same file can be chosen again once it was mended.
        target.value = '';
      }}
    />
  );
}
