import { useEffect } from 'react';
import { createFrameHost } from '@/lib/overlay/frame-host';

const WORDS = {
  tab: 'Sidelight, open the sidebar',
  refused: 'This page lets no sidebar in. Press the button to open Sidelight outside of it.',
};

/** Somebody's site with the tab at its edge. With `refuses` it lets no frame in. */
export function CompanyPage({ refuses }: { refuses: boolean }) {
  useEffect(() => {
    const host = createFrameHost({
      words: WORDS,
      place: null,
      onToggle() {
        host.open('?state=sidebar-loading', true);
        if (!refuses) host.arrived();
      },
      onRefused: () => {},
      onMove: () => {},
      onGone: () => {},
    });
    return () => host.remove();
  }, [refuses]);
  return (
    <main className="space-y-3 p-8">
      <h1 className="text-2xl font-semibold">Acme Manufacturing</h1>
      <p className="max-w-80">Packaging lines since 1962. Our machines fill, close and label in eleven countries.</p>
      <nav className="flex gap-4">
        <a href="#products">Products</a>
        <a href="#contact">Contact</a>
      </nav>
    </main>
  );
}
