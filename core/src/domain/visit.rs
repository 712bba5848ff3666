//! A visit: what happened at one door on one day. It is a fact, kept as one value.
//!
//! Stored as a version byte and a CBOR map with small integer keys: 20 visits must go
//! up a bad line in a few kilobytes. Fields that a later version adds are carried
//! along untouched, so that correcting a visit on an older phone loses nothing.

use jiff::civil::Date;
use minicbor::{Decode, Decoder, Encode, Encoder};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ItemId, Level, MemberId, PhotoHash, ResidentId, SkillKey};

/// What happened at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Outcome {
    /// Đã gặp.
    #[n(0)]
    Met,
    /// Vắng nhà.
    #[n(1)]
    Absent,
    /// Từ chối.
    #[n(2)]
    Refused,
    /// Đã chuyển đi.
    #[n(3)]
    MovedAway,
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Met, Self::Absent, Self::Refused, Self::MovedAway];

    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Absent => "absent",
            Self::Refused => "refused",
            Self::MovedAway => "moved_away",
        }
    }

    /// Reads the name in tables.
    pub fn from_stored(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == text)
    }
}

/// A level that a volunteer saw in one person and one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Assessment {
    /// Who.
    #[ts(type = "string")]
    pub resident: ResidentId,
    /// In which skill.
    pub skill: SkillKey,
    /// At which level.
    pub level: Level,
}

/// A checklist item that a person was seen to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ItemDone {
    /// Who.
    #[ts(type = "string")]
    pub resident: ResidentId,
    /// Which item.
    #[ts(type = "string")]
    pub item: ItemId,
}

/// How often a service was given: occurrences, not people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServiceCount {
    /// The service's key, as in the space's checklist.
    pub service: String,
    /// How many times.
    pub count: u32,
}

/// What a visit says. Its id is the key under which it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The day it counts for, as the volunteer saw it on the form.
    pub day: Date,
    /// Hybrid clock at saving: orders visits of one day, see [`crate::clock`].
    pub clock: u64,
    /// The volunteer who was signed in.
    pub author: MemberId,
    /// What happened.
    pub outcome: Outcome,
    /// Who was met. Empty unless the outcome is `met`.
    pub met: Vec<ResidentId>,
    /// Levels seen; only of people in `met`.
    pub assessments: Vec<Assessment>,
    /// Items done; only by people in `met`.
    pub items: Vec<ItemDone>,
    /// Services given.
    pub services: Vec<ServiceCount>,
    /// What the household needs.
    pub need: String,
    /// A free note.
    pub note: String,
    /// An obstacle to be carried upward.
    pub obstacle: String,
    /// The day to come back.
    pub follow_up: Option<Date>,
    /// Taken back; can be restored.
    pub removed: bool,
    /// The skills whose lesson cards were shown, by their codes, in order. A code that only a later version
    /// knows stays; [`Visit::shown_skills`] leaves it out.
    pub shown: Vec<u32>,
    /// Photos of what is needed or stands in the way, in their order.
    pub photos: Vec<PhotoHash>,
    /// Who came along, in order; never the author. The household was visited once all the same.
    pub with: Vec<MemberId>,
    /// Fields of a later version, as they came.
    pub extra: Vec<(u32, Vec<u8>)>,
}

/// Version of the stored value; a value with another version is kept and not read.
pub const VISIT_VERSION: u8 = 1;

/// Why stored bytes are not a visit that this version can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VisitError {
    /// Written by a version that this one does not know.
    #[error("visit of unknown version {0}")]
    UnknownVersion(u8),
    /// Not a visit.
    #[error("damaged visit: {0}")]
    Damaged(&'static str),
}

mod key {
    pub const DAY: u32 = 1;
    pub const CLOCK: u32 = 2;
    pub const AUTHOR: u32 = 3;
    pub const OUTCOME: u32 = 4;
    pub const MET: u32 = 5;
    pub const ASSESSMENTS: u32 = 6;
    pub const ITEMS: u32 = 7;
    pub const SERVICES: u32 = 8;
    pub const NEED: u32 = 9;
    pub const NOTE: u32 = 10;
    pub const OBSTACLE: u32 = 11;
    pub const FOLLOW_UP: u32 = 12;
    pub const REMOVED: u32 = 13;
    pub const SHOWN: u32 = 14;
    pub const PHOTOS: u32 = 15;
    pub const WITH: u32 = 16;
}

/// Days since 1 January 1970, the stored form of a date.
pub fn day_number(day: Date) -> i32 {
    (day - Date::constant(1970, 1, 1)).get_days()
}

