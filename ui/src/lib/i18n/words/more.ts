// The list of everything else, and what this app is.

import type { Words } from '../words';

export const more = {
  'more.title': { vi: 'Thêm', en: 'More' },
  'more.exchange_hint': {
    vi: 'Gửi đi, nhận về, chia sẻ trong phòng, mời người',
    en: 'Send, receive, share in a room, invite',
  },
  'more.tasks_hint': { vi: 'Ai làm việc gì, đến ngày nào', en: 'Who does what, until when' },
  'more.import_hint': {
    vi: 'Từ tệp Excel; lấy lại được cả lần nhập',
    en: 'From Excel; a whole import can be taken back',
  },
  'more.review_hint': { vi: 'Chỗ hai máy sửa khác nhau', en: 'Where two devices differ' },
  'more.obstacles': { vi: 'Vướng mắc', en: 'Obstacles' },
  'more.obstacles_hint': { vi: 'Điều gì cản việc, xã trả lời ra sao', en: 'What stands in the way, and the answers' },
  'more.campaigns': { vi: 'Chiến dịch', en: 'Campaigns' },
  'more.campaigns_hint': { vi: 'Ra quân, mỗi người bao nhiêu hộ', en: 'Some days, so many households each' },
  'more.notices': { vi: 'Thông báo của xã', en: 'Notices of the office' },
  'more.notices_hint': { vi: 'Viết một lần, mọi tổ đều thấy', en: 'Written once, seen by every team' },
  'more.activities': { vi: 'Hoạt động', en: 'Activities' },
  'more.activities_hint': { vi: 'Lớp học, bàn hướng dẫn, ngày chi trả', en: 'Classes, booths, welfare days' },
  'more.members': { vi: 'Thành viên tổ', en: 'Team members' },
  'more.members_hint': { vi: 'Đang dùng máy: {name}', en: 'Using this device: {name}' },
  'more.locality': { vi: 'Cách làm của địa phương', en: 'Ways of the place' },
  'more.locality_hint': { vi: 'Tên gọi, cỡ tổ, kỳ báo cáo', en: 'Its words, sizes of teams, its report' },
  'more.places': { vi: 'Địa bàn', en: 'Places' },
  'more.places_hint': { vi: 'Thôn, bản, khu phố; gộp, tách, đổi tên', en: 'Hamlets; mergers, splits, renames' },
  'more.checklist': { vi: 'Bộ tiêu chí', en: 'Checklist' },
  'more.checklist_hint': { vi: 'Các việc của năm kỹ năng', en: 'The items of the five skills' },
  'more.lessons': { vi: 'Hướng dẫn', en: 'Lessons' },
  'more.lessons_hint': { vi: 'Thẻ tranh năm kỹ năng, tập huấn của tôi', en: 'Picture cards, my own training' },
  'more.about': { vi: 'Giới thiệu', en: 'About' },
  'more.about_hint': { vi: 'Phiên bản {version}', en: 'Version {version}' },

  'about.text': {
    vi: 'Sổ chung của tổ công nghệ số cộng đồng. Chạy không cần mạng, trên điện thoại hoặc máy tính bảng dùng chung, rồi gom các bản lại khi có mạng.',
    en: 'The shared notebook of a community digital team. It works without a network, on a phone or a shared tablet, and brings every copy together when there is one.',
  },
  'about.data': {
    vi: 'Dữ liệu nằm trên máy này, có khóa. Máy chủ chỉ giữ bản đã khóa kín và không đọc được.',
    en: 'The data is on this device, locked. The relay keeps only sealed copies that it cannot read.',
  },
  'about.licence': {
    vi: 'Phần mềm mở, giấy phép Apache-2.0. Chữ Be Vietnam Pro (OFL), hình lucide (ISC).',
    en: 'Open source, Apache-2.0. Typeface Be Vietnam Pro (OFL), icons by lucide (ISC).',
  },
  'about.places': {
    vi: 'Danh mục xã, phường lấy từ vietnamadminunits 1.0.4, giấy phép MIT, © 2025 Tran Ngoc Minh Hieu.',
    en: 'The list of communes is from vietnamadminunits 1.0.4, MIT licence, © 2025 Tran Ngoc Minh Hieu.',
  },
  'about.places_licence': { vi: 'Lời giấy phép MIT', en: 'Text of the MIT licence' },
  'about.version': { vi: 'Phiên bản {version}', en: 'Version {version}' },
  'about.verify': { vi: 'Kiểm tra sổ', en: 'Check the notebook' },
  'about.verifying': { vi: 'Đang kiểm tra…', en: 'Checking…' },
  'about.clean': {
    vi: 'Sổ nguyên vẹn: {documents} tài liệu, {changes} thay đổi, {chunks} gói.',
    en: 'The notebook is whole: {documents} documents, {changes} changes, {chunks} packets.',
  },
  'about.not_clean': {
    vi: 'Sổ có {n} chỗ lạ. Đừng xóa ứng dụng; báo cho người phụ trách kỹ thuật.',
    en: {
      one: 'Something is odd in {n} place. Do not remove the app; tell whoever looks after it.',
      other: 'Something is odd in {n} places. Do not remove the app; tell whoever looks after it.',
    },
  },
} as const satisfies Words;
