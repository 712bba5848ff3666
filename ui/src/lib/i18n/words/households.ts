// The list of households, and adding one.

import type { Words } from '../words';

export const households = {
  'due.overdue': { vi: 'Quá hạn {n} ngày', en: { one: '{n} day overdue', other: '{n} days overdue' } },
  'due.today': { vi: 'Hẹn hôm nay', en: 'Due today' },
  'due.on': { vi: 'Hẹn {day}', en: 'Due {day}' },

  'list.label': { vi: 'Danh sách hộ', en: 'Household list' },
  'list.search': { vi: 'Tìm tên, nơi ở, điện thoại', en: 'Find a name, place or phone' },
  'list.search_hint': { vi: 'Gõ không dấu cũng được', en: 'Marks are not needed' },
  'list.filter': { vi: 'Lọc', en: 'Filter' },

  'filter.all': { vi: 'Tất cả', en: 'All' },
  'filter.due': { vi: 'Đến hẹn', en: 'Due' },
  'filter.overdue': { vi: 'Quá hạn', en: 'Overdue' },
  'filter.not_visited': { vi: 'Chưa thăm', en: 'Not visited' },
  'filter.not_at_target': { vi: 'Chưa đạt', en: 'Not at target' },
  'filter.mine': { vi: 'Của tôi', en: 'Mine' },
  'filter.absent_last': { vi: 'Vắng lần trước', en: 'Absent last time' },
  'filter.business': { vi: 'Hộ kinh doanh', en: 'Businesses' },
  'filter.elderly': { vi: 'Người cao tuổi', en: 'With elderly' },
  'filter.removed': { vi: 'Đã xóa', en: 'Removed' },

  'list.count': { vi: '{n} hộ', en: { one: '{n} household', other: '{n} households' } },
  'list.hits': {
    vi: '{n} hộ khớp “{search}”',
    en: { one: '{n} household matches “{search}”', other: '{n} households match “{search}”' },
  },
  'list.sort': { vi: 'Xếp theo: {order}', en: 'Sorted by {order}' },
  'list.sort_title': { vi: 'Xếp danh sách', en: 'Sort the list' },

  'sort.last_visit': { vi: 'lâu chưa thăm', en: 'longest unvisited' },
  'sort.name': { vi: 'tên chủ hộ', en: 'name of the head' },
  'sort.place': { vi: 'nơi ở, số hộ', en: 'place and number' },
  'sort.lane': { vi: 'từng ngõ, từng xóm', en: 'lane by lane' },
  'list.no_lane': { vi: 'Chưa rõ ngõ, xóm', en: 'No lane known' },

  'list.visited': { vi: 'Thăm {day}', en: 'Visited {day}' },
  'list.never': { vi: 'Chưa thăm', en: 'Not visited' },
  'list.outcome_on': { vi: '{outcome} {day}', en: '{outcome} {day}' },
  'list.matched': { vi: 'Có {relation} là', en: 'Here too ({relation}):' },
  'list.matched_plain': { vi: 'Trong hộ có', en: 'Here too:' },
  'list.wait': { vi: 'Đang mở hộ…', en: 'Opening…' },
  'list.conflicts': { vi: 'Cần xem lại', en: 'To review' },
  'list.empty_title': { vi: 'Chưa có hộ nào', en: 'No households yet' },
  'list.empty_text': {
    vi: 'Nhập danh sách hộ của thôn, bản từ tệp Excel. Hoặc thêm từng hộ khi tới cửa.',
    en: 'Import the hamlet’s household list from Excel. Or add households one by one at the door.',
  },
  'list.import': { vi: 'Nhập danh sách hộ', en: 'Import a household list' },
  'list.add': { vi: 'Thêm hộ', en: 'Add household' },
  'list.no_hit': { vi: 'Không thấy “{search}”', en: 'Nothing for “{search}”' },
  'list.no_hit_text': {
    vi: 'Thử gõ ít chữ hơn, hoặc không dấu. Nếu đúng là hộ mới thì thêm vào.',
    en: 'Try fewer letters, or none of the marks. If it really is new, add it.',
  },
  'list.none_due': { vi: 'Không có hộ nào đến hẹn.', en: 'No household is due.' },
  'list.none_not_visited': { vi: 'Hộ nào cũng đã thăm.', en: 'Every household has been visited.' },
  'list.none_not_at_target': { vi: 'Hộ nào cũng đã đạt.', en: 'Every household is at target.' },
  'list.none_mine': {
    vi: 'Bạn chưa thăm hộ nào. Mở một hộ rồi bấm “Ghi lượt thăm”.',
    en: 'You have visited no household yet. Open one and press “Record visit”.',
  },
  'list.none_other': { vi: 'Không có hộ nào trong mục này.', en: 'No household here.' },
  'list.show_all': { vi: 'Xem tất cả hộ', en: 'Show all households' },
  'list.choose': { vi: 'Chọn một hộ để xem', en: 'Choose a household' },
  'list.choose_text': {
    vi: 'Người trong hộ, các lần thăm và đường tới cửa hiện ở đây.',
    en: 'Its people, its visits and the way to the door appear here.',
  },
  'list.draft_title': { vi: 'Đang ghi dở', en: 'Not finished' },
  'list.draft_of': { vi: 'Hộ {head}', en: 'Household of {head}' },
  'list.draft_kept': { vi: 'giữ lúc {when}', en: 'kept {when}' },
  'list.draft_go': { vi: 'Ghi tiếp', en: 'Go on' },

  'add.title': { vi: 'Thêm hộ', en: 'Add household' },
  'add.head': { vi: 'Họ và tên chủ hộ', en: 'Full name of the head' },
  'add.do': { vi: 'Thêm hộ', en: 'Add household' },
  'add.added': { vi: 'Đã thêm hộ {head}.', en: 'Household of {head} added.' },
} as const satisfies Words;
