// The screens around the lesson cards, and a member's own training. Fetched with the lessons and not with the app.

import type { Words } from '../words';

export const lessons = {
  'lessons.hint': {
    vi: 'Mở ra, đưa cho bà con xem. Không cần mạng.',
    en: 'Open them and hold them out. No network needed.',
  },
  'lessons.count': { vi: '{n} thẻ', en: { one: '{n} card', other: '{n} cards' } },
  'lessons.step': { vi: 'Thẻ {n}/{of}', en: 'Card {n}/{of}' },
  'lessons.step_spoken': { vi: 'Thẻ {n} trong {of}', en: 'Card {n} of {of}' },
  'lessons.previous': { vi: 'Trước', en: 'Back' },
  'lessons.next': { vi: 'Thẻ tiếp', en: 'Next card' },
  'lessons.done': { vi: 'Xong', en: 'Done' },
  'lessons.done_noted': { vi: 'Xong, ghi là đã xem', en: 'Done, note as shown' },
  'lessons.close': { vi: 'Đóng thẻ', en: 'Close the cards' },
  'lessons.ask': { vi: 'Hỏi bà con', en: 'Ask' },
  'lessons.right': { vi: 'Đúng rồi.', en: 'That is right.' },
  'lessons.not_yet': { vi: 'Chưa đúng, mình thử lại nhé.', en: 'Not quite, let us try again.' },
  'lessons.is_right': { vi: 'đúng', en: 'right' },
  'lessons.is_wrong': { vi: 'chưa đúng', en: 'not quite' },

  'training.title': { vi: 'Tập huấn của tôi', en: 'My training' },
  'training.hint': {
    vi: 'Những gì {name} đã học xong. Ai học thì người ấy tự đánh dấu.',
    en: 'What {name} has finished. Everybody ticks for themselves.',
  },
  'training.so_far': { vi: 'Đã xong {done}/{of}', en: '{done} of {of} done' },
  'training.online': { vi: 'Học trên mạng', en: 'Online' },
  'training.online_hint': {
    vi: 'Cần có mạng. Quét mã bằng điện thoại, hoặc gõ địa chỉ.',
    en: 'Needs a network. Scan the code with a phone, or type the address.',
  },
  'training.cards': { vi: 'Thẻ của năm kỹ năng', en: 'The cards of the five skills' },
  'training.cards_hint': {
    vi: 'Xem hết thẻ và trả lời đúng các câu hỏi, rồi mới đi dạy.',
    en: 'See all the cards and answer their questions before teaching others.',
  },
  'training.course.onetouch': { vi: 'Kỹ năng số trên OneTouch', en: 'Digital skills on OneTouch' },
  'training.course.binhdanhocvuso': {
    vi: 'Kỹ năng số trên Bình dân học vụ số',
    en: 'Digital skills on the national learning site',
  },
  'training.about.onetouch': {
    vi: 'Trang học mà các tổ công nghệ số cộng đồng được tập huấn từ năm 2022.',
    en: 'The site on which community digital teams have been trained since 2022.',
  },
  'training.about.binhdanhocvuso': {
    vi: 'Đăng nhập bằng tài khoản VNeID.',
    en: 'Sign in with a VNeID account.',
  },
  'training.qr': { vi: 'Mã QR mở {address}', en: 'QR code that opens {address}' },
  'training.done': { vi: 'Tôi đã học xong', en: 'I have finished it' },
  'training.done_on': { vi: 'xong {day}', en: 'done {day}' },
} as const satisfies Words;
