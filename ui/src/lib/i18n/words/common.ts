// Words that many screens use.

import type { Words } from '../words';

export const common = {
  'app.name': { vi: 'Từng Nhà', en: 'Từng Nhà' },
  'app.motto': { vi: 'Đi từng ngõ, gõ từng nhà, hướng dẫn từng người.', en: 'Every lane, every door, every person.' },
  'app.other_language': { vi: 'English', en: 'Tiếng Việt' },
  'app.opening': { vi: 'Đang mở sổ…', en: 'Opening the notebook…' },

  'do.back': { vi: 'Quay lại', en: 'Back' },
  'do.cancel': { vi: 'Thôi', en: 'Not now' },
  'do.close': { vi: 'Đóng', en: 'Close' },
  'do.save': { vi: 'Lưu', en: 'Save' },
  'do.add': { vi: 'Thêm', en: 'Add' },
  'do.edit': { vi: 'Sửa', en: 'Edit' },
  'do.undo': { vi: 'Hoàn tác', en: 'Undo' },
  'do.restore': { vi: 'Khôi phục', en: 'Restore' },
  'do.retry': { vi: 'Thử lại', en: 'Try again' },
  'do.copy': { vi: 'Chép', en: 'Copy' },
  'do.copied': { vi: 'Đã chép', en: 'Copied' },
  'do.clear': { vi: 'Xóa chữ đang tìm', en: 'Clear the search' },
  optional: { vi: 'không bắt buộc', en: 'optional' },
  'notebook.band': { vi: 'Sổ đang mở', en: 'Open notebook' },
  'notebook.change': { vi: 'Đổi sổ', en: 'Change' },
  'notebook.opened': { vi: 'Đã mở sổ {name}.', en: 'Opened: {name}.' },
  'nav.label': { vi: 'Mục chính', en: 'Main sections' },
  'nav.today': { vi: 'Hôm nay', en: 'Today' },
  'nav.households': { vi: 'Hộ dân', en: 'Households' },
  'nav.progress': { vi: 'Tiến độ', en: 'Progress' },
  'nav.more': { vi: 'Thêm', en: 'More' },
} as const satisfies Words;
