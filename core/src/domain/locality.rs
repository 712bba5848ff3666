//! How a locality works, as data: its words, the shape of its teams, and its report. What each place in the country
//! does differently stands here and nowhere in the code; a file of this shape sets a notebook up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::skill::{self, DEFAULT_CHECKLIST};
use super::team::GROUPS_FROM;
use super::text::{self, NineDigits};
use super::{Level, ReportRules, Role, TeamKind};
use crate::error::{Error, Result};

/// How a locality works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Locality {
    /// What it is known by; empty for one that a team has made of its own.
    #[serde(default)]
    pub key: String,
    /// What it is called ("Vân Hồ, Sơn La").
    pub name: String,
    /// What a hamlet is called there: bản, tiểu khu, khóm, ấp; the most usual one first.
    pub hamlet_words: Vec<String>,
    /// Its own words for levels; the app's own where none is given.
    #[serde(default)]
    #[ts(type = "Partial<Record<Level, string>>")]
    pub levels: BTreeMap<Level, String>,
    /// Its own words for roles; the app's own where none is given.
    #[serde(default)]
    #[ts(type = "Partial<Record<Role, string>>")]
    pub roles: BTreeMap<Role, String>,
    /// From how many members on collaborators go in groups of their own.
    pub groups_from: u32,
    /// The shapes of its teams.
    pub teams: Vec<TeamShape>,
    /// Services that it counts beside those that every notebook has.
    #[serde(default)]
    pub services: Vec<LocalService>,
    /// How it reports.
    pub report: ReportRules,
}

/// What a team looks like there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TeamShape {
    /// Of a hamlet, or of the commune.
    pub kind: TeamKind,
    /// The fewest members.
    pub smallest: u32,
    /// The most members.
    pub largest: u32,
    /// Who leads it there ("Bí thư Đoàn xã").
    pub led_by: String,
}

/// A service that is counted there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LocalService {
    /// What it is known by: small letters, digits and `_`.
    pub key: String,
    /// What it is called.
    pub name: String,
}

/// A locality that the app brings along, as it is written down in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shipped {
    /// What it is known by.
    pub key: &'static str,
    file: &'static str,
}

/// Those that the app brings along, as published articles tell of them.
pub const SHIPPED: [Shipped; 5] = [
    Shipped { key: "van_ho", file: include_str!("../../localities/van-ho.json") },
    Shipped { key: "quang_ninh", file: include_str!("../../localities/quang-ninh.json") },
    Shipped { key: "long_xuyen", file: include_str!("../../localities/long-xuyen.json") },
    Shipped { key: "bac_ninh", file: include_str!("../../localities/bac-ninh.json") },
    Shipped { key: "long_an", file: include_str!("../../localities/long-an.json") },
];

impl Shipped {
    /// The locality, for this notebook.
    pub fn read(self) -> Result<Locality> {
        Locality::read(self.file)
    }
}

/// A team has no more members than this, anywhere.
const MEMBERS_AT_MOST: u32 = 99;
/// There are not so many words for a hamlet.
const WORDS_AT_MOST: usize = 12;

impl Locality {
    /// The app's own ways, where nobody has chosen any: without a key or a name.
    pub fn usual() -> Self {
        Self {
            key: String::new(),
            name: String::new(),
            hamlet_words: Vec::new(),
            levels: BTreeMap::new(),
            roles: BTreeMap::new(),
            groups_from: GROUPS_FROM,
            teams: Vec::new(),
            services: Vec::new(),
            report: ReportRules::default(),
        }
    }

    /// Reads a file. Items of the checklist that every notebook begins with are named there by their skill and
    /// place (`payment/1`).
    pub fn read(file: &str) -> Result<Self> {
        let bad = |error: serde_json::Error| Error::new("bad_arguments", error.to_string());
        let mut value: serde_json::Value = serde_json::from_str(file).map_err(bad)?;
        name_items(&mut value);
        serde_json::from_value::<Self>(value).map_err(bad)?.check()
    }

    /// Takes a locality from a form: words that may be stored, teams that can be, rules that hold.
    pub fn check(mut self) -> Result<Self> {
        let line = |field, text: &str| text::line(field, text, NineDigits::Ask);
        self.name = text::required("name", &self.name, NineDigits::Ask)?;
        if self.hamlet_words.len() > WORDS_AT_MOST {
            return Err(Error::invalid("too_many", "hamlet_words").with("max", WORDS_AT_MOST));
        }
        for word in &mut self.hamlet_words {
            *word = text::required("hamlet_words", word, NineDigits::Ask)?.replace(',', " ");
        }
        for word in self.levels.values_mut() {
            *word = line("levels", word)?;
        }
        for word in self.roles.values_mut() {
            *word = line("roles", word)?;
        }
        for team in &mut self.teams {
            team.led_by = line("teams", &team.led_by)?;
            if team.smallest > team.largest || team.largest > MEMBERS_AT_MOST {
                return Err(Error::invalid("bad_number", "teams"));
            }
        }
        for service in &mut self.services {
            let named = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            if !(1..=40).contains(&service.key.len()) || !service.key.bytes().all(named) {
                return Err(Error::invalid("bad_arguments", "services"));
            }
            service.name = text::required("services", &service.name, NineDigits::Ask)?;
        }
        self.report = self.report.check()?;
        Ok(self)
    }
}

fn name_items(value: &mut serde_json::Value) {
    use serde_json::Value::{Array, Object, String};
    match value {
        Object(fields) => {
            for (field, value) in fields {
                match value {
                    Array(items) if field == "items" => items.iter_mut().for_each(|item| {
                        if let String(name) = item
                            && let Some((skill, _)) = name.split_once('/')
                            && DEFAULT_CHECKLIST.iter().any(|(known, ..)| known.as_str() == skill)
                        {
                            *name = skill::default_item(name).to_string();
                        }
                    }),
                    value => name_items(value),
                }
            }
        }
        Array(values) => values.iter_mut().for_each(name_items),
        _ => {}
    }
}
