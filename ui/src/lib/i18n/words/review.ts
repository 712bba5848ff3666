// Crossed edits, and choosing between them.

import type { Words } from '../words';

export const review = {
  'review.title': { vi: 'Cần xem lại', en: 'To review' },
  'review.count': { vi: '{n} việc', en: { one: '{n} thing', other: '{n} things' } },
  'review.none': { vi: 'Không có gì cần xem lại', en: 'Nothing to review' },
  'review.none_text': {
    vi: 'Hai máy sửa một chỗ khác nhau, hay một hộ ghi thành hai, thì hiện ở đây để bạn chọn.',
    en: 'When two devices change one thing differently, or one household is here twice, it appears here for you to choose.',
  },
  'review.of': { vi: '{field} của {about}', en: '{field} of {about}' },
  'review.of_team': { vi: '{field} của tổ', en: '{field} of the team' },
  'review.text': {
    vi: 'Hai máy sửa khác nhau khi chưa có mạng. Chọn bản đúng.',
    en: 'Two devices changed this differently without a network. Choose the right one.',
  },
  'review.unknown': { vi: 'Chưa rõ ai ghi', en: 'Writer unknown' },
  'review.in_force': { vi: 'Sổ đang dùng bản này', en: 'The notebook shows this one now' },
  'review.keep': { vi: 'Giữ bản này', en: 'Keep this one' },
  'review.keep_phone': { vi: 'Giữ số này', en: 'Keep this number' },
  'review.empty_value': { vi: '(để trống)', en: '(empty)' },
  'review.kept': { vi: 'Đã giữ: {value}', en: 'Kept: {value}' },
  'review.open': { vi: 'Xem hộ này', en: 'See the household' },
} as const satisfies Words;
