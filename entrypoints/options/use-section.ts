import { useEffect, useRef, useState, type RefObject } from 'react';

const SECTIONS = ['connections', 'sites', 'protection', 'basis', 'privacy', 'settings', 'about'] as const;
export type SectionId = (typeof SECTIONS)[number];

function sectionInAddress(): SectionId {
  const name = location.hash.slice(1);
  return SECTIONS.find((section) => section === name) ?? 'connections';
}

/** The section that the address names, so that Back works and a section can be linked to. A change moves the focus to its heading. */
export function useSection(): [SectionId, RefObject<HTMLHeadingElement | null>] {
  const [section, setSection] = useState(sectionInAddress);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const onChange = () => {
      setSection(sectionInAddress());
      requestAnimationFrame(() => heading.current?.focus());
    };
    window.addEventListener('hashchange', onChange);
    return () => window.removeEventListener('hashchange', onChange);
  }, []);
  return [section, heading];
}
