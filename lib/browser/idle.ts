import { browser } from 'wxt/browser';

/** The shortest time that the browser measures (developer.chrome.com, idle API). */
const LEAST_SECONDS = 15;
/** For "only when the screen is locked": the browser reports that at once, whatever the interval is. */
const NEVER_SECONDS = 4 * 60 * 60;

/** After how many minutes without input the user counts as idle; 0 for practically never. */
export function setIdleAfter(minutes: number): void {
  browser.idle.setDetectionInterval(minutes === 0 ? NEVER_SECONDS : Math.max(LEAST_SECONDS, minutes * 60));
}

/** `screen`: the screen was locked or the screen saver started; `idle`: no input for as long as was set. */
export function onAway(handler: (why: 'idle' | 'screen') => void): void {
  browser.idle.onStateChanged.addListener((state) => {
    if (state !== 'active') handler(state === 'locked' ? 'screen' : 'idle');
  });
}
