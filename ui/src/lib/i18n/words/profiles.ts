// A machine that several people share: who is at it, PINs, and what to do when one is forgotten.

import type { Words } from '../words';

export const profiles = {
  'who.title': { vi: 'Ai đang dùng máy?', en: 'Who is using this device?' },
  'who.waiting': { vi: '{n} bản ghi chờ gửi', en: { one: '{n} record waits', other: '{n} records wait' } },
  'who.all_sent': { vi: 'đã gửi hết', en: 'all sent' },
  'who.left': { vi: 'Đã rời tổ', en: 'Has left the team' },
  'who.safe': {
    vi: 'Bản ghi chờ gửi và bản nháp của mọi người vẫn còn nguyên khi đổi người dùng.',
    en: 'Everybody’s drafts and waiting records stay when somebody else takes over.',
  },
  'who.enter_pin': { vi: 'Nhập mã PIN', en: 'Enter your PIN' },
  'who.typed': { vi: 'Đã nhập {n} số', en: { one: '{n} digit entered', other: '{n} digits entered' } },
  'who.enter': { vi: 'Vào', en: 'Come in' },
  'who.checking': { vi: 'Đang mở…', en: 'Opening…' },
  'who.erase': { vi: 'Xóa một số', en: 'Erase a digit' },
  'who.forgot': { vi: 'Quên?', en: 'Forgot?' },
  'who.other': { vi: 'Đổi người khác', en: 'Somebody else' },
  'who.wait_seconds': {
    vi: 'Hãy chờ {n} giây rồi thử lại.',
    en: { one: 'Wait {n} second.', other: 'Wait {n} seconds.' },
  },
  'who.wait_minutes': {
    vi: 'Hãy chờ {n} phút rồi thử lại.',
    en: { one: 'Wait {n} minute.', other: 'Wait {n} minutes.' },
  },
  'who.wrong': { vi: 'Sai mã PIN.', en: 'This PIN is wrong.' },
  'who.choose_own': { vi: 'Đặt mã PIN riêng', en: 'Choose your own PIN' },
  'who.choose_own_text': {
    vi: 'Tổ trưởng đã đặt mã tạm cho bạn. Hãy tự đặt mã mới, chỉ mình bạn biết.',
    en: 'A leader has given you a temporary PIN. Choose one that only you know.',
  },
  'forgot.title': { vi: 'Quên mã PIN', en: 'Forgotten PIN' },
  'forgot.safe': {
    vi: 'Mọi lượt thăm và bản nháp vẫn còn nguyên trên máy.',
    en: 'Every visit and draft is still on this device.',
  },
  'forgot.leader': {
    vi: 'Nhờ tổ trưởng mở máy này bằng mã của họ, vào Thêm → Máy dùng chung, chọn tên bạn rồi đặt mã tạm. Không cần mạng.',
    en: 'Ask a leader to come in on this device, open More → Shared device, choose your name and set a temporary PIN. No network is needed.',
  },
  'forgot.code': {
    vi: 'Hoặc nhập mã khôi phục đã ghi ra giấy.',
    en: 'Or enter the recovery code that you wrote down.',
  },
  'forgot.code_field': { vi: 'Mã khôi phục', en: 'Recovery code' },
  'forgot.code_hint': { vi: '8 nhóm, mỗi nhóm 6 số', en: '8 groups of 6 digits' },

  'shared.title': { vi: 'Máy dùng chung', en: 'Shared device' },
  'shared.hint': { vi: 'Mã PIN, người dùng máy này, tự khóa', en: 'PINs, who uses this device, locking' },
  'shared.lock': { vi: 'Khóa máy, đổi người', en: 'Lock, change person' },
  'shared.without': {
    vi: 'Máy này chưa có mã PIN: ai cầm máy cũng mở được sổ. Khi có mã PIN, dữ liệu trên máy được khóa bằng mã đó.',
    en: 'This device has no PIN: whoever holds it can open the notebook. With PINs, the data on it is locked by them.',
  },
  'shared.set_pin': { vi: 'Đặt mã PIN cho {name}', en: 'Set a PIN for {name}' },
  'shared.people': { vi: 'Người dùng máy này', en: 'People on this device' },
  'shared.me': { vi: 'đang dùng', en: 'here now' },
  'shared.temporary': { vi: 'mã tạm', en: 'temporary PIN' },
  'shared.add': { vi: 'Thêm người dùng máy này', en: 'Add somebody to this device' },
  'shared.add_text': {
    vi: 'Người đó phải có tên trong Thành viên tổ, và tự gõ mã PIN của mình.',
    en: 'They must be among the team’s members, and type their PIN themselves.',
  },
  'shared.add_who': { vi: 'Ai?', en: 'Who?' },
  'shared.nobody_left': {
    vi: 'Mọi thành viên đã dùng máy này. Hãy thêm thành viên mới trước.',
    en: 'Every member uses this device already. Add a member first.',
  },
  'shared.added': { vi: '{name} dùng được máy này.', en: '{name} can use this device.' },
  'shared.my_pin': { vi: 'Mã PIN của tôi', en: 'My PIN' },
  'shared.change': { vi: 'Đổi mã PIN', en: 'Change my PIN' },
  'shared.changed': { vi: 'Đã đổi mã PIN.', en: 'The PIN is changed.' },
  'shared.new_code': { vi: 'Lấy mã khôi phục mới', en: 'New recovery code' },
  'shared.new_code_text': {
    vi: 'Mã khôi phục cũ sẽ hết dùng được.',
    en: 'The recovery code before it will open nothing any more.',
  },
  'shared.take_off': { vi: 'Bỏ mã PIN của tôi', en: 'Take my PIN off' },
  'shared.take_off_text': {
    vi: 'Bạn sẽ không còn trong danh sách của máy này. Những gì bạn đã ghi vẫn còn.',
    en: 'You will no longer be on this device’s list. What you wrote stays.',
  },
  'shared.take_off_last': {
    vi: 'Đây là mã PIN cuối cùng: sau đó ai cầm máy cũng mở được sổ.',
    en: 'This is the last PIN: afterwards whoever holds the device can open the notebook.',
  },
  'shared.reset': { vi: 'Đặt mã tạm', en: 'Set a temporary PIN' },
  'shared.reset_text': {
    vi: 'Đọc mã này cho {name}. Lần vào tới, {name} sẽ tự đặt mã mới.',
    en: 'Tell {name} this PIN. They choose their own when they come in.',
  },
  'shared.was_reset': { vi: 'Đã đặt mã tạm cho {name}.', en: '{name} has a temporary PIN.' },
  'shared.remove': { vi: 'Bỏ khỏi máy này', en: 'Take off this device' },
  'shared.removed': {
    vi: 'Đã bỏ {name} khỏi máy này. Bản ghi vẫn còn.',
    en: '{name} is off this device. Records stay.',
  },
  'shared.lock_after': { vi: 'Tự khóa khi không ai chạm', en: 'Lock when nobody touches it' },
  'shared.minutes': { vi: 'Sau {n} phút', en: { one: 'After {n} minute', other: 'After {n} minutes' } },
  'shared.never': { vi: 'Không tự khóa', en: 'Never' },
  'shared.no_keystore': {
    vi: 'Máy này không có kho khóa riêng. Ai chép được cả thư mục người dùng có thể dò mã PIN ngắn: hãy đặt mã từ 6 số trở lên.',
    en: 'This device has no keystore. Whoever copies the whole user folder can try short PINs: choose six digits or more.',
  },
  'pin.own': { vi: 'Mã PIN đang dùng', en: 'Your PIN now' },
  'pin.new': { vi: 'Mã PIN mới', en: 'New PIN' },
  'pin.again': { vi: 'Nhập lại mã PIN mới', en: 'The new PIN again' },
  'pin.hint': { vi: '4 đến 12 chữ số', en: '4 to 12 digits' },
  'code.title': { vi: 'Mã khôi phục', en: 'Recovery code' },
  'code.text': {
    vi: 'Ghi ra giấy và cất chỗ khác, không cất cùng máy. Khi quên mã PIN, mã này mở được sổ. Chỉ hiện lần này.',
    en: 'Write it down and keep it away from the device. It opens the notebook when you forget your PIN. It is shown this once.',
  },
  'code.written': { vi: 'Tôi đã ghi lại', en: 'I have written it down' },

  'error.locked': {
    vi: 'Máy đang khóa nên chưa làm việc đó. Những gì đã lưu vẫn an toàn. Hãy nhập mã PIN.',
    en: 'The device is locked, so this was not done. What was saved is safe. Enter a PIN.',
  },
  'error.needs_pin': {
    vi: 'Sổ này mở bằng mã PIN. Dữ liệu vẫn an toàn. Hãy chọn tên và nhập mã.',
    en: 'This notebook opens with a PIN. The data is safe. Choose a name and enter it.',
  },
  'error.pin_needed': {
    vi: 'Máy này có mã PIN. Hãy khóa máy, chọn tên rồi nhập mã.',
    en: 'This device has PINs. Lock it, choose a name and enter the PIN.',
  },
  'error.pin_wrong': {
    vi: 'Sai mã PIN. Còn {left} lần thử trước khi phải chờ 30 giây.',
    en: 'This PIN is wrong. Tries left before a wait of 30 seconds: {left}.',
  },
  'error.pin_wrong_wait': {
    vi: 'Sai mã PIN. Phải chờ trước khi thử lại. Dữ liệu vẫn an toàn.',
    en: 'This PIN is wrong. There is a wait before the next try. The data is safe.',
  },
  'error.pin_wait': {
    vi: 'Đã sai nhiều lần nên phải chờ trước khi thử lại. Dữ liệu vẫn an toàn.',
    en: 'After several wrong PINs there is a wait before the next try. The data is safe.',
  },
  'error.pin_not_digits': {
    vi: 'Mã PIN chưa đúng. Hãy nhập 4 đến 12 chữ số.',
    en: 'This is not a PIN. Please enter 4 to 12 digits.',
  },
  'error.pin_weak': {
    vi: 'Mã này dễ đoán (dãy liền, số lặp, năm sinh…). Hãy chọn mã khác.',
    en: 'This PIN is easily guessed (a run, a repetition, a year…). Choose another.',
  },
  'error.pin_differs': {
    vi: 'Hai lần nhập không giống nhau. Hãy nhập lại.',
    en: 'The two are not the same. Please enter them again.',
  },
  'error.profile_left': {
    vi: 'Sổ ghi là anh/chị đã rời tổ, nên không vào được nữa. Những gì anh/chị đã ghi vẫn còn nguyên. Nếu ghi nhầm, nhờ tổ trưởng ghi là đã trở lại.',
    en: 'The notebook says that you have left the team, so you cannot come in. What you wrote is all here. If that is a mistake, ask the leader to note that you are back.',
  },
  'error.pin_temporary': { vi: 'Đây là mã tạm. Hãy tự đặt mã mới.', en: 'This PIN is temporary. Choose your own now.' },
  'error.pins_are_set': {
    vi: 'Máy này đã có mã PIN. Hãy khóa máy rồi vào bằng mã đó.',
    en: 'This device has PINs already. Lock it and come in with one.',
  },
  'error.no_pins': {
    vi: 'Máy này chưa có mã PIN nào. Hãy đặt mã trước.',
    en: 'Nobody has a PIN on this device. Set one first.',
  },
  'error.profile_exists': {
    vi: 'Người này đã dùng máy này rồi. Hãy chọn người khác.',
    en: 'They use this device already. Choose somebody else.',
  },
  'error.profile_is_own': {
    vi: 'Không tự bỏ mình ở đây. Hãy dùng “Bỏ mã PIN của tôi”.',
    en: 'One does not take oneself off here. Use “Take my PIN off”.',
  },
  'error.not_a_leader': {
    vi: 'Chỉ tổ trưởng làm được việc này. Hãy nhờ tổ trưởng.',
    en: 'Only a leader of the team may do this. Ask a leader.',
  },
  'error.recovery_code_cut': {
    vi: 'Mã khôi phục có 48 chữ số, mới có {n}. Hãy nhập đủ.',
    en: 'A recovery code has 48 digits; these are {n}. Please enter all.',
  },
  'error.recovery_group_wrong': {
    vi: 'Nhóm số thứ {group} chưa đúng. Hãy xem lại giấy.',
    en: 'Group {group} is not right. Please look again.',
  },
  'error.recovery_code_wrong': {
    vi: 'Không phải mã khôi phục của người này, hoặc mã đã được thay. Hãy xem lại giấy.',
    en: 'This is not their recovery code, or it was replaced. Look at the paper again.',
  },
  'error.keystore_secret_missing': {
    vi: 'Sổ này chỉ mở được khi có khóa riêng của máy, mà khóa đó không có ở đây: thư mục được chép từ máy khác, hoặc kho khóa của máy chưa mở. Có mã PIN đúng cũng không mở được. Hãy mở trên máy cũ, hoặc vào lại tổ bằng lời mời.',
    en: 'This notebook opens only with a secret that its device keeps, and that is not here: the folder was copied from another device, or the keystore is closed. The right PIN does not open it either. Open it on its device, or join the team again with an invite.',
  },
  'error.no_place_for_secret': {
    vi: 'Máy không giữ được khóa riêng nên chưa đặt mã PIN. Sổ vẫn như cũ.',
    en: 'This device cannot keep its secret, so no PIN was set. The notebook is as before.',
  },
  'error.profiles_damaged': {
    vi: 'Tệp mã PIN của máy bị hỏng. Dữ liệu vẫn còn trên máy. Hãy nhờ người phụ trách kỹ thuật.',
    en: 'The device’s file of PINs is damaged. The data is still here. Ask whoever looks after the app.',
  },
} as const satisfies Words;
