//! The official communes: the 3,321 of the 34 provinces since 1 July 2025, and the 10,040 before them, each with what
//! became of it. They are shipped in the app, so that a commune is chosen and an old address read without a network.
//!
//! From the package vietnamadminunits 1.0.4 (MIT, see `core/places/LICENSE`); `core/places/pack.py` makes the packed
//! files. Names of provinces are data with days: one that is renamed is another line of `provinces.tsv`.

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::ZlibDecoder;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::search::fold::{self, Fit, Word};

const COMMUNES: &[u8] = include_bytes!("../places/communes.z");
const FORMER: &[u8] = include_bytes!("../places/former.z");
const PROVINCES: &str = include_str!("../places/provinces.tsv");

/// The notice under which the data comes.
pub const LICENCE: &str = include_str!("../places/LICENSE");

/// What an official commune is called in front of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn; none is left.
    Township,
    /// Đặc khu.
    SpecialZone,
    /// An island district that had no communes.
    District,
}

impl UnitKind {
    fn of(letter: &str) -> Self {
        match letter {
            "P" => Self::Ward,
            "T" => Self::Township,
            "Đ" => Self::SpecialZone,
            "" => Self::District,
            _ => Self::Commune,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Commune => "Xã ",
            Self::Ward => "Phường ",
            Self::Township => "Thị trấn ",
            Self::SpecialZone => "Đặc khu ",
            Self::District => "",
        }
    }
}

/// A commune, of now or of before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its code; a former district without communes has its name here.
    pub code: String,
    /// What kind.
    pub kind: UnitKind,
    /// Its name without the kind.
    pub name: String,
    /// The code of its province, or of a former one the province's name.
    pub province: String,
    /// The district that a former one was in.
    pub district: String,
    /// The codes of what a former one became, the likeliest first; several when it was split.
    pub successors: Vec<String>,
    plain_name: String,
    folded: String,
    words: Vec<Word>,
}

impl Unit {
    fn new(code: &str, kind: &str, name: &str, province: &str, district: &str, successors: &str) -> Self {
        let kind = UnitKind::of(kind);
        let (code, name) = if code.is_empty() { (district, district) } else { (code, name) };
        Self {
            code: code.to_owned(),
            kind,
            name: name.to_owned(),
            province: province.to_owned(),
            district: district.to_owned(),
            successors: successors.split_whitespace().map(str::to_owned).collect(),
            plain_name: fold::fold_plain(name),
            folded: String::new(),
            words: Vec::new(),
        }
    }

    /// Its name with its kind: "Xã Vân Hồ".
    pub fn title(&self) -> String {
        format!("{}{}", self.kind.word(), self.name)
    }

    fn searchable(mut self, province: &str) -> Self {
        let text = format!("{} {} {province}", self.title(), self.district);
        self.folded = format!(" {}", fold::fold_plain(&text));
        self.words = fold::words(&text);
        self
    }

    /// How well a typed text fits; a higher one is better.
    fn fit(&self, typed: &Typed) -> Option<u32> {
        if !typed.plain.iter().all(|word| self.folded.contains(word.as_str())) {
            return None;
        }
        let fits = |word: &Word| self.words.iter().map(|written| word.fit(written)).max().filter(|fit| *fit != Fit::No);
        let fits: Vec<Fit> = typed.words.iter().map(fits).collect::<Option<_>>()?;
        let exact = fits.iter().filter(|fit| **fit >= Fit::Whole).count() as u32;
        let named = match self.plain_name.strip_prefix(typed.folded.as_str()) {
            Some("") => 200,
            // "Xã Vân Hồ", as one writes it.
            _ if self.folded.get(1..).is_some_and(|text| text.starts_with(&typed.folded)) => 150,
            Some(_) => 100,
            None => 0,
        };
        Some(named + exact)
    }
}

struct Typed {
    folded: String,
    /// Each word without marks, behind a space.
    plain: Vec<String>,
    words: Vec<Word>,
}

impl Typed {
    fn of(text: &str) -> Self {
        /// Nobody types more to find a commune.
        const WORDS: usize = 12;
        let folded = fold::fold_plain(text);
        let plain = folded.split(' ').take(WORDS).map(|word| format!(" {word}")).collect();
        Self { plain, words: fold::words(text).into_iter().take(WORDS).collect(), folded }
    }
}

