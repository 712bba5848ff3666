import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasCamera } from './camera';
import { judge } from './kinds';
import { Scanner } from './scanner.svelte';

const INVITE = 'https://relay.vanho.vn/j/Ab3_x-9k2Lm#0123456789abcdefghij-_';
const PASS = 'https://relay.vanho.vn/p/Ab3_x-9k2Lm#0123456789abcdefghij-_';

/** A camera whose light can be looked at. */
class Camera extends EventTarget {
  on = true;
  stop = () => void (this.on = false);
  getTracks = () => [this];
}

const cameras: Camera[] = [];
const ends: (() => void)[] = [];
const lit = () => cameras.filter(({ on }) => on).length;
let asked: MediaStreamConstraints | undefined;

/** A device whose camera opens, or is refused, as `open` says. */
function device(open: () => Promise<unknown>) {
  const getUserMedia = (wanted: MediaStreamConstraints) => {
    asked = wanted;
    return open();
  };
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
}

function opens() {
  const camera = new Camera();
  cameras.push(camera);
  return Promise.resolve(camera);
}

/** Mai, who scans; what is held before her camera, one thing a look, may still be added to. */
function mai(held: (string | undefined)[] = []) {
  const read: string[] = [];
  const scanner = new Scanner('join', (text) => read.push(text));
  const end = scanner.watch(() => Promise.resolve(held.shift()));
  ends.push(end);
  return { scanner, read, end };
}

const aWhile = () => vi.advanceTimersByTimeAsync(2_000);

function hide(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  cameras.length = 0;
  device(opens);
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('Mai scans the invite on Páo’s phone', () => {
  it('with the rear camera, without a microphone, and the light goes out as soon as it is read', async () => {
    const { scanner, read } = mai([undefined, undefined, `${INVITE}\n`]);
    await vi.advanceTimersByTimeAsync(0);
    expect(lit()).toBe(1);
    expect(asked).toMatchObject({ video: { facingMode: { ideal: 'environment' } }, audio: false });
    await aWhile();
    expect(read).toEqual([INVITE]);
    expect(lit()).toBe(0);
    expect(scanner.stream).toBeUndefined();
  });

  it('after a bank’s code and a relay pass, which are named while scanning goes on', async () => {
    const held: (string | undefined)[] = ['00020101021138570010A000000727'];
    const { scanner, read } = mai(held);
    await aWhile();
    expect(scanner.other).toMatchObject({ kind: undefined });
    held.push(PASS);
    await aWhile();
    expect(scanner.other?.kind).toBe('pass');
    expect([read, lit()]).toEqual([[], 1]);
    held.push(INVITE, INVITE);
    await aWhile();
    expect([read, lit()]).toEqual([[INVITE], 0]);
  });
});

describe('the camera is let go of', () => {
  it('when the dialog is closed', async () => {
    const { end } = mai();
    await aWhile();
    expect(lit()).toBe(1);
    end();
    expect(lit()).toBe(0);
    await aWhile();
    expect(cameras).toHaveLength(1);
  });

  it('when the dialog is closed while the person is still being asked', async () => {
    let allow = () => {};
    device(() => new Promise((found) => (allow = () => void opens().then(found))));
    const { end, scanner } = mai([INVITE]);
    end();
    allow();
    await aWhile();
    expect(cameras).toHaveLength(1);
    expect(lit()).toBe(0);
    expect(scanner.stream).toBeUndefined();
  });

  it('while the app is hidden, and taken again when it is back', async () => {
    const { end } = mai();
    await aWhile();
    hide(true);
    expect(lit()).toBe(0);
    await aWhile();
    expect(cameras).toHaveLength(1);
    hide(false);
    await aWhile();
    expect([cameras.length, lit()]).toEqual([2, 1]);
    end();
    hide(true);
    hide(false);
    await aWhile();
    expect([cameras.length, lit()]).toEqual([2, 0]);
  });
});

describe('what keeps the camera from opening is told', () => {
  it.each([
    ['NotFoundError', 'none'],
    ['OverconstrainedError', 'none'],
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'failed'],
  ])('%s', async (name, trouble) => {
    device(() => Promise.reject(new DOMException('', name)));
    const { scanner } = mai([INVITE]);
    await aWhile();
    expect(scanner.trouble).toBe(trouble);
    expect(scanner.stream).toBeUndefined();
  });

  it('and is forgotten when a second try opens it', async () => {
    device(() => Promise.reject(new DOMException('', 'NotReadableError')));
    const { scanner, read } = mai([INVITE]);
    await aWhile();
    device(opens);
    void scanner.start();
    await aWhile();
    expect(scanner.trouble).toBeUndefined();
    expect(read).toEqual([INVITE]);
  });

  it('also when another app takes it away later', async () => {
    const { scanner } = mai();
    await aWhile();
    cameras[0]?.dispatchEvent(new Event('ended'));
    expect(scanner.trouble).toBe('busy');
    expect(lit()).toBe(0);
  });
});

it('offers nothing where no camera can be asked for', () => {
  expect(hasCamera()).toBe(true);
  vi.stubGlobal('navigator', {});
  expect(hasCamera()).toBe(false);
});

it('tells codes apart by their look', () => {
  for (const [text, kind] of [
    [INVITE, 'invite'],
    ['https://192.168.1.12:47474/s/Ab3_x-9k2Lm#0123456789abcdefghij-_', 'invite'],
    [PASS, 'pass'],
    ['https://192.168.1.12:5000/', 'station'],
    ['https://[fd00::1]:47474/', 'station'],
    ['https://may-do.local/', 'station'],
    ['https://relay.vanho.vn/', undefined],
    ['https://relay.vanho.vn/j/Ab3_x-9k2Lm', undefined],
    ['https://relay.vanho.vn/x/Ab3#012', undefined],
    ['javascript:alert(1)//j/a#b', undefined],
    ['', undefined],
  ] as const)
    expect(judge(text).kind, text).toBe(kind);
  expect(judge('https://192.168.1.12:5000/').text, 'as it stands on the other screen').toBe('192.168.1.12:5000');
});
