// The team's people and their roles.

import type { Words } from '../words';

export const members = {
  'member.me': { vi: 'đang dùng máy này', en: 'using this device' },
  'member.sign_in': { vi: 'Đổi sang {name}', en: 'Change to {name}' },
  'member.signed_in': { vi: 'Từ giờ ghi bằng tên {name}.', en: 'From now on records are by {name}.' },
  'member.add': { vi: 'Thêm thành viên', en: 'Add a member' },
  'member.added': { vi: 'Đã thêm {name}.', en: '{name} added.' },
  'member.hint': {
    vi: 'Ai đang cầm máy thì chọn tên người đó. Mỗi lượt thăm mang tên người ghi.',
    en: 'Whoever holds the device chooses their name. Every visit carries the name of its writer.',
  },

  'role.leader': { vi: 'Tổ trưởng', en: 'Leader' },
  'role.deputy': { vi: 'Tổ phó', en: 'Deputy' },
  'role.member': { vi: 'Thành viên', en: 'Member' },
  'role.collaborator': { vi: 'Cộng tác viên', en: 'Collaborator' },
  'role.commune_officer': { vi: 'Cán bộ xã', en: 'Commune officer' },
} as const satisfies Words;
