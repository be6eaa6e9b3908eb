import type { Chart } from '../../chart/chart';
import { find, findAll } from './dom';
import { PodView } from './podView';

const pictures: readonly Chart[] = JSON.parse(document.getElementById('pictures')?.textContent ?? '[]');
const sections = findAll(document, '.pod');
const views = pictures.flatMap((picture) => {
  const section = sections.find(({ dataset }) => dataset.pod === picture.id);
  return section ? [new PodView(section as HTMLDetailsElement, picture)] : [];
});
/** The view that handles the keys. */
let current = views.find(({ section }) => section.open) ?? views[0];

for (const view of views) {
  view.onUsed = () => {
    current = view;
  };
  view.onHeld = (at) => {
    const address = at === undefined ? '#' : `#t=${Math.round(at) / 1000}&pod=${encodeURIComponent(view.picture.id)}`;
    history.replaceState(null, '', address);
  };
}

/** Moves the cursor to the instant in the address. */
function goToAddress(): void {
  const target = new URLSearchParams(location.hash.slice(1));
  const seconds = Number(target.get('t') ?? Number.NaN);
  const view =
    views.find(({ picture }) => picture.id === target.get('pod')) ?? (target.has('pod') ? undefined : views[0]);
  if (!view || Number.isNaN(seconds)) return;
  current = view;
  view.section.open = true;
  view.section.scrollIntoView();
  // The chart is drawn when its section becomes visible.
  requestAnimationFrame(() => view.hold(seconds * 1000));
}

window.addEventListener('hashchange', goToAddress);
goToAddress();

document.addEventListener('keydown', (event) => {
  if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
  switch (event.key) {
    case 'ArrowLeft':
      return current.step(-1, event.shiftKey);
    case 'ArrowRight':
      return current.step(1, event.shiftKey);
    case '+':
    case '=':
      return current.zoom('in');
    case '-':
      return current.zoom('out');
    case 'Escape':
      return current.release();
  }
});

find(document, '#theme')?.addEventListener('click', () => {
  const root = document.documentElement;
  const isDark = getComputedStyle(root).colorScheme === 'dark' || (!root.dataset.theme && prefersDark());
  root.dataset.theme = isDark ? 'light' : 'dark';
});

function prefersDark(): boolean {
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

window.addEventListener('beforeprint', () => {
  for (const view of views) view.fitPaper();
});
