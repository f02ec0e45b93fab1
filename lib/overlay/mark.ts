const SVG = 'http://www.w3.org/2000/svg';

/** The product's mark, as in components/ui/Mark.tsx: drawn by hand because pages may forbid images and markup. */
const PATHS: readonly { d: string; fill: string; stroke?: string }[] = [
  { d: 'M8.5 1H20v30H8.5A7.5 7.5 0 0 1 1 23.5v-15A7.5 7.5 0 0 1 8.5 1z', fill: '#4258cf' },
  { d: 'M20 1h3.5A7.5 7.5 0 0 1 31 8.5v15a7.5 7.5 0 0 1-7.5 7.5H20z', fill: '#ffc14d' },
  { d: 'M7 10.5h8M7 16h8M7 21.5h5', fill: 'none', stroke: '#fff' },
];

/** The mark as an element for a page. */
export function drawMark(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 32 32');
  svg.setAttribute('aria-hidden', 'true');
  for (const { d, fill, stroke = 'none' } of PATHS) {
    const path = document.createElementNS(SVG, 'path');
    for (const [name, value] of Object.entries({ d, fill, stroke, 'stroke-width': '2.4', 'stroke-linecap': 'round' })) {
      path.setAttribute(name, value);
    }
    svg.append(path);
  }
  return svg;
}
