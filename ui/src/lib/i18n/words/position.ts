// Where a household's door is, as a device has measured it.

import type { Words } from '../words';

export const position = {
  'field.position': { vi: 'Vị trí nhà', en: 'Position of the house' },
  'position.note': { vi: 'Ghi vị trí nhà này', en: 'Note where this house is' },
  'position.again': { vi: 'Ghi lại', en: 'Note again' },
  'position.looking': { vi: 'Đang tìm vị trí…', en: 'Looking for the position…' },
  'position.is': {
    vi: 'Đã có vị trí nhà, lệch tới {n} mét · ghi ngày {day}',
    en: 'The house is noted to {n} metres · on {day}',
  },
  'position.way': { vi: 'Chỉ đường', en: 'Show the way' },
  'position.remove': { vi: 'Bỏ vị trí', en: 'Take it off' },
  'position.saved': { vi: 'Đã ghi vị trí nhà, lệch tới {n} mét.', en: 'The position is noted, to {n} metres.' },
  'position.removed': { vi: 'Đã bỏ vị trí nhà.', en: 'The position is taken off.' },
  'position.denied': {
    vi: 'Máy không cho ứng dụng xem vị trí, nên chưa ghi. Mọi phần khác vẫn dùng được. Muốn ghi, hãy cho phép “Vị trí” trong cài đặt của máy.',
    en: 'The device does not let the app see where it is, so nothing is noted. All else works. To note it, allow “Location” in the device’s settings.',
  },
  'position.unavailable': {
    vi: 'Máy chưa tìm được vị trí, nên chưa ghi. Mọi phần khác vẫn dùng được. Hãy bật định vị, ra chỗ thoáng rồi thử lại.',
    en: 'The device could not find where it is, so nothing is noted. All else works. Turn location on, step outside and try again.',
  },
  'position.imprecise': {
    vi: 'Vị trí còn lệch tới {n} mét, chưa đủ để tìm lại nhà, nên chưa ghi. Hãy ra chỗ thoáng, chờ một lát rồi thử lại.',
    en: 'The position may be off by {n} metres, too far to find the house, so nothing is noted. Step outside, wait a little and try again.',
  },
  'position.value': { vi: 'đã ghi, lệch tới {n} mét', en: 'noted, to {n} metres' },
  'error.bad_position': {
    vi: 'Máy cho một vị trí không đúng, nên chưa ghi gì. Hãy thử lại sau ít phút.',
    en: 'The device gave a position that cannot be, so nothing is noted. Try again in a few minutes.',
  },
  'error.position_imprecise': {
    vi: 'Vị trí còn lệch tới {n} mét, nên chưa ghi. Hãy ra chỗ thoáng rồi thử lại.',
    en: 'The position may be off by {n} metres, so nothing is noted. Step outside and try again.',
  },
} as const satisfies Words;
