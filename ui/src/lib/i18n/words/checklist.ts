// The things to do within the five skills.

import type { Words } from '../words';

export const checklist = {
  'checklist.hint': {
    vi: 'Năm kỹ năng cố định. Các việc bên trong do tổ tự đặt.',
    en: 'The five skills are fixed. Their items are the team’s own.',
  },
  'checklist.add': { vi: 'Thêm việc', en: 'Add an item' },
  'checklist.edit': { vi: 'Sửa việc', en: 'Edit the item' },
  'checklist.text': { vi: 'Việc', en: 'Item' },
  'checklist.retire': { vi: 'Thôi hỏi việc này', en: 'Stop asking this' },
  'checklist.retired': { vi: 'Thôi hỏi', en: 'Not asked' },
  'checklist.ask_again': { vi: 'Hỏi lại việc này', en: 'Ask this again' },
  'checklist.count': { vi: '{n} việc', en: { one: '{n} item', other: '{n} items' } },
  'checklist.saved': { vi: 'Đã lưu bộ tiêu chí.', en: 'Checklist saved.' },
} as const satisfies Words;
