//! The figures that a lock fixes, packed: all that the report showed when it was locked, with the rules that it
//! counted by and the names that places and teams had. So nothing that is changed later shows in it.

use jiff::civil::Date;
use minicbor::{Decode, Encode};

use super::annex::Held;
use super::view::{Coverage, Figure, FigureRow, PeriodView, Report, ReportState, Scope, Silent, SkillLevels};
use crate::domain::{Calendar, Period, ReportRules, SkillKey};

/// A locked report.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Frozen {
    /// The rules that it was counted by, with the recipient and the title.
    #[n(1)]
    pub rules: ReportRules,
    /// The period, its first day, its last, and the one on which the report was due.
    #[n(2)]
    period: [String; 4],
    /// The name of the team or of the notebook.
    #[n(3)]
    name: String,
    /// The places and teams of its rows.
    #[n(4)]
    rows: Vec<Row>,
    /// Its figures, in the rules' order.
    #[n(5)]
    figures: Vec<Numbers>,
    /// Coverage up to the last day, and in the period.
    #[n(6)]
    coverage: [[u32; 7]; 2],
    /// How many people are at each level of each skill.
    #[n(7)]
    skills: Vec<[u32; 5]>,
    /// Of which rows nothing was written.
    #[n(8)]
    silent: Vec<Row>,
    /// When its newest record was written.
    #[n(9)]
    as_of: Option<String>,
    /// Records that were kept and not understood.
    #[n(10)]
    unreadable: u32,
    /// The activities that go with it. What stands in people's way does not: a household that is erased leaves no
    /// words behind.
    #[n(11)]
    pub activities: Vec<Held>,
}

/// A place or a team.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Row {
    /// As `report_records` names it: `place:<id>` or `team:<id>`.
    #[n(0)]
    row: String,
    #[n(1)]
    name: String,
}

/// The numbers of one figure; of each row in the rows' order.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Numbers {
    #[n(0)]
    value: Option<u64>,
    #[n(1)]
    of: Option<u64>,
    #[n(2)]
    target: Option<u64>,
    #[n(3)]
    rows: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
struct Cell {
    #[n(0)]
    value: Option<u64>,
    #[n(1)]
    of: Option<u64>,
}

/// Version of the packed form.
const VERSION: u8 = 1;

impl Frozen {
    /// Freezes a report that was counted by these rules.
    pub fn of(report: &Report, rules: &ReportRules, activities: Vec<Held>) -> Self {
        let PeriodView { key, first, last, due } = report.period.clone();
        let named = |row: &FigureRow| Row { row: row.row.clone(), name: row.name.clone() };
        Self {
            rules: rules.clone(),
            period: [key, first, last, due],
            name: report.scope.name.clone(),
            rows: report.figures.first().map(|f| f.rows.iter().map(named).collect()).unwrap_or_default(),
            figures: report.figures.iter().map(Numbers::of).collect(),
            coverage: [counts(&report.coverage), counts(&report.coverage_in_period)],
            skills: report.skills.iter().map(|skill| skill.levels).collect(),
            silent: report.silent.iter().map(Row::silent).collect(),
            as_of: report.as_of.clone(),
            unreadable: report.unreadable,
            activities,
        }
    }

    /// A calendar in which the period has the days and the rules that it was locked with.
    pub fn calendar(&self, period: Period) -> Calendar {
        let [_, first, last, _] = &self.period;
        let day = |text: &str| text.parse::<Date>().ok();
        let ends = |day: Option<Date>| ReportRules {
            end_day: day.map_or(self.rules.end_day, |day| day.day().unsigned_abs()),
            ..self.rules.clone()
        };
        let before = day(first).and_then(|first| first.yesterday().ok());
        Calendar::new([(period.before(), ends(before)), (period, ends(day(last)))].into())
    }

