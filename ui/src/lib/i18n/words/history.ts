// What was ever written about a household, and a resident's own page.

import type { Words } from '../words';

export const history = {
  'history.title': { vi: 'Lịch sử ghi chép', en: 'History' },
  'history.open': { vi: 'Ai đã sửa gì, lúc nào', en: 'Who changed what, and when' },
  'history.of': { vi: 'Hộ {head}', en: 'Household of {head}' },
  'history.by_list': { vi: 'Từ danh sách {name}', en: 'From the list {name}' },
  'history.by_unknown': { vi: 'Không rõ ai', en: 'Unknown' },
  'history.this': { vi: 'trên máy này', en: 'on this device' },
  'history.other': { vi: 'trên máy khác', en: 'on another device' },
  'history.this_named': { vi: 'trên máy này ({name})', en: 'on this device ({name})' },
  'history.other_named': { vi: 'trên {name}', en: 'on {name}' },
  'history.unknown': { vi: 'chưa rõ trên máy nào', en: 'on a device not known here' },
  'history.first': { vi: '{field}: {value}', en: '{field}: {value}' },
  'history.change': { vi: '{field}: {before} → {value}', en: '{field}: {before} → {value}' },
  'history.about': { vi: '{about}, {line}', en: '{about}, {line}' },
  'history.visit': { vi: 'Lượt thăm {day}: {outcome}', en: 'Visit on {day}: {outcome}' },
  'history.visit_removed': { vi: 'Lấy lại lượt thăm {day}', en: 'Visit on {day} taken back' },
  'history.empty': { vi: '(để trống)', en: '(empty)' },
  'history.yes': { vi: 'có', en: 'yes' },
  'history.no': { vi: 'không', en: 'no' },
  'history.return': { vi: 'Dùng lại “{value}”', en: 'Use “{value}” again' },
  'history.returned': { vi: 'Đã dùng lại “{value}”.', en: '“{value}” is used again.' },
  'history.all': { vi: 'Xem từ đầu ({n} lần ghi)', en: { one: 'Show all ({n})', other: 'Show all ({n})' } },

  'resident.open': { vi: 'Trang của {name}', en: 'Page of {name}' },
  'resident.gone': { vi: 'Không thấy người này trong hộ', en: 'Nobody by that name here' },
  'resident.levels': { vi: 'Năm kỹ năng', en: 'Five skills' },
  'resident.progress': { vi: 'Tiến bộ theo thời gian', en: 'Progress over time' },
  'resident.none': { vi: 'Chưa ai ghi mức kỹ năng nào.', en: 'No level has been recorded.' },
  'resident.on': { vi: '{day}: {level}', en: '{day}: {level}' },
  'resident.items': { vi: 'Đã tự làm được', en: 'Can do alone' },
  'resident.met': { vi: 'Đã gặp {n} lần', en: { one: 'Met {n} time', other: 'Met {n} times' } },
  'resident.met_last': { vi: 'lần gần nhất {day}', en: 'last on {day}' },
  'resident.edit': { vi: 'Sửa thông tin', en: 'Edit' },
  'resident.message': { vi: 'Nhắn tin', en: 'Message' },
} as const satisfies Words;
