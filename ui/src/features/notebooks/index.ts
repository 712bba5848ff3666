// Choosing among the notebooks of this device, with its words. Most devices have one and never fetch this.

import { learn } from '$lib/i18n/words';
import { notebooks } from '$lib/i18n/words/notebooks';

learn(notebooks);

export { default as NotebooksScreen } from './NotebooksScreen.svelte';
export { default as WhoAreYou } from './WhoAreYou.svelte';
