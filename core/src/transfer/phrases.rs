//! The words by which columns are known: data, to be added to as lists come in.
//!
//! All without marks and in small letters, as [`fold_plain`](crate::search::fold::fold_plain) writes them.

use super::columns::Column;

/// Phrases by what they mean; the first that a title holds decides. `=` before a phrase: the whole title.
#[rustfmt::skip]
pub(super) const PHRASES: &[(Column, &[&str])] = &[
    (Column::IdNumber, &[
        "cccd", "cmnd", "cmt", "cmtnd", "can cuoc", "chung minh", "dinh danh", "tuy than", "ho chieu", "ddcn",
        "identity",
    ]),
    (Column::Ethnicity, &[
        "dan toc", "ethnic", "ethnicity",
    ]),
    (Column::Ignore, &[
        "ton giao", "noi sinh", "ngay cap", "noi cap", "que quan", "nguyen quan", "nghe nghiep", "trinh do",
        "bi danh", "thuong goi", "=xa", "=huyen", "=tinh", "=phuong",
    ]),
    (Column::HouseholdCode, &[
        "ma ho", "ma so ho", "so ho khau", "so so ho", "ma gia dinh", "so hk", "=so ho", "shk", "household code",
    ]),
    (Column::Relation, &[
        "quan he", "qh", "qhch", "voi chu ho", "relation", "relationship",
    ]),
    (Column::PeopleCount, &[
        "so nhan khau", "so khau", "so nguoi", "so thanh vien", "tong nhan khau", "=nhan khau", "=khau", "=nk",
        "so nk", "people",
    ]),
    (Column::SexMale, &[
        "=nam", "gioi tinh nam", "nam sinh nam", "=male",
    ]),
    (Column::SexFemale, &[
        "=nu", "gioi tinh nu", "nam sinh nu", "=female",
    ]),
    (Column::Birth, &[
        "ngay sinh", "nam sinh", "thang nam sinh", "sinh ngay", "sinh nam", "=sinh", "=ns", "ntns", "birth",
        "born",
    ]),
    (Column::Phone, &[
        "dien thoai", "sdt", "so dt", "=dt", "dtdd", "di dong", "lien lac", "lien he", "zalo", "phone", "mobile",
        "tel",
    ]),
    (Column::Sex, &[
        "gioi tinh", "=gioi", "phai", "nam nu", "sex", "gender",
    ]),
    (Column::Hamlet, &[
        "thon", "ban", "ap", "khom", "buon", "lang", "bon", "phum", "soc", "tieu khu", "khu pho", "khu dan cu",
        "to dan pho", "tdp", "xom", "=khu", "hamlet", "village",
    ]),
    (Column::Address, &[
        "dia chi", "noi o", "cho o", "so nha", "duong", "ngo", "thuong tru", "tam tru", "cu tru", "=to", "=doi",
        "vi tri", "address", "door",
    ]),
    (Column::Note, &[
        "ghi chu", "chu thich", "luu y", "dien ho", "loai ho", "hoan canh", "doi tuong", "note", "notes", "remark",
    ]),
    (Column::HeadName, &[
        "chu ho", "dai dien ho", "nguoi dai dien", "ten ho", "=ho gia dinh", "=ho dan", "householder", "head",
    ]),
    (Column::FullName, &[
        "ho va ten", "ho ten", "ho va chu dem", "ho chu dem", "ho dem", "ho va dem", "ho lot", "ho ten dem",
        "ten nguoi", "ten thanh vien", "ten cong dan", "ten nhan khau", "=ten", "=ho", "full name", "=name",
        "nguoi dan", "cong dan",
    ]),
    (Column::Number, &[
        "stt", "=tt", "so tt", "thu tu", "=no", "=so", "s t t",
    ]),
];

/// The 54 peoples and how lists write them, without marks.
#[rustfmt::skip]
pub(super) const PEOPLES: &[&str] = &[
    "kinh", "tay", "thai", "muong", "khmer", "kho me", "hoa", "nung", "mong", "hmong", "h mong", "dao",
    "gia rai", "jrai", "e de", "ede", "ba na", "bana", "san chay", "cao lan", "cham", "co ho", "k ho",
    "xo dang", "san diu", "hre", "ra glai", "raglai", "mnong", "m nong", "tho", "stieng", "x tieng", "xtieng",
    "kho mu", "khmu", "bru van kieu", "van kieu", "co tu", "giay", "ta oi", "ma", "gie trieng", "co", "cho ro",
    "xinh mun", "ha nhi", "chu ru", "lao", "la chi", "khang", "phu la", "la hu", "la ha", "pa then", "lu",
    "ngai", "chut", "lo lo", "mang", "brau", "o du", "ro mam", "co lao", "bo y", "cong", "si la", "pu peo",
];
