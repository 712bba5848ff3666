// How the app looks and behaves on this device.

import type { Words } from '../words';

export const settings = {
  'settings.title': { vi: 'Cài đặt', en: 'Settings' },
  'settings.hint': { vi: 'Cỡ chữ, màu sáng tối, ngôn ngữ', en: 'Text size, colours, language' },
  'settings.text': {
    vi: 'Chỉ cho máy này. Chọn là đổi ngay, không cần bấm lưu.',
    en: 'For this device only. A choice holds at once; there is nothing to save.',
  },
  'settings.language': { vi: 'Ngôn ngữ', en: 'Language' },
  'settings.language_vi': { vi: 'Tiếng Việt', en: 'Tiếng Việt' },
  'settings.language_en': { vi: 'English', en: 'English' },
  'settings.size': { vi: 'Cỡ chữ', en: 'Text size' },
  'settings.size_normal': { vi: 'Bình thường', en: 'Normal' },
  'settings.size_large': { vi: 'Lớn', en: 'Large' },
  'settings.size_very_large': { vi: 'Rất lớn', en: 'Very large' },
  'settings.theme': { vi: 'Màu màn hình', en: 'Colours' },
  'settings.theme_system': { vi: 'Như máy đang đặt', en: 'As the device has it' },
  'settings.theme_light': { vi: 'Sáng', en: 'Light' },
  'settings.theme_dark': { vi: 'Tối', en: 'Dark' },
  'settings.motion': { vi: 'Chuyển động trên màn hình', en: 'Motion' },
  'settings.motion_system': { vi: 'Như máy đang đặt', en: 'As the device has it' },
  'settings.motion_off': { vi: 'Tắt chuyển động', en: 'No motion' },
  'settings.elsewhere': { vi: 'Cài đặt khác', en: 'More settings' },
  'settings.sync': { vi: 'Tự gửi và nhận', en: 'Sending by itself' },
  'settings.sync_hint': { vi: 'Chỉ dùng Wi-Fi hay cả mạng 4G', en: 'On Wi-Fi only, or on mobile data too' },
  'settings.lock': { vi: 'Khóa màn hình, mã PIN', en: 'Screen lock and PINs' },
  'settings.lock_hint': { vi: 'Tự khóa sau mấy phút, ai dùng máy này', en: 'When it locks, who uses this device' },
  'settings.practice': { vi: 'Sổ tập', en: 'Practice notebook' },
  'settings.practice_on': {
    vi: 'Đang mở sổ tập. Tập xong thì bấm nút kết thúc ở dải trên đầu màn hình.',
    en: 'The practice notebook is open. When you are done, end it in the band at the top of the screen.',
  },
} as const satisfies Words;
