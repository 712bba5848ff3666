// The team's month in one piece. Whoever has this can show it: its words are in the page.

import { learn } from '$lib/i18n/words';
import { campaigns } from '$lib/i18n/words/campaigns';
import { locality } from '$lib/i18n/words/locality';
import { obstacles } from '$lib/i18n/words/obstacles';
import { progress } from '$lib/i18n/words/progress';
import { report } from '$lib/i18n/words/report';

[campaigns, locality, obstacles, progress, report].forEach(learn);

export { default as MonthScreens } from './MonthScreens.svelte';
