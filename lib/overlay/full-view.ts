const WATCHED = ['play', 'pause', 'ended', 'volumechange'] as const;

/** Plays with sound and fills the window: somebody watches it. Silent ones are the decoration of many a home page. */
function isWatched(video: HTMLVideoElement): boolean {
  if (video.paused || video.ended || video.muted || video.volume === 0) return false;
  const { width, height } = video.getBoundingClientRect();
  // A film seldom has the window's proportions: it fills one side and most of the other.
  return width >= innerWidth * 0.9 && height >= innerHeight * 0.7;
}

/**
 * Calls `onChange` whenever something begins or ceases to have the window for itself: an element in full screen, or a video that
 * the page has blown up to the window. Gives back what ends the watch.
 */
export function watchFullView(onChange: (full: boolean) => void): () => void {
  let known = false;
  const look = () => {
    const full = document.fullscreenElement !== null || [...document.querySelectorAll('video')].some(isWatched);
    if (full !== known) onChange(full);
    known = full;
  };
  const late = () => requestAnimationFrame(look);
  const end = new AbortController();
  const options = { capture: true, passive: true, signal: end.signal };
  addEventListener('fullscreenchange', look, options);
  addEventListener('resize', late, options);
  for (const type of WATCHED) addEventListener(type, late, options);
  look();
  return () => end.abort();
}
