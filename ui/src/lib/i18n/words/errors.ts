// What goes wrong anywhere: what happened, what is safe, what to do.

import type { Words } from '../words';

export const errors = {
  'error.internal': {
    vi: 'Ứng dụng gặp lỗi nên việc vừa rồi chưa xong. Những gì đã lưu vẫn an toàn. Hãy thử lại.',
    en: 'The app had a problem, so this was not done. What was saved is safe. Please try again.',
  },
  'error.app_gone': {
    vi: 'Không gặp được ứng dụng trên máy này. Những gì đã lưu vẫn an toàn. Hãy mở lại ứng dụng.',
    en: 'The app on this device does not answer. What was saved is safe. Please open it again.',
  },
  'error.session': {
    vi: 'Trang này hết hạn. Những gì đã lưu vẫn an toàn. Hãy mở lại bằng liên kết mới của ứng dụng.',
    en: 'This page has expired. What was saved is safe. Open it with a new link of the app.',
  },
  'error.cannot_open': {
    vi: 'Chưa mở được sổ trên máy này. Dữ liệu vẫn còn. Hãy đóng ứng dụng rồi mở lại.',
    en: 'The notebook could not be opened. The data is still there. Close the app and open it again.',
  },
  'error.bad_arguments': {
    vi: 'Ứng dụng gửi nhầm thông tin nên việc vừa rồi chưa xong. Chưa mất gì. Hãy cập nhật ứng dụng.',
    en: 'The app asked wrongly, so this was not done. Nothing is lost. Please update the app.',
  },
  'error.unknown_command': {
    vi: 'Bản này chưa biết làm việc đó. Chưa mất gì. Hãy cập nhật ứng dụng.',
    en: 'This version cannot do that. Nothing is lost. Please update the app.',
  },
  'error.not_allowed': {
    vi: 'Việc này chỉ tổ trưởng, tổ phó hoặc cán bộ xã làm được. Chưa có gì thay đổi.',
    en: 'Only a leader, a deputy or an officer can do this. Nothing has changed.',
  },
  'error.member_left': {
    vi: 'Người này đã rời tổ nên không giao thêm được. Chưa có gì thay đổi. Hãy chọn người khác, hoặc cho người này trở lại tổ.',
    en: 'This person has left the team and is given nothing new. Nothing has changed. Choose somebody else, or let them come back.',
  },
  'error.last_leader': {
    vi: 'Nếu đổi thì sổ không còn ai phụ trách chung. Chưa có gì thay đổi. Hãy cử người khác làm tổ trưởng trước.',
    en: 'Nobody would be left in charge of the notebook. Nothing has changed. Make somebody else the leader first.',
  },
  'error.not_yourself': {
    vi: 'Người đang dùng máy không tự ghi mình rời tổ được. Chưa có gì thay đổi. Hãy nhờ người khác ghi.',
    en: 'Whoever is using the device cannot leave by themselves. Nothing has changed. Ask somebody else.',
  },
  'error.place_gone': {
    vi: '{name} đã gộp hoặc tách rồi. Chưa có gì thay đổi. Hãy chọn nơi đang có.',
    en: '{name} has been merged or split already. Nothing has changed. Choose a place that stands.',
  },
  'error.two_places': {
    vi: 'Cần ít nhất hai nơi khác nhau. Hãy chọn thêm.',
    en: 'Two different places are needed. Please choose another.',
  },
  'error.same_place': {
    vi: 'Một nơi không thuộc về chính nó. Hãy chọn nơi khác.',
    en: 'A place is not part of itself. Choose another one.',
  },
  'error.report_locked': {
    vi: 'Báo cáo này đã chốt số liệu. Những gì ghi thêm vẫn được giữ thành điều chỉnh. Muốn sửa, cán bộ xã mở lại và ghi lý do.',
    en: 'This report is locked. What is added is kept as an adjustment. To change it, an officer reopens it with a reason.',
  },
  'error.report_whole_locked': {
    vi: 'Cả tháng của xã đã chốt, báo cáo này cũng vậy. Chưa có gì thay đổi. Hãy mở lại báo cáo của cả xã trước.',
    en: 'The whole month is locked, and this report with it. Nothing has changed. Reopen the whole month first.',
  },
  'error.report_not_locked': {
    vi: 'Báo cáo này chưa chốt nên không cần mở lại. Chưa có gì thay đổi.',
    en: 'This report is not locked, so it needs no reopening. Nothing has changed.',
  },
  'error.report_submitted': {
    vi: 'Báo cáo này đã nộp rồi. Chưa có gì thay đổi. Muốn sửa, hãy rút lại hoặc nhờ cán bộ xã trả lại.',
    en: 'This report is submitted already. Nothing has changed. To change it, take it back or ask the office to return it.',
  },
  'error.report_approved': {
    vi: 'Báo cáo này đã duyệt rồi. Chưa có gì thay đổi.',
    en: 'This report is approved already. Nothing has changed.',
  },
  'error.report_not_submitted': {
    vi: 'Tổ chưa nộp báo cáo này nên chưa làm được. Chưa có gì thay đổi. Hãy nhắc tổ nộp trước.',
    en: 'The team has not submitted this report, so this cannot be done. Nothing has changed. Ask the team to submit it first.',
  },
  'error.report_not_begun': {
    vi: 'Kỳ báo cáo này đến {first} mới bắt đầu. Chưa có gì thay đổi. Hãy chọn kỳ khác.',
    en: 'This period begins on {first}. Nothing has changed. Choose another period.',
  },
  'error.report_not_over': {
    vi: 'Kỳ báo cáo này đến {last} mới hết, nên chưa chốt được. Chưa có gì thay đổi.',
    en: 'This period ends on {last}, so it cannot be locked yet. Nothing has changed.',
  },
  'error.report_nothing_to_undo': {
    vi: 'Không có việc nào của bạn để rút lại: việc sau cùng là của người khác, hoặc chưa ai làm gì. Chưa có gì thay đổi.',
    en: 'There is nothing of yours to take back: somebody else did the last thing, or nobody did any. Nothing has changed.',
  },
  'error.later_version': {
    vi: 'Báo cáo này được chốt bằng bản ứng dụng mới hơn, máy này chưa đọc được. Số liệu vẫn còn. Hãy cập nhật ứng dụng.',
    en: 'This report was locked by a newer version, which this device cannot read. The figures are kept. Please update the app.',
  },
  'error.who_are_you': {
    vi: 'Máy chưa biết ai đang mở sổ này. Chưa có gì thay đổi. Hãy chọn tên rồi mở lại.',
    en: 'It is not known who opens this notebook. Nothing has changed. Choose a name, then open it again.',
  },
  'error.notebook_not_here': {
    vi: 'Sổ này chưa về đến máy nên chưa mở được. Chưa mất gì. Có mạng thì máy tự nhận về.',
    en: 'This notebook has not come to this device yet. Nothing is lost. It comes by itself once there is a network.',
  },
  'error.consent_refused': {
    vi: 'Người này không đồng ý, nên không ghi thêm gì về họ. Hãy bỏ phần vừa ghi về người này rồi lưu lại.',
    en: 'This person does not agree, so nothing more is recorded about them. Take off what you added about them and save again.',
  },
  'error.consent_first': {
    vi: 'Có người chưa được hỏi ý kiến, nên chưa ghi được kỹ năng của họ. Phần đã ghi vẫn còn. Hãy hỏi ý kiến, hoặc bỏ phần kỹ năng của người đó.',
    en: 'Somebody has not been asked for consent, so their skills cannot be recorded yet. What you wrote is still here. Ask them, or take their skills off.',
  },
  'error.parent_needed': {
    vi: 'Trẻ em thì phải có bố mẹ hoặc người giám hộ đồng ý. Hãy ghi tên người đó.',
    en: 'A child needs a parent’s or guardian’s agreement. Write that person’s name.',
  },
  'error.bad_time': {
    vi: 'Chưa đọc được giờ này. Hãy ghi như 07:30.',
    en: 'This time cannot be read. Write it like 07:30.',
  },
  'error.required': { vi: 'Ô này còn trống. Hãy điền vào.', en: 'This is still empty. Please fill it in.' },
  'error.too_long': {
    vi: 'Dài quá, nhiều nhất {max} chữ. Hãy viết ngắn lại.',
    en: 'Too long, at most {max} letters. Please shorten it.',
  },
  'error.id_number': {
    vi: 'Có 12 chữ số giống số căn cước. Sổ này không giữ số giấy tờ. Hãy xóa số đó.',
    en: '12 digits look like an ID-card number. This notebook keeps none. Please delete it.',
  },
  'error.nine_digits': {
    vi: 'Có 9 chữ số giống số chứng minh cũ. Nếu không phải thì xác nhận.',
    en: '9 digits look like an old identity card. If they are not, say so.',
  },
  'error.bad_phone': {
    vi: 'Số điện thoại chưa đúng. Ví dụ đúng: 0912 345 678. Có thể để trống.',
    en: 'This phone number is not right. For example: 0912 345 678. It may stay empty.',
  },
  'error.bad_date': {
    vi: 'Ngày chưa đúng. Ví dụ đúng: 24/07/1984 hoặc 1984.',
    en: 'This date is not right. For example: 24/07/1984 or 1984.',
  },
  'error.bad_day': {
    vi: 'Ngày chưa đúng. Ví dụ đúng: 25/11/2026.',
    en: 'This day is not right. For example: 25/11/2026.',
  },
  'error.bad_number': {
    vi: 'Số chưa đúng. Hãy gõ lại, chỉ dùng chữ số.',
    en: 'This number is not right. Please type digits only.',
  },
  'error.bad_period': {
    vi: 'Kỳ báo cáo chưa đúng. Chưa có gì thay đổi. Hãy chọn lại tháng.',
    en: 'This is not a reporting period. Nothing has changed. Please choose the month again.',
  },
  'error.period_over': {
    vi: 'Kỳ này đã qua nên giữ nguyên cách tính cũ. Chưa có gì thay đổi. Hãy đổi từ kỳ {first} trở đi.',
    en: 'This period is over and keeps its rules. Nothing has changed. Change them from {first} on.',
  },
  'error.too_many': {
    vi: 'Nhiều quá, chỉ nhận tối đa {max} mục. Chưa có gì thay đổi. Hãy bỏ bớt rồi lưu lại.',
    en: 'Too many, at most {max}. Nothing has changed. Take some off and save again.',
  },
  'error.twice': {
    vi: 'Có hai chỉ tiêu cùng mã “{key}”. Chưa có gì thay đổi. Hãy đổi mã của một chỉ tiêu.',
    en: 'Two indicators have the key “{key}”. Nothing has changed. Give one of them another key.',
  },
  'error.rules_too_large': {
    vi: 'Cách tính của kỳ báo cáo dài quá nên chưa lưu được. Chưa có gì thay đổi. Hãy bỏ bớt chỉ tiêu.',
    en: 'The rules are too long to be kept. Nothing has changed. Take some indicators off.',
  },
  'error.no_notebook': {
    vi: 'Máy này chưa có sổ nào. Hãy lập tổ hoặc vào tổ trước.',
    en: 'This device has no notebook yet. Start or join a team first.',
  },
  'error.notebook_open': {
    vi: 'Máy này đã có sổ của một tổ. Sổ đó vẫn an toàn và đang mở.',
    en: 'This device already has a team’s notebook. It is safe and open.',
  },
  'error.other_notebook': {
    vi: 'Máy này vừa mở một sổ khác nên việc này chưa được ghi. Hãy xem đúng sổ rồi làm lại.',
    en: 'Another notebook has just been opened on this device, so this was not written. Look at the right one and do it again.',
  },
  'error.practice_open': { vi: 'Đang mở bản tập. Hãy kết thúc tập trước.', en: 'Practice is open. End it first.' },
  'error.not_practice': {
    vi: 'Đây không phải bản tập. Sổ của tổ vẫn nguyên.',
    en: 'This is not practice. The team’s notebook is untouched.',
  },
  'error.practice_stays': {
    vi: 'Đây là bản tập nên không gửi đi đâu. Kết thúc tập rồi lập tổ để dùng thật.',
    en: 'This is practice, so nothing is sent. End it and start a team to work for real.',
  },
  'error.app_too_old': {
    vi: 'Sổ hoặc tệp này do bản mới hơn ghi. Dữ liệu vẫn an toàn. Hãy cập nhật ứng dụng rồi mở lại.',
    en: 'A newer version wrote this notebook or file. The data is safe. Update the app and open it again.',
  },
  'error.database_key_missing': {
    vi: 'Không tìm thấy khóa của sổ. Dữ liệu vẫn còn trên máy. Hãy nhờ người phụ trách kỹ thuật.',
    en: 'The notebook’s key was not found. The data is still here. Ask whoever looks after the app.',
  },
  'error.folder_in_use': {
    vi: 'Sổ đang mở ở một cửa sổ khác trên máy này. Dữ liệu vẫn an toàn. Hãy dùng cửa sổ đó, hoặc đóng nó lại.',
    en: 'The notebook is open in another window here. The data is safe. Use that window, or close it.',
  },
  'error.same_household': {
    vi: 'Người này đang ở chính hộ đó rồi. Chưa chuyển ai. Hãy chọn một hộ khác.',
    en: 'They live in that very household. Nobody was moved. Choose another one.',
  },
  'error.not_found': {
    vi: 'Không còn thấy bản ghi này. Có thể máy khác đã xóa. Hãy quay lại danh sách.',
    en: 'This record is no longer there. Another device may have removed it. Go back to the list.',
  },
  'error.disk_full': {
    vi: 'Máy hết chỗ nên chưa lưu được việc vừa rồi. Những gì đã lưu vẫn an toàn. Hãy xóa bớt ảnh, video rồi lưu lại.',
    en: 'The device is full, so this was not saved. What was saved before is safe. Delete some photos or videos and save again.',
  },
  'error.disk_read_only': {
    vi: 'Máy không cho ghi vào bộ nhớ nên chưa lưu được. Những gì đã lưu vẫn an toàn. Hãy nhờ người phụ trách máy.',
    en: 'This device does not let the app write. What was saved before is safe. Ask whoever looks after the device.',
  },
  'error.disk_failed': {
    vi: 'Bộ nhớ máy bị lỗi nên chưa lưu được. Hãy gửi những gì đang chờ, rồi đổi máy khác.',
    en: 'The device’s storage fails. Send what waits, then change to another device.',
  },
  'error.storage': {
    vi: 'Chưa lưu được vào sổ. Những gì đã lưu vẫn an toàn. Hãy thử lại.',
    en: 'This was not saved in the notebook. What was saved before is safe. Please try again.',
  },
  'error.database_busy': {
    vi: 'Sổ đang bận. Chưa mất gì. Hãy thử lại sau vài giây.',
    en: 'The notebook is busy. Nothing is lost. Try again in a few seconds.',
  },
  'error.database_key_wrong': {
    vi: 'Không mở được khóa của sổ. Dữ liệu vẫn còn trên máy. Hãy nhờ người phụ trách kỹ thuật.',
    en: 'The notebook’s lock does not open. The data is still here. Ask whoever looks after the app.',
  },
  'error.damaged': {
    vi: 'Có chỗ bị hỏng nên bỏ qua. Phần còn lại của sổ vẫn an toàn. Hãy vào Giới thiệu, bấm Kiểm tra sổ.',
    en: 'Something was damaged and left out. The rest of the notebook is safe. Go to About and check the notebook.',
  },
  'error.cancelled': { vi: 'Đã dừng. Chưa lưu gì của việc này.', en: 'Stopped. Nothing of it was stored.' },
} as const satisfies Words;
