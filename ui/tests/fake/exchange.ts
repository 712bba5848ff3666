import { CommandError } from '../../src/lib/backend';
import type {
  FileReceiver,
  NetworkReport,
  RelayView,
  StationStatus,
  SyncStatus,
} from '../../src/lib/generated/commands';
import type { Table, World } from '../fake-backend';

export const QR =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h1v1H4zM6 5h1v2H6zM4 7h2v1H4z"/></svg>';

/** Relays, invites and what is where. */
export function exchangeCommands(world: World): Table {
  const relays: RelayView[] = world.status.space?.connected
    ? [
        {
          url: 'https://may-chu.van-ho.vn',
          last_sync_ms: Date.parse('2026-11-15T14:05:00'),
          error: 'offline',
        },
      ]
    : [];
  const receivers: FileReceiver[] = relays.map(() => ({
    name: 'Máy chị Mai',
    last_at_ms: Date.parse('2026-11-14T08:20:00'),
    new_records: 12,
  }));
  const asked = new URLSearchParams(globalThis.location?.search ?? '');
  let settings = { wifi_only: false };
  let reported: NetworkReport = { online: true, metered: null };
  let room: StationStatus = { open: null, stopped_by_itself: false };
  const status = (): SyncStatus => ({
    drafts: world.drafts.size,
    waiting: world.status.waiting,
    waiting_since_ms: world.status.waiting ? Date.parse('2026-11-15T16:20:00') : null,
    waiting_by: world.status.waiting
      ? [
          { name: 'Sồng Thị Dợ', records: 7 },
          { name: 'Vì Văn Nam', records: 5 },
        ]
      : [],
    arrived: 486,
    photos_waiting: asked.has('photos') ? 3 : 0,
    photos_to_come: asked.has('photos') ? 5 : 0,
    photos_wait_for_wifi: reported.metered === true,
    double_at_ms: null,
    quarantined: 0,
    relays: structuredClone(relays),
    waits_for_wifi: settings.wifi_only && reported.metered === true,
    stations: [{ name: 'Vì Văn Nam', last_sync_ms: Date.parse('2026-11-15T15:40:00'), records: 9 }],
  });
  return {
    sync_status: status,
    network_report: (report) => {
      reported = report;
      world.changed(['sync']);
      return {};
    },
    sync_settings_get: () => ({ ...settings }),
    sync_settings_set: (chosen) => {
      settings = { ...chosen };
      world.changed(['sync']);
      return { ...settings };
    },
    sync_now: async () => {
      if (relays.length === 0) throw new CommandError({ code: 'no_relay', message: '' });
      const sent = world.status.waiting;
      for (const h of world.households) {
        h.sync = { state: 'arrived', at_ms: Date.now(), relay: 'may-chu.van-ho.vn' };
        for (const v of h.visits) v.sync = h.sync;
      }
      for (const relay of relays) Object.assign(relay, { last_sync_ms: Date.now(), error: null });
      world.changed(['sync', 'household']);
      return {
        exchanges: 1,
        sent,
        received: 23,
        households_changed: 9,
        conflicts: 1,
        bytes_up: 2100,
        bytes_down: 8000,
      };
    },
    file_export: ({ since, receiver }) => {
      const name = receiver ?? (since && 'receiver' in since ? since.receiver : undefined);
      const known = receivers.find((r) => r.name === name);
      if (since && known?.new_records === 0) throw new CommandError({ code: 'nothing_new', message: '' });
      if (known) known.new_records = 0;
      else if (name) receivers.unshift({ name, last_at_ms: Date.now(), new_records: 0 });
      world.changed(['sync']);
      const content = btoa('TUNGNHA\n');
      return { name: 'Ban Pa Cop 2026-11-18 09h41.tungnha', content, chunks: 31, records: 498, bytes: 8 };
    },
    file_import: ({ content }) => {
      if (!atob(content).startsWith('TUNGNHA\n')) throw new CommandError({ code: 'file_not_ours', message: '' });
      world.tell({ event: 'progress', task: 'file', done: 31, total: 31 });
      world.changed(['sync', 'household']);
      const { id, name } = world.status.space ?? { id: 's1', name: '' };
      const of = { notebook: id, notebook_name: name };
      return { ...of, chunks: 31, new_chunks: 2, records: 14, households_changed: 9, conflicts: 1, quarantined: 0 };
    },
    file_receivers: () => structuredClone(receivers),
    relay_connect: ({ pass }) => {
      if (!pass.startsWith('https://')) throw new CommandError({ code: 'link_damaged', message: '' });
      relays.push({ url: new URL(pass).origin, last_sync_ms: null, error: null });
      if (world.status.space) world.status.space.connected = true;
      world.changed(['status', 'sync']);
      return status();
    },
    invite_create: ({ uses, days, at }) => ({
      link: 'https://may-chu.van-ho.vn/j/7K3QX9#3FJ5-M2QK-88TR-W1ZC-P4VD-0A9B',
      address: at === 'station' ? '192.168.1.12' : 'may-chu.van-ho.vn',
      code: '7K3QX9-3FJ5-M2QK-88TR-W1ZC-P4VD-0A9B',
      qr_svg: QR,
      expires_at_ms: Date.now() + days * 86_400_000,
      uses,
      at: at ?? 'relay',
    }),
    station_status: () => structuredClone(room),
    station_open: () => {
      room = {
        open: {
          addresses: ['192.168.1.12', '10.42.0.1'],
          qr_svg: QR,
          stops_at_ms: Date.now() + 14.5 * 60_000,
          guests: [{ name: 'Vì Văn Nam', at_ms: Date.now() - 60_000 }],
          received: 9,
        },
        stopped_by_itself: false,
      };
      world.changed(['sync']);
      return structuredClone(room);
    },
    station_close: () => {
      room = { open: null, stopped_by_itself: false };
      world.changed(['sync']);
      return structuredClone(room);
    },
    station_find: () => [{ address: '192.168.1.40' }],
    station_visit: ({ address }) => {
      if (!/^(192\.168|10)\./.test(address)) throw new CommandError({ code: 'bad_address', message: '' });
      return { name: 'Sồng Thị Dợ', sent: 4, received: 11, conflicts: 0 };
    },
  };
}
