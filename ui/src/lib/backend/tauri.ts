// The window: one Tauri command in, one event out.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Event } from '$lib/generated/commands';
import { CommandError, opened, type Answer, type Backend } from '.';

/** Whether this page stands in the app's window. */
export function inWindow(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

export const tauriBackend: Backend = {
  async execute(command, args) {
    let answer: Answer;
    try {
      answer = JSON.parse(await invoke<string>('execute', { request: JSON.stringify({ command, args }) })) as Answer;
    } catch (thrown) {
      throw CommandError.from(thrown);
    }
    return opened(answer) as never;
  },

  subscribe(listener) {
    const stop = listen<Event>('notebook', (event) => listener(event.payload));
    return () => void stop.then((unlisten) => unlisten());
  },
};
