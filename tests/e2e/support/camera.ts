// A device's camera, and what a test holds before it: Chromium plays a film in the camera's place, and the
// film is a single picture that is painted over while it plays.

import { open } from "node:fs/promises";
import path from "node:path";

import { type Browser, type Locator } from "@playwright/test";
import encodeQR from "qr";

import { test as base } from "./app.ts";

const WIDTH = 640;
const HEIGHT = 480;
/** A code's side on the picture, as a hand holds it. In px. */
const SIDE = 400;
const HEAD = `YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\nFRAME\n`;
const GREY = 128;

/** What is painted: rows of brightness, `SIDE` by `SIDE`. */
type Picture = Uint8Array;

export class Camera {
  readonly film: string;
  /** The browser that has this camera; who opens a device through it may use it. */
  browser!: Browser;

  constructor(folder: string) {
    this.film = path.join(folder, "camera.y4m");
  }

  /** Holds nothing before it. */
  async clear() {
    await this.#paint(new Uint8Array(SIDE * SIDE).fill(GREY));
  }

  /** Holds another device's screen before it, on which this picture is. */
  async hold(image: Locator) {
    const bytes = await image.evaluate(async (img: HTMLImageElement, side) => {
      await img.decode();
      const canvas = new OffscreenCanvas(side, side);
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      context.drawImage(img, 0, 0, side, side);
      return [...context.getImageData(0, 0, side, side).data].filter((_, n) => n % 4 === 0);
    }, SIDE);
    await this.#paint(Uint8Array.from(bytes));
  }

  /** Holds some code from elsewhere before it. */
  async holdCode(text: string) {
    const modules = encodeQR(text, "raw", { border: 4 });
    const picture = new Uint8Array(SIDE * SIDE);
    for (let y = 0; y < SIDE; y++)
      for (let x = 0; x < SIDE; x++) {
        const at = (n: number) => Math.floor((n * modules.length) / SIDE);
        picture[y * SIDE + x] = modules[at(y)]?.[at(x)] ? 0 : 255;
      }
    await this.#paint(picture);
  }

  /** Over what was there, and of the same length: the film goes on playing. */
  async #paint(picture: Picture) {
    const luma = new Uint8Array(WIDTH * HEIGHT).fill(GREY);
    const [left, top] = [(WIDTH - SIDE) / 2, (HEIGHT - SIDE) / 2];
    for (let y = 0; y < SIDE; y++) luma.set(picture.subarray(y * SIDE, (y + 1) * SIDE), (top + y) * WIDTH + left);
    const colourless = new Uint8Array((WIDTH * HEIGHT) / 2).fill(GREY);
    const file = await open(this.film, "a+").then((made) => made.close()).then(() => open(this.film, "r+"));
    await file.write(Buffer.concat([Buffer.from(HEAD), luma, colourless]), 0, null, 0);
    await file.close();
  }
}

export const test = base.extend<{ camera: Camera }>({
  camera: async ({ folder, playwright, launchOptions }, use) => {
    const camera = new Camera(folder);
    await camera.clear();
    const args = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${camera.film}`];
    camera.browser = await playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] });
    await use(camera);
    await camera.browser.close();
  },
});
