// The lessons in one piece. Whoever has this can show them: their words and their drawings are in the page.

import { learn } from '$lib/i18n/words';
import { cards } from '$lib/i18n/words/cards';
import { lessons } from '$lib/i18n/words/lessons';

learn(lessons);
learn(cards);

export { default as LessonDialog } from './LessonDialog.svelte';
export { default as LessonScreen } from './LessonScreen.svelte';
export { default as LessonsScreen } from './LessonsScreen.svelte';
export { default as TrainingScreen } from './TrainingScreen.svelte';
