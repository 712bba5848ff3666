// The work that is at no door: classes, booths, days of payment.

import type { Words } from '../words';

export const activities = {
  'activity.none': { vi: 'Chưa ghi hoạt động nào', en: 'No activity yet' },
  'activity.none_text': {
    vi: 'Ghi lớp học, bàn hướng dẫn ở chợ, ngày chi trả trợ cấp: việc của tổ không thuộc hộ nào.',
    en: 'Record classes, booths at the market, welfare days: work that belongs to no household.',
  },
  'activity.add': { vi: 'Ghi hoạt động', en: 'Record activity' },
  'activity.edit': { vi: 'Sửa hoạt động', en: 'Edit activity' },
  'activity.kind': { vi: 'Loại hoạt động', en: 'Kind' },
  'activity.class': { vi: 'Lớp học', en: 'Class' },
  'activity.booth': { vi: 'Bàn hướng dẫn', en: 'Booth' },
  'activity.welfare_day': { vi: 'Ngày chi trả trợ cấp', en: 'Welfare day' },
  'activity.other': { vi: 'Việc khác', en: 'Something else' },
  'activity.title': { vi: 'Tên hoạt động', en: 'Name of the activity' },
  'activity.day': { vi: 'Ngày', en: 'Day' },
  'activity.attendees': { vi: 'Số người đến', en: 'How many came' },
  'activity.people': { vi: '{n} người đến', en: { one: '{n} person came', other: '{n} people came' } },
  'activity.people_none': { vi: 'chưa ghi số người', en: 'attendance not recorded' },
  'activity.came_all': { vi: 'người đến', en: { one: 'person came', other: 'people came' } },
  'activity.one_more': { vi: 'Người đến, không ghi tên', en: 'Came, not by name' },
  'activity.name_one': { vi: 'Ghi tên người đến', en: 'Name who came' },
  'activity.find': { vi: 'Tìm người trong sổ', en: 'Find somebody' },
  'activity.named': { vi: 'Đã ghi {name} đến.', en: '{name} came.' },
  'activity.unnamed': { vi: 'Đã bỏ tên {name}.', en: '{name} taken off.' },
  'activity.not_after_all': { vi: 'Bỏ tên {name}', en: 'Take {name} off' },
  'activity.helpers': { vi: 'Ai trong tổ đã làm', en: 'Who of the team helped' },
  'activity.time': { vi: 'Bắt đầu lúc mấy giờ', en: 'Begins at' },
  'activity.time_hint': { vi: 'Ví dụ 07:30', en: 'For example 07:30' },
  'activity.place_none': { vi: 'Không ghi nơi', en: 'No place' },
  'activity.saved': { vi: 'Đã lưu hoạt động.', en: 'Activity saved.' },
  'activity.take_back': { vi: 'Rút hoạt động này', en: 'Take this activity back' },
  'activity.taken_back': { vi: 'Đã rút hoạt động.', en: 'Activity taken back.' },
  'activity.removed': { vi: 'Đã rút', en: 'Taken back' },
} as const satisfies Words;
