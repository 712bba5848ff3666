// Reading a QR code with the camera.

import type { Words } from '../words';

export const scan = {
  'scan.do': { vi: 'Quét mã QR', en: 'Scan a QR code' },
  'scan.opening': { vi: 'Đang mở máy ảnh…', en: 'Opening the camera…' },
  'scan.done': { vi: 'Đã quét xong và điền vào ô trên.', en: 'Scanned, and filled in above.' },
  'scan.type': { vi: 'Gõ thay vì quét', en: 'Type instead' },
  'scan.want_join': {
    vi: 'Đưa mã QR của thư mời trên máy kia vào giữa khung.',
    en: 'Hold the QR code of the other device’s invite in the frame.',
  },
  'scan.want_connect': {
    vi: 'Đưa mã QR của thẻ máy chủ hoặc thư mời vào giữa khung.',
    en: 'Hold the QR code of a relay pass or an invite in the frame.',
  },
  'scan.want_room': {
    vi: 'Đưa mã QR dưới địa chỉ trên máy kia vào giữa khung.',
    en: 'Hold the QR code below the other device’s address in the frame.',
  },
  'scan.other_invite': {
    vi: 'Đây là thư mời vào tổ, không dùng ở đây.',
    en: 'This is an invite to a team, which is of no use here.',
  },
  'scan.other_pass': {
    vi: 'Đây là thẻ máy chủ, không dùng ở đây.',
    en: 'This is a relay pass, which is of no use here.',
  },
  'scan.other_station': {
    vi: 'Đây là địa chỉ của máy đang chia sẻ, không phải thư mời. Nhờ máy đó bấm Tạo thư mời.',
    en: 'This is the address of a device that shares, not an invite. Ask it to make an invite.',
  },
  'scan.other_kind': { vi: 'Mã này không phải của Từng Nhà.', en: 'This code is not of this app.' },
  'scan.goes_on': { vi: 'Máy vẫn đang quét.', en: 'Scanning goes on.' },
  'scan.trouble_none': {
    vi: 'Máy này không có máy ảnh. Hãy gõ hoặc dán vào ô thay vì quét.',
    en: 'This device has no camera. Type or paste instead.',
  },
  'scan.trouble_denied': {
    vi: 'Ứng dụng chưa được phép dùng máy ảnh. Hãy cho phép trong cài đặt rồi thử lại, hoặc gõ vào ô thay vì quét.',
    en: 'The app may not use the camera. Allow it in the settings and try again, or type instead.',
  },
  'scan.trouble_busy': {
    vi: 'Máy ảnh đang được ứng dụng khác dùng. Hãy đóng ứng dụng đó rồi thử lại, hoặc gõ vào ô thay vì quét.',
    en: 'Another app is using the camera. Close it and try again, or type instead.',
  },
  'scan.trouble_failed': {
    vi: 'Chưa mở được máy ảnh. Hãy thử lại, hoặc gõ vào ô thay vì quét.',
    en: 'The camera did not open. Try again, or type instead.',
  },
} as const satisfies Words;
