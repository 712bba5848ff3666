import { afterEach, expect, it, vi } from 'vitest';
import { fakeBackend } from '../../tests/fake-backend';
import { useBackend } from './backend';
import { network } from './network.svelte';

afterEach(() => vi.unstubAllGlobals());

/** A page on a device with this kind of network, and what it has told the notebook so far. */
function page(type?: string) {
  const connection = Object.assign(new EventTarget(), { type });
  vi.stubGlobal('navigator', { onLine: true, connection });
  const told: unknown[] = [];
  const backend = fakeBackend({ size: 1 });
  useBackend({
    ...backend,
    execute: (command, args) => {
      if (command === 'network_report') told.push(args);
      return backend.execute(command, args);
    },
  });
  return { connection, told };
}

it('tells what the network is at the start, and at every change until it is stopped', () => {
  const { connection, told } = page('wifi');
  const stop = network.watch();
  connection.type = 'cellular';
  connection.dispatchEvent(new Event('change'));
  vi.stubGlobal('navigator', { onLine: false, connection });
  window.dispatchEvent(new Event('offline'));
  stop();
  window.dispatchEvent(new Event('online'));
  expect(told).toEqual([
    { online: true, metered: false },
    { online: true, metered: true },
    { online: false, metered: true },
  ]);
});

it('does not guess what the browser does not say', () => {
  const { told } = page(undefined);
  network.watch()();
  vi.stubGlobal('navigator', { onLine: true });
  network.watch()();
  expect(told).toEqual([
    { online: true, metered: null },
    { online: true, metered: null },
  ]);
});
