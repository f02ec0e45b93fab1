/**
 * Pages that want a person to press something of ours without seeing it, or to see or break what is not theirs. Each attack is a
 * script for the page's own world; `host` is our element there, as any page can find it. What an attack leaves on screen is judged by
 * pixels and what it gets done by effects, never by what the extension itself noticed.
 */
export interface Attack {
  readonly what: string;
  /** Run once the sidebar is open and has been seen. */
  readonly run: string;
  /** Run in the very moment before the click. */
  readonly atClick?: string;
  /** Our style sheet wins over it: nothing on screen may change. */
  readonly isFutile?: true;
}

const FIND = `const host = document.querySelector('html > div[popover]');`;
const BLACK = 'position:fixed;inset:0;width:100vw;height:100vh;margin:0;padding:0;border:0;background:#123;';
const COVER = `const cover = document.createElement('div'); cover.popover = 'manual'; cover.id = 'cover';
  cover.style.cssText = '${BLACK}pointer-events:none'; document.body.append(cover); cover.showPopover();`;
const SWALLOW = `for (const type of ['beforetoggle', 'toggle']) addEventListener(type, (event) => event.stopImmediatePropagation(), true);`;

const style = (what: string, css: string): Attack => ({
  what: `the style of the host: ${what}`,
  isFutile: true,
  run: `${FIND} host.style.cssText = ${JSON.stringify(
    css
      .split(';')
      .map((one) => `${one} !important`)
      .join(';'),
  )};`,
});

const around = (what: string, css: string): Attack => ({
  what: `the style around the host: ${what}`,
  run: `document.head.append(Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(css)} }));`,
});

/** Styles that would take the host out of sight, from every place where a page can put them. */
export const STYLE_ATTACKS: readonly Attack[] = [
  style('opacity', 'opacity:0'),
  style('mask', 'mask:linear-gradient(#0000,#0000)'),
  style('filter', 'filter:opacity(0)'),
  style('clip-path', 'clip-path:inset(100%)'),
  style('transform', 'transform:scale(0)'),
  style('three dimensions', 'transform:perspective(1px) rotateY(90deg);translate:0 0 -999px'),
  style('translate, scale, rotate', 'translate:-9999px;scale:0;rotate:90deg'),
  style('visibility and display', 'visibility:hidden;display:none'),
  style('blend mode', 'mix-blend-mode:difference;isolation:isolate'),
  style('place', 'position:absolute;left:-9999px;top:-9999px;z-index:-1'),
  style('zoom and size', 'zoom:0.01;width:1px;height:1px;overflow:clip;contain:strict'),
  style('content visibility', 'content-visibility:hidden'),
  {
    what: 'an animation of the host',
    isFutile: true,
    run: `${FIND} host.animate({ opacity: [0, 0], transform: ['scale(0)', 'scale(0)'] }, { duration: 1e9, fill: 'forwards' });`,
  },
  {
    what: 'a class and attributes on the host',
    run: `${FIND} host.className = 'x'; host.setAttribute('style', 'opacity:0!important'); host.dataset.x = '1';`,
  },
  around(
    'an important layer',
    '@layer a { div[popover] { opacity: 0 !important; mask: linear-gradient(#0000,#0000) !important } }',
  ),
  around('an adopted sheet', ''),
  around('html and body without opacity', 'html,body{opacity:0!important}'),
  around('html masked', 'html,body{mask:linear-gradient(#0000,#0000)!important}'),
  around('html filtered', 'html,body{filter:opacity(0)!important}'),
  around('html clipped', 'html,body{clip-path:inset(100%)!important;overflow:clip!important;contain:paint!important}'),
  around('html transformed', 'html{transform:perspective(1px) scale(0.01) rotateX(80deg)!important}'),
  around('html blended', 'html{mix-blend-mode:difference;isolation:isolate;backdrop-filter:blur(99px)}'),
  around('html hidden', 'html{visibility:hidden!important}'),
  around('html zoomed out', 'html{zoom:0.05}'),
  around('html not displayed', 'html{display:none!important}'),
  around('html not rendered', 'html{content-visibility:hidden!important}'),
  around(
    'the backdrop of the host',
    'div[popover]::backdrop{background:#123!important;position:fixed;inset:0;z-index:9;display:block!important}',
  ),
  {
    what: 'an adopted style sheet of the page',
    run: `const sheet = new CSSStyleSheet(); sheet.replaceSync('div[popover]{opacity:0!important;transform:scale(0)!important}');
      document.adoptedStyleSheets = [sheet];`,
  },
];

