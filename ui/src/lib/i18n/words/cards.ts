// The lesson cards, as they are read out across a table to a neighbour of sixty: one idea a card, short words,
// nothing but what is sure. Fetched with the lessons and not with the app.
//
// Where the facts come from. VNeID at level 2 is set up at the police, and every public service online is
// signed in to with it since 1 July 2024 (Decree 59/2022/NĐ-CP). That the police settles nothing by phone or
// video and never asks for money or an OTP, and that one asks at the commune's police, is the Ministry of
// Public Security's own advice of 21 October 2025. The learning site: see `core/src/domain/training.rs`.

import type { Words } from '../words';

export const cards = {
  'lesson.public_services.vneid.say': {
    vi: 'VNeID là căn cước nằm trong điện thoại.',
    en: 'VNeID is the identity card in your phone.',
  },
  'lesson.public_services.vneid.text': {
    vi: 'Có VNeID mức 2 thì làm giấy tờ trên mạng được. Muốn có, ra công an xã một lần, mang theo thẻ căn cước.',
    en: 'With VNeID at level 2 you can settle papers online. To get it, go to the commune’s police once, with your identity card.',
  },
  'lesson.public_services.vneid.drawing': {
    vi: 'Thẻ căn cước đi vào điện thoại; bên cạnh là phù hiệu công an',
    en: 'An identity card goes into a phone; beside it the shield of the police',
  },
  'lesson.public_services.vneid.ask': {
    vi: 'Muốn có VNeID mức 2 thì tới đâu?',
    en: 'Where do we go for VNeID at level 2?',
  },
  'lesson.public_services.vneid.right': { vi: 'Ra công an xã', en: 'To the commune’s police' },
  'lesson.public_services.vneid.wrong': { vi: 'Nhờ người trên mạng làm hộ', en: 'To somebody on the internet' },
  'lesson.public_services.vneid.why': {
    vi: 'Mức 2 phải tới công an, không ai làm hộ qua mạng được.',
    en: 'Level 2 is done at the police; nobody can do it for you online.',
  },

  'lesson.public_services.portal.say': {
    vi: 'Việc giấy tờ có một cổng: dichvucong.gov.vn',
    en: 'Official papers have one door: dichvucong.gov.vn',
  },
  'lesson.public_services.portal.text': {
    vi: 'Đây là Cổng Dịch vụ công quốc gia, vào bằng tài khoản VNeID. Trang của nhà nước có đuôi .gov.vn.',
    en: 'This is the National Public Service Portal; sign in with VNeID. The state’s sites end in .gov.vn.',
  },
  'lesson.public_services.portal.drawing': {
    vi: 'Màn hình có địa chỉ đuôi .gov.vn và trụ sở cơ quan nhà nước',
    en: 'A screen with an address ending in .gov.vn, and a public office',
  },
  'lesson.public_services.portal.ask': { vi: 'Trang nào là của nhà nước?', en: 'Which site is the state’s?' },
  'lesson.public_services.portal.right': { vi: 'Trang dichvucong.gov.vn', en: 'The site dichvucong.gov.vn' },
  'lesson.public_services.portal.wrong': { vi: 'Trang dichvucong-vn.com', en: 'The site dichvucong-vn.com' },
  'lesson.public_services.portal.why': {
    vi: 'Nhìn cái đuôi: phải là .gov.vn.',
    en: 'Look at the ending: it has to be .gov.vn.',
  },

  'lesson.public_services.file.say': {
    vi: 'Ngồi ở nhà cũng nộp được hồ sơ.',
    en: 'Papers can be handed in from home.',
  },
  'lesson.public_services.file.text': {
    vi: 'Tìm tên việc cần làm, điền tờ khai, chụp giấy tờ rồi gửi. Chỗ nào không rõ thì hỏi tổ công nghệ số.',
    en: 'Find the procedure, fill in the form, photograph your papers and send. Ask the digital team where it is not clear.',
  },
  'lesson.public_services.file.drawing': {
    vi: 'Trong nhà, tờ giấy được chụp vào điện thoại rồi gửi đi',
    en: 'In a house a paper is photographed with a phone and sent off',
  },
  'lesson.public_services.file.ask': {
    vi: 'Chưa biết việc của mình gọi là thủ tục gì. Làm sao?',
    en: 'We do not know what our procedure is called. What now?',
  },
  'lesson.public_services.file.right': {
    vi: 'Gõ vài chữ để tìm, hoặc hỏi tổ',
    en: 'Type a few words, or ask the team',
  },
  'lesson.public_services.file.wrong': { vi: 'Trả tiền cho người lạ làm giúp', en: 'Pay a stranger to do it' },
  'lesson.public_services.file.why': {
    vi: 'Tổ giúp không lấy tiền. Giấy tờ của mình không đưa người lạ.',
    en: 'The team helps for nothing. Your papers are not for strangers.',
  },

  'lesson.public_services.track.say': {
    vi: 'Giữ mã hồ sơ để biết việc tới đâu.',
    en: 'Keep the file’s number to see how far it is.',
  },
  'lesson.public_services.track.text': {
    vi: 'Nộp xong sẽ có một mã hồ sơ. Gõ mã ấy lên Cổng là biết đang ở bước nào, khỏi mất công đi hỏi.',
    en: 'After handing in you get a number. Type it into the portal to see the step it is at, without a trip.',
  },
  'lesson.public_services.track.drawing': {
    vi: 'Bìa hồ sơ có mã số; điện thoại cho thấy hai bước đã xong, một bước còn lại',
    en: 'A folder with a number; a phone shows two steps done and one to come',
  },
  'lesson.public_services.track.ask': { vi: 'Muốn biết hồ sơ xong chưa?', en: 'Is our file ready? How do we know?' },
  'lesson.public_services.track.right': { vi: 'Tra mã hồ sơ trên Cổng', en: 'Look the number up on the portal' },
  'lesson.public_services.track.wrong': { vi: 'Ngày nào cũng lên xã hỏi', en: 'Ask at the commune every day' },
  'lesson.public_services.track.why': {
    vi: 'Có mã trong tay, ở nhà cũng tra được.',
    en: 'With the number you can look from home.',
  },

  'lesson.public_services.queue.say': {
    vi: 'Lấy số trước, tới nơi đỡ phải chờ.',
    en: 'Take a number first and wait less.',
  },
  'lesson.public_services.queue.text': {
    vi: 'Nhiều nơi cho lấy số thứ tự trên điện thoại. Tới đúng giờ hẹn, mang đủ giấy tờ.',
    en: 'Many offices give queue numbers by phone. Come on time, with all your papers.',
  },
  'lesson.public_services.queue.drawing': {
    vi: 'Điện thoại có số 27; bảng ở quầy cũng gọi số 27',
    en: 'A phone with number 27; the board at the counter calls 27 too',
  },
  'lesson.public_services.queue.ask': {
    vi: 'Lấy số rồi có cần mang giấy tờ không?',
    en: 'With a number, do we still bring papers?',
  },
  'lesson.public_services.queue.right': { vi: 'Có, mang đủ', en: 'Yes, all of them' },
  'lesson.public_services.queue.wrong': { vi: 'Không, có số là xong', en: 'No, the number will do' },
  'lesson.public_services.queue.why': {
    vi: 'Số chỉ giữ chỗ cho mình thôi.',
    en: 'The number only keeps our place.',
  },

  'lesson.shopping.shop.say': {
    vi: 'Mua ở chỗ có tên, có người khen chê.',
    en: 'Buy where there is a name, and others who say how it was.',
  },
  'lesson.shopping.shop.text': {
    vi: 'Xem tên cửa hàng, địa chỉ, lời người mua trước. Rẻ quá mức thì phải ngờ.',
    en: 'Look at the shop’s name, its address, what earlier buyers say. Much too cheap is a warning.',
  },
  'lesson.shopping.shop.drawing': {
    vi: 'Cửa hàng có biển hiệu, bên cạnh là sao và lời người mua',
    en: 'A shop, with stars and what buyers say beside it',
  },
  'lesson.shopping.shop.ask': {
    vi: 'Quạt hai triệu, có nơi bán một trăm nghìn. Làm gì?',
    en: 'A fan costs two million, one shop asks a hundred thousand. What now?',
  },
  'lesson.shopping.shop.right': { vi: 'Xem kỹ cửa hàng đã, chưa mua', en: 'Look at the shop first, do not buy yet' },
  'lesson.shopping.shop.wrong': { vi: 'Mua ngay kẻo hết', en: 'Buy at once before it is gone' },
  'lesson.shopping.shop.why': {
    vi: 'Rẻ quá mức thường là hàng giả hoặc lừa tiền.',
    en: 'Much too cheap is often a fake or a fraud.',
  },

  'lesson.shopping.order.say': {
    vi: 'Đọc lại một lượt rồi hãy đặt hàng.',
    en: 'Read it once more, then order.',
  },
  'lesson.shopping.order.text': {
    vi: 'Đúng món, đúng số lượng, đúng địa chỉ nhận. Tổng tiền đã gồm tiền chở hàng chưa?',
    en: 'The right thing, how many, the right address. Does the total include delivery?',
  },
  'lesson.shopping.order.drawing': {
    vi: 'Kính lúp soi đơn hàng trên điện thoại: món hàng, số lượng, địa chỉ, tổng tiền',
    en: 'A magnifying glass over an order: the thing, how many, the address, the total',
  },
  'lesson.shopping.order.ask': { vi: 'Trước khi bấm đặt, xem lại gì?', en: 'What do we look at before ordering?' },
  'lesson.shopping.order.wrong': { vi: 'Không cần xem, bấm cho nhanh', en: 'Nothing, just press' },
  'lesson.shopping.order.right': {
    vi: 'Món hàng, số lượng, tổng tiền, địa chỉ',
    en: 'The thing, how many, the total, the address',
  },
  'lesson.shopping.order.why': {
    vi: 'Xem lại mất nửa phút, đặt nhầm mất cả buổi.',
    en: 'Half a minute of reading saves half a day.',
  },

  'lesson.shopping.open_first.say': {
    vi: 'Chọn trả tiền khi nhận. Không đặt thì không nhận.',
    en: 'Choose to pay on delivery. What you did not order you do not take.',
  },
  'lesson.shopping.open_first.text': {
    vi: 'Lúc đặt, chọn nơi cho xem hàng trước. Hàng tới: xem, đúng món mình đặt rồi mới trả tiền.',
    en: 'Order where you may look first. When it comes: look, and pay only if it is what you ordered.',
  },
  'lesson.shopping.open_first.drawing': {
    vi: 'Một: mở hộp xem áo. Hai: trả tiền',
    en: 'One: open the box and look at the shirt. Two: pay',
  },
  'lesson.shopping.open_first.ask': {
    vi: 'Có gói hàng tới mà nhà mình không đặt. Làm gì?',
    en: 'A parcel comes that nobody here ordered. What now?',
  },
  'lesson.shopping.open_first.right': { vi: 'Không nhận, không trả tiền', en: 'Do not take it, do not pay' },
  'lesson.shopping.open_first.wrong': { vi: 'Trả tiền rồi hỏi sau', en: 'Pay now and ask later' },
  'lesson.shopping.open_first.why': {
    vi: 'Hàng không ai đặt là cách kẻ gian lấy tiền.',
    en: 'Parcels that nobody ordered are a way to take your money.',
  },

  'lesson.shopping.give_back.say': {
    vi: 'Hàng hỏng thì trả, ngay trong đơn hàng.',
    en: 'Broken goods go back, from inside the order.',
  },
  'lesson.shopping.give_back.text': {
    vi: 'Giữ hộp và biên nhận, chụp ảnh chỗ hỏng. Mở đơn hàng trong ứng dụng, bấm Trả hàng.',
    en: 'Keep the box and the receipt, photograph the damage. Open the order in the app and press Return.',
  },
  'lesson.shopping.give_back.drawing': {
    vi: 'Gói hàng có mũi tên quay lại, bên cạnh là biên nhận có ảnh',
    en: 'A parcel with an arrow going back, and a receipt with a photo',
  },
  'lesson.shopping.give_back.ask': {
    vi: 'Hàng không đúng thì đòi ở đâu?',
    en: 'It is the wrong thing. Where do we claim?',
  },
  'lesson.shopping.give_back.wrong': { vi: 'Bấm liên kết người lạ gửi tới', en: 'By a link from a stranger' },
  'lesson.shopping.give_back.right': {
    vi: 'Trong đơn hàng, ở ứng dụng đã mua',
    en: 'In the order, in the app we bought with',
  },
  'lesson.shopping.give_back.why': {
    vi: 'Người lạ gọi tới đòi “hoàn tiền” là lừa đảo.',
    en: 'Strangers who call to “refund” are frauds.',
  },

  'lesson.shopping.sell.say': {
    vi: 'Nhà mình làm ra, nhà mình bán được.',
    en: 'What we make, we can sell.',
  },
  'lesson.shopping.sell.text': {
    vi: 'Chụp ảnh rõ, ghi giá thật, ghi nơi làm ra. Tổ giúp mở gian hàng trên sàn.',
    en: 'A clear photo, the true price, where it was made. The team helps to open a stall.',
  },
  'lesson.shopping.sell.drawing': {
    vi: 'Giỏ trái cây được chụp vào điện thoại, kèm giá 50.000 đồng',
    en: 'A basket of fruit is photographed with a phone, with its price, 50,000 dong',
  },
  'lesson.shopping.sell.ask': { vi: 'Dùng ảnh nào để bán hàng?', en: 'Which photo sells?' },
  'lesson.shopping.sell.right': { vi: 'Ảnh thật, chụp rõ món của mình', en: 'A true, clear one of our own' },
  'lesson.shopping.sell.wrong': { vi: 'Ảnh đẹp lấy trên mạng', en: 'A pretty one from the internet' },
  'lesson.shopping.sell.why': {
    vi: 'Khách nhận hàng giống ảnh thì lần sau quay lại.',
    en: 'Buyers come back when it looks like its photo.',
  },

  'lesson.payment.account.say': {
    vi: 'Tài khoản ngân hàng là túi tiền có khóa.',
    en: 'A bank account is a purse with a lock.',
  },
  'lesson.payment.account.text': {
    vi: 'Mở ở ngân hàng, mang thẻ căn cước. Lương hưu, trợ cấp có thể về thẳng tài khoản, khỏi đi lĩnh.',
    en: 'Open one at a bank, with your identity card. Pensions and welfare can come straight into it.',
  },
  'lesson.payment.account.drawing': {
    vi: 'Đồng tiền rơi vào túi có khóa',
    en: 'A coin falls into a purse with a lock',
  },
  'lesson.payment.account.ask': {
    vi: 'Ai được biết mật khẩu ngân hàng của mình?',
    en: 'Who may know our bank password?',
  },
  'lesson.payment.account.right': { vi: 'Chỉ một mình mình', en: 'Only we ourselves' },
  'lesson.payment.account.wrong': { vi: 'Nhân viên ngân hàng', en: 'The people at the bank' },
  'lesson.payment.account.why': {
    vi: 'Ngân hàng không bao giờ hỏi mật khẩu của mình.',
    en: 'The bank never asks for it.',
  },

  'lesson.payment.qr.say': { vi: 'Quét mã, đọc tên, rồi mới trả.', en: 'Scan, read the name, then pay.' },
  'lesson.payment.qr.text': {
    vi: 'Mở ứng dụng ngân hàng, quét mã QR ở quầy. Đúng tên người bán, đúng số tiền thì mới bấm.',
    en: 'Open the bank’s app and scan the QR code. Press only if the seller’s name and the sum are right.',
  },
  'lesson.payment.qr.drawing': {
    vi: 'Điện thoại quét mã QR ở quầy, hiện tên người nhận và dấu đúng',
    en: 'A phone scans a QR code at a counter and shows the name and a tick',
  },
  'lesson.payment.qr.ask': { vi: 'Quét xong hiện tên người lạ. Làm gì?', en: 'A stranger’s name comes up. What now?' },
  'lesson.payment.qr.wrong': { vi: 'Cứ trả, chắc là được', en: 'Pay, it will be fine' },
  'lesson.payment.qr.right': { vi: 'Dừng lại, hỏi người bán', en: 'Stop and ask the seller' },
  'lesson.payment.qr.why': {
    vi: 'Có khi mã bị kẻ gian dán đè lên.',
    en: 'Sometimes a thief sticks another code over it.',
  },

  'lesson.payment.call_first.say': {
    vi: 'Ai nhắn mượn tiền, gọi lại nghe giọng đã.',
    en: 'Somebody writes to borrow money? Call them first.',
  },
  'lesson.payment.call_first.text': {
    vi: 'Chuyển tiền rồi khó lấy lại. Gọi số vẫn biết của người ấy, hỏi một chuyện chỉ hai người hay.',
    en: 'Money sent is hard to get back. Call the number you know, and ask what only the two of you know.',
  },
  'lesson.payment.call_first.drawing': {
    vi: 'Tin nhắn hỏi tiền trên điện thoại; mình gọi điện hỏi lại người thân',
    en: 'A message asks for money; we call our relative to check',
  },
  'lesson.payment.call_first.ask': {
    vi: 'Cháu nhắn mượn tiền gấp. Làm gì trước?',
    en: 'A grandchild writes for money, urgently. What first?',
  },
  'lesson.payment.call_first.wrong': { vi: 'Chuyển ngay cho kịp', en: 'Send it at once' },
  'lesson.payment.call_first.right': {
    vi: 'Gọi lại số của cháu mà mình vẫn gọi',
    en: 'Call the number we always call',
  },
  'lesson.payment.call_first.why': {
    vi: 'Kẻ gian hay lấy tên người quen, lại hay giục gấp.',
    en: 'Thieves take the names of people we know, and hurry us.',
  },

  'lesson.payment.bills.say': {
    vi: 'Tiền điện, tiền nước trả tại nhà.',
    en: 'Pay for power and water at home.',
  },
  'lesson.payment.bills.text': {
    vi: 'Trong ứng dụng ngân hàng chọn Hóa đơn, gõ mã khách hàng in trên giấy báo. Trả xong, máy giữ biên lai.',
    en: 'In the bank’s app choose Bills and type the customer number on your bill. The phone keeps the receipt.',
  },
  'lesson.payment.bills.drawing': {
    vi: 'Giấy báo tiền điện, tiền nước; điện thoại báo đã trả',
    en: 'A bill for power and water; a phone says it is paid',
  },
  'lesson.payment.bills.ask': { vi: 'Mã khách hàng xem ở đâu?', en: 'Where is the customer number?' },
  'lesson.payment.bills.right': { vi: 'Trên giấy báo hằng tháng', en: 'On the monthly bill' },
  'lesson.payment.bills.wrong': { vi: 'Người lạ gọi tới đọc cho', en: 'A stranger who calls will say it' },
  'lesson.payment.bills.why': {
    vi: 'Ai gọi dọa cắt điện, bắt trả ngay thì tắt máy.',
    en: 'Hang up on whoever calls and threatens to cut the power.',
  },

  'lesson.payment.no_code.say': {
    vi: 'Nhận tiền không cần mã nào cả.',
    en: 'To receive money you need no code.',
  },
  'lesson.payment.no_code.text': {
    vi: 'Người ta gửi tiền cho mình chỉ cần số tài khoản. Ai bảo đọc mã, bấm liên kết để nhận tiền là lừa đảo.',
    en: 'To send you money people need your account number only. Who wants a code or a click is a fraud.',
  },
  'lesson.payment.no_code.drawing': {
    vi: 'Tin báo trúng quà hỏi mã, bị gạch chéo; đồng tiền treo trên lưỡi câu',
    en: 'A message about a prize asks for a code, crossed out; a coin hangs on a hook',
  },
  'lesson.payment.no_code.ask': {
    vi: 'Có người báo trúng thưởng, xin mã để gửi tiền. Làm gì?',
    en: 'We have won, they say, and ask for a code. What now?',
  },
  'lesson.payment.no_code.right': { vi: 'Không đọc mã, tắt máy', en: 'Say nothing and hang up' },
  'lesson.payment.no_code.wrong': { vi: 'Đọc mã để nhận thưởng', en: 'Read it out for the prize' },
  'lesson.payment.no_code.why': {
    vi: 'Có mã là họ lấy được tiền của mình.',
    en: 'With the code they take our money.',
  },

  'lesson.safety.lock.say': {
    vi: 'Điện thoại có khóa, như nhà có cửa.',
    en: 'A phone needs a lock, as a house needs a door.',
  },
  'lesson.safety.lock.text': {
    vi: 'Cài khóa màn hình. Mật khẩu thật dài, đừng lấy ngày sinh. Mỗi nơi một mật khẩu.',
    en: 'Set a screen lock. A long password, not your birthday. Another one for each place.',
  },
  'lesson.safety.lock.drawing': {
    vi: 'Điện thoại có ổ khóa, bằng như nhà có cửa',
    en: 'A phone with a padlock equals a house with a door',
  },
  'lesson.safety.lock.ask': { vi: 'Mật khẩu nào chắc hơn?', en: 'Which password is stronger?' },
  'lesson.safety.lock.wrong': { vi: 'Ngày sinh của mình', en: 'Our birthday' },
  'lesson.safety.lock.right': { vi: 'Một câu dài chỉ mình nhớ', en: 'A long sentence only we know' },
  'lesson.safety.lock.why': { vi: 'Ngày sinh thì ai cũng đoán được.', en: 'Anybody can guess a birthday.' },

  'lesson.safety.otp.say': {
    vi: 'Mã OTP là chìa khóa nhà. Không đưa cho ai.',
    en: 'An OTP is the key to your house. Give it to nobody.',
  },
  'lesson.safety.otp.text': {
    vi: 'Ngân hàng, công an, cán bộ xã không bao giờ hỏi mã OTP. Ai hỏi là lừa đảo: tắt máy, kể cho con cháu hoặc tổ.',
    en: 'Bank, police and commune never ask for an OTP. Whoever asks is a fraud: hang up and tell your family or the team.',
  },
  'lesson.safety.otp.drawing': {
    vi: 'Điện thoại nhận mã OTP như chìa khóa; người gọi đến hỏi mã; câu trả lời là không',
    en: 'A phone gets an OTP, a key; a caller asks for it; the answer is no',
  },
  'lesson.safety.otp.ask': {
    vi: 'Có người xưng là ngân hàng, xin mã để “mở khóa thẻ”. Làm gì?',
    en: '“Your bank” asks for the code “to unlock your card”. What now?',
  },
  'lesson.safety.otp.wrong': { vi: 'Đọc mã cho nhanh', en: 'Read it out quickly' },
  'lesson.safety.otp.right': { vi: 'Tắt máy, không đọc mã', en: 'Hang up, say no code' },
  'lesson.safety.otp.wrong_too': { vi: 'Đọc một nửa thôi', en: 'Read out half of it' },
  'lesson.safety.otp.why': { vi: 'Ai xin mã OTP, ta tắt máy.', en: 'Who asks for an OTP gets no answer.' },

  'lesson.safety.call.say': {
    vi: 'Công an không làm việc qua điện thoại.',
    en: 'The police settle nothing by phone.',
  },
  'lesson.safety.call.text': {
    vi: 'Ai xưng công an, tòa án mà bảo chuyển tiền, đọc mã, cài ứng dụng: tắt máy, ra công an xã hỏi cho rõ.',
    en: '“Police” or “court” wants money, a code, an app installed? Hang up and ask at the commune’s police.',
  },
  'lesson.safety.call.drawing': {
    vi: 'Cuộc gọi của kẻ đội mũ công an bị gạch chéo; mũi tên chỉ tới trụ sở công an xã',
    en: 'A call from somebody in a police cap, crossed out; an arrow to the police station',
  },
  'lesson.safety.call.ask': {
    vi: '“Công an” gọi video, bảo chuyển tiền để điều tra. Làm gì?',
    en: '“Police” on video want money “for the investigation”. What now?',
  },
  'lesson.safety.call.right': { vi: 'Tắt máy, ra công an xã', en: 'Hang up, go to the commune’s police' },
  'lesson.safety.call.wrong': { vi: 'Chuyển tiền cho yên chuyện', en: 'Pay, to have peace' },
  'lesson.safety.call.why': {
    vi: 'Công an thật mời lên trụ sở, không đòi tiền qua điện thoại.',
    en: 'The real police invite you to the station, and ask for no money.',
  },

  'lesson.safety.link.say': { vi: 'Liên kết lạ, không bấm.', en: 'A strange link: do not press.' },
  'lesson.safety.link.text': {
    vi: 'Tin nhắn báo trúng quà, bị phạt, khóa thẻ thường kèm liên kết giả. Cần gì, tự mở ứng dụng của mình ra xem.',
    en: 'Messages about prizes, fines or locked cards often bring false links. Open your own app and look there.',
  },
  'lesson.safety.link.drawing': {
    vi: 'Tin nhắn có liên kết bị gạch chéo; bên cạnh là ứng dụng của mình, có dấu đúng',
    en: 'A message with a link, crossed out; beside it our own apps, with a tick',
  },
  'lesson.safety.link.ask': {
    vi: 'Tin nhắn báo thẻ bị khóa, kèm liên kết. Làm gì?',
    en: 'A message says our card is locked, with a link. What now?',
  },
  'lesson.safety.link.wrong': { vi: 'Bấm vào xem thử', en: 'Press and see' },
  'lesson.safety.link.right': { vi: 'Tự mở ứng dụng ngân hàng', en: 'Open the bank’s app ourselves' },
  'lesson.safety.link.why': {
    vi: 'Tự mình mở thì không lạc vào trang giả.',
    en: 'What we open ourselves is no false page.',
  },

  'lesson.safety.apps.say': {
    vi: 'Ứng dụng đòi quá phận thì không cho.',
    en: 'An app that wants too much gets nothing.',
  },
  'lesson.safety.apps.text': {
    vi: 'Chỉ cài từ kho ứng dụng có sẵn trong máy. Đèn pin mà đòi đọc tin nhắn, danh bạ thì bấm Từ chối.',
    en: 'Install only from the store that came with the phone. A torch that wants your messages and contacts: refuse.',
  },
  'lesson.safety.apps.drawing': {
    vi: 'Ứng dụng đèn pin đòi xem tin nhắn, danh bạ, máy ảnh; câu trả lời là không',
    en: 'A torch app wants messages, contacts and camera; the answer is no',
  },
  'lesson.safety.apps.ask': {
    vi: 'Người lạ gửi tệp bảo cài ứng dụng. Làm gì?',
    en: 'A stranger sends an app to install. What now?',
  },
  'lesson.safety.apps.right': { vi: 'Không cài, xóa đi', en: 'Do not install, delete it' },
  'lesson.safety.apps.wrong': { vi: 'Cài thử rồi xóa sau', en: 'Try it, delete it later' },
  'lesson.safety.apps.why': {
    vi: 'Cài một lần là kẻ gian vào được máy.',
    en: 'Once installed, a thief is in the phone.',
  },

  'lesson.safety.report.say': {
    vi: 'Lỡ rồi thì báo ngay, đừng ngại.',
    en: 'If it happened, report at once. No shame.',
  },
  'lesson.safety.report.text': {
    vi: 'Gọi ngân hàng nhờ khóa tài khoản trước, rồi ra công an xã. Giữ lại tin nhắn và số đã gọi tới.',
    en: 'First call the bank to lock the account, then go to the commune’s police. Keep the messages and the number.',
  },
  'lesson.safety.report.drawing': {
    vi: 'Một: gọi ngân hàng khóa tài khoản. Hai: báo công an',
    en: 'One: call the bank to lock the account. Two: tell the police',
  },
  'lesson.safety.report.ask': {
    vi: 'Vừa chuyển tiền cho kẻ lừa. Việc đầu tiên?',
    en: 'We have just paid a fraud. What first?',
  },
  'lesson.safety.report.wrong': { vi: 'Im lặng vì ngại', en: 'Say nothing' },
  'lesson.safety.report.right': { vi: 'Gọi ngân hàng nhờ khóa lại', en: 'Call the bank to lock it' },
  'lesson.safety.report.wrong_too': { vi: 'Nhờ người trên mạng lấy lại giúp', en: 'Have somebody online get it back' },
  'lesson.safety.report.why': {
    vi: 'Báo càng sớm càng dễ chặn. Người nhận “lấy lại tiền giúp” trên mạng cũng là lừa.',
    en: 'The sooner, the easier to stop. Who “gets money back” online is a fraud too.',
  },

  'lesson.local.province.say': {
    vi: 'Thấy đèn hỏng, đường hỏng: báo bằng điện thoại.',
    en: 'A broken lamp, a broken road: report it by phone.',
  },
  'lesson.local.province.text': {
    vi: 'Nhiều tỉnh có ứng dụng riêng để xem tin và gửi phản ánh kèm ảnh. Hỏi tổ tên ứng dụng của tỉnh mình.',
    en: 'Many provinces have an app for news and for reports with a photo. Ask the team what ours is called.',
  },
  'lesson.local.province.drawing': {
    vi: 'Điện thoại có bản đồ ghim một chỗ; cột đèn đường có dấu chấm than',
    en: 'A phone with a map and a pin; a street lamp with an exclamation mark',
  },
  'lesson.local.province.ask': {
    vi: 'Muốn biết đúng ứng dụng của tỉnh thì hỏi ai?',
    en: 'Who knows the province’s true app?',
  },
  'lesson.local.province.right': { vi: 'Tổ công nghệ số, cán bộ xã', en: 'The digital team, the commune' },
  'lesson.local.province.wrong': { vi: 'Người lạ nhắn tin tới', en: 'A stranger who writes' },
  'lesson.local.province.why': {
    vi: 'Tổ cài giúp từ kho ứng dụng, không qua liên kết lạ.',
    en: 'The team installs it from the store, not by a strange link.',
  },

  'lesson.local.group.say': {
    vi: 'Vào nhóm Zalo của tổ để biết tin sớm.',
    en: 'Join the team’s Zalo group and hear the news early.',
  },
  'lesson.local.group.text': {
    vi: 'Tin họp, tin mưa bão, ngày chi trả đều nhắn trong nhóm. Không gửi ảnh căn cước hay mã OTP lên nhóm.',
    en: 'Meetings, storms, pay days are told there. Never send a photo of your identity card or an OTP.',
  },
  'lesson.local.group.drawing': { vi: 'Ba người cùng nghe một loa báo tin', en: 'Three people hear one megaphone' },
  'lesson.local.group.ask': { vi: 'Cái gì không được gửi lên nhóm?', en: 'What never goes into the group?' },
  'lesson.local.group.wrong': { vi: 'Tin họp thôn', en: 'News of a meeting' },
  'lesson.local.group.right': { vi: 'Ảnh căn cước', en: 'A photo of an identity card' },
  'lesson.local.group.wrong_too': { vi: 'Ảnh mùa gặt', en: 'A photo of the harvest' },
  'lesson.local.group.why': {
    vi: 'Cả nhóm đều thấy, kẻ gian cũng có thể thấy.',
    en: 'Everybody there sees it, and so may a thief.',
  },

  'lesson.local.search.say': { vi: 'Không quen gõ chữ thì nói với máy.', en: 'Not used to typing? Speak.' },
  'lesson.local.search.text': {
    vi: 'Bấm hình micrô rồi nói điều muốn tìm. Chuyện hệ trọng thì đọc ở trang có đuôi .gov.vn.',
    en: 'Press the microphone and say what you look for. For what matters, read a site that ends in .gov.vn.',
  },
  'lesson.local.search.drawing': {
    vi: 'Tiếng nói vào micrô; kính lúp tìm câu trả lời',
    en: 'A voice goes into a microphone; a magnifying glass looks for the answer',
  },
  'lesson.local.search.ask': { vi: 'Tin về trợ cấp thì tin trang nào?', en: 'Which site do we trust about welfare?' },
  'lesson.local.search.right': { vi: 'Trang có đuôi .gov.vn', en: 'One that ends in .gov.vn' },
  'lesson.local.search.wrong': { vi: 'Trang nào hiện ra trước', en: 'The one that comes first' },
  'lesson.local.search.why': {
    vi: 'Hiện ra trước chưa chắc đã đúng.',
    en: 'What comes first need not be true.',
  },

  'lesson.local.learn.say': { vi: 'Muốn học thêm, có lớp trên mạng.', en: 'There are classes online to learn more.' },
  'lesson.local.learn.text': {
    vi: 'Trang binhdanhocvuso.gov.vn dạy kỹ năng số, vào bằng tài khoản VNeID. Lần đầu nhờ con cháu hoặc tổ mở giúp.',
    en: 'The site binhdanhocvuso.gov.vn teaches digital skills; sign in with VNeID. Let your family or the team open it the first time.',
  },
  'lesson.local.learn.drawing': {
    vi: 'Màn hình có bài giảng, bên dưới là quyển sách mở',
    en: 'A screen with a lecture above an open book',
  },
  'lesson.local.learn.ask': { vi: 'Vào trang học bằng gì?', en: 'How do we sign in there?' },
  'lesson.local.learn.wrong': { vi: 'Mật khẩu ngân hàng', en: 'With the bank password' },
  'lesson.local.learn.right': { vi: 'Tài khoản VNeID', en: 'With the VNeID account' },
  'lesson.local.learn.why': {
    vi: 'Trang học không bao giờ cần mật khẩu ngân hàng.',
    en: 'A learning site never needs the bank password.',
  },
} as const satisfies Words;
