// Sending and receiving: relays, invites, and what goes wrong with them.

import type { Words } from '../words';

export const exchange = {
  'exchange.title': { vi: 'Gửi và nhận', en: 'Send and receive' },
  'exchange.waiting': {
    vi: '{n} bản ghi chờ gửi',
    en: { one: '{n} record is waiting', other: '{n} records are waiting' },
  },
  'exchange.waiting_safe': {
    vi: 'Đã giữ an toàn trên máy này. Khi có mạng, máy sẽ tự gửi.',
    en: 'Safe on this device. When there is a network, it is sent by itself.',
  },
  'exchange.waiting_wifi': {
    vi: 'Đã giữ an toàn trên máy này. Máy đang chờ Wi-Fi rồi mới tự gửi. Cần gửi bằng 4G thì bấm Gửi ngay.',
    en: 'Safe on this device. It waits for Wi-Fi before it is sent by itself. To send over mobile data, press Send now.',
  },
  'exchange.waiting_by': { vi: 'Của {names}.', en: 'By {names}.' },
  'exchange.waiting_since': { vi: 'Lâu nhất từ {when}.', en: 'The oldest since {when}.' },
  'exchange.all_sent': { vi: 'Đã gửi hết', en: 'All sent' },
  'exchange.all_sent_text': {
    vi: 'Mọi bản ghi của máy này đã tới máy chủ.',
    en: 'Every record of this device has arrived at the relay.',
  },
  'exchange.waits_for_wifi': {
    vi: 'Đang dùng 4G nên máy chờ Wi-Fi rồi mới tự nhận. Cần nhận ngay thì bấm Gửi ngay.',
    en: 'This is mobile data, so receiving waits for Wi-Fi. To receive at once, press Send now.',
  },
  'exchange.no_relay': { vi: 'Máy này chưa nối với máy chủ nào', en: 'This device is not connected to a relay' },
  'exchange.no_relay_text': {
    vi: 'Dữ liệu vẫn an toàn trên máy này. Nối với máy chủ để các máy trong tổ chung một sổ.',
    en: 'Your data is safe on this device. Connect to a relay so that the team’s devices share one notebook.',
  },
  'exchange.practice': { vi: 'Đây là bản tập. Không có gì được gửi đi.', en: 'This is practice. Nothing is sent.' },
  'exchange.now': { vi: 'Gửi ngay', en: 'Send now' },
  'exchange.going': { vi: 'Đang gửi và nhận…', en: 'Sending and receiving…' },
  'exchange.going_n': { vi: 'Đang gửi và nhận… {done}/{total}', en: 'Sending and receiving… {done}/{total}' },
  'exchange.done': {
    vi: 'Xong. Gửi {sent}, nhận {received} bản ghi.',
    en: 'Done. Sent {sent}, received {received} records.',
  },
  'exchange.done_nothing': { vi: 'Xong. Không có gì mới.', en: 'Done. Nothing new.' },
  'exchange.conflicts': {
    vi: 'Có {n} chỗ cần xem lại.',
    en: { one: '{n} thing to review.', other: '{n} things to review.' },
  },
  'exchange.where': { vi: 'Đi tới đâu rồi', en: 'Where things are' },
  'exchange.drafts': { vi: 'Bản nháp', en: 'Drafts' },
  'exchange.n_drafts': { vi: '{n} bản nháp', en: { one: '{n} draft', other: '{n} drafts' } },
  'exchange.at_waiting': { vi: 'Đang chờ gửi', en: 'Waiting' },
  'exchange.at_here': { vi: 'Trên máy này', en: 'On this device' },
  'exchange.at_relay': { vi: 'Đã tới máy chủ', en: 'At the relay' },
  'exchange.n_records': { vi: '{n} bản ghi', en: { one: '{n} record', other: '{n} records' } },
  'exchange.quarantined': {
    vi: '{n} gói nhận về chưa mở được. Máy giữ lại và sẽ thử tiếp.',
    en: {
      one: '{n} received packet could not be opened yet. It is kept and tried again.',
      other: '{n} received packets could not be opened yet. They are kept and tried again.',
    },
  },
  'exchange.double': { vi: 'Sổ này đang có trên hai máy?', en: 'Is this notebook on two devices?' },
  'exchange.double_text': {
    vi: 'Có bản ghi mang tên máy này nhưng không phải máy này viết. Sổ đã được chép sang máy khác, hoặc máy vừa lấy lại bản cũ. Không mất gì: hai bên vẫn gộp được. Nếu là máy khác, hãy cho máy đó vào tổ bằng thư mời, để mỗi máy có tên riêng.',
    en: 'A record bears this device’s name, but this device did not write it. The notebook was copied to another device, or this one was set back to an older copy. Nothing is lost: both are brought together. If it is another device, invite it to the team, so that each device has a name of its own.',
  },
  'exchange.double_seen': { vi: 'Đã hiểu', en: 'Understood' },
  'exchange.relays': { vi: 'Máy chủ của tổ', en: 'Relays of the team' },
  'exchange.last': { vi: 'Trao đổi lần cuối {when}', en: 'Last exchange {when}' },
  'exchange.never': { vi: 'Chưa trao đổi lần nào', en: 'No exchange yet' },
  'exchange.by_itself': { vi: 'Tự gửi và nhận', en: 'Sends and receives by itself' },
  'exchange.by_itself_text': {
    vi: 'Khi có mạng, máy tự gửi sau mỗi lần lưu và tự nhận khi máy khác trong tổ có gì mới.',
    en: 'When there is a network, this device sends after every save, and receives when another device of the team has something new.',
  },
  'exchange.wifi_only': { vi: 'Chỉ gửi qua Wi-Fi', en: 'Only over Wi-Fi' },
  'exchange.wifi_unknown': {
    vi: 'Máy này không cho biết đang dùng Wi-Fi hay 4G, nên vẫn gửi khi có mạng.',
    en: 'This device does not tell whether it uses Wi-Fi or mobile data, so it sends over any network.',
  },
  'exchange.connect': { vi: 'Nối với máy chủ', en: 'Connect to a relay' },
  'exchange.connect_more': { vi: 'Nối thêm máy chủ', en: 'Connect to another relay' },
  'exchange.n_days': { vi: '{n} ngày', en: { one: '{n} day', other: '{n} days' } },
  'exchange.connect_text': {
    vi: 'Dán thẻ máy chủ do cán bộ phụ trách máy chủ đưa. Tổ đã nối rồi mà máy này chưa: dán liên kết mời của tổ.',
    en: 'Paste the relay pass that the relay’s operator gave you. If the team is connected and this device is not: an invite of the team.',
  },
  'exchange.pass': { vi: 'Thẻ máy chủ hoặc liên kết mời', en: 'Relay pass or invite' },
  'exchange.connect_do': { vi: 'Nối', en: 'Connect' },
  'exchange.connected': { vi: 'Đã nối với máy chủ.', en: 'Connected to the relay.' },
  'exchange.invite': { vi: 'Mời máy khác vào tổ', en: 'Invite another device' },
  'exchange.invite_text': {
    vi: 'Ai có thư mời này đều vào được tổ. Chỉ đưa cho người trong tổ.',
    en: 'Whoever has this invite can join the team. Give it to team members only.',
  },
  'exchange.invite_uses': { vi: 'Cho mấy máy?', en: 'For how many devices?' },
  'exchange.invite_days': { vi: 'Dùng trong mấy ngày?', en: 'For how many days?' },
  'exchange.invite_do': { vi: 'Tạo thư mời', en: 'Make an invite' },
  'exchange.invite_link': { vi: 'Đường liên kết', en: 'Link' },
  'exchange.invite_typed': { vi: 'Hoặc gõ trên máy kia', en: 'Or type on the other device' },
  'exchange.invite_address': { vi: 'Địa chỉ', en: 'Address' },
  'exchange.invite_code': { vi: 'Mã mời', en: 'Code' },
  'exchange.invite_qr': { vi: 'Mã QR của thư mời', en: 'QR code of the invite' },
  'exchange.invite_until': {
    vi: 'Dùng cho {n} máy, đến {day}.',
    en: { one: 'For {n} device, until {day}.', other: 'For {n} devices, until {day}.' },
  },
  'exchange.invite_another': { vi: 'Tạo thư mời khác', en: 'Make another invite' },

  'error.other_space': {
    vi: 'Bản ghi này thuộc tổ khác nên không nhận. Sổ của tổ vẫn nguyên.',
    en: 'This record belongs to another team and was not taken. Your notebook is untouched.',
  },
  'error.not_member': {
    vi: 'Máy chủ không còn sổ này. Dữ liệu vẫn an toàn ở đây. Hãy xin thẻ máy chủ mới, hoặc liên kết mời của tổ, rồi nối lại.',
    en: 'The relay has no such notebook any more. The data is safe here. Ask for a new relay pass, or for an invite of your team, and connect again.',
  },
  'error.unauthorized': {
    vi: 'Máy chủ không nhận ra máy này. Dữ liệu vẫn an toàn ở đây. Hãy xin thẻ máy chủ mới, hoặc liên kết mời của tổ, rồi nối lại.',
    en: 'The relay does not know this device. The data is safe here. Ask for a new relay pass, or for an invite of your team, and connect again.',
  },
  'error.device_revoked': {
    vi: 'Máy này đã bị ngừng quyền gửi nhận. Dữ liệu vẫn còn ở đây. Hãy hỏi tổ trưởng.',
    en: 'This device may no longer send and receive. The data is still here. Ask the team’s leader.',
  },
  'error.bad_signature': {
    vi: 'Máy chủ không nhận ra chữ ký của máy này. Dữ liệu vẫn an toàn ở đây. Hãy hỏi người phụ trách máy chủ.',
    en: 'The relay does not know this device’s signature. The data is safe here. Ask the relay’s operator.',
  },
  'error.relay_answer': {
    vi: 'Máy chủ trả lời không rõ. Dữ liệu vẫn an toàn trên máy này. Hãy thử lại sau ít phút.',
    en: 'The relay’s answer was unclear. The data is safe on this device. Try again in a few minutes.',
  },
  'error.busy': {
    vi: 'Máy chủ đang bận. Dữ liệu vẫn an toàn trên máy này. Hãy thử lại sau ít phút.',
    en: 'The relay is busy. The data is safe on this device. Try again in a few minutes.',
  },
  'error.full': {
    vi: 'Máy chủ đã đầy nên chưa nhận hết. Phần còn lại vẫn an toàn trên máy này và sẽ được gửi lại. Hãy báo người phụ trách máy chủ.',
    en: 'The relay is full and did not take everything. The rest is safe on this device and will be sent again. Tell the relay’s operator.',
  },
  'error.too_many_requests': {
    vi: 'Máy chủ được hỏi dồn dập nên tạm nghỉ. Dữ liệu vẫn an toàn trên máy này. Hãy thử lại sau ít phút.',
    en: 'The relay was asked too often and takes a short rest. The data is safe on this device. Try again in a few minutes.',
  },
  'error.timeout': {
    vi: 'Máy chủ trả lời chậm quá. Dữ liệu vẫn an toàn trên máy này. Hãy thử lại khi mạng tốt hơn.',
    en: 'The relay answers too slowly. The data is safe on this device. Try again on a better network.',
  },
  'error.too_large': {
    vi: 'Gói gửi đi lớn quá nên máy chủ không nhận. Dữ liệu vẫn an toàn trên máy này. Hãy báo người phụ trách kỹ thuật.',
    en: 'A packet was too large for the relay. The data is safe on this device. Tell whoever looks after the app.',
  },
  'error.space_exists': {
    vi: 'Máy chủ đã có sổ này. Dữ liệu vẫn an toàn. Hãy xin thư mời thay vì thẻ máy chủ.',
    en: 'The relay already has this notebook. The data is safe. Ask for an invite instead of a pass.',
  },
  'error.link_damaged': {
    vi: 'Đường liên kết này thiếu hoặc sai chữ. Chưa mất gì. Hãy dán lại cả đường liên kết.',
    en: 'This link is incomplete or wrong. Nothing is lost. Paste the whole link again.',
  },
  'error.link_of_other_kind': {
    vi: 'Đây là liên kết loại khác. Chưa mất gì. Thư mời để vào tổ, thẻ máy chủ để nối máy chủ: hãy dán đúng loại.',
    en: 'This is a link of another kind. Nothing is lost. An invite joins a team, a relay pass connects to a relay: paste the right one.',
  },
  'error.bad_address': {
    vi: 'Địa chỉ chưa đúng. Chưa mất gì. Hãy xem lại từng chữ.',
    en: 'The address is not right. Nothing is lost. Check every letter.',
  },
  'error.code_mistyped': {
    vi: 'Mã gõ sai một chỗ nào đó. Chưa mất gì. Hãy so lại từng chữ với mã được đưa.',
    en: 'The code has a mistake somewhere. Nothing is lost. Compare it letter by letter.',
  },
  'error.invite_unknown': {
    vi: 'Nơi mời không biết thư mời này. Hãy xem lại từng chữ, hoặc xin thư mời mới.',
    en: 'This invite is not known there. Check every letter, or ask for a new one.',
  },
  'error.invite_taken': {
    vi: 'Thư mời này đang được tạo ở máy khác. Hãy tạo thư mời khác.',
    en: 'This invite is being made on another device. Make another one.',
  },
  'error.pass_unknown': {
    vi: 'Máy chủ không biết thẻ này. Hãy dán lại cả thẻ, hoặc xin thẻ mới.',
    en: 'The relay does not know this pass. Paste all of it again, or ask for a new one.',
  },
  'error.no_relay': {
    vi: 'Máy này chưa nối với máy chủ nào. Dữ liệu vẫn an toàn trên máy này. Hãy nối với máy chủ trước.',
    en: 'This device is not connected to a relay. The data is safe here. Connect to a relay first.',
  },
  'error.offline': {
    vi: 'Máy chưa có mạng. Dữ liệu vẫn an toàn trên máy này. Hãy mở Wi-Fi hoặc 4G rồi thử lại.',
    en: 'There is no network. The data is safe on this device. Turn on Wi-Fi or mobile data and try again.',
  },
  'error.invite_expired': {
    vi: 'Thư mời đã hết hạn. Hãy xin tổ trưởng thư mời mới.',
    en: 'The invite has expired. Ask the team’s leader for a new one.',
  },
  'error.relay_empty': {
    vi: 'Máy chủ chưa có sổ của tổ. Chưa có gì thay đổi. Hãy nhờ người mời bấm Gửi ngay, rồi thử lại.',
    en: 'The relay does not have the team’s notebook yet. Nothing has changed. Ask who invited you to send, then try again.',
  },
  'error.invite_other_team': {
    vi: 'Thư mời này là của tổ khác. Chưa có gì thay đổi. Hãy xin thư mời của tổ mình.',
    en: 'This invite is of another team. Nothing has changed. Ask for an invite of your own team.',
  },
  'error.invite_used_up': {
    vi: 'Thư mời đã dùng hết số máy. Hãy xin tổ trưởng thư mời mới.',
    en: 'The invite is used up. Ask the team’s leader for a new one.',
  },
  'error.pass_expired': {
    vi: 'Thẻ máy chủ đã hết hạn. Hãy xin thẻ mới.',
    en: 'The relay pass has expired. Ask for a new one.',
  },
  'error.pass_used_up': {
    vi: 'Thẻ máy chủ đã dùng hết. Hãy xin thẻ mới.',
    en: 'The relay pass is used up. Ask for a new one.',
  },
} as const satisfies Words;
