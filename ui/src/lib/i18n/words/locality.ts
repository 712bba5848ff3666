// How work is done in the place: its words, its teams, its report.

import type { Words } from '../words';

export const locality = {
  'locality.none': {
    vi: 'Sổ này đang theo cách chung của ứng dụng.',
    en: 'This notebook goes by the app’s own ways.',
  },
  'locality.now': { vi: 'Sổ này đang theo cách làm của {name}.', en: 'This notebook goes by the ways of {name}.' },
  'locality.may_not': {
    vi: 'Tổ trưởng, tổ phó hoặc cán bộ xã đổi được mục này.',
    en: 'A leader, a deputy or an officer can change this.',
  },
  'locality.usual': { vi: 'Cách chung của ứng dụng', en: 'The app’s own ways' },
  'locality.examples': { vi: 'Chọn nơi giống nơi mình nhất', en: 'Take the place most like yours' },
  'locality.examples_hint': {
    vi: 'Chọn xong vẫn sửa được từng điều: tên gọi ở đây, cỡ tổ ở mục Tổ, cách báo cáo ở Bộ chỉ tiêu.',
    en: 'All of it can be changed afterwards: the words here, sizes under Teams, the report under its indicators.',
  },
  'locality.words': { vi: 'Thôn ở đây gọi là: {words}', en: 'A hamlet is called: {words}' },
  'locality.levels': { vi: 'Các mức gọi là: {words}', en: 'Levels are called: {words}' },
  'locality.roles': { vi: 'Vai trò gọi là: {words}', en: 'Roles are called: {words}' },
  'locality.team.commune': {
    vi: 'Tổ cấp xã: {smallest}–{largest} người. Tổ trưởng: {led_by}.',
    en: 'Commune team: {smallest}–{largest} people, led by: {led_by}.',
  },
  'locality.team.hamlet': {
    vi: 'Tổ ở thôn, bản: {smallest}–{largest} người. Tổ trưởng: {led_by}.',
    en: 'Hamlet team: {smallest}–{largest} people, led by: {led_by}.',
  },
  'locality.services': { vi: 'Đếm thêm: {names}', en: 'Counts as well: {names}' },
  'locality.report': { vi: '“{title}”, gửi {recipient}', en: '“{title}”, to {recipient}' },
  'locality.report_own': { vi: '“{title}”', en: '“{title}”' },
  'locality.ends': {
    vi: 'Kỳ báo cáo kết thúc ngày {day}, nộp trong {n} ngày sau đó',
    en: {
      one: 'Periods end on day {day}, due {n} day later',
      other: 'Periods end on day {day}, due {n} days later',
    },
  },
  'locality.ends_month': {
    vi: 'Kỳ báo cáo hết tháng, nộp trong {n} ngày sau đó',
    en: {
      one: 'Periods end with the month, due {n} day later',
      other: 'Periods end with the month, due {n} days later',
    },
  },
  'locality.ends_due': {
    vi: 'Kỳ báo cáo kết thúc và nộp ngày {day}',
    en: 'Periods end on day {day} and are due that day',
  },
  'locality.ends_month_due': {
    vi: 'Kỳ báo cáo hết tháng, nộp ngay ngày cuối',
    en: 'Periods end with the month and are due that day',
  },
  'locality.indicators': { vi: '{n} chỉ tiêu', en: { one: '{n} indicator', other: '{n} indicators' } },
  'locality.take': { vi: 'Làm theo nơi này', en: 'Go by these ways' },
  'locality.take_usual': { vi: 'Trở về cách chung', en: 'Back to the app’s own' },
  'locality.taking': { vi: 'Làm theo: {name}', en: 'Go by: {name}' },
  'locality.changes': {
    vi: 'Bộ chỉ tiêu đang dùng được thay bằng bộ {n} chỉ tiêu này, từ kỳ đã chọn. Tên gọi đổi ngay.',
    en: {
      one: 'From the chosen period on, this indicator takes the place of the present ones. Words change at once.',
      other:
        'From the chosen period on, these {n} indicators take the place of the present ones. Words change at once.',
    },
  },
  'locality.keeps': {
    vi: 'Hộ, lượt thăm và các kỳ trước không thay đổi gì.',
    en: 'Households, visits and earlier periods stay as they are.',
  },
  'locality.taken': { vi: 'Sổ nay làm theo {name}.', en: 'The notebook goes by {name} now.' },
  'locality.taken_usual': { vi: 'Sổ đã trở về cách chung.', en: 'The notebook is back to the app’s own ways.' },
  'locality.own': { vi: 'Sửa tên gọi ở đây', en: 'Change the words used here' },
  'locality.own_hint': { vi: 'Để trống thì dùng từ của ứng dụng.', en: 'Left empty, the app’s own word is used.' },
  'locality.name': { vi: 'Tên nơi này', en: 'Name of this place' },
  'locality.hamlets': { vi: 'Ở đây gọi thôn, bản là gì', en: 'What a hamlet is called' },
  'locality.hamlets_hint': {
    vi: 'Có mấy cách gọi thì viết cách nhau bằng dấu phẩy',
    en: 'Several words are parted by commas',
  },
  'locality.level_words': { vi: 'Tên các mức', en: 'Names of the levels' },
  'locality.role_words': { vi: 'Tên các vai trò', en: 'Names of the roles' },
  'locality.saved': { vi: 'Đã lưu tên gọi.', en: 'Words saved.' },
} as const satisfies Words;
