/** Looks of the made-up company sites: quiet, one accent colour a company (`--hue`), light and dark. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --accent: hsl(var(--hue) 55% 36%); --soft: hsl(var(--hue) 40% 96%); --ink: #1b1f24; --dim: #57606a; --paper: #fff; }
@media (prefers-color-scheme: dark) { :root { --accent: hsl(var(--hue) 60% 68%); --soft: hsl(var(--hue) 18% 15%); --ink: #eceff2; --dim: #a2abb5; --paper: #14171b; } }
* { box-sizing: border-box; } body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
.in { max-width: 1040px; margin: 0 auto; padding: 0 32px; } a { color: var(--accent); }
header { display: flex; justify-content: space-between; align-items: center; height: 76px; }
.logo { display: flex; align-items: center; gap: 12px; font-weight: 650; font-size: 18px; color: var(--ink); text-decoration: none; }
.logo i { width: 26px; height: 26px; border-radius: 7px 7px 7px 0; background: var(--accent); }
nav a { margin-left: 28px; color: var(--dim); text-decoration: none; }
.hero { background: var(--soft); padding: 92px 0 100px; } .kicker { color: var(--accent); font-weight: 600; margin: 0 0 12px; }
h1 { font-size: 46px; line-height: 1.12; letter-spacing: -0.02em; max-width: 15em; margin: 0 0 20px; text-wrap: balance; }
.lead { font-size: 19px; color: var(--dim); max-width: 34em; margin: 0 0 32px; }
.button, button { display: inline-block; background: var(--accent); color: var(--paper); border: 0; border-radius: 8px; padding: 12px 22px; font: inherit; font-weight: 600; text-decoration: none; }
.quiet { margin-left: 20px; }
.offers { display: grid; grid-template-columns: repeat(3, 1fr); gap: 32px; padding-top: 64px; padding-bottom: 64px; }
h2 { font-size: 20px; margin: 0 0 8px; } article p { color: var(--dim); margin: 0; }
article { border-top: 2px solid var(--accent); padding-top: 18px; }
.figures { border-top: 1px solid color-mix(in srgb, var(--dim) 25%, transparent); } dl { display: flex; gap: 96px; padding-top: 40px; padding-bottom: 56px; margin-top: 0; }
dt { color: var(--dim); } dd { margin: 0; font-size: 30px; font-weight: 650; }
.text { padding-top: 64px; padding-bottom: 96px; } .text ul { padding: 0; display: grid; grid-template-columns: repeat(2, 1fr); gap: 24px; }
.person { list-style: none; background: var(--soft); border-radius: 12px; padding: 20px 24px; } .person p { margin: 0; }
form { display: grid; gap: 16px; max-width: 460px; margin-top: 40px; } label { display: grid; gap: 6px; }
input, textarea { font: inherit; padding: 10px 12px; border: 1px solid var(--dim); border-radius: 8px; background: var(--paper); color: var(--ink); }
form button { justify-self: start; } footer { background: var(--soft); color: var(--dim); padding: 28px 0; font-size: 14px; } footer p { margin: 4px 0; }
@media (max-width: 760px) { .offers { grid-template-columns: 1fr; } h1 { font-size: 34px; } dl { gap: 40px; } }
`;
