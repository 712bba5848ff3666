// A line to the loopback server that stays open: a slow browser has an answer over it in a third of the time that a
// request of its own takes. A message is a number and a command; its answer begins with the same number.

interface Asked {
  then: (answer: string) => void;
  gone: () => void;
}

export class Line {
  #socket: WebSocket | undefined;
  #asked = new Map<string, Asked>();
  #last = 0;

  /** Opens the line, unless it is. */
  open(): void {
    if (this.#socket) return;
    const socket = new WebSocket(new URL('/line', location.href.replace(/^http/, 'ws')));
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const end = data.indexOf(' ');
      const number = data.slice(0, end);
      this.#asked.get(number)?.then(data.slice(end + 1));
      this.#asked.delete(number);
    };
    socket.onclose = () => {
      this.#socket = undefined;
      for (const { gone } of this.#asked.values()) gone();
      this.#asked.clear();
    };
    this.#socket = socket;
  }

  isOpen(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** The answer to a command. Rejects when the line is cut before it is there. */
  ask(command: string): Promise<string> {
    const number = String(++this.#last);
    this.#socket?.send(`${number} ${command}`);
    return new Promise((then, gone) => this.#asked.set(number, { then, gone }));
  }
}
