// What the notebook has said it holds of a form: the promise that a test may hold it to.

import type { Page } from "@playwright/test";

import { onAnswer } from "./talk.ts";

type Form = Record<string, unknown>;

export interface Kept {
  /** The form of the newest draft whose keeping was answered. */
  form(): Form;
  /** Waits until a form like this, and what the screen keeps beside it, has been answered as kept. */
  until(like: (form: Form, face: Form) => boolean): Promise<void>;
}

/** Listens to the page's own talk with the notebook. */
export function listenToDrafts(page: Page): Kept {
  let newest: Form = {};
  let face: Form = {};
  let heard: (() => void)[] = [];
  onAnswer(page, (asked, answer) => {
    if (!asked.includes('"draft_save"') || !answer.startsWith('{"ok"')) return;
    ({ form: newest, face } = JSON.parse(asked).args);
    for (const go of heard.splice(0)) go();
  });
  return {
    form: () => newest,
    async until(like) {
      while (!like(newest, face)) await new Promise<void>((go) => heard.push(go));
    },
  };
}
