import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpBackend } from './http';
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

describe('a page in a browser', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('asks over its line, and by requests that outlive it once it is left', async () => {
    const requests: RequestInit[] = [];
    vi.stubGlobal('WebSocket', Socket);
    vi.stubGlobal('EventSource', vi.fn());
    vi.stubGlobal('fetch', (_to: string, request: RequestInit) => {
      requests.push(request);
      return Promise.resolve(new Response('{"ok":"by request"}'));
    });
    httpBackend.subscribe(() => undefined);
    const socket = Socket.all.at(-1) as Socket;
    socket.readyState = Socket.OPEN;
    const asked = httpBackend.execute('draft_list', {});
    socket.onmessage?.({ data: '1 {"ok":"by line"}' });
    expect(await asked).toBe('by line');

    window.dispatchEvent(new Event('pagehide'));
    expect(await httpBackend.execute('draft_list', {})).toBe('by request');
    expect(requests.map((request) => request.keepalive)).toEqual([true]);
    expect(socket.sent.length).toBe(1);

    window.dispatchEvent(new Event('pageshow'));
    void httpBackend.execute('draft_list', {});
    expect(socket.sent.length, 'it was not left after all').toBe(2);
  });
});
