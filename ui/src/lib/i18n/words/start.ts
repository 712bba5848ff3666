// The first day: a team to join or to start, a hamlet to practise with.

import type { Words } from '../words';

export const start = {
  'practice.band': { vi: 'Bản tập · không gửi đi đâu', en: 'Practice · nothing is sent' },
  'practice.end_short': { vi: 'Kết thúc', en: 'End' },
  'practice.end': { vi: 'Kết thúc tập', en: 'End practice' },
  'practice.end_title': { vi: 'Kết thúc tập?', en: 'End practice?' },
  'practice.end_text': {
    vi: 'Những gì đã ghi trong bản tập sẽ xóa hết. Sau đó máy quay về màn hình bắt đầu.',
    en: 'Everything recorded in practice is thrown away. Then this device is back at its first screen.',
  },

  'start.join': { vi: 'Vào tổ đã có', en: 'Join a team' },
  'start.join_hint': { vi: 'Bằng đường liên kết hoặc mã mời', en: 'With an invite link or code' },
  'start.new': { vi: 'Lập tổ mới', en: 'Start a new team' },
  'start.new_hint': { vi: 'Không cần mạng', en: 'No network needed' },
  'start.practice': { vi: 'Tập với bản mẫu', en: 'Practise with a sample' },
  'start.practice_hint': { vi: 'Dữ liệu để tập, không gửi đi đâu', en: 'Made-up data, sent nowhere' },
  'start.invite': { vi: 'Liên kết mời hoặc địa chỉ và mã', en: 'Invite link, or address and code' },
  'start.invite_hint': {
    vi: 'Dán cả đường liên kết. Hoặc gõ địa chỉ, một dấu cách, rồi mã mời.',
    en: 'Paste the whole link. Or type the address, a space, and the code.',
  },
  'start.your_name': { vi: 'Họ và tên của bạn', en: 'Your full name' },
  'start.your_name_hint': { vi: 'Tên này đi cùng mỗi lượt thăm bạn ghi.', en: 'It goes with every visit you record.' },
  'start.team_name': { vi: 'Tên tổ', en: 'Team name' },
  'start.team_name_hint': { vi: 'Ví dụ: Tổ CNSCĐ bản Pa Cốp', en: 'For example: Digital team of Pa Cốp' },
  'start.place_name': { vi: 'Thôn, bản, khu phố', en: 'Hamlet or street group' },
  'start.place_name_hint': {
    vi: 'Ví dụ: Bản Pa Cốp. Nhập danh sách hộ có thể thêm nơi khác.',
    en: 'For example: Bản Pa Cốp. A household list may bring more places.',
  },
  'start.join_do': { vi: 'Vào tổ', en: 'Join' },
  'start.joining': { vi: 'Đang hỏi nơi mời…', en: 'Asking for the notebook…' },
  'start.new_do': { vi: 'Lập tổ', en: 'Start the team' },
  'start.join_needs_net': {
    vi: 'Vào tổ cần mạng, hoặc Wi-Fi chung với máy mời, trong chốc lát. Sau đó không cần nữa.',
    en: 'Joining needs the network, or one Wi-Fi with the inviting device, for a moment. After that it does not.',
  },
} as const satisfies Words;
