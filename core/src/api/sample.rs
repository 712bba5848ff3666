//! A sample hamlet to practise with. The people are invented; the notebook that holds
//! them is marked as practice, has no relay and cannot be joined.

use super::Api;
use super::team::derived_place;
use crate::doc::Scalar;
use crate::doc::household::{self as keys, ResidentField};
use crate::doc::space::{self as space_keys, Thing};
use crate::domain::visit::Assessment;
use crate::domain::{
    Consent, ConsentState, HouseholdId, Level, MemberId, Outcome, ResidentId, Role, SkillKey, Visit, VisitId,
};
use crate::error::Result;

/// The team's name.
pub const TEAM: &str = "Tổ CNSCĐ bản Pa Cốp (tập)";
/// The hamlet's name.
pub const PLACE: &str = "Bản Pa Cốp";
/// Who practises, unless they say their name.
pub const MEMBER: &str = "Sồng Thị Dợ";
const COLLEAGUE: &str = "Vì Văn Nam";

/// One invented household: head, birth year, door, phone, and the others with relation
/// and birth year.
type Sample = (&'static str, u16, &'static str, &'static str, &'static [(&'static str, &'static str, u16)]);

const HOUSEHOLDS: [Sample; 16] = [
    (
        "Giàng A Páo",
        1984,
        "Cuối bản, nhà thứ hai sau điểm trường",
        "0912345678",
        &[("Sùng Thị Dua", "Vợ", 1986), ("Giàng Thị Mai", "Con", 2009)],
    ),
    ("Giàng A Páo", 1961, "Xóm Dốc, nhà gỗ hai gian", "", &[("Vàng Thị Sua", "Vợ", 1963)]),
    ("Vàng Thị Mỷ", 1995, "Cạnh nhà văn hóa", "0357123456", &[("Giàng A Pảo", "Chồng", 1993)]),
    ("Lò Thị Pâng", 1972, "Cuối suối, nhà sàn", "0986123457", &[("Lò Văn Tướng", "Con", 1998)]),
    ("Nguyễn Văn Hùng", 1990, "Quán tạp hóa đầu bản", "0977123458", &[("Trần Thị Hoà", "Vợ", 1992)]),
    ("Tráng A Chống", 1958, "Trên dốc, nhà sàn mái đá", "", &[("Mùa Thị Dở", "Vợ", 1960)]),
    ("Hà Thị Tươi", 1980, "Sau nhà văn hóa", "0385123459", &[("Hà Văn Đạt", "Con", 2004)]),
    ("Lường Văn Đát", 1976, "Cạnh cầu treo", "0868123460", &[("Lường Thị Oanh", "Vợ", 1979)]),
    ("Sồng A Tủa", 1988, "Ngã ba đường lên nương", "0399123461", &[("Sồng Thị Chía", "Vợ", 1990)]),
    ("Bùi Thị Hòa", 1969, "Gần trạm y tế", "0915123462", &[]),
    ("Vì Văn Inh", 1983, "Xóm Dốc, nhà xây", "0348123463", &[("Vì Thị Thoa", "Vợ", 1985)]),
    ("Mùa A Pó", 1992, "Đầu bản, nhà mái tôn xanh", "0336123464", &[("Thào Thị Mỷ", "Mẹ", 1965)]),
    ("Quàng Thị Ọi", 1955, "Cạnh sân bóng", "", &[]),
    ("Thào A Dế", 1979, "Qua cầu treo, rẽ trái", "0852123465", &[("Sùng Thị Sông", "Vợ", 1981)]),
    ("Đinh Thị Thanh Ánh", 1987, "Trường mầm non", "0961123466", &[("Đinh Văn Lợi", "Chồng", 1985)]),
    ("Cà Văn Biến", 1974, "Cuối bản, nhà sàn cũ", "0782123467", &[("Cà Thị Hịa", "Vợ", 1977)]),
];

