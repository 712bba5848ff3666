// Sharing in the room, from device to device.

import type { Words } from '../words';

export const room = {
  'room.title': { vi: 'Chia sẻ trong phòng', en: 'Share in the room' },
  'room.hint': { vi: 'Không cần internet, chỉ cần chung Wi-Fi', en: 'No internet needed, only the same Wi-Fi' },
  'room.text': {
    vi: 'Các máy trong tổ gửi nhận thẳng với nhau khi chung một Wi-Fi hoặc điểm phát. Người lạ không xem được gì.',
    en: 'Devices of the team send and receive directly when they are on one Wi-Fi or hotspot. Strangers can see nothing.',
  },
  'room.share': { vi: 'Chia sẻ từ máy này', en: 'Share from this device' },
  'room.share_text': {
    vi: 'Các máy khác trong tổ sẽ sang máy này gửi và nhận.',
    en: 'Other devices of the team come to this one to send and receive.',
  },
  'room.share_do': { vi: 'Bắt đầu chia sẻ', en: 'Start sharing' },
  'room.opening': { vi: 'Đang chuẩn bị…', en: 'Getting ready…' },
  'room.stopped': {
    vi: 'Đã tự dừng vì 15 phút không ai tới. Mọi thứ đã nhận vẫn còn. Bấm để chia sẻ tiếp.',
    en: 'It stopped by itself because nobody came for 15 minutes. All that was received is here. Press to go on sharing.',
  },
  'room.type_this': {
    vi: 'Trên máy kia, vào Gửi và nhận, Chia sẻ trong phòng, rồi gõ:',
    en: 'On the other device go to Send and receive, Share in the room, and type:',
  },
  'room.other_addresses': { vi: 'Nếu không được, thử: {list}', en: 'If that does not work, try: {list}' },
  'room.qr': { vi: 'Mã QR của địa chỉ', en: 'QR code of the address' },
  'room.left': {
    vi: 'Tự dừng sau {n} phút nữa nếu không ai tới.',
    en: {
      one: 'Stops by itself in {n} minute if nobody comes.',
      other: 'Stops by itself in {n} minutes if nobody comes.',
    },
  },
  'room.received': {
    vi: 'Đã nhận {n} bản ghi từ các máy khác.',
    en: { one: 'Received {n} record from other devices.', other: 'Received {n} records from other devices.' },
  },
  'room.guests': { vi: 'Ai đã tới', en: 'Who came' },
  'room.no_guests': { vi: 'Chưa có ai.', en: 'Nobody yet.' },
  'room.stop': { vi: 'Dừng chia sẻ', en: 'Stop sharing' },
  'room.visit': { vi: 'Sang máy đang chia sẻ', en: 'Go to a sharing device' },
  'room.address': { vi: 'Địa chỉ trên màn hình máy kia', en: 'The address on its screen' },
  'room.address_hint': {
    vi: 'Ví dụ 192.168.1.12 hoặc 192.168.1.12:47113. Có số sau dấu hai chấm thì gõ cả số đó. Hai máy phải chung một Wi-Fi.',
    en: 'For example 192.168.1.12 or 192.168.1.12:47113. Where a number follows a colon, type it too. Both devices must be on the same Wi-Fi.',
  },
  'room.visit_do': { vi: 'Gửi và nhận', en: 'Send and receive' },
  'room.visited': {
    vi: 'Xong với máy của {name}. Gửi {sent}, nhận {received} bản ghi.',
    en: 'Done with the device of {name}. Sent {sent}, received {received} records.',
  },
  'room.found': { vi: 'Hoặc chọn máy vừa thấy trong phòng', en: 'Or choose a device that was seen in the room' },
  'room.stations': { vi: 'Đã sang máy của', en: 'Taken to the device of' },
  'room.station_has': {
    vi: 'Máy đó giữ {n} bản ghi chưa tới máy chủ.',
    en: {
      one: 'It has {n} record that is not at the relay yet.',
      other: 'It has {n} records that are not at the relay yet.',
    },
  },
  'room.invite_until': {
    vi: 'Dùng cho {n} máy, khi máy này còn đang chia sẻ.',
    en: { one: 'For {n} device, while this one is sharing.', other: 'For {n} devices, while this one is sharing.' },
  },

  'error.no_station_here': {
    vi: 'Bản này không chia sẻ trong phòng được. Dữ liệu vẫn an toàn. Hãy dùng máy khác để chia sẻ.',
    en: 'This version cannot share in a room. Your data is safe. Share from another device instead.',
  },
  'error.station_failed': {
    vi: 'Chưa chia sẻ được từ máy này. Dữ liệu vẫn an toàn trên máy này. Hãy thử lại, hoặc dùng máy khác để chia sẻ.',
    en: 'This device could not start sharing. Your data is safe on it. Try again, or share from another device.',
  },
  'error.station_no_network': {
    vi: 'Máy này chưa vào Wi-Fi hay điểm phát nào. Dữ liệu vẫn an toàn trên máy này. Hãy vào Wi-Fi hoặc bật điểm phát rồi thử lại.',
    en: 'This device is on no Wi-Fi or hotspot. Your data is safe on it. Join a Wi-Fi or turn a hotspot on, then try again.',
  },
  'error.station_not_open': {
    vi: 'Máy này đang không chia sẻ. Chưa mất gì. Hãy bắt đầu chia sẻ rồi tạo thư mời.',
    en: 'This device is not sharing. Nothing is lost. Start sharing, then make the invite.',
  },
  'error.station_unreachable': {
    vi: 'Không tới được máy đó. Dữ liệu vẫn an toàn trên máy này. Hãy xem hai máy có chung Wi-Fi, máy kia còn chia sẻ và gõ đúng địa chỉ.',
    en: 'That device cannot be reached. Your data is safe on this one. Check that both are on one Wi-Fi, that it still shares, and the address.',
  },
  'error.station_other_team': {
    vi: 'Máy đó không thuộc tổ của bạn. Hai bên không gửi gì cho nhau. Hãy xem lại địa chỉ trên màn hình máy kia.',
    en: 'That device is not of your team. Neither sent the other anything. Check the address on its screen.',
  },
  'error.station_changed': {
    vi: 'Có máy lạ chen vào giữa nên đã dừng. Không lộ gì cả, dữ liệu vẫn an toàn. Hãy dùng Wi-Fi khác hoặc điểm phát của người trong tổ.',
    en: 'Another machine came in between, so this stopped. Nothing was given away, your data is safe. Use another Wi-Fi, or the hotspot of a member.',
  },
  'error.station_answer': {
    vi: 'Máy kia trả lời không rõ. Dữ liệu vẫn an toàn trên máy này. Hãy thử lại, và xem hai máy có cùng bản ứng dụng không.',
    en: 'The other device gave an unclear answer. Your data is safe on this one. Try again, and see that both have the same version of the app.',
  },
  'error.station_own': {
    vi: 'Đây là địa chỉ của chính máy này. Chưa mất gì. Hãy gõ địa chỉ trên màn hình máy kia.',
    en: 'This is the address of this very device. Nothing is lost. Type the one on the other screen.',
  },
} as const satisfies Words;