/** Things laid over the sidebar. */
export const COVER_ATTACKS: readonly Attack[] = [
  { what: 'a popover that lets clicks through', run: COVER },
  {
    what: 'a popover with a hole over the rest',
    run: `${COVER} cover.style.clipPath = 'polygon(0 0, 100% 0, 100% 60%, 0 60%)';`,
  },
  { what: 'a nearly transparent popover', run: `${COVER} cover.style.background = '#123d';` },
  {
    what: 'a popover that inverts what is under it',
    run: `${COVER} cover.style.background = '#fff'; cover.style.mixBlendMode = 'difference';`,
  },
  {
    what: 'a popover that blurs what is under it',
    run: `${COVER} cover.style.background = '#fff1'; cover.style.backdropFilter = 'blur(40px)';`,
  },
  {
    what: 'a modal dialog',
    run: `const dialog = document.createElement('dialog'); dialog.style.cssText = '${BLACK}max-width:none;max-height:none;pointer-events:none';
      document.body.append(dialog); dialog.showModal();`,
  },
  {
    what: 'the backdrop of a modal dialog',
    run: `document.head.append(Object.assign(document.createElement('style'), { textContent: 'dialog::backdrop{background:#123}' }));
      const dialog = document.createElement('dialog'); document.body.append(dialog); dialog.showModal();`,
  },
  {
    what: 'a view transition that never ends',
    run: `document.head.append(Object.assign(document.createElement('style'), { textContent:
        '::view-transition{background:#123} ::view-transition-group(*),::view-transition-old(*),::view-transition-new(*){animation-duration:1e5s;opacity:0}' }));
      document.startViewTransition(() => {});`,
  },
  {
    what: 'a cover that comes and goes',
    run: `${COVER} setInterval(() => cover.matches(':popover-open') ? cover.hidePopover() : cover.showPopover(), 60);`,
  },
  { what: 'a cover that comes at the click', run: '', atClick: COVER },
  {
    what: 'an element in full screen',
    run: `const full = document.createElement('div'); full.style.cssText = '${BLACK}pointer-events:none'; document.body.append(full);
      full.requestFullscreen();`,
  },
];

const MASK = `document.documentElement.style.mask = document.body.style.mask = 'linear-gradient(#0000,#0000)';
  document.documentElement.style.opacity = '0';`;

/** The host taken out of its place, and then hidden. */
export const HOST_ATTACKS: readonly Attack[] = [
  { what: 'the popover hidden, its events swallowed, the page masked', run: `${FIND} ${SWALLOW} host.hidePopover(); ${MASK}` },
  {
    what: 'the popover hidden at the click, its events swallowed, the page masked',
    run: SWALLOW,
    atClick: `${FIND} host.hidePopover(); ${MASK}`,
  },
  { what: 'the popover attribute removed, the page masked', run: `${FIND} host.removeAttribute('popover'); ${MASK}` },
  {
    what: 'the popover attribute removed at the click, the page masked',
    run: '',
    atClick: `${FIND} host.removeAttribute('popover'); ${MASK}`,
  },
  { what: 'the popover made an automatic one', run: `${FIND} host.popover = 'auto'; ${MASK}` },
  {
    what: 'the host moved into something invisible',
    run: `${FIND} const box = document.createElement('div'); box.style.opacity = 0; document.body.append(box); box.append(host);`,
  },
  {
    what: 'the host moved with its state into something invisible',
    run: `${FIND} const box = document.createElement('div'); box.style.cssText = 'opacity:0'; document.body.append(box);
      if (box.moveBefore) box.moveBefore(host, null); else box.append(host);`,
  },
  {
    what: 'the host moved with its state at the click',
    run: `${FIND} window.box = document.createElement('div'); box.style.cssText = 'opacity:0'; document.body.append(box);`,
    atClick: `${FIND} if (box.moveBefore) box.moveBefore(host, null); else box.append(host);`,
  },
  {
    what: 'the host removed and put back',
    run: `${FIND} host.remove(); document.documentElement.append(host); host.showPopover(); ${MASK}`,
  },
  { what: 'the host removed', run: `${FIND} host.remove();` },
  {
    what: 'the host cloned over itself',
    run: `${FIND} const copy = host.cloneNode(true); document.documentElement.append(copy); copy.showPopover(); host.remove();`,
  },
  { what: 'the host made inert', run: `${FIND} host.inert = true; host.hidden = true;` },
  {
    what: 'the root element replaced',
    run: `const next = document.createElement('html'); next.append(document.createElement('body')); document.replaceChild(next, document.documentElement);`,
  },
  {
    what: 'the document written anew',
    run: `document.open(); document.write('<!doctype html><title>New</title><h1>New</h1>'); document.close();`,
  },
  {
    what: 'an observer that hides it whenever it comes back',
    run: `${FIND} ${SWALLOW} const hide = () => { try { host.hidePopover(); } catch {} }; hide(); ${MASK}
      new MutationObserver(hide).observe(document.documentElement, { childList: true, subtree: true, attributes: true }); setInterval(hide, 1);`,
  },
];