/// Visits that are already there: which household, how many days ago, what happened, and
/// the head's level in each skill, 0 for none.
const VISITS: [(usize, i32, Outcome, [usize; 5]); 9] = [
    (0, 12, Outcome::Met, [2, 1, 1, 2, 0]),
    (1, 20, Outcome::Met, [2, 1, 1, 1, 0]),
    (2, 14, Outcome::Met, [4, 3, 4, 4, 3]),
    (3, 6, Outcome::Met, [4, 4, 4, 4, 4]),
    (4, 9, Outcome::Met, [4, 4, 4, 4, 4]),
    (5, 16, Outcome::Absent, [0; 5]),
    (7, 5, Outcome::Met, [3, 2, 2, 1, 1]),
    (8, 3, Outcome::Refused, [0; 5]),
    (9, 25, Outcome::Met, [1, 1, 1, 1, 1]),
];

/// Fills the open practice notebook.
pub(super) fn fill(api: &Api) -> Result<()> {
    let (today, clock) = {
        let notebook = api.notebook();
        (notebook.clock().today(), notebook.clock().clone())
    };
    // A month ago, before the first of the visits.
    let asked_ms = clock.now_ms() - 30 * 24 * 60 * 60 * 1000;
    let colleague = MemberId::fresh();
    api.write(|batch| {
        batch.edit_space(|edit| {
            edit.text(&space_keys::field(Thing::Member, colleague, "name"), COLLEAGUE);
            edit.text(&space_keys::field(Thing::Member, colleague, "role"), Role::Member.as_str());
        })?;
        let place = derived_place(batch.space(), PLACE).to_string();
        for (n, (head, born, door, phone, others)) in HOUSEHOLDS.iter().enumerate() {
            let (household, head_id) = (HouseholdId::fresh(), ResidentId::fresh());
            batch.put_household(household, |edit| {
                edit.text(keys::PLACE, &place);
                edit.text(keys::CODE, &format!("H{:03}", n + 1));
                edit.text(keys::DOOR, door);
                edit.text(keys::PHONE, phone);
                edit.text(keys::HEAD, &head_id.to_string());
                edit.flag(keys::BUSINESS, n == 4);
                edit.flag(keys::ELDERLY, *born < 1966);
                let mut person = |id, name: &str, relation: &str, born: &u16| {
                    edit.text(&keys::resident(id, ResidentField::Name), name);
                    edit.text(&keys::resident(id, ResidentField::Relation), relation);
                    edit.text(&keys::resident(id, ResidentField::Birth), &born.to_string());
                };
                person(head_id, head, "Chủ hộ", born);
                for (name, relation, born) in *others {
                    person(ResidentId::fresh(), name, relation, born);
                }
                if VISITS.iter().any(|(of, _, outcome, _)| *of == n && *outcome == Outcome::Met) {
                    let consent = Consent {
                        state: ConsentState::Given,
                        text_version: 1,
                        at_ms: asked_ms,
                        member: colleague.to_string(),
                        how: "spoken".to_owned(),
                        parent: String::new(),
                    };
                    edit.text(&keys::resident(head_id, ResidentField::Consent), &consent.encode());
                }
                for (_, days, outcome, levels) in VISITS.iter().filter(|(of, ..)| *of == n) {
                    let day = today.saturating_sub(jiff::Span::new().days(*days));
                    let visit = sample_visit(colleague, head_id, day, clock.tick(), *outcome, levels);
                    edit.set(&keys::visit(VisitId::fresh()), &Scalar::Bytes(visit.encode()));
                }
            })?;
        }
        Ok(())
    })
}

fn sample_visit(
    author: MemberId,
    head: ResidentId,
    day: jiff::civil::Date,
    clock: u64,
    outcome: Outcome,
    levels: &[usize; 5],
) -> Visit {
    let seen = SkillKey::ALL.into_iter().zip(levels).filter(|(_, level)| **level > 0);
    Visit {
        day,
        clock,
        author,
        outcome,
        met: if outcome == Outcome::Met { vec![head] } else { Vec::new() },
        assessments: seen
            .map(|(skill, level)| Assessment {
                resident: head,
                skill,
                level: Level::from_index(*level).unwrap_or_default(),
            })
            .collect(),
        items: Vec::new(),
        services: Vec::new(),
        need: String::new(),
        note: String::new(),
        obstacle: String::new(),
        follow_up: (outcome == Outcome::Absent).then(|| day.saturating_add(jiff::Span::new().days(14))),
        removed: false,
        shown: Vec::new(),
        photos: Vec::new(),
        with: Vec::new(),
        extra: Vec::new(),
    }
}
