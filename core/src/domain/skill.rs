//! The five skills, the levels of a person in one of them, and the checklist a team
//! starts with. Skills are fixed, because the target is defined by them (a household
//! is at target when one person is proficient in all five); names and items are data
//! in the space document, and what stands here are only their first values.

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::ItemId;

/// One of the five basic digital skills, in the order in which they are always shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum SkillKey {
    /// Sử dụng dịch vụ công trực tuyến.
    #[n(0)]
    PublicServices,
    /// Mua sắm trực tuyến.
    #[n(1)]
    Shopping,
    /// Thanh toán trực tuyến.
    #[n(2)]
    Payment,
    /// Tự bảo vệ mình trên không gian mạng.
    #[n(3)]
    Safety,
    /// Sử dụng nền tảng số khác tùy đặc thù của địa phương.
    #[n(4)]
    Local,
}

impl SkillKey {
    /// All five, in order.
    pub const ALL: [Self; 5] = [Self::PublicServices, Self::Shopping, Self::Payment, Self::Safety, Self::Local];

    /// The key in documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PublicServices => "public_services",
            Self::Shopping => "shopping",
            Self::Payment => "payment",
            Self::Safety => "safety",
            Self::Local => "local",
        }
    }

    /// Its place in the order, 0 to 4; also its code in stored values.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The skill of a stored code.
    pub fn from_index(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }

    /// The skill of a document key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == key)
    }
}

/// What one person can do in one skill.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS, Encode, Decode,
)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Level {
    /// Chưa đánh giá.
    #[default]
    #[n(0)]
    NotAssessed,
    /// Chưa biết.
    #[n(1)]
    NotYet,
    /// Đã hướng dẫn.
    #[n(2)]
    Guided,
    /// Làm được khi có người giúp.
    #[n(3)]
    WithHelp,
    /// Thành thạo.
    #[n(4)]
    Proficient,
}

impl Level {
    /// All five, from the lowest.
    pub const ALL: [Self; 5] = [Self::NotAssessed, Self::NotYet, Self::Guided, Self::WithHelp, Self::Proficient];

    /// Its code in stored values, 0 to 4.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The level of a stored code.
    pub fn from_index(index: usize) -> Option<Self> {
        Self::ALL.get(index).copied()
    }
}

/// Levels of one person in the five skills, in the skills' order.
pub type Levels = [Level; 5];

/// "Hộ đạt": this one person is proficient in all five skills.
pub fn at_target(levels: &Levels) -> bool {
    levels.iter().all(|l| *l == Level::Proficient)
}

/// How a household's best resident is chosen: most skills at the highest level first,
/// then the higher sum. Larger is better.
pub fn rank(levels: &Levels) -> (usize, usize) {
    let proficient = levels.iter().filter(|l| **l == Level::Proficient).count();
    (proficient, levels.iter().map(|l| l.index()).sum())
}

/// The id of an item that every notebook begins with, by its skill and place (`payment/1`): the same in all of them, so
/// that an office counts it over all.
pub fn default_item(name: &str) -> ItemId {
    ItemId::derived(&Uuid::nil(), name)
}

/// The checklist a new space starts with: per skill its name and its items.
pub const DEFAULT_CHECKLIST: [(SkillKey, &str, &[&str]); 5] = [
    (
        SkillKey::PublicServices,
        "Dịch vụ công trực tuyến",
        &[
            "Kích hoạt VNeID mức 2",
            "Đăng nhập Cổng Dịch vụ công quốc gia",
            "Tìm được thủ tục cần làm",
            "Nộp và theo dõi hồ sơ",
            "Lấy số thứ tự",
            "Nộp phí trực tuyến",
            "VssID, sổ sức khỏe điện tử",
        ],
    ),
    (
        SkillKey::Shopping,
        "Mua sắm trực tuyến",
        &[
            "Tìm được cửa hàng tin cậy",
            "Đặt hàng",
            "Theo dõi, trả hàng",
            "Đánh giá sau khi mua",
            "Người bán: mở gian hàng trên Voso, Postmart và đăng sản phẩm",
        ],
    ),
    (
        SkillKey::Payment,
        "Thanh toán trực tuyến",
        &[
            "Có tài khoản thanh toán",
            "Quét mã QR để trả tiền",
            "Chuyển tiền",
            "Trả tiền điện, nước, học phí",
            "Nhận trợ cấp qua tài khoản",
        ],
    ),
    (
        SkillKey::Safety,
        "Tự bảo vệ trên mạng",
        &[
            "Mật khẩu mạnh, có khóa màn hình",
            "Không đưa mã OTP cho ai",
            "Nhận ra cuộc gọi mạo danh, đường liên kết giả",
            "Biết xem quyền của ứng dụng",
            "Biết báo cho ai khi gặp lừa đảo",
        ],
    ),
    (
        SkillKey::Local,
        "Nền tảng của địa phương",
        &[
            "Dùng ứng dụng của tỉnh",
            "Vào nhóm Zalo của tổ",
            "Tìm kiếm thông tin",
            "Học trên trang onetouch, binhdanhocvuso",
        ],
    ),
];

/// What a visit or an activity counts besides skills, with the names a space starts with.
pub const DEFAULT_SERVICES: [(&str, &str); 4] = [
    ("public_service_account", "Mở tài khoản dịch vụ công"),
    ("queue_number", "Lấy số thứ tự"),
    ("payment_account", "Mở tài khoản thanh toán"),
    ("dossier", "Nộp hồ sơ giúp"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use Level::{Proficient, WithHelp};

    #[test]
    fn the_target_is_about_one_person_having_all_five() {
        assert!(at_target(&[Proficient; 5]));
        assert!(!at_target(&[Proficient, Proficient, Proficient, Proficient, WithHelp]));
    }

    #[test]
    fn the_best_resident_has_most_skills_complete() {
        let four = [Proficient, Proficient, Proficient, Proficient, Level::NotAssessed];
        let evenly = [WithHelp; 5];
        assert!(rank(&four) > rank(&evenly));
    }
}
