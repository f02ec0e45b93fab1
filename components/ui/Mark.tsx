interface Props {
  className?: string;
}

/** The product's mark: a page, and a lit panel beside it. Its master is public/icon/mark.svg. */
export function Mark({ className = 'size-5' }: Props) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={className}>
      <rect x="1" y="1" width="30" height="30" rx="7.5" fill="#3550d8" />
      <path d="M20 6.5 7 12.4v7.2l13 5.9z" fill="#ffd27a" fillOpacity="0.38" />
      <rect x="20" y="6" width="6" height="20" rx="2" fill="#ffd27a" />
    </svg>
  );
}
