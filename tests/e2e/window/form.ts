// What stands in the window, by the words on it, and what the notebook behind it holds.

export const by = {
  button: (name: string) => `//button[contains(normalize-space(.), "${name}")]`,
  link: (name: string) => `//a[contains(normalize-space(.), "${name}")]`,
  answer: (name: string) => `//label[contains(@class, "answer")][contains(normalize-space(.), "${name}")]`,
  tile: (name: string) => `//summary[contains(normalize-space(.), "${name}")]`,
  field: (name: string) => `//*[@id = //label[starts-with(normalize-space(.), "${name}")]/@for]`,
  /** By its spoken name. */
  named: (name: string) => `//*[starts-with(@aria-label, "${name}")]`,
  search: `//input[@type = "search"]`,
};

/** The forms of the drafts that the notebook has answered as kept. */
export const keptDrafts = `
  const done = arguments[0];
  const ask = (command, args) => window.__TAURI_INTERNALS__.invoke("execute", { request: JSON.stringify({ command, args }) }).then((text) => JSON.parse(text).ok);
  ask("draft_list", {})
    .then((drafts) => Promise.all(drafts.map(({ visit }) => ask("draft_get", { visit }))))
    .then((drafts) => done(drafts.map(({ form }) => form)), () => done([]));
`;