    /// The packed form.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        // Writing to a Vec cannot fail.
        let _ = minicbor::encode(self, &mut out);
        out
    }

    /// Reads the packed form; `None` for another version or damage.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, map) = bytes.split_first()?;
        (*version == VERSION).then(|| minicbor::decode(map).ok()).flatten()
    }

    /// Puts the frozen figures in the place of those of today. What those are today stands beside each that differs. A
    /// report over one place gets that place's figures; what else it shows was not frozen for places.
    pub fn put_into(&self, report: &mut Report) {
        let today = std::mem::take(&mut report.figures);
        let [key, first, last, due] = self.period.clone();
        report.period = PeriodView { key, first, last, due };
        report.title = self.rules.title.clone();
        report.recipient = self.rules.recipient.clone();
        report.state = ReportState::Locked;
        report.figures = self.figures();
        if let Some(place) = &report.scope.place {
            report.figures.iter_mut().for_each(|figure| narrow(figure, place));
        }
        for figure in &mut report.figures {
            if let Some(now) = today.iter().find(|now| now.key == figure.key) {
                figure.adjusted = since(figure.value, now.value);
                figure.adjusted_of = since(figure.of, now.of);
            }
        }
        if report.scope.place.is_none() {
            self.put_the_rest_into(report);
        }
    }

    fn put_the_rest_into(&self, report: &mut Report) {
        report.scope = Scope { name: self.name.clone(), ..report.scope.clone() };
        let [all, in_period] = self.coverage.map(coverage);
        (report.coverage, report.coverage_in_period) = (all, in_period);
        report.skills = SkillKey::ALL
            .into_iter()
            .zip(&self.skills)
            .map(|(skill, levels)| SkillLevels { skill, levels: *levels })
            .collect();
        report.silent = self.silent.iter().map(Row::to_silent).collect();
        report.as_of = self.as_of.clone();
        report.unreadable = self.unreadable;
    }

    fn figures(&self) -> Vec<Figure> {
        let figure = |(indicator, numbers): (&crate::domain::Indicator, &Numbers)| Figure {
            key: indicator.key.clone(),
            name: indicator.name.clone(),
            unit: indicator.unit.clone(),
            cumulative: indicator.is_cumulative(),
            rate: indicator.per.is_some(),
            value: numbers.value,
            of: numbers.of,
            target: numbers.target,
            adjusted: None,
            adjusted_of: None,
            rows: self.rows.iter().zip(&numbers.rows).map(|(row, cell)| row.to_figure_row(cell)).collect(),
        };
        self.rules.indicators.iter().zip(&self.figures).map(figure).collect()
    }
}

impl Numbers {
    fn of(figure: &Figure) -> Self {
        let cell = |row: &FigureRow| Cell { value: row.value, of: row.of };
        Self { value: figure.value, of: figure.of, target: figure.target, rows: figure.rows.iter().map(cell).collect() }
    }
}

impl Row {
    fn silent(silent: &Silent) -> Self {
        let row = match (&silent.place, &silent.team) {
            (Some(place), _) => format!("place:{place}"),
            (None, team) => format!("team:{}", team.as_deref().unwrap_or_default()),
        };
        Self { row, name: silent.name.clone() }
    }

    fn place(&self) -> Option<String> {
        self.row.strip_prefix("place:").filter(|id| !id.is_empty()).map(str::to_owned)
    }

    fn team(&self) -> Option<String> {
        self.row.strip_prefix("team:").filter(|id| !id.is_empty()).map(str::to_owned)
    }

    fn to_silent(&self) -> Silent {
        Silent { place: self.place(), team: self.team(), name: self.name.clone() }
    }

    fn to_figure_row(&self, cell: &Cell) -> FigureRow {
        FigureRow {
            row: self.row.clone(),
            place: self.place(),
            team: self.team(),
            name: self.name.clone(),
            value: cell.value,
            of: cell.of,
        }
    }
}

/// What a number has become, if it is another. One that is blank today has nothing left of what was locked.
fn since(locked: Option<u64>, today: Option<u64>) -> Option<u64> {
    today.or(locked.map(|_| 0)).filter(|now| locked != Some(*now))
}

/// Leaves a figure what it is in one place.
fn narrow(figure: &mut Figure, place: &str) {
    figure.rows.retain(|row| row.place.as_deref() == Some(place));
    let own = figure.rows.first();
    (figure.value, figure.of) = own.map_or((None, None), |row| (row.value, row.of));
    figure.target = None;
}

fn counts(coverage: &Coverage) -> [u32; 7] {
    let Coverage { households, visited, met, refused, moved_away, absent_only, never } = *coverage;
    [households, visited, met, refused, moved_away, absent_only, never]
}

fn coverage(counts: [u32; 7]) -> Coverage {
    let [households, visited, met, refused, moved_away, absent_only, never] = counts;
    Coverage { households, visited, met, refused, moved_away, absent_only, never }
}
