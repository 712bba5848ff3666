//! What a member of a team learns before teaching others: a short list that is the same for everybody. What
//! stands in a notebook is only which of it a member has done, and when; what the courses are called in
//! front of people stands in the face's catalogues.

use super::SkillKey;

/// Something to learn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Its key in documents and catalogues. Never given to another course.
    pub key: &'static str,
    /// Where it is taken, when that is outside of the app.
    pub address: Option<&'static str>,
    /// The skill whose lesson cards it is about, when it is one of those.
    pub skill: Option<SkillKey>,
}

/// All courses, in the order in which they are shown.
///
/// OneTouch is the learning site on which the Ministry of Information and Communications had the teams trained:
/// <https://mic.gov.vn/print/news-197153494.htm> (Decision 608/QĐ-BTTTT, 31 March 2022) and
/// <https://ictnews.vietnamnet.vn/cuoc-song-so/hoan-thanh-boi-duong-truc-tiep-cho-hon-46-000-to-cong-nghe-so-cong-dong-trong-thang-9-419303.html>.
/// Bình dân học vụ số has been open to everybody since 1 April 2025, with a VNeID account:
/// <https://www.vietnam.vn/en/chinh-phuc-cong-dan-so-voi-nen-tang-binh-dan-hoc-vu-so>.
pub const COURSES: [Course; 7] = [
    Course { key: "onetouch", address: Some("https://onetouch.mic.gov.vn"), skill: None },
    Course { key: "binhdanhocvuso", address: Some("https://binhdanhocvuso.gov.vn"), skill: None },
    cards("cards_public_services", SkillKey::PublicServices),
    cards("cards_shopping", SkillKey::Shopping),
    cards("cards_payment", SkillKey::Payment),
    cards("cards_safety", SkillKey::Safety),
    cards("cards_local", SkillKey::Local),
];

const fn cards(key: &'static str, skill: SkillKey) -> Course {
    Course { key, address: None, skill: Some(skill) }
}

/// The course of a key.
pub fn course(key: &str) -> Option<&'static Course> {
    COURSES.iter().find(|course| course.key == key)
}
