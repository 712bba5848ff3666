// The drawings of the cards, made for them: a line of 4 on 360 × 216, one tint, red for the danger alone. Their
// colours come from the theme.

import { drawnFrom } from '$lib/icons';

const files = import.meta.glob<string>('./drawings/*.svg', { query: '?raw', import: 'default', eager: true });

/** The names of all drawings. Exported for tests. */
export const drawings = Object.keys(files).map((path) => path.replace(/^.*\/|\.svg$/g, ''));

/** Draws one of them into an `<svg>`. */
export const drawing = drawnFrom(files);
