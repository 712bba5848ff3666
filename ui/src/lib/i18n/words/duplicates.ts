// Households and people that may be here twice: finding, merging, and parting them again.

import type { Words } from '../words';

export const duplicates = {
  'duplicates.title': { vi: 'Có thể trùng', en: 'Perhaps here twice' },
  'duplicates.text': {
    vi: 'Xem kỹ từng cặp rồi chọn. Chọn nhầm thì sửa lại được.',
    en: 'Look at each two and choose. A wrong choice can be put right.',
  },
  'duplicates.household_ask': { vi: 'Hai hộ này có phải là một?', en: 'Are these two households one?' },
  'duplicates.resident_ask': { vi: 'Hai người này có phải là một?', en: 'Are these two people one?' },
  'duplicates.crossed': {
    vi: 'Người bảo một, người bảo khác: {about}',
    en: 'One said one thing, one another: {about}',
  },
  'verdict.same': { vi: 'Là một', en: 'They are one' },
  'verdict.different': { vi: 'Là hai, khác nhau', en: 'They are two' },
  'verdict.undone': { vi: 'Chưa rõ', en: 'Not settled' },

  'reason.same_household': { vi: 'trong cùng một hộ', en: 'in one household' },
  'reason.same_place': { vi: 'cùng nơi ở', en: 'same place' },
  'reason.same_name': { vi: 'cùng tên', en: 'same name' },
  'reason.alike_name': { vi: 'tên gần giống', en: 'names alike' },
  'reason.same_birth': { vi: 'cùng năm sinh', en: 'same year of birth' },
  'reason.same_phone': { vi: 'cùng số điện thoại', en: 'same phone' },
  'reason.moved_apart': {
    vi: 'hai máy cùng chuyển một người, mỗi máy một hộ',
    en: 'two devices moved one person, each to one of them',
  },
  'reason.same_door': { vi: 'cùng đường tới cửa', en: 'same door' },

  'duplicates.code': { vi: 'Hộ số {code}', en: 'No. {code}' },
  'duplicates.first': { vi: 'Hộ thứ nhất', en: 'First household' },
  'duplicates.second': { vi: 'Hộ thứ hai', en: 'Second household' },
  'duplicates.first_person': { vi: 'Người thứ nhất', en: 'First person' },
  'duplicates.second_person': { vi: 'Người thứ hai', en: 'Second person' },
  'duplicates.compare': { vi: 'So sánh hai bên', en: 'The two side by side' },
  'duplicates.same': { vi: 'Giống nhau: {value}', en: 'The same: {value}' },
  'duplicates.none': { vi: '(chưa ghi)', en: '(not recorded)' },
  'duplicates.of_household': { vi: 'Của hộ', en: 'Household' },
  'duplicates.people': { vi: '{n} người: {names}', en: { one: '{n} person: {names}', other: '{n} people: {names}' } },
  'duplicates.visits': {
    vi: '{n} lượt, gần nhất {day}',
    en: { one: '{n} visit, on {day}', other: '{n} visits, last {day}' },
  },
  'duplicates.no_visits': { vi: 'Chưa thăm', en: 'Not visited' },
  'duplicates.if_merged': {
    vi: 'Nếu gộp: một hộ, {n} lượt thăm. Không mất lượt nào, tách lại lúc nào cũng được.',
    en: {
      one: 'Merged, they are one household with {n} visit. Nothing is lost, and they can be parted at any time.',
      other: 'Merged, they are one household with {n} visits. Nothing is lost, and they can be parted at any time.',
    },
  },
  'duplicates.if_merged_person': {
    vi: 'Nếu gộp: tính là một người, kỹ năng theo lần thăm mới nhất. Tách lại lúc nào cũng được.',
    en: 'Merged, they count as one person, with the skills last seen. They can be parted at any time.',
  },
  'duplicates.merge': { vi: 'Gộp làm một', en: 'Merge into one' },
  'duplicates.two_households': { vi: 'Là hai hộ khác nhau', en: 'They are two households' },
  'duplicates.two_people': { vi: 'Là hai người khác nhau', en: 'They are two people' },
  'duplicates.open': { vi: 'Xem: {which}', en: 'See: {which}' },
  'duplicates.merged': { vi: 'Đã gộp làm một: {name}.', en: 'Merged into one: {name}.' },
  'duplicates.kept': { vi: 'Đã giữ riêng: {name}.', en: 'Kept apart: {name}.' },

  'duplicates.merged_from': {
    vi: 'Gộp từ {n} hộ',
    en: { one: 'Merged from {n} household', other: 'Merged from {n} households' },
  },
  'duplicates.part': { vi: 'Tách ra', en: 'Part them' },
  'duplicates.part_this': { vi: 'Tách hộ {name} ra', en: 'Take out {name}' },
  'duplicates.parted': {
    vi: 'Đã tách hộ {name} ra. Lượt thăm của hộ nào về hộ ấy.',
    en: 'The household of {name} is apart again, each with its own visits.',
  },
  'duplicates.visit_count': { vi: '{n} lượt thăm', en: { one: '{n} visit', other: '{n} visits' } },
  'duplicates.differs': { vi: '{field}: mỗi hộ ghi một khác', en: '{field}: each said something else' },
  'duplicates.person_merged': {
    vi: 'gộp từ {n} người',
    en: { one: 'merged from {n} entry', other: 'merged from {n} entries' },
  },
  'duplicates.person_part': { vi: 'Tách ra làm hai người', en: 'Part into two people' },
  'duplicates.person_parted': { vi: 'Đã tách {name} ra làm hai người.', en: '{name} is two people again.' },

  'duplicates.like': { vi: 'Có thể đã có trong sổ', en: 'Perhaps here already' },
  'duplicates.like_text': {
    vi: 'Nếu đúng thì mở ra ghi tiếp. Nếu là người khác thì cứ thêm.',
    en: 'If it is the one, open it and go on there. If not, just add.',
  },
  'duplicates.in_household': { vi: 'hộ {head}', en: 'household of {head}' },
  'duplicates.open_it': { vi: 'Mở hộ đó', en: 'Open that household' },
  'duplicates.add_anyway': { vi: 'Vẫn thêm hộ mới', en: 'Add a new household anyway' },
  'duplicates.add_person_anyway': { vi: 'Vẫn thêm người này', en: 'Add this person anyway' },
} as const satisfies Words;
