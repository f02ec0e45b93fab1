import { useEffect, useState } from 'react';
import { systemClock } from '@/lib/shared/clock';

const EVERY_MS = 30_000;

/** The time, moving on while the view is open, so that "2 min ago" does not stay on a panel for a whole morning. */
export function useNow(): number {
  const [now, setNow] = useState(() => systemClock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(systemClock.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
