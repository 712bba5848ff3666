//! Rows become households.

use std::collections::HashMap;

use super::field::{Line, showable};
use super::plan::{IssueCode, Layout, PlannedHousehold, PlannedResident, RowIssue, Severity};
use crate::search::fold::{fold_name, fold_plain};

/// The households of a list, as its rows come.
pub(super) struct Households {
    layout: Layout,
    drafts: Vec<Draft>,
    /// The household of each code, to join rows that are not together.
    by_code: HashMap<String, usize>,
    /// Where the next row belongs, in a list of people.
    current: Option<usize>,
    /// The hamlet that holds until another is named.
    hamlet: Option<String>,
}

#[derive(Default)]
struct Draft {
    row: u32,
    code: Option<String>,
    hamlet: Option<String>,
    head_name: Option<String>,
    /// The people, and whether each is marked as head.
    people: Vec<(PlannedResident, bool)>,
    door: Option<String>,
    people_count: Option<u32>,
    notes: Vec<String>,
}

impl Households {
    pub fn new(layout: Layout) -> Self {
        Self { layout, drafts: Vec::new(), by_code: HashMap::new(), current: None, hamlet: None }
    }

    /// A heading names the hamlet of the rows below.
    pub fn enter(&mut self, hamlet: String) {
        self.hamlet = Some(hamlet);
        self.current = None;
    }

    pub fn add(&mut self, line: Line) {
        let at = match self.place_of(&line) {
            Some(at) => at,
            None => self.begin(&line),
        };
        self.current = Some(at);
        let is_head = self.layout == Layout::PerHousehold || line.is_head();
        let draft = &mut self.drafts[at];
        let fill = |own: &mut Option<String>, other: Option<String>| *own = own.take().or(other);
        fill(&mut draft.door, line.door);
        fill(&mut draft.code, line.code);
        draft.people_count = draft.people_count.or(line.people_count);
        draft.notes.extend(line.note);
        if let Some(name) = line.name {
            let named_head = draft.head_name.as_ref().is_some_and(|head| fold_name(head) == fold_name(&name));
            let resident = PlannedResident {
                row: line.row,
                name,
                relation: line.relation,
                birth: line.birth,
                sex: line.sex,
                phone: line.phone,
            };
            draft.people.push((resident, is_head || named_head));
        }
    }

    /// The household that a row continues, if it begins none.
    fn place_of(&self, line: &Line) -> Option<usize> {
        let current = self.current.filter(|_| self.layout == Layout::PerPerson)?;
        let draft = &self.drafts[current];
        match &line.code {
            Some(code) if draft.code.as_deref().map(code_key) == Some(code_key(code)) => Some(current),
            Some(code) if !line.is_head() => {
                self.by_code.get(&code_key(code)).copied().filter(|&at| same_hamlet(&self.drafts[at], line))
            }
            Some(_) => None,
            None if line.is_head() => None,
            None => match (&line.head_name, &draft.head_name) {
                (Some(named), Some(head)) if fold_name(named) != fold_name(head) => None,
                _ => Some(current),
            },
        }
    }

    fn begin(&mut self, line: &Line) -> usize {
        let hamlet = line.hamlet.clone().or_else(|| self.hamlet.clone());
        self.hamlet.clone_from(&hamlet);
        let at = self.drafts.len();
        if let Some(code) = &line.code {
            self.by_code.insert(code_key(code), at);
        }
        self.drafts.push(Draft {
            row: line.row,
            code: line.code.clone(),
            hamlet,
            head_name: line.head_name.clone(),
            ..Draft::default()
        });
        at
    }

    /// The households, each once, with what tells equal ones apart.
    pub fn finish(self, sheet: &str, issues: &mut Vec<RowIssue>) -> Vec<PlannedHousehold> {
        let mut known = Known::default();
        let mut households: Vec<PlannedHousehold> = Vec::with_capacity(self.drafts.len());
        let layout = self.layout;
        for draft in self.drafts {
            let mut doubt = |row: u32, code: IssueCode, value: &str| {
                let (severity, value) = (Severity::Doubtful, showable(value));
                issues.push(RowIssue { sheet: sheet.to_owned(), row, column: None, severity, code, value });
            };
            let unmarked = layout == Layout::PerPerson && !draft.people.iter().any(|(_, is_head)| *is_head);
            let Some(mut household) = draft.finish() else {
                continue;
            };
            let head = household.residents[0].name.clone();
            household.hamlet = household.hamlet.map(|hamlet| known.hamlet(hamlet));
            match known.compare(&household, &households) {
                Compared::Again => {
                    doubt(household.row, IssueCode::DuplicateHousehold, &head);
                    continue;
                }
                Compared::CodeTaken => {
                    doubt(household.row, IssueCode::DuplicateCode, household.code.as_deref().unwrap_or_default());
                    household.code = None;
                }
                Compared::New => {}
            }
            if unmarked {
                doubt(household.row, IssueCode::HeadNotMarked, &head);
            }
            known.add(&household, households.len());
            households.push(household);
        }
        households
    }
}

