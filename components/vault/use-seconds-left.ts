import { useEffect, useState } from 'react';
import { systemClock } from '@/lib/shared/clock';

/** Whole seconds until `end`, at least 0. A text that is no time is no reason to wait. */
export function secondsUntil(end: string | null, now: number): number {
  const left = end === null ? 0 : Math.ceil((Date.parse(end) - now) / 1000);
  return Number.isNaN(left) ? 0 : Math.max(0, left);
}

/** The later of two moments, either of which may be missing. */
export function later(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return Date.parse(one) >= Date.parse(other) ? one : other;
}

/** `125` → `2:05`, as a clock counts down. */
export function asClock(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Counts down to `end` while the view is open. */
export function useSecondsLeft(end: string | null): number {
  const [now, setNow] = useState(() => systemClock.now());
  const left = secondsUntil(end, now);
  const waiting = left > 0;
  useEffect(() => {
    setNow(systemClock.now());
    if (!waiting || end === null) return;
    const timer = setInterval(() => setNow(systemClock.now()), 1000);
    return () => clearInterval(timer);
  }, [end, waiting]);
  return left;
}
