import type { ReactNode } from 'react';

interface Props {
  icon: ReactNode;
  title: ReactNode;
  text: ReactNode;
  actions?: ReactNode;
}

/** A view with one thing to say. */
export function Centered({ icon, title, text, actions }: Props) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-10 py-10 text-center">
      <div aria-hidden="true" className="text-faint">
        {icon}
      </div>
      <h1 className="mt-3 text-lg font-semibold text-balance">{title}</h1>
      <p className="mt-1 text-pretty text-muted">{text}</p>
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
