// What the notebook holds about one person, and where data is: for those whom it is about. Only what is true today.

import type { Words } from '../words';

export const holdings = {
  'held.title': { vi: 'Sổ này giữ gì về người này', en: 'What this notebook holds' },
  'held.open': { vi: 'Sổ này giữ gì về người này', en: 'What this notebook holds' },
  'held.open_hint': { vi: 'Để cho chính người ấy xem, hoặc in ra', en: 'For the person to read, or to print' },
  'held.of': { vi: 'Sổ này giữ gì về {name}', en: 'What this notebook holds about {name}' },
  'held.printed': { vi: '{team}, in ngày {day}', en: '{team}, printed {day}' },
  'held.print': { vi: 'In trang này', en: 'Print this page' },
  'held.text': {
    vi: 'Trang này để đưa cho chính người được ghi xem: tất cả những gì máy này có về họ.',
    en: 'This page is for the person themselves: everything that this device has about them.',
  },
  'held.person': { vi: 'Về bản thân', en: 'About the person' },
  'held.in_household': { vi: 'Ghi trong hộ', en: 'In the household' },
  'held.is_head': { vi: 'Chủ hộ', en: 'Head of household' },
  'held.nothing': { vi: 'không ghi', en: 'not recorded' },
  'held.removed': { vi: 'Đã xóa khỏi hộ, vẫn còn trong sổ', en: 'Removed from the household, still kept' },
  'held.household_removed': { vi: 'Hộ đã xóa khỏi danh sách, vẫn còn trong sổ', en: 'Household removed, still kept' },
  'held.moved_here': { vi: 'Chuyển từ hộ khác sang', en: 'Came from another household' },
  'held.household_phone': { vi: 'Số điện thoại của hộ', en: 'Phone of the household' },
  'held.household_note': { vi: 'Ghi chú về hộ', en: 'Note about the household' },
  'held.people': { vi: 'Số người trong hộ', en: 'People in the household' },
  'held.marks': { vi: 'Đánh dấu', en: 'Marks' },
  'held.list': { vi: 'Từ danh sách', en: 'From the list' },
  'held.tasks': { vi: 'Việc tổ định làm ở hộ', en: 'What the team means to do there' },
  'held.task': { vi: '{what}, {who}, hạn {day}', en: '{what}, {who}, due {day}' },
  'held.task_no_day': { vi: '{what}, {who}', en: '{what}, {who}' },
  'held.task_visit': { vi: 'Tới thăm', en: 'Visit' },
  'held.crossed': {
    vi: 'Có {n} chỗ hai máy ghi khác nhau; cả hai cách ghi đang được giữ.',
    en: {
      one: '{n} field was written differently twice; both are kept.',
      other: '{n} fields were written differently twice; both are kept.',
    },
  },
  'held.consent': { vi: 'Đã hỏi ý kiến', en: 'Consent' },
  'held.not_asked': { vi: 'Chưa ai hỏi.', en: 'Nobody has asked yet.' },
  'held.consent_line': {
    vi: '{day}: {state}. {who} hỏi, {how}. Bản lời hỏi số {version}.',
    en: '{day}: {state}. Asked by {who}, {how}. Text version {version}.',
  },
  'held.how_spoken': { vi: 'đọc cho nghe', en: 'read aloud' },
  'held.how_paper': { vi: 'ký trên giấy', en: 'signed on paper' },
  'held.parent': { vi: 'Người trả lời thay: {name}.', en: 'Answered by: {name}.' },
  'held.visits': { vi: 'Các lần tổ tới nhà', en: 'Visits' },
  'held.no_visits': { vi: 'Chưa ghi lần nào.', en: 'None recorded.' },
  'held.visit': { vi: '{day}: {outcome}. {by} ghi.', en: '{day}: {outcome}. Recorded by {by}.' },
  'held.visit_met': { vi: '{day}: đã gặp người này. {by} ghi.', en: '{day}: the person was met. Recorded by {by}.' },
  'held.taken_back': { vi: 'Lượt này đã rút, vẫn còn trong sổ.', en: 'This visit was taken back and is still kept.' },
  'held.level': { vi: '{skill}: {level}', en: '{skill}: {level}' },
  'held.services': { vi: 'Đã giúp {n} việc cho hộ.', en: { one: '{n} service given.', other: '{n} services given.' } },
  'held.with': { vi: 'Cùng đi: {names}.', en: 'Together with {names}.' },
  'held.photos': { vi: 'Có {n} ảnh đi kèm.', en: { one: '{n} photo with it.', other: '{n} photos with it.' } },
  'held.former_places': { vi: 'Nơi ở trước đây', en: 'Places before' },
  'held.team': { vi: 'Tổ phụ trách riêng', en: 'A team of its own' },
  'held.position': { vi: 'Vị trí nhà trên bản đồ', en: 'Position of the house on the map' },
  'held.position_kept': { vi: 'có ghi', en: 'recorded' },
  'held.activities': { vi: 'Hoạt động đã tới', en: 'Activities' },
  'held.activity': { vi: '{day}: {title}. {by} ghi.', en: '{day}: {title}. Recorded by {by}.' },
  'held.more': { vi: 'Còn giữ', en: 'Also kept' },
  'held.earlier': {
    vi: '{n} thông tin cũ, đã được sửa lại sau đó (trong lịch sử của hộ).',
    en: {
      one: '{n} earlier value that was changed since (in the history).',
      other: '{n} earlier values that were changed since (in the history).',
    },
  },
  'held.verdicts': {
    vi: '{n} ghi nhận rằng người này và một người khác trong sổ là một, hoặc là hai.',
    en: {
      one: '{n} note that this and another entry are one person, or two.',
      other: '{n} notes that this and another entry are one person, or two.',
    },
  },
  'held.drafts': {
    vi: '{n} lượt thăm đang ghi dở trên máy này.',
    en: { one: '{n} unfinished visit on this device.', other: '{n} unfinished visits on this device.' },
  },
  'held.unreadable': {
    vi: '{n} thông tin do bản mới hơn của ứng dụng ghi, máy này chưa đọc được.',
    en: {
      one: '{n} fact of a newer version that this one cannot read.',
      other: '{n} facts of a newer version that this one cannot read.',
    },
  },
  'held.never': { vi: 'Không bao giờ giữ', en: 'Never kept' },
  'held.never_text': {
    vi: 'Số căn cước và ảnh căn cước, mã OTP, mật khẩu, tài khoản ngân hàng, dân tộc.',
    en: 'ID-card numbers and pictures, OTPs, passwords, bank accounts, ethnic origin.',
  },
  'held.where': { vi: 'Nằm ở đâu', en: 'Where it is' },
  'held.here': { vi: 'Trên máy này.', en: 'On this device.' },
  'held.devices': {
    vi: 'Máy này biết {n} máy của tổ đã ghi vào sổ, kể cả máy này. Máy nào của tổ cũng giữ cả sổ.',
    en: {
      one: 'As far as known, {n} device of the team has written in it: this one. Every device of the team holds the whole notebook.',
      other:
        'As far as known, {n} devices of the team have written in it, this one among them. Every device of the team holds the whole notebook.',
    },
  },
  'held.relay': {
    vi: 'Máy chủ {address} giữ bản đã khóa kín. Máy chủ không có chìa, không đọc được.',
    en: 'The relay {address} keeps a sealed copy. It has no key and cannot read it.',
  },
  'held.no_relay': { vi: 'Chưa gửi lên máy chủ nào.', en: 'It was sent to no relay.' },
  'held.file': {
    vi: 'Tệp đã giao cho {name}, {day}. Chỉ máy của tổ mở được.',
    en: 'A file handed to {name}, {day}. Only devices of the team can open it.',
  },
  'held.room': {
    vi: 'Đã gửi và nhận trong phòng với máy của {name}.',
    en: 'Exchanged in a room with the device of {name}.',
  },
  'held.how_long': { vi: 'Giữ bao lâu', en: 'For how long' },
  'held.how_long_text': {
    vi: 'Bản ứng dụng này chưa tự xóa gì theo thời hạn: còn sổ thì còn giữ. Bản sau sẽ xóa khi đã 24 tháng không gặp.',
    en: 'This version erases nothing by itself: it is kept as long as the notebook is. A later one will erase it 24 months after the last contact.',
  },
  'held.rights': { vi: 'Quyền của người được ghi', en: 'Rights' },
  'held.right_withdraw': {
    vi: 'Rút lại đồng ý lúc nào cũng được. Từ lúc đó không ai ghi thêm kỹ năng của mình; những gì đã ghi vẫn còn.',
    en: 'Take consent back at any time. From then on no skills are recorded; what was recorded stays.',
  },
  'held.right_correct': {
    vi: 'Xin sửa chỗ ghi sai. Người trong tổ sửa được ngay trên máy này.',
    en: 'Ask for a correction. Anybody of the team can make it on this device.',
  },
  'held.right_erase': {
    vi: 'Xin xóa. Nay tổ đưa được người này ra khỏi hộ, không còn hiện trong danh sách; nhưng bản cũ vẫn nằm trong lịch sử và trên các máy khác. Bản này chưa xóa hẳn được. Hãy nói với tổ trưởng để ghi lại yêu cầu.',
    en: 'Ask for erasure. Today the team can take the person off the household and its lists; earlier values stay in the history and on other devices. This version cannot erase for good yet. Tell the team leader, so that the request is noted.',
  },
  'held.correct_do': { vi: 'Mở trang người này để sửa', en: 'Open the person to correct' },

  'data.title': { vi: 'Dữ liệu ở đâu?', en: 'Where is the data?' },
  'data.hint': { vi: 'Giữ gì, ai đọc được, mất máy thì sao', en: 'What is kept, who can read it, a lost phone' },
  'data.what': { vi: 'Sổ giữ những gì', en: 'What is kept' },
  'data.what_households': {
    vi: 'Hộ: địa điểm, đường tới cửa, vị trí trên bản đồ nếu có người bấm ghi, số điện thoại, ghi chú.',
    en: 'Households: place, way to the door, position on the map if somebody noted it, phone, a note.',
  },
  'data.what_people': {
    vi: 'Người: họ tên, năm sinh, giới tính, số điện thoại, câu trả lời đồng ý hay không.',
    en: 'People: name, birth, sex, phone, their answer about consent.',
  },
  'data.what_visits': {
    vi: 'Lượt thăm: ngày, gặp ai, biết làm đến đâu trong năm kỹ năng, cần gì, vướng gì, ảnh chụp chỗ vướng.',
    en: 'Visits: day, who was met, how far in five skills, needs, obstacles, photos of those.',
  },
  'data.what_team': {
    vi: 'Tổ: tên thành viên, tên các máy, việc được giao, hoạt động.',
    en: 'The team: members, names of devices, tasks, activities.',
  },
  'data.where': { vi: 'Nằm ở đâu', en: 'Where it is' },
  'data.where_devices': {
    vi: 'Trên máy của từng người trong tổ. Máy nào cũng giữ cả sổ.',
    en: 'On each device of the team. Each holds the whole notebook.',
  },
  'data.where_relay': {
    vi: 'Trên máy chủ, nếu tổ có nối: bản đã khóa kín. Máy chủ chỉ biết máy nào gửi bao nhiêu, lúc nào. Người giữ máy chủ giấu hoặc xóa được, không đọc và không sửa được.',
    en: 'At the relay, if there is one: sealed. It knows which device sent how much when. Its operator can withhold or delete, not read or forge.',
  },
  'data.where_file': {
    vi: 'Trong tệp .tungnha đã giao cho ai đó: cũng khóa kín, chỉ máy của tổ mở được.',
    en: 'In .tungnha files that were handed out: sealed too; only the team’s devices open them.',
  },
  'data.where_paper': {
    vi: 'Trên giấy đã in, chữ đã chép: không có khóa nào. Ai cầm thì đọc được.',
    en: 'On printed pages and in copied text: no lock at all. Whoever holds it can read it.',
  },
  'data.who': { vi: 'Ai đọc được', en: 'Who can read it' },
  'data.who_team': { vi: 'Người trong tổ, và ai có lời mời vào tổ.', en: 'The team, and whoever has an invite to it.' },
  'data.who_shared': {
    vi: 'Máy dùng chung: mã PIN giữ cho mỗi người ghi đúng tên mình. Nhưng ai có PIN trên máy đều xem được cả sổ.',
    en: 'On a shared device PINs keep each record under the right name. Whoever has a PIN there sees the whole notebook.',
  },
  'data.lost': { vi: 'Mất máy thì sao', en: 'If a phone is lost' },
  'data.lost_no_pin': {
    vi: 'Máy chưa đặt mã PIN: ai cầm máy mở được sổ. Hãy đặt mã PIN, dài sáu số trở lên.',
    en: 'Without a PIN: whoever holds the device can open the notebook. Set a PIN of six digits or more.',
  },
  'data.lost_locked': {
    vi: 'Máy có mã PIN và đã khóa: chép thư mục sổ ra ngoài cũng không đọc được nếu thiếu chìa của máy và mã PIN. Nhập sai nhiều lần thì phải chờ.',
    en: 'With a PIN and locked: a copied folder cannot be read without the device’s secret and a PIN. Wrong PINs have to wait.',
  },
  'data.lost_secret': {
    vi: 'Điện thoại và máy không có kho khóa riêng: chìa nằm trong một tệp trên cùng máy. Ai lấy được cả máy thì chỉ còn độ dài mã PIN bảo vệ.',
    en: 'On phones, and where the system has no keystore, the secret is a file on the same device. Whoever gets all of it is held off only by the PIN’s length.',
  },
  'data.lost_rest': {
    vi: 'Những gì đã gửi lên máy chủ hoặc sang máy khác thì không mất. Báo tổ trưởng để người giữ máy chủ chặn máy đã mất. Chặn rồi thì máy đó không nhận thêm, nhưng những gì đã có trên máy vẫn còn.',
    en: 'What has arrived elsewhere is not lost. Tell the leader, so that the relay shuts that device out. It then receives nothing more, but what is on it stays.',
  },
  'data.set_pin': { vi: 'Đặt mã PIN cho máy này', en: 'Set a PIN on this device' },
} as const satisfies Words;