/// The date of a stored day number.
pub fn day_from_number(number: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

impl Visit {
    /// The same visit with other ids for its people. Two who come out as one count once; of two levels of
    /// theirs the later stays.
    pub fn with_residents(mut self, id: impl Fn(ResidentId) -> ResidentId) -> Self {
        let mut met = Vec::with_capacity(self.met.len());
        for who in self.met.drain(..).map(&id) {
            if !met.contains(&who) {
                met.push(who);
            }
        }
        self.met = met;
        self.assessments.iter_mut().for_each(|seen| seen.resident = id(seen.resident));
        self.items.iter_mut().for_each(|done| done.resident = id(done.resident));
        self
    }

    /// The stored bytes. Equal visits give equal bytes.
    pub fn encode(&self) -> Vec<u8> {
        // Writing to a Vec cannot fail.
        let mut out = Vec::with_capacity(96);
        out.push(VISIT_VERSION);
        let _ = self.encode_map(&mut Encoder::new(&mut out));
        out
    }

    fn encode_map(
        &self,
        e: &mut Encoder<&mut Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        let person = |id: &ResidentId| self.met.iter().position(|m| m == id).unwrap_or(0) as u32;
        e.begin_map()?;
        e.u32(key::DAY)?.i32(day_number(self.day))?;
        e.u32(key::CLOCK)?.u64(self.clock)?;
        e.u32(key::AUTHOR)?.encode(self.author)?;
        e.u32(key::OUTCOME)?.u8(self.outcome as u8)?;
        if !self.met.is_empty() {
            e.u32(key::MET)?.encode(&self.met)?;
        }
        if !self.assessments.is_empty() {
            // person × 25 + skill × 5 + level: one small number each.
            e.u32(key::ASSESSMENTS)?.array(self.assessments.len() as u64)?;
            for a in &self.assessments {
                e.u32(person(&a.resident) * 25 + a.skill.index() as u32 * 5 + a.level.index() as u32)?;
            }
        }
        if !self.items.is_empty() {
            e.u32(key::ITEMS)?.array(self.items.len() as u64 * 2)?;
            for i in &self.items {
                e.u32(person(&i.resident))?.encode(i.item)?;
            }
        }
        if !self.services.is_empty() {
            e.u32(key::SERVICES)?.array(self.services.len() as u64 * 2)?;
            for s in &self.services {
                e.str(&s.service)?.u32(s.count)?;
            }
        }
        for (k, text) in [(key::NEED, &self.need), (key::NOTE, &self.note), (key::OBSTACLE, &self.obstacle)] {
            if !text.is_empty() {
                e.u32(k)?.str(text)?;
            }
        }
        if let Some(day) = self.follow_up {
            e.u32(key::FOLLOW_UP)?.i32(day_number(day))?;
        }
        if self.removed {
            e.u32(key::REMOVED)?.bool(true)?;
        }
        if !self.shown.is_empty() {
            e.u32(key::SHOWN)?.encode(&self.shown)?;
        }
        if !self.photos.is_empty() {
            e.u32(key::PHOTOS)?.encode(&self.photos)?;
        }
        if !self.with.is_empty() {
            e.u32(key::WITH)?.encode(&self.with)?;
        }
        for (k, raw) in &self.extra {
            e.u32(*k)?.writer_mut().extend_from_slice(raw);
        }
        e.end()?;
        Ok(())
    }

    /// Reads stored bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, VisitError> {
        let (version, map) = bytes.split_first().ok_or(VisitError::Damaged("empty"))?;
        if *version != VISIT_VERSION {
            return Err(VisitError::UnknownVersion(*version));
        }
        Self::decode_map(map).map_err(|_| VisitError::Damaged("not the expected fields"))
    }

    fn decode_map(map: &[u8]) -> Result<Self, minicbor::decode::Error> {
        let bad = minicbor::decode::Error::message;
        let mut d = Decoder::new(map);
        let d = &mut d;
        let (mut day, mut clock, mut author, mut outcome) = (None, None, None, None);
        let mut visit = Visit::blank();
        let (mut packed, mut items) = (Vec::new(), Vec::new());
        if d.map()?.is_some() {
            return Err(bad("visits are indefinite maps"));
        }
        while d.datatype()? != minicbor::data::Type::Break {
            match d.u32()? {
                key::DAY => day = day_from_number(d.i32()?),
                key::CLOCK => clock = Some(d.u64()?),
                key::AUTHOR => author = Some(d.decode()?),
                key::OUTCOME => outcome = Outcome::ALL.get(usize::from(d.u8()?)).copied(),
                key::MET => visit.met = d.decode()?,
                key::ASSESSMENTS => packed = d.decode::<Vec<u32>>()?,
                key::ITEMS => {
                    for _ in 0..d.array()?.ok_or_else(|| bad("array length"))? / 2 {
                        items.push((d.u32()? as usize, d.decode::<ItemId>()?));
                    }
                }
                key::SERVICES => {
                    for _ in 0..d.array()?.ok_or_else(|| bad("array length"))? / 2 {
                        visit.services.push(ServiceCount { service: d.str()?.to_owned(), count: d.u32()? });
                    }
                }
                key::NEED => visit.need = d.str()?.to_owned(),
                key::NOTE => visit.note = d.str()?.to_owned(),
                key::OBSTACLE => visit.obstacle = d.str()?.to_owned(),
                key::FOLLOW_UP => visit.follow_up = day_from_number(d.i32()?),
                key::REMOVED => visit.removed = d.bool()?,
                key::SHOWN => visit.shown = d.decode()?,
                key::PHOTOS => visit.photos = d.decode()?,
                key::WITH => visit.with = d.decode()?,
                unknown => {
                    let start = d.position();
                    d.skip()?;
                    let raw = map.get(start..d.position()).unwrap_or_default();
                    visit.extra.push((unknown, raw.to_vec()));
                }
            }
        }
        for code in packed {
            let code = code as usize;
            visit.assessments.push(Assessment {
                resident: *visit.met.get(code / 25).ok_or_else(|| bad("person"))?,
                skill: SkillKey::from_index(code / 5 % 5).ok_or_else(|| bad("skill"))?,
                level: Level::from_index(code % 5).ok_or_else(|| bad("level"))?,
            });
        }
        for (person, item) in items {
            visit.items.push(ItemDone { resident: *visit.met.get(person).ok_or_else(|| bad("person"))?, item });
        }
        visit.day = day.ok_or_else(|| bad("day"))?;
        visit.clock = clock.ok_or_else(|| bad("clock"))?;
        visit.author = author.ok_or_else(|| bad("author"))?;
        visit.outcome = outcome.ok_or_else(|| bad("outcome"))?;
        Ok(visit)
    }

    /// An empty visit to fill in.
    fn blank() -> Self {
        Self {
            day: Date::constant(1970, 1, 1),
            clock: 0,
            author: MemberId(uuid::Uuid::nil()),
            outcome: Outcome::Met,
            met: Vec::new(),
            assessments: Vec::new(),
            items: Vec::new(),
            services: Vec::new(),
            need: String::new(),
            note: String::new(),
            obstacle: String::new(),
            follow_up: None,
            removed: false,
            shown: Vec::new(),
            photos: Vec::new(),
            with: Vec::new(),
            extra: Vec::new(),
        }
    }

    /// The skills whose lesson cards were shown, as far as this version knows them.
    pub fn shown_skills(&self) -> Vec<SkillKey> {
        self.shown.iter().filter_map(|code| SkillKey::from_index(*code as usize)).collect()
    }

    /// Says anew which lessons were shown; codes that this version does not know stay.
    pub fn show(&mut self, skills: &[SkillKey]) {
        self.shown.retain(|code| SkillKey::from_index(*code as usize).is_none());
        self.shown.extend(skills.iter().map(|skill| skill.index() as u32));
        self.shown.sort_unstable();
        self.shown.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn a_visit() -> Visit {
        let pao = ResidentId::fresh();
        Visit {
            day: Date::constant(2026, 11, 18),
            clock: 123 << 16,
            author: MemberId::fresh(),
            met: vec![pao],
            assessments: vec![
                Assessment { resident: pao, skill: SkillKey::PublicServices, level: Level::WithHelp },
                Assessment { resident: pao, skill: SkillKey::Payment, level: Level::Guided },
            ],
            items: vec![ItemDone { resident: pao, item: ItemId::fresh() }],
            services: vec![ServiceCount { service: "queue_number".into(), count: 2 }],
            need: "Điện thoại cho vợ".into(),
            follow_up: Some(Date::constant(2026, 11, 25)),
            shown: vec![SkillKey::Safety.index() as u32],
            photos: vec![PhotoHash([9; 32]), PhotoHash([3; 32])],
            with: vec![MemberId::fresh()],
            ..Visit::blank()
        }
    }

    #[test]
    fn a_visit_reads_back_as_it_was_written() {
        let visit = a_visit();
        assert_eq!(Visit::decode(&visit.encode()), Ok(visit));
    }

    #[test]
    fn what_a_later_version_added_survives_a_correction_here() {
        let mut visit = a_visit();
        visit.extra.push((99, vec![0x63, b'a', b'b', b'c']));
        let mut read = Visit::decode(&visit.encode()).expect("reads");
        read.note = "Sửa".into();
        assert_eq!(Visit::decode(&read.encode()).expect("reads").extra, visit.extra);
    }

    #[test]
    fn a_lesson_that_only_a_later_version_has_stays_and_is_not_shown() {
        let mut visit = Visit { shown: vec![3, 7], ..a_visit() };
        visit.show(&[SkillKey::Payment, SkillKey::Payment]);
        let read = Visit::decode(&visit.encode()).expect("reads");
        assert_eq!(read.shown, [2, 7]);
        assert_eq!(read.shown_skills(), [SkillKey::Payment]);
    }

    #[test]
    fn a_visit_of_a_later_format_is_told_apart_from_damage() {
        assert_eq!(Visit::decode(&[9, 1, 2]), Err(VisitError::UnknownVersion(9)));
        assert!(matches!(Visit::decode(&[1, 0xff, 0xff]), Err(VisitError::Damaged(_))));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            let _ = Visit::decode(&bytes);
            let _ = Visit::decode(&[&[VISIT_VERSION], bytes.as_slice()].concat());
        }
    }
}
