import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Line } from './line';

class Socket {
  static readonly OPEN = 1;
  static all: Socket[] = [];
  readyState = 0;
  sent: string[] = [];
  onmessage?: (message: { data: string }) => void;
  onclose?: () => void;
  constructor(readonly address: URL) {
    Socket.all.push(this);
  }
  send(text: string) {
    this.sent.push(text);
  }
}

function opened(): [Line, Socket] {
  const line = new Line();
  line.open();
  const socket = Socket.all.at(-1) as Socket;
  socket.readyState = Socket.OPEN;
  return [line, socket];
}

describe('the line', () => {
  beforeEach(() => void vi.stubGlobal('WebSocket', Socket));
  afterEach(() => void vi.unstubAllGlobals());

  it('brings every command its own answer, in whatever order', async () => {
    const [line, socket] = opened();
    expect(socket.address.href).toBe('ws://localhost:3000/line');
    const [first, second] = [line.ask('{"command":"a"}'), line.ask('{"command":"b"}')];
    expect(socket.sent).toEqual(['1 {"command":"a"}', '2 {"command":"b"}']);
    socket.onmessage?.({ data: '2 {"ok":"two words"}' });
    socket.onmessage?.({ data: '1 {"ok":1}' });
    expect(await first).toBe('{"ok":1}');
    expect(await second).toBe('{"ok":"two words"}');
  });

  it('leaves nobody waiting when it is cut, and opens again', async () => {
    const [line, socket] = opened();
    const asked = line.ask('{}');
    line.open();
    expect(Socket.all.at(-1), 'one line is enough').toBe(socket);
    socket.onclose?.();
    await expect(asked).rejects.toBeUndefined();
    expect(line.isOpen()).toBe(false);
    line.open();
    expect(Socket.all.at(-1)).not.toBe(socket);
  });
});
