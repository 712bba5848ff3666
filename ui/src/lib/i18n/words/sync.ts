// Where a record is: on this device, on its way, arrived.

import type { Words } from '../words';

export const sync = {
  'sync.here': { vi: 'Trên máy này', en: 'On this device' },
  'sync.waiting': { vi: 'Chờ gửi', en: 'Waiting' },
  'sync.arrived': { vi: 'Đã tới', en: 'Arrived' },
  'sync.arrived_at': { vi: 'Đã tới {when}', en: 'Arrived {when}' },
  'sync.failed': { vi: 'Chưa gửi được', en: 'Not sent' },
  'sync.say_arrived': { vi: 'Đã tới máy chủ {relay} lúc {when}', en: 'Arrived at {relay}, {when}' },
  'sync.pill_waiting': { vi: '{n} chờ gửi', en: '{n} waiting' },
  'sync.pill_arrived': { vi: 'Đã gửi hết', en: 'All sent' },
  'sync.pill_here': { vi: 'Trên máy này', en: 'On this device' },
} as const satisfies Words;
