// Hamlets and communes.

import type { Words } from '../words';

export const places = {
  'place.add': { vi: 'Thêm nơi', en: 'Add a place' },
  'place.name': { vi: 'Tên nơi', en: 'Name' },
  'place.kind': { vi: 'Là', en: 'Kind' },
  'place.added': { vi: 'Đã thêm {name}.', en: '{name} added.' },
  'place.hamlet': { vi: 'Thôn, bản, khu phố, ấp', en: 'Hamlet, street group' },
  'place.commune': { vi: 'Xã, phường, đặc khu', en: 'Commune, ward' },
  'place.households': { vi: '{n} hộ', en: { one: '{n} household', other: '{n} households' } },
} as const satisfies Words;
