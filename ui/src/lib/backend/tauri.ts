// The window: one Tauri command in, one event out.

import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Event } from '$lib/generated/commands';
import { CommandError, envelope, opened, type Answer, type Backend, type SavedFile } from '.';

/** Whether this page stands in the app's window. */
export function inWindow(): boolean {
  return '__TAURI_INTERNALS__' in window;
}

export const tauriBackend: Backend = {
  async execute(command, args) {
    return (await ask('execute', envelope(command, args))) as never;
  },

  async saveFile(args) {
    return (await ask('save_file', args)) as SavedFile;
  },

  async saveWorkbook(args) {
    return (await ask('save_workbook', args)) as SavedFile;
  },

  subscribe(listener) {
    const stop = listen<Event>('notebook', (event) => listener(event.payload));
    return () => void stop.then((unlisten) => unlisten());
  },
};

/** The answer of one of the window's commands. */
async function ask(command: string, request: unknown): Promise<unknown> {
  let answer: Answer;
  try {
    answer = JSON.parse(await invoke<string>(command, { request: JSON.stringify(request) })) as Answer;
  } catch (thrown) {
    throw CommandError.from(thrown);
  }
  return opened(answer);
}
