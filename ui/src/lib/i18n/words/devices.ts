// The team's devices.

import type { Words } from '../words';

export const devices = {
  'device.title': { vi: 'Các máy của tổ', en: 'The team’s devices' },
  'device.entry_hint': {
    vi: 'Máy nào của ai, lần cuối gửi tới lúc nào',
    en: 'Whose is which, and when it was last heard from',
  },
  'device.hint': {
    vi: 'Giờ ở mỗi máy là lúc phần ghi mới nhất của máy đó tới máy này.',
    en: 'The time at a device is when the newest that it wrote came to this one.',
  },
  'device.here': { vi: 'Máy này', en: 'This device' },
  'device.heard': { vi: 'Lần cuối gửi tới: {when}', en: 'Last heard from {when}' },
  'device.not_heard': { vi: 'Chưa gửi gì tới', en: 'Not heard from yet' },
  'device.first': { vi: '{name} dùng đầu tiên', en: 'first used by {name}' },
  'device.unnamed': { vi: 'Máy chưa biết tên', en: 'A device whose name is not known' },
  'device.rename': { vi: 'Đổi tên máy này', en: 'Rename this device' },
  'device.name': { vi: 'Tên máy này', en: 'Name of this device' },
  'device.name_hint': {
    vi: 'Cả tổ thấy tên này. Ví dụ: Máy bảng nhà văn hóa',
    en: 'The whole team sees it. For example: tablet of the hall',
  },
  'device.renamed': { vi: 'Máy này giờ tên là “{name}”.', en: 'This device is now called “{name}”.' },
  'device.none': { vi: 'Bản tập không có máy nào khác', en: 'Practice has no other devices' },
  'device.none_text': {
    vi: 'Khi vào tổ thật, các máy của tổ hiện ở đây.',
    en: 'In a real team, its devices are shown here.',
  },
} as const satisfies Words;
