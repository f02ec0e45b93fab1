interface Props {
  className?: string;
}

/** The product's mark: a page, and a lit panel at its side that throws light on it. Its master is public/icon/mark.svg. */
export function Mark({ className = 'size-5' }: Props) {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className={className}>
      <defs>
        <linearGradient id="sidelight-glow" x1="0" x2="1">
          <stop offset="0.25" stopColor="#2b40ad" />
          <stop offset="1" stopColor="#6f83f5" />
        </linearGradient>
      </defs>
      <path d="M8.5 1H20v30H8.5A7.5 7.5 0 0 1 1 23.5v-15A7.5 7.5 0 0 1 8.5 1z" fill="url(#sidelight-glow)" />
      <path d="M20 1h3.5A7.5 7.5 0 0 1 31 8.5v15a7.5 7.5 0 0 1-7.5 7.5H20z" fill="#ffc14d" />
      <path d="M7 10.5h8M7 16h8M7 21.5h5" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" />
    </svg>
  );
}
