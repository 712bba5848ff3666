// Asking a resident, and what they answered.

import type { Words } from '../words';

export const consent = {
  'consent.not_asked': { vi: 'chưa hỏi đồng ý', en: 'consent not asked' },
  'consent.given': { vi: 'đã đồng ý', en: 'agreed' },
  'consent.given_on': { vi: 'đã đồng ý {day}', en: 'agreed {day}' },
  'consent.refused': { vi: 'không đồng ý', en: 'did not agree' },
  'consent.withdrawn': { vi: 'đã rút lại đồng ý', en: 'took consent back' },
  'consent.title': { vi: 'Hỏi ý kiến {name}', en: 'Ask {name}' },
  'consent.read': { vi: 'Đọc cho người dân nghe:', en: 'Read this aloud:' },
  'consent.text': {
    vi: 'Tổ ghi tên, năm sinh, số điện thoại và việc mình đã biết làm đến đâu trong năm kỹ năng số, để giúp cho đúng. Không ghi số căn cước, mật khẩu, mã OTP. Số gửi lên trên không có tên. Lúc nào cũng rút lại hoặc xin xóa được. Ông bà, anh chị có đồng ý không?',
    en: 'The team notes your name, birth year, phone and how far you have come in five digital skills, so that it can help you well. No ID-card number, password or OTP. What goes upward has no names. You can take this back, or ask for it to be erased, at any time. Do you agree?',
  },
  'consent.child': {
    vi: 'Trẻ em: bố mẹ hay người giám hộ nào trả lời?',
    en: 'A child: which parent or guardian answers?',
  },
  'consent.parent_name': { vi: 'Họ tên người trả lời thay', en: 'Name of who answers' },
  'consent.yes': { vi: 'Đồng ý', en: 'Agrees' },
  'consent.no': { vi: 'Không đồng ý', en: 'Does not agree' },
  'consent.later': { vi: 'Hỏi sau', en: 'Ask later' },
  'consent.ask_again': { vi: 'Hỏi lại', en: 'Ask again' },
  'consent.withdraw': { vi: 'Rút lại đồng ý', en: 'Take consent back' },
  'consent.no_skills': {
    vi: '{name} không đồng ý, nên không ghi kỹ năng của người này.',
    en: '{name} does not agree, so no skills are recorded for them.',
  },
  'consent.large': { vi: 'Xem chữ to', en: 'Show it large' },
  'consent.paper': { vi: 'Đã ký trên giấy', en: 'Signed on paper' },
  'consent.first': {
    vi: 'Chưa hỏi ý kiến {name}, nên chưa ghi kỹ năng của người này. Các phần khác vẫn lưu được.',
    en: '{name} has not been asked yet, so no skills are recorded for them. The rest can be saved.',
  },
  'consent.ask_now': { vi: 'Hỏi ngay', en: 'Ask now' },
  'consent.setting': { vi: 'Hỏi ý kiến người dân', en: 'Asking for consent' },
  'consent.setting_first': { vi: 'Hỏi ý kiến trước khi đánh giá lần đầu', en: 'Ask before the first assessment' },
  'consent.setting_hint': {
    vi: 'Khi bật, chưa hỏi ý kiến ai thì chưa ghi kỹ năng của người đó. Lượt thăm và các phần khác vẫn ghi được.',
    en: 'While this is on, nobody’s skills are recorded before they were asked. Visits and all else can be recorded.',
  },
  'consent.setting_who': {
    vi: 'Tổ trưởng, tổ phó hoặc cán bộ xã bật, tắt được.',
    en: 'A leader, a deputy or an officer can turn this on or off.',
  },
  'consent.setting_on': { vi: 'Đang bật', en: 'On' },
  'consent.setting_off': { vi: 'Đang tắt', en: 'Off' },
  'consent.setting_now_on': {
    vi: 'Từ giờ phải hỏi ý kiến trước khi đánh giá.',
    en: 'From now on people are asked before they are assessed.',
  },
  'consent.setting_now_off': {
    vi: 'Từ giờ đánh giá được cả người chưa hỏi ý kiến.',
    en: 'From now on people can be assessed before they are asked.',
  },
  'consent.recorded': { vi: 'Đã ghi câu trả lời của {name}.', en: 'The answer of {name} is recorded.' },
} as const satisfies Words;
