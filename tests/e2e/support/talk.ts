// What a page and the notebook say to each other: over the page's line, or in a request of its own.

import type { Page } from "@playwright/test";

/** A command that has been answered. */
export type Heard = (command: string, answer: string) => void;

const listeners = new WeakMap<Page, Heard[]>();

/** To be called before the page is opened: a line that is open already cannot be listened to any more. */
export function listenIn(page: Page) {
  const heard: Heard[] = [];
  listeners.set(page, heard);
  const tell: Heard = (command, answer) => heard.forEach((listener) => listener(command, answer));
  page.on("response", (response) => {
    const asked = response.request().postData();
    if (asked && response.url().endsWith("/execute")) response.text().then((answer) => tell(asked, answer)).catch(() => undefined);
  });
  page.on("websocket", (line) => {
    const asked = new Map<string, string>();
    line.on("framesent", ({ payload }) => asked.set(...numbered(payload)));
    line.on("framereceived", ({ payload }) => {
      const [number, answer] = numbered(payload);
      tell(asked.get(number) ?? "", answer);
    });
  });
}

/** Hears every command from now on that is answered. */
export function onAnswer(page: Page, listener: Heard) {
  listeners.get(page)?.push(listener);
}

function numbered(payload: string | Buffer): [number: string, rest: string] {
  const text = payload.toString();
  const end = text.indexOf(" ");
  return [text.slice(0, end), text.slice(end + 1)];
}
