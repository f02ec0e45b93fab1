import { useEffect, useState, type ComponentType } from 'react';
import type { SectionsProps } from './SidebarSections';

type Sections = ComponentType<SectionsProps>;

// Asked for while the background looks the Account up, so that nobody waits for it; what matters first does not need it.
let loaded: Sections | null = null;
const loading = import('./SidebarSections').then(({ SidebarSections }) => {
  loaded = SidebarSections;
  return loaded;
});
// Told to whoever shows them, below.
loading.catch(() => {});

/**
 * The lists of an Account, or null for the moment until they are loaded. Not by Suspense: once React has shown a placeholder
 * it keeps it for 300 ms (`FALLBACK_THROTTLE_MS`), whatever arrives meanwhile.
 */
export function useSections(): Sections | null {
  const [sections, setSections] = useState<Sections | null>(() => loaded);
  useEffect(() => {
    loading.then(
      (next) => setSections(() => next),
      (error: unknown) =>
        setSections(() => {
          throw error;
        }),
    );
  }, []);
  return sections;
}
