// A wire to the relay that can be cut: what a hamlet behind the mountain has.

import { once } from "node:events";
import net from "node:net";

/** A device connects to `url` and reaches the relay, for as long as the wire is whole. */
export class Wire {
  #whole = true;
  /** @type {Set<net.Socket>} */
  #open = new Set();
  #server = net.createServer((near) => this.#join(near));
  url = "";

  /** @param {string} relay its address, as `http://127.0.0.1:4080` */
  constructor(relay) {
    const { hostname, port } = new URL(relay);
    this.target = { host: hostname, port: Number(port) };
  }

  async start() {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address && typeof address === "object") this.url = `http://127.0.0.1:${address.port}`;
  }

  get whole() {
    return this.#whole;
  }

  /** Ends what is under way in the middle of it, and lets nothing through. */
  cut() {
    this.#whole = false;
    for (const socket of this.#open) socket.destroy();
  }

  mend() {
    this.#whole = true;
  }

  async stop() {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  /** @param {net.Socket} near */
  #join(near) {
    if (!this.#whole) return near.destroy();
    const far = net.connect(this.target);
    for (const [one, other] of /** @type {const} */ ([[near, far], [far, near]])) {
      this.#open.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
  }
}
