// How the app looks on this device: colours, size of text, motion, language. The notebook keeps it; a copy in
// the page's own storage is what the picker and the start screen go by, before any notebook is open.

import type { FaceSettings } from '$lib/generated/commands';
import { execute } from '$lib/backend';
import { currentLocale, setLocale } from '$lib/i18n/index.svelte';

const STORED_AS = 'face';
/** The colour of the system's bar above the page, as `--ground` has it. */
const GROUND = { light: '#F7F5EF', dark: '#151714' };

const CHOICES: { [K in keyof FaceSettings]: readonly FaceSettings[K][] } = {
  language: ['vi', 'en'],
  theme: ['system', 'light', 'dark'],
  text: ['normal', 'large', 'very_large'],
  motion: ['system', 'off'],
};

/** What was kept, as far as it can be read. Exported for tests. */
export function read(kept: string | null, language: FaceSettings['language']): FaceSettings {
  let said: unknown;
  try {
    said = JSON.parse(kept ?? '');
  } catch {
    said = undefined;
  }
  const of = <K extends keyof FaceSettings>(key: K): FaceSettings[K] | undefined => {
    const value = typeof said === 'object' && said !== null ? (said as Partial<FaceSettings>)[key] : undefined;
    return CHOICES[key].find((choice) => choice === value);
  };
  return {
    language,
    theme: of('theme') ?? 'system',
    text: of('text') ?? 'normal',
    motion: of('motion') ?? 'system',
  };
}

class Face {
  settings = $state.raw<FaceSettings>(read(stored(), currentLocale()));

  /** Shows the page as it was chosen. */
  apply(): void {
    const { language, theme, text, motion } = this.settings;
    if (language !== currentLocale()) setLocale(language);
    const page = document.documentElement;
    const before = page.dataset['text'];
    page.dataset['theme'] = theme;
    page.dataset['text'] = text;
    page.dataset['motion'] = motion;
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]'))
      meta.content = GROUND[theme === 'system' ? (meta.media.includes('dark') ? 'dark' : 'light') : theme];
    // Container queries in rem are asked again only when their container changes.
    if (before !== text) {
      document.body.style.width = 'calc(100% - 1px)';
      void document.body.offsetWidth;
      document.body.style.width = '';
    }
  }

  /** Takes over what the notebook has kept. */
  async load(): Promise<void> {
    try {
      const kept = await execute('face_settings_get', {});
      if (kept) this.#take(kept);
    } catch {
      // Locked, or nobody is there: the page's own copy will do.
    }
  }

  /** Changes something, here at once and on the device for good. */
  async choose(part: Partial<FaceSettings>): Promise<void> {
    this.#take({ ...this.settings, ...part });
    await execute('face_settings_set', this.settings);
  }

  #take(settings: FaceSettings): void {
    this.settings = settings;
    try {
      localStorage.setItem(STORED_AS, JSON.stringify(settings));
    } catch {
      // A browser without storage: the notebook has it.
    }
    this.apply();
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(STORED_AS);
  } catch {
    return null;
  }
}

export const face = new Face();