fn same_hamlet(draft: &Draft, line: &Line) -> bool {
    match (&draft.hamlet, &line.hamlet) {
        (Some(a), Some(b)) => fold_name(a) == fold_name(b),
        _ => true,
    }
}

impl Draft {
    fn finish(self) -> Option<PlannedHousehold> {
        let mut people = self.people;
        match people.iter().position(|(_, is_head)| *is_head) {
            Some(head) => people[..=head].rotate_right(1),
            // The list names a head who has no row of their own.
            None => people
                .splice(
                    0..0,
                    self.head_name
                        .map(|name| (PlannedResident { row: self.row, name, ..PlannedResident::default() }, true)),
                )
                .for_each(drop),
        }
        let mut residents: Vec<PlannedResident> = people.into_iter().map(|(person, _)| person).collect();
        let phone = residents.first_mut()?.phone.take();
        let mut notes = self.notes;
        notes.dedup();
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        let folded = fold_plain(note.as_deref().unwrap_or_default());
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| folded.contains(phrase));
        Some(PlannedHousehold {
            row: self.row,
            code: self.code,
            hamlet: self.hamlet,
            residents,
            door: self.door,
            phone,
            people_count: self.people_count,
            business: says(&["kinh doanh", "buon ban", "tap hoa", "ban hang"]),
            elderly: says(&["cao tuoi", "nguoi gia", "gia yeu"]),
            working_away: says(&["lam an xa", "di lam xa", "lao dong xa", "xuat khau lao dong"]),
            note,
        })
    }
}

/// What the list held so far.
#[derive(Default)]
struct Known {
    hamlets: HashMap<String, String>,
    codes: HashMap<(String, String), usize>,
    heads: HashMap<(String, String), Vec<usize>>,
}

enum Compared {
    New,
    /// The same household once more.
    Again,
    /// Another household with the same code.
    CodeTaken,
}

impl Known {
    /// The first spelling of a hamlet's name.
    fn hamlet(&mut self, name: String) -> String {
        self.hamlets.entry(fold_name(&name)).or_insert(name).clone()
    }

    fn compare(&self, household: &PlannedHousehold, all: &[PlannedHousehold]) -> Compared {
        let hamlet = hamlet_key(household);
        let equals = self.heads.get(&(hamlet.clone(), head_key(household)));
        if equals.is_some_and(|at| at.iter().any(|&at| is_same(household, &all[at]))) {
            return Compared::Again;
        }
        match household.code.as_ref() {
            Some(code) if self.codes.contains_key(&(hamlet, code_key(code))) => Compared::CodeTaken,
            _ => Compared::New,
        }
    }

    fn add(&mut self, household: &PlannedHousehold, at: usize) {
        let hamlet = hamlet_key(household);
        if let Some(code) = &household.code {
            self.codes.insert((hamlet.clone(), code_key(code)), at);
        }
        self.heads.entry((hamlet, head_key(household))).or_default().push(at);
    }
}

/// Codes are one whatever their case: "h0012" is H0012.
fn code_key(code: &str) -> String {
    code.to_uppercase()
}

fn hamlet_key(household: &PlannedHousehold) -> String {
    household.hamlet.as_deref().map(fold_name).unwrap_or_default()
}

fn head_key(household: &PlannedHousehold) -> String {
    household.head().map(|head| fold_name(&head.name)).unwrap_or_default()
}

/// Two households whose heads have one name are one if code, phone or birthday agree and nothing that both say differs.
/// The name alone says nothing, nor does the name with a lane: many people share one.
fn is_same(a: &PlannedHousehold, b: &PlannedHousehold) -> bool {
    fn agree<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<bool> {
        Some(a? == b?)
    }
    let birth = |h: &PlannedHousehold| h.head().and_then(|head| head.birth);
    let door = |h: &PlannedHousehold| h.door.as_deref().map(fold_name);
    let telling = [
        agree(a.code.as_deref().map(code_key), b.code.as_deref().map(code_key)),
        agree(a.phone.as_ref(), b.phone.as_ref()),
        agree(birth(a), birth(b)),
    ];
    let others = [agree(door(a), door(b)), agree(a.people_count, b.people_count)];
    telling.contains(&Some(true)) && !telling.iter().chain(&others).any(|told| *told == Some(false))
}
