// What is written of a household, a resident, a team: the names of fields and of some values.

import type { Words } from '../words';

export const fields = {
  'field.day_hint': { vi: 'Ngày/tháng, ví dụ 25/11', en: 'Day/month, for example 25/11' },
  'field.name': { vi: 'Họ và tên', en: 'Full name' },
  'field.birth': { vi: 'Năm sinh', en: 'Born' },
  'field.birth_hint': { vi: 'Năm, hoặc ngày/tháng/năm', en: 'A year, or day/month/year' },
  'field.phone': { vi: 'Số điện thoại', en: 'Phone' },
  'field.door': { vi: 'Đường tới cửa', en: 'Way to the door' },
  'field.door_hint': {
    vi: 'Ví dụ: qua cầu treo, rẽ trái, nhà mái xi măng',
    en: 'For example: over the bridge, left, grey roof',
  },
  'field.place': { vi: 'Nơi ở', en: 'Place' },
  'field.code': { vi: 'Số hộ trong danh sách', en: 'Number in the list' },
  'field.note': { vi: 'Ghi chú', en: 'Note' },
  'field.relation': { vi: 'Quan hệ với chủ hộ', en: 'Relation to the head' },
  'field.relation_hint': { vi: 'Ví dụ: vợ, con trai, mẹ', en: 'For example: wife, son, mother' },
  'field.sex': { vi: 'Giới tính', en: 'Sex' },
  'field.head': { vi: 'Chủ hộ', en: 'Head of household' },
  'field.business': { vi: 'Hộ kinh doanh', en: 'Business household' },
  'field.elderly': { vi: 'Có người cao tuổi', en: 'Somebody elderly' },
  'field.status': { vi: 'Còn ở đây', en: 'Lives here' },
  'field.visit': { vi: 'Lượt thăm', en: 'Visit' },
  'field.consent': { vi: 'Sự đồng ý', en: 'Consent' },
  'field.team_name': { vi: 'Tên tổ', en: 'Team name' },
  'field.text': { vi: 'Nội dung', en: 'Text' },
  'field.rules': { vi: 'Quy định báo cáo', en: 'Rules of the report' },
  'field.role': { vi: 'Vai trò', en: 'Role' },
  'field.title': { vi: 'Cách gọi ở đây', en: 'What they are called' },
  'field.team': { vi: 'Tổ', en: 'Team' },
  'field.group': { vi: 'Nhóm', en: 'Group' },
  'field.kind': { vi: 'Loại', en: 'Kind' },
  'field.joined': { vi: 'Ngày vào tổ', en: 'Joined on' },
  'field.left': { vi: 'Ngày rời tổ', en: 'Left on' },
  'field.other': { vi: 'Thông tin', en: 'Information' },

  'field.person_status': { vi: 'Hiện nay', en: 'Today' },
  'status.working_away': { vi: 'Đi làm ăn xa', en: 'Working away' },
  'status.deceased': { vi: 'Đã mất', en: 'Deceased' },
  'sex.female': { vi: 'Nữ', en: 'Female' },
  'sex.male': { vi: 'Nam', en: 'Male' },

  'status.living': { vi: 'Đang ở đây', en: 'Lives here' },
  'status.moved_household': { vi: 'Đã chuyển sang hộ khác', en: 'Moved to another household' },
  'status.moved_away': { vi: 'Đã chuyển đi', en: 'Moved away' },
} as const satisfies Words;
