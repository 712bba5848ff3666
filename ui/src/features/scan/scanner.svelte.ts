// Scanning from the first picture to the first code that belongs here. The camera is on no longer than
// that: reading, closing, hiding the app and starting anew all let go of it, even while it is still
// being asked for.

import { closeCamera, openCamera, troubleOf, type Trouble } from './camera';
import { judge, WANTED, type Found, type Purpose } from './kinds';

/** Between two looks, in milliseconds: quick for a hand, and half a phone's time left for the picture. */
const PAUSE_MS = 120;

/** One look at the picture: the text of the code that is in it, if there is one. */
export type Look = () => Promise<string | undefined>;

export class Scanner {
  /** The picture, while the camera is on. */
  stream = $state.raw<MediaStream>();
  trouble = $state<Trouble>();
  /** A code that was read and does not belong here. */
  other = $state.raw<Found>();
  /** Every start and stop is a new one: what was begun in an earlier one is over. */
  #turn = 0;
  #camera: MediaStream | undefined;
  #look: Look = () => Promise.resolve(undefined);
  readonly #purpose: Purpose;
  readonly #onread: (text: string) => void;

  constructor(purpose: Purpose, onread: (text: string) => void) {
    this.#purpose = purpose;
    this.#onread = onread;
  }

  /** Scans for as long as the app is in sight. Returns how to end it. */
  watch(look: Look): () => void {
    this.#look = look;
    const follow = () => (document.hidden ? this.stop() : void this.start());
    document.addEventListener('visibilitychange', follow);
    follow();
    return () => {
      document.removeEventListener('visibilitychange', follow);
      this.stop();
    };
  }

  /** Opens the camera, and looks until something that belongs here is seen. */
  async start(): Promise<void> {
    this.stop();
    const turn = this.#turn;
    this.trouble = undefined;
    try {
      const camera = await openCamera();
      if (turn !== this.#turn) return closeCamera(camera);
      this.#camera = this.stream = camera;
      for (const track of camera.getTracks()) track.addEventListener('ended', () => this.#lost(turn));
      await this.#scan(turn);
    } catch (error) {
      if (turn === this.#turn) this.#fail(troubleOf(error));
    }
  }

  stop(): void {
    this.#turn++;
    if (this.#camera) closeCamera(this.#camera);
    this.#camera = this.stream = undefined;
  }

  async #scan(turn: number): Promise<void> {
    while (turn === this.#turn) {
      const read = await this.#look();
      if (turn !== this.#turn) return;
      if (read !== undefined) this.#take(judge(read));
      await new Promise((next) => setTimeout(next, PAUSE_MS));
    }
  }

  #take(found: Found): void {
    const wanted: readonly unknown[] = WANTED[this.#purpose];
    if (!wanted.includes(found.kind)) {
      this.other = found;
      return;
    }
    this.stop();
    this.#onread(found.text);
  }

  /** Another app took the camera, or it was unplugged. */
  #lost(turn: number): void {
    if (turn === this.#turn) this.#fail('busy');
  }

  #fail(trouble: Trouble): void {
    this.stop();
    this.trouble = trouble;
  }
}
