// The five skills, and how far somebody has come in them.

import type { Words } from '../words';

export const skills = {
  'skill.public_services': { vi: 'Dịch vụ công', en: 'Public services' },
  'skill.shopping': { vi: 'Mua sắm', en: 'Shopping' },
  'skill.payment': { vi: 'Thanh toán', en: 'Payment' },
  'skill.safety': { vi: 'An toàn', en: 'Safety' },
  'skill.local': { vi: 'Địa phương', en: 'Local' },
  'skill.full.public_services': { vi: 'Dịch vụ công trực tuyến', en: 'Online public services' },
  'skill.full.shopping': { vi: 'Mua sắm trực tuyến', en: 'Online shopping' },
  'skill.full.payment': { vi: 'Thanh toán trực tuyến', en: 'Online payment' },
  'skill.full.safety': { vi: 'Tự bảo vệ trên mạng', en: 'Staying safe online' },
  'skill.full.local': { vi: 'Nền tảng của địa phương', en: 'Local platforms' },

  'level.not_assessed': { vi: 'Chưa đánh giá', en: 'Not assessed' },
  'level.not_yet': { vi: 'Chưa biết', en: 'Not yet' },
  'level.guided': { vi: 'Đã hướng dẫn', en: 'Guided' },
  'level.with_help': { vi: 'Làm được khi có người giúp', en: 'With help' },
  'level.proficient': { vi: 'Thành thạo', en: 'Proficient' },
  'level.at_target': { vi: 'Hộ đạt', en: 'At target' },
  'level.at_target_hint': { vi: 'Hộ đạt: một người đủ cả năm', en: 'At target: one person has all five' },
  'level.legend': { vi: 'Ý nghĩa các hình', en: 'What the shapes mean' },
} as const satisfies Words;
