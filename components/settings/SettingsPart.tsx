import { useId, type ReactNode } from 'react';

/** A named part of the settings, with a sentence about it. */
export function SettingsPart({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="text-lg font-semibold">
        {title}
      </h2>
      <p className="mt-1 mb-3 max-w-prose text-pretty text-muted">{text}</p>
      {children}
    </section>
  );
}
