// The commune's office in one piece, with its words.

import { learn } from '$lib/i18n/words';
import { office } from '$lib/i18n/words/office';

learn(office);

export { default as OfficeScreens } from './OfficeScreens.svelte';