/// Provinces with the names that they had one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provinces(Vec<(String, Date, String)>);

impl Provinces {
    /// Reads lines of code, day and name; what cannot be read is left out.
    pub fn parse(text: &str) -> Self {
        let line = |line: &str| {
            let mut parts = line.split('\t');
            let (code, day, name) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
            Some((code.to_owned(), day, name.to_owned()))
        };
        let mut all: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).filter_map(line).collect();
        all.sort();
        Self(all)
    }

    /// What a province is called on a day; before the first of its days as on that.
    pub fn name(&self, code: &str, day: Date) -> Option<&str> {
        let own = || self.0.iter().filter(|(of, ..)| of == code);
        let named = own().rfind(|(_, since, _)| *since <= day).or_else(|| own().next());
        named.map(|(.., name)| name.as_str())
    }

    /// The codes, each once.
    pub fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> = self.0.iter().map(|(code, ..)| code.as_str()).collect();
        codes.dedup();
        codes
    }
}

/// All of it.
pub struct Official {
    /// The communes, by province and code.
    pub communes: Vec<Unit>,
    /// The former ones, by province and district.
    pub former: Vec<Unit>,
    /// The provinces.
    pub provinces: Provinces,
}

/// What is shipped; read at the first call.
pub fn official() -> &'static Official {
    static ALL: OnceLock<Official> = OnceLock::new();
    ALL.get_or_init(|| {
        let provinces = Provinces::parse(PROVINCES);
        Official { communes: communes(&provinces), former: former(), provinces }
    })
}

fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    // What is shipped can be read, which the tests prove; nothing would be found otherwise.
    let _ = ZlibDecoder::new(packed).read_to_string(&mut text);
    text
}

fn communes(provinces: &Provinces) -> Vec<Unit> {
    let (text, mut province, mut all) = (unpacked(COMMUNES), String::new(), Vec::new());
    for line in text.lines() {
        if let Some(code) = line.strip_prefix('=') {
            code.clone_into(&mut province);
        } else if let [code, kind, name] = line.split('|').collect::<Vec<_>>()[..] {
            // Every name that a province ever had finds its communes.
            let names: Vec<&str> =
                provinces.0.iter().filter(|(of, ..)| *of == province).map(|(.., name)| name.as_str()).collect();
            all.push(Unit::new(code, kind, name, &province, "", "").searchable(&names.join(" ")));
        }
    }
    all
}

fn former() -> Vec<Unit> {
    let (text, mut province, mut district, mut all) = (unpacked(FORMER), String::new(), String::new(), Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('=') {
            name.clone_into(&mut province);
        } else if let Some(name) = line.strip_prefix('-') {
            name.clone_into(&mut district);
        } else if let [code, kind, name, successors] = line.split('|').collect::<Vec<_>>()[..] {
            all.push(Unit::new(code, kind, name, &province, &district, successors).searchable(&province));
        }
    }
    all
}

impl Official {
    /// The commune of a code.
    pub fn commune(&self, code: &str) -> Option<&Unit> {
        self.communes.iter().find(|unit| unit.code == code)
    }

    /// The former commune of a code.
    pub fn former(&self, code: &str) -> Option<&Unit> {
        self.former.iter().find(|unit| unit.code == code)
    }

    /// What the province of a unit is called on a day.
    pub fn province<'a>(&'a self, unit: &'a Unit, day: Date) -> &'a str {
        self.provinces.name(&unit.province, day).unwrap_or(&unit.province)
    }

    /// Units whose name, district and province have each of the words, or a word that begins so; the best first. Marks
    /// that are typed narrow, marks that are left out match any.
    pub fn search<'a>(&'a self, units: &'a [Unit], text: &str, at_most: usize) -> Vec<&'a Unit> {
        let typed = Typed::of(text);
        if typed.words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u32, &Unit)> = units.iter().filter_map(|unit| Some((unit.fit(&typed)?, unit))).collect();
        found.sort_by_key(|(fit, unit)| (u32::MAX - fit, &unit.folded, &unit.code));
        found.into_iter().take(at_most).map(|(_, unit)| unit).collect()
    }
}
