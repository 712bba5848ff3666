// Several notebooks on one device: which there are, and going to another. Fetched with its screens.

import type { Words } from '../words';

export const notebooks = {
  'notebooks.title': { vi: 'Các sổ trên máy này', en: 'Notebooks on this device' },
  'notebooks.entry_hint': { vi: 'Đổi sang sổ khác, thêm sổ khác', en: 'Change to another, add another' },
  'notebooks.hint': {
    vi: 'Mỗi lúc mở một sổ. Các sổ kia vẫn tự gửi và nhận.',
    en: 'One is open at a time. The others send and receive all the same.',
  },
  'notebooks.open_now': { vi: 'Đang mở', en: 'Open' },
  'notebooks.practice': { vi: 'Bản tập', en: 'Practice' },
  'notebooks.office': { vi: 'Sổ của xã', en: 'Commune' },
  'notebooks.me': { vi: 'Tên trong sổ: {name}', en: 'Your name in it: {name}' },
  'notebooks.me_unknown': { vi: 'Khi mở sẽ hỏi tên', en: 'Asks for your name as it opens' },
  'notebooks.households': { vi: '{n} hộ', en: { one: '{n} household', other: '{n} households' } },
  'notebooks.from': { vi: 'Về cùng {name}', en: 'Came with {name}' },
  'notebooks.waiting': { vi: '{n} ghi chép chờ gửi', en: { one: '{n} record waits', other: '{n} records wait' } },
  'notebooks.drafts': { vi: '{n} phiếu viết dở', en: { one: '{n} unfinished form', other: '{n} unfinished forms' } },
  'notebooks.last_sync': { vi: 'Gửi nhận lần cuối {when}', en: 'Last exchange {when}' },
  'notebooks.never': { vi: 'Chưa gửi nhận lần nào', en: 'Never exchanged yet' },
  'notebooks.alone': { vi: 'Chỉ ở máy này, chưa nối máy chủ', en: 'On this device only, no relay yet' },
  'notebooks.joining': {
    vi: 'Sổ đang trên đường về máy. Về đến nơi là mở được.',
    en: 'On its way to this device. It can be opened once it is here.',
  },
  'notebooks.search': { vi: 'Tìm sổ theo tên', en: 'Find a notebook by name' },
  'notebooks.none_found': { vi: 'Không có sổ nào tên như vậy.', en: 'No notebook has such a name.' },
  'notebooks.add': { vi: 'Thêm sổ khác', en: 'Add another notebook' },
  'notebooks.who': { vi: 'Ai đang mở sổ này?', en: 'Who is opening this notebook?' },
  'notebooks.who_text': {
    vi: 'Chọn đúng tên: những gì ghi trong sổ {name} sẽ mang tên ấy.',
    en: 'Choose the right name: what is recorded in {name} bears it.',
  },
} as const satisfies Words;
