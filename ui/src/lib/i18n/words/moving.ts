// Households that split and join: who goes, where to, and the way back.

import type { Words } from '../words';

export const moving = {
  'moving.menu': { vi: 'Tách hộ, chuyển hộ', en: 'Split or move' },
  'moving.split': { vi: 'Tách hộ', en: 'Split the household' },
  'moving.split_hint': { vi: 'Ra ở riêng, thành một hộ mới', en: 'They live by themselves now, as a new household' },
  'moving.move': { vi: 'Chuyển sang hộ khác', en: 'Move to another household' },
  'moving.move_hint': { vi: 'Lấy vợ, lấy chồng, về ở với con…', en: 'A marriage, or going to live with a child…' },
  'moving.text': {
    vi: 'Những gì đã ghi về người đi vẫn theo người ấy. Nhầm thì hoàn tác được, lúc nào cũng được.',
    en: 'What was recorded of those who go stays theirs. A mistake can be undone at any time.',
  },
  'moving.who': { vi: 'Ai đi?', en: 'Who goes?' },
  'moving.head': { vi: 'Ai là chủ hộ mới?', en: 'Who is the new head?' },
  'moving.door': { vi: 'Đường tới cửa hộ mới', en: 'How to find the new door' },
  'moving.where': { vi: 'Chuyển sang hộ nào?', en: 'To which household?' },
  'moving.find': { vi: 'Tìm hộ', en: 'Search' },
  'moving.none': { vi: 'Không thấy hộ nào tên như vậy.', en: 'No household of that name.' },
  'moving.more': {
    vi: 'Còn {n} hộ nữa. Gõ thêm tên để thấy.',
    en: { one: '{n} more household. Type more of the name.', other: '{n} more households. Type more of the name.' },
  },
  'moving.choose_who': { vi: 'Hãy chọn ai đi.', en: 'Choose who goes.' },
  'moving.choose_where': { vi: 'Hãy chọn hộ.', en: 'Choose the household.' },
  'moving.split_do': { vi: 'Tách thành hộ mới', en: 'Make the new household' },
  'moving.move_do': { vi: 'Chuyển sang hộ {head}', en: 'Move to the household of {head}' },
  'moving.split_done': { vi: 'Đã tách {names} thành hộ mới.', en: '{names} now in a new household.' },
  'moving.move_done': { vi: 'Đã chuyển {names} sang hộ này.', en: '{names} moved to this household.' },
  'moving.undone': { vi: 'Đã đưa {names} về hộ cũ.', en: '{names} back in the old household.' },
  'moving.undone_stays': {
    vi: 'Đã đưa {names} về hộ cũ. Hộ mới vẫn còn, vì có người hoặc có lượt thăm trong đó.',
    en: '{names} back in the old household. The new one stays: it has people or visits.',
  },
  'moving.nobody': { vi: 'Hộ không còn ai', en: 'Nobody lives here' },
  'moving.nobody_text': {
    vi: 'Mọi người đã đi khỏi hộ này. Lượt thăm đã ghi vẫn còn. Hộ này vẫn đếm trong danh sách cho tới khi được đánh dấu.',
    en: 'Everybody has left. Recorded visits are kept. It counts in the list until it is marked.',
  },
  'moving.mark_moved': { vi: 'Đánh dấu hộ đã chuyển đi', en: 'Mark as moved away' },
  'moving.marked': { vi: 'Đã đánh dấu hộ đã chuyển đi.', en: 'Marked as moved away.' },
  'moving.now': { vi: 'Nay ở hộ {head}', en: 'Now in the household of {head}' },
  'moving.before': { vi: 'Trước đây ở hộ {head}', en: 'Before in the household of {head}' },
  'moving.before_empty': { vi: 'Trước đây ở hộ nay không còn ai', en: 'Before in a household that is empty now' },
  'moving.also': { vi: 'Cũng đang ghi ở hộ {head}', en: 'Also written in the household of {head}' },
  'moving.also_text': {
    vi: 'Hai máy cùng chuyển người này, mỗi máy một nơi. Vào Cần xem lại để gộp hai hộ, hoặc đưa người này ra khỏi một hộ.',
    en: 'Two devices moved this person at the same time. Merge the two households under To review, or take the person out of one.',
  },
  'moving.open': { vi: 'Mở hộ đó', en: 'Open it' },
  'moving.bring_back': { vi: 'Hoàn tác: đưa về hộ cũ', en: 'Undo: back to the old household' },
} as const satisfies Words;
