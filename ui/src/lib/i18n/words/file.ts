// The notebook in a file.

import type { Words } from '../words';

export const file = {
  'file.out': { vi: 'Gửi bằng tệp', en: 'Send by file' },
  'file.out_text': {
    vi: 'Khi không có mạng: chép tệp qua thẻ nhớ, USB hoặc Zalo. Chỉ máy trong tổ mở được. Bản ghi vẫn chờ gửi cho tới khi máy chủ nhận.',
    en: 'Without a network: carry a file on a memory card, a USB stick or by Zalo. Only devices of the team can open it. Records go on waiting until a relay has them.',
  },
  'file.what': { vi: 'Gửi phần nào?', en: 'What to send?' },
  'file.all': { vi: 'Tất cả', en: 'Everything' },
  'file.new_for': { vi: 'Phần mới cho {name}', en: 'What is new for {name}' },
  'file.nothing_new_for': { vi: 'Chưa có gì mới cho {name}', en: 'Nothing is new for {name} yet' },
  'file.not_at': { vi: 'Phần chưa tới {host}', en: 'What has not arrived at {host}' },
  'file.receiver': { vi: 'Tệp cho ai?', en: 'For whom is the file?' },
  'file.receiver_hint': {
    vi: 'Ví dụ: Máy chị Mai. Lần sau có thể chỉ gửi phần mới.',
    en: 'For example: Mai’s tablet. Next time you can send only what is new.',
  },
  'file.out_do': { vi: 'Tạo tệp', en: 'Make the file' },
  'file.out_going': { vi: 'Đang tạo tệp…', en: 'Making the file…' },
  'file.out_percent': { vi: 'Đang tạo tệp… {n} %', en: 'Making the file… {n} %' },
  'file.made': {
    vi: 'Đã tạo tệp có {n} bản ghi.',
    en: { one: 'Made a file with {n} record.', other: 'Made a file with {n} records.' },
  },
  'file.lies_at': { vi: 'Tệp nằm ở:', en: 'The file is here:' },
  'file.downloaded': {
    vi: 'Tệp nằm trong mục Tải xuống của trình duyệt:',
    en: 'The file is among the browser’s downloads:',
  },
  'file.in': { vi: 'Nhận từ tệp', en: 'Receive from a file' },
  'file.in_text': {
    vi: 'Chọn tệp .tungnha người trong tổ đưa. Nhận lại nhiều lần cũng không sao.',
    en: 'Choose a .tungnha file from somebody of the team. Receiving it again does no harm.',
  },
  'file.in_do': { vi: 'Chọn tệp', en: 'Choose a file' },
  'file.in_going': { vi: 'Đang nhận tệp…', en: 'Receiving…' },
  'file.in_percent': { vi: 'Đang nhận tệp… {n} %', en: 'Receiving… {n} %' },
  'file.came': {
    vi: 'Đã nhận {n} bản ghi mới, {households} hộ thay đổi.',
    en: {
      one: 'Received {n} new record; households changed: {households}.',
      other: 'Received {n} new records; households changed: {households}.',
    },
  },
  'file.came_nothing': { vi: 'Máy này đã có đủ những gì trong tệp.', en: 'This device has all that is in the file.' },

  'error.file_too_large': {
    vi: 'Tệp lớn quá. Sổ chưa thay đổi gì. Nếu là danh sách hộ, hãy tách theo thôn, bản. Nếu là tệp của sổ, hãy chỉ gửi phần mới.',
    en: 'The file is too large. The notebook is unchanged. Split a household list by hamlet. Of a notebook’s file, send only what is new.',
  },
  'error.file_damaged': {
    vi: 'Tệp này bị hỏng hoặc bị cắt mất một phần. Sổ chưa thay đổi gì. Hãy nhờ bạn gửi chép lại tệp.',
    en: 'This file is damaged, or a part of it is missing. The notebook is unchanged. Ask the sender to copy it again.',
  },
  'error.file_foreign': {
    vi: 'Tệp này là sổ của tổ khác. Sổ của tổ mình chưa thay đổi gì. Hãy chọn tệp của tổ mình.',
    en: 'This file is another team’s notebook. Yours is unchanged. Choose a file of your own team.',
  },
  'error.file_not_ours': {
    vi: 'Đây không phải tệp sổ Từng Nhà. Sổ chưa thay đổi gì. Hãy chọn tệp có tên kết thúc là .tungnha.',
    en: 'This is not a notebook’s file. The notebook is unchanged. Choose a file whose name ends in .tungnha.',
  },
  'error.file_before_team': {
    vi: 'Máy này chưa vào tổ nên chưa mở được tệp. Tệp vẫn nguyên. Hãy vào tổ bằng thư mời trước, rồi mở lại tệp.',
    en: 'This device is in no team yet, so it cannot open the file. The file is unharmed. Join the team with an invite first, then open the file again.',
  },
  'error.file_exists': {
    vi: 'Ở đó đã có tệp cùng tên. Tệp cũ vẫn nguyên. Hãy đặt tên khác.',
    en: 'There is a file of that name already. It is unharmed. Choose another name.',
  },
  'error.file_not_read': {
    vi: 'Máy không đọc được tệp này. Sổ chưa thay đổi gì. Hãy cắm lại thẻ nhớ, USB, hoặc nhờ gửi lại tệp.',
    en: 'The file cannot be read. The notebook is unchanged. Plug the card or stick in again, or ask for the file once more.',
  },
  'error.nothing_new': {
    vi: 'Không có gì mới để gửi. Mọi thứ đã nằm trong tệp trước hoặc ở máy chủ. Nếu cần, hãy chọn Tất cả.',
    en: 'There is nothing new to send. All of it is in an earlier file or at the relay. If need be, choose Everything.',
  },
} as const satisfies Words;
