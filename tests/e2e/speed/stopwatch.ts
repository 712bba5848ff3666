// What a person waits for, measured inside the page: from the touch to the frame that shows the answer.
// The same code runs in the browser and in the window's WebKit.

/** What the stopwatch answers; times in ms. */
export interface Stopwatch {
  /** Goes to the list as soon as the way there is shown; the moment (ms since 1970) at which its first row was painted. */
  firstRow(): Promise<number>;
  /** One more letter in the search field, until the list says and shows what it finds. */
  search(text: string): Promise<number>;
  /** Takes the search back, until the whole list is shown. */
  clear(): Promise<number>;
  /** A row of the list, until its household is shown. */
  open(index: number): Promise<number>;
  /** From the open household to a visit's form, filled in far enough, and from its *Lưu* to the confirmation. */
  save(): Promise<number>;
  /** A fixed piece of work, the same on every machine: by it the figures of two machines can be compared. */
  yardstick(): Promise<number>;
  /** From the top of the list to its end at so many px a second: frames, and those with an empty spot. */
  scroll(speed: number): Promise<{ frames: number; blank: number; rows: number }>;
}

declare global {
  interface Window {
    stopwatch?: Stopwatch;
  }
}

/**
 * To be run in the page. It stands for itself: nothing outside of it is there. Where the page has only begun, the way to
 * the list is taken `atOnce`: a person does not wait for the one who measures to have looked.
 */
export function installStopwatch(atOnce: boolean) {
  const PATIENCE = 20_000;
  const frame = () => new Promise<number>((then) => requestAnimationFrame(then));
  /** What is in the page while a frame begins is painted when the next task runs. */
  const painted = () => new Promise((then) => setTimeout(then));
  /** Looks at the beginning of each frame. */
  const until = async <T>(what: string, found: () => T | null | undefined | false): Promise<T> => {
    for (const start = performance.now(); performance.now() - start < PATIENCE; ) {
      await frame();
      const it = found();
      if (it) return it;
    }
    throw new Error(`never: ${what}`);
  };
  const one = <T extends HTMLElement>(css: string) => document.querySelector<T>(css);
  const within = (css: string, text: string) =>
    [...document.querySelectorAll<HTMLElement>(css)].find((el) => el.textContent?.includes(text));
  /** A hand takes its time from one touch to the next: what the one before has left to do is done by then. */
  const HAND = 400;
  const rest = () => new Promise((then) => setTimeout(then, HAND));
  const timed = async (act: () => void, shown: () => unknown) => {
    const start = performance.now();
    act();
    await until("the answer", shown);
    await painted();
    return performance.now() - start;
  };
  const said = () => one(".list-head [role=status]")?.textContent ?? "";
  const type = async (text: string, answered: () => boolean) => {
    const field = await until("the search field", () => one<HTMLInputElement>("input[type=search]"));
    const change = () => {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    // The finger is on the field before it types.
    if (document.activeElement !== field) {
      field.focus();
      await rest();
    }
    return timed(change, answered);
  };
  const firstRow = () => one("[data-index='0'] a.row");
  let first: Promise<number> | undefined;
  const toFirstRow = async () => {
    (await until("the way to the list", () => one("nav a[href$='households']"))).click();
    await until("the first row", firstRow);
    await painted();
    return performance.timeOrigin + performance.now();
  };

  const stopwatch: Stopwatch = {
    firstRow: () => (first ??= toFirstRow()),
    search: (text) => type(text, () => said().includes(`“${text.trim()}”`)),
    async clear() {
      const took = await type("", () => !said().includes("“"));
      await rest();
      return took;
    },
    async open(index) {
      const row = await until("the row", () => one(`[data-index="${index}"] a.row`));
      const name = row.querySelector(".row-name")?.textContent?.trim() ?? "";
      row.scrollIntoView({ block: "nearest" });
      await rest();
      return timed(
        () => row.click(),
        // What costs least to look for goes first: the one who measures is slowed too.
        () => one(".person") && within(".pane-detail h1", name) && within(".actionbar a", "Ghi lượt thăm"),
      );
    },
    async save() {
      (await until("the way to the form", () => within("a.btn, button", "Ghi lượt thăm"))).click();
      (await until("the outcome", () => within("label.answer", "Từ chối"))).click();
      const button = await until("the button", () => one<HTMLButtonElement>("form.visit button[type=submit]:enabled"));
      await rest();
      const took = await timed(
        () => button.click(),
        () => one("section.undo"),
      );
      await until("the household again", () => !one("form.visit") && one(".person"));
      return took;
    },
    async yardstick() {
      const took = [];
      for (let time = 0; time < 9; time++) {
        const start = performance.now();
        for (let n = 0; n < 30; n++) {
          const page = document.body.appendChild(document.createElement("div"));
          page.innerHTML = "<p>Nguyễn <b>Văn</b> A</p>".repeat(20);
          page.getBoundingClientRect();
          page.remove();
        }
        took.push(performance.now() - start);
      }
      return took.sort((a, b) => a - b)[4] ?? Number.NaN;
    },
    async scroll(speed) {
      const row = await until("the first row", firstRow);
      let pane: Element = row;
      while (pane.parentElement && !(pane.scrollHeight > pane.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(pane).overflowY)))
        pane = pane.parentElement;
      const list = await until("the list", () => one("ul.list-virtual"));
      const last = () => {
        const row = list.lastElementChild;
        return !!row?.hasAttribute("aria-posinset") && row.getAttribute("aria-posinset") === row.getAttribute("aria-setsize");
      };
      const seen = { frames: 0, blank: 0, rows: Number(list.querySelector("[aria-setsize]")?.getAttribute("aria-setsize")) };
      const isBlank = () => {
        const { left, width, top, bottom } = list.getBoundingClientRect();
        return [0.3, 0.5, 0.7].some((part) => {
          const y = innerHeight * part;
          if (y < top || y > bottom) return false;
          const there = document.elementFromPoint(left + width / 2, y);
          return !!there && list.contains(there) && !there.closest("[data-index]")?.querySelector("a.row");
        });
      };
      let before = await frame();
      let from = pane.scrollTop;
      for (;;) {
        const now = await frame();
        // What the last frame has shown, before the list catches up with where it stands now.
        seen.frames++;
        if (isBlank()) seen.blank++;
        if (last() && pane.scrollTop <= from) return seen;
        from = pane.scrollTop;
        pane.scrollTop += ((now - before) * speed) / 1000;
        before = now;
      }
    },
  };
  window.stopwatch = stopwatch;
  // A page on the way to the app has no list; nobody asks it for one.
  if (atOnce) stopwatch.firstRow().catch(() => undefined);
}
