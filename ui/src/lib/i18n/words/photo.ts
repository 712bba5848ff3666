// Photos of what stands in a household's way.

import type { Words } from '../words';

export const photo = {
  'photo.title': { vi: 'Ảnh chụp vướng mắc', en: 'Photos of the obstacle' },
  'photo.hint': {
    vi: 'Không chụp căn cước, giấy tờ, thẻ ngân hàng. Chụp mặt ai thì phải được người đó đồng ý.',
    en: 'No identity papers, no bank cards. No face without that person’s leave.',
  },
  'photo.add': { vi: 'Thêm ảnh', en: 'Add a photo' },
  'photo.adding': { vi: 'Đang thu nhỏ ảnh…', en: 'Making the photo smaller…' },
  'photo.full': { vi: 'Đã đủ {n} ảnh cho một lượt thăm.', en: '{n} photos, as many as a visit takes.' },
  'photo.take_off': { vi: 'Bỏ ảnh', en: 'Take off' },
  'photo.take_off_n': { vi: 'Bỏ ảnh {n}', en: 'Take off photo {n}' },
  'photo.taken_off': { vi: 'Đã bỏ ảnh.', en: 'Photo taken off.' },
  'photo.n_of': { vi: 'Ảnh {n}/{of}', en: 'Photo {n} of {of}' },
  'photo.open': { vi: '{photo}, mở to', en: '{photo}, open large' },
  'photo.large': { vi: 'Ảnh chụp ở lượt thăm này', en: 'Taken at this visit' },
  'photo.not_here': { vi: 'Ảnh chưa về máy này', en: 'Not on this device yet' },

  'exchange.photos': { vi: 'Ảnh', en: 'Photos' },
  'exchange.photos_waiting': {
    vi: 'Còn {n} ảnh chưa gửi.',
    en: { one: '{n} photo is not sent yet.', other: '{n} photos are not sent yet.' },
  },
  'exchange.photos_to_come': {
    vi: 'Còn {n} ảnh của tổ chưa về máy này.',
    en: { one: '{n} photo of the team has not come yet.', other: '{n} photos of the team have not come yet.' },
  },
  'exchange.photos_after': { vi: 'Bản ghi đi trước, ảnh đi sau.', en: 'Records go first, photos after them.' },
  'exchange.photos_wifi': {
    vi: 'Máy đang dùng mạng tính tiền nên ảnh chờ Wi-Fi. Cần ngay thì bấm Gửi ngay.',
    en: 'This connection costs, so photos wait for Wi-Fi. To have them now, press Send now.',
  },

  'error.photo_not_read': {
    vi: 'Không đọc được ảnh này nên chưa thêm. Những gì đã ghi vẫn còn. Hãy chụp lại hoặc chọn ảnh khác.',
    en: 'This picture could not be read and was not added. What you wrote is still here. Take or choose another one.',
  },
  'error.photo_too_large': {
    vi: 'Ảnh này không thu nhỏ đủ được nên chưa thêm. Những gì đã ghi vẫn còn. Hãy chụp lại gần hơn.',
    en: 'This picture does not get small enough and was not added. What you wrote is still here. Take it from closer.',
  },
  'error.photo_says_more': {
    vi: 'Ảnh này còn kèm nơi chụp hoặc tên máy nên chưa thêm. Những gì đã ghi vẫn còn. Hãy chụp lại.',
    en: 'This picture also says where or with what it was taken and was not added. What you wrote is still here. Take it again.',
  },
  'error.too_many_photos': {
    vi: 'Mỗi lượt thăm có nhiều nhất {most} ảnh. Các ảnh đã thêm vẫn còn. Hãy bỏ bớt một ảnh rồi thử lại.',
    en: 'A visit has {most} photos at most. Those that you added are still here. Take one off and try again.',
  },
} as const satisfies Words;
