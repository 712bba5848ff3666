//! Notes as volunteers write them after a door: 60 to 120 characters of Vietnamese.
//!
//! They are put together from parts that are chosen independently, with names, hours and small numbers
//! in them, so that two notes share words and hardly ever a sentence: ten fixed sentences would
//! compress to nothing and flatter every figure.

use crate::Chance;

const WHO: &[&str] = &[
    "Bà",
    "Ông",
    "Chị",
    "Anh",
    "Cụ",
    "Con gái út",
    "Con trai cả",
    "Chủ hộ",
    "Vợ chủ hộ",
    "Cháu nội",
    "Mẹ chồng",
    "Hai vợ chồng",
    "Em gái",
    "Con dâu",
    "Bố",
    "Chú",
    "Cô",
    "Bác",
    "Thím",
    "Cậu cháu lớp 9",
];
const NAMED: &[&str] = &[
    "Mỷ", "Páo", "Dua", "Sông", "Hoà", "Lử", "Thào", "Xuân", "Pánh", "Ún", "Hặc", "Thoa", "Toàn", "Hương", "Lợi",
    "Quyết", "Nhung", "Tếnh", "Chứ", "Vừ", "Dế", "Súa", "Của", "Nếnh", "Thắng", "Huệ", "Đạt", "Ngọc", "Sơn", "Kía",
];
const DID: &[&str] = &[
    "đã tự",
    "mới",
    "chưa",
    "muốn",
    "nhờ",
    "đang tập",
    "biết",
    "quên cách",
    "ngại",
    "xin được dạy",
    "hôm nay",
    "làm lại được việc",
    "cần người kèm khi",
    "lần đầu",
    "thử ba lần mới",
    "được con giúp",
    "không dám",
    "thích",
    "vẫn lúng túng lúc",
    "hỏi kỹ về cách",
];
const WHAT: &[&str] = &[
    "kích hoạt VNeID mức 2",
    "đăng nhập cổng dịch vụ công",
    "quét mã QR ở quầy thuốc",
    "chuyển khoản trả tiền điện",
    "nộp hồ sơ khai sinh cho cháu",
    "lấy số thứ tự khám bệnh",
    "mở tài khoản nhận lương hưu",
    "xem sổ sức khoẻ điện tử",
    "đặt mật khẩu mạnh hơn",
    "chặn số lạ gọi đòi OTP",
    "bán mận trên sàn Postmart",
    "đăng ảnh chè lên Voso",
    "tra cứu đất đai",
    "nộp học phí cho con",
    "đặt mua cây giống",
    "cài lại Zalo nhóm bản",
    "đổi khoá màn hình",
    "nhận tiền bảo trợ qua tài khoản",
    "xác thực khuôn mặt",
    "học bài ở Bình dân học vụ số",
    "đóng bảo hiểm y tế",
    "báo tin giả cho công an xã",
    "đọc tin nhắn của trường",
    "theo dõi hồ sơ làm căn cước",
    "gọi video cho con ở Bắc Ninh",
    "trả lại hàng mua nhầm",
    "xoá ứng dụng lạ",
    "tải app của tỉnh",
    "thanh toán tiền nước",
    "đặt lịch tiêm cho bò",
];
const BECAUSE: &[&str] = &[
    "máy đời cũ hết bộ nhớ",
    "sóng yếu phải ra đầu dốc",
    "sim chưa chính chủ",
    "mắt kém không đọc được chữ nhỏ",
    "chưa biết chữ phổ thông",
    "điện thoại dùng chung cả nhà",
    "vướng vì căn cước hết hạn",
    "bận hái chè",
    "sợ bị lừa",
    "ngân hàng xa 23 cây số",
    "vừa mất điện",
    "pin chai",
    "màn hình vỡ góc",
    "mật khẩu do con giữ",
    "hết tiền 4G",
    "đang có khách",
    "phải đi nương sớm",
    "app bắt cập nhật",
    "chữ trên máy là tiếng Anh",
    "quên số điện thoại cũ",
    "trời mưa đường trơn",
    "cháu nhỏ quấy",
    "dấu vân tay mờ",
    "chưa có tài khoản",
    "nhà mới chuyển từ bản bên",
];
const NEXT: &[&str] = &[
    "hẹn tối thứ",
    "mai quay lại lúc",
    "nhờ trưởng bản nhắc trước ngày",
    "đã ghi ra giấy bước",
    "cần thêm buổi",
    "để lại tờ hướng dẫn số",
    "ra nhà văn hoá ngày",
    "gọi trước khi đến sau",
    "sẽ đi cùng lên xã hôm",
    "kèm thêm lần",
    "chụp màn hình bước",
    "rủ thêm hộ bên cạnh, nhà số",
    "mang theo máy phát sóng lần",
    "báo cán bộ xã vào ngày",
];
const ASIDE: &[&str] = &[
    "nói chậm thì hiểu",
    "cả nhà cùng xem",
    "vui lắm",
    "chưa yên tâm",
    "hỏi rất nhiều",
    "làm được khi có người bên cạnh",
    "ưng nhất phần thanh toán",
    "đã tự làm lại từ đầu",
    "cần dạy bằng tiếng Mông",
    "cần chữ to hơn",
    "khen dễ",
    "con sẽ giúp thêm",
    "còn nhầm nút",
    "nhớ được một nửa",
    "đã xoá tin nhắn lạ",
    "xin số tổ trưởng",
];

const SHORTEST: usize = 60;
const LONGEST: usize = 120;

/// A note of 60 to 120 characters.
pub fn note(chance: &mut Chance) -> String {
    loop {
        let note = attempt(chance);
        if (SHORTEST..=LONGEST).contains(&note.chars().count()) {
            return note;
        }
    }
}

fn attempt(chance: &mut Chance) -> String {
    let mut note = chance.one(WHO).to_string();
    if chance.below(2) == 0 {
        note += &format!(" {}", chance.one(NAMED));
    }
    note += &format!(" {} {}", chance.one(DID), chance.one(WHAT));
    // What follows comes in any order, or not at all.
    for part in chance.some(&[0, 1, 2], 3) {
        match (part, chance.below(3)) {
            (_, 0) => {}
            (0, _) => note += &format!("{}{}", chance.one(&[", ", " vì ", "; "]), chance.one(BECAUSE)),
            (1, _) => {
                note += &format!("{}{} {}", chance.one(&[", ", ". ", " - "]), chance.one(NEXT), 2 + chance.below(27))
            }
            _ => note += &format!("{}{}", chance.one(&[", ", " nhưng ", "; "]), chance.one(ASIDE)),
        }
    }
    note
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn notes_have_the_right_length_and_hardly_repeat() {
        let mut chance = Chance::seeded(1);
        let notes: Vec<String> = (0..4960).map(|_| note(&mut chance)).collect();
        let mean = notes.iter().map(|note| note.chars().count()).sum::<usize>() / notes.len();
        assert!((80..=100).contains(&mean), "{mean} characters on average");
        assert!(notes.iter().collect::<BTreeSet<_>>().len() > 4950);
    }
}
