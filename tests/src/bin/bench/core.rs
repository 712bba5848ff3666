//! The notebook on one device, with a whole commune in it: 5,040 households and 60,000 visits. Everything
//! goes through [`Api::execute`], as from any door, JSON included.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_tests::workload::ok;
use tungnha_tests::{Chance, commune, notes};

use crate::{Figure, percentile};

const SAVES: usize = 300;
const OPENINGS: usize = 7;
/// The last whole month in which the commune was visited, with 6,000 visits.
const LAST_MONTH: &str = "2026-10";
/// What people type into the search field, letter by letter.
const SEARCHES: [&str; 10] = [
    "giang a pao",
    "Giàng A Páo",
    "thao thi my",
    "nguyễn văn",
    "hoà",
    "dat",
    "lò văn pánh",
    "sung thi dua",
    "0912",
    "h01",
];

pub fn figures() -> Vec<Figure> {
    let import = import();
    let folder = commune::copy();
    let open = open(folder.path());
    let api = Api::open(folder.path()).unwrap();
    let mut figures = vec![import, open];
    figures.extend(report(&api));
    figures.extend(search(&api));
    figures.extend(save(&api));
    figures.extend(duplicates(&api));
    figures.push(disk(folder.path()));
    figures
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}

/// Milliseconds that this thread has had a processor for, as Linux counts them: what a busy machine does
/// to a figure does not show in it. 0 elsewhere.
fn processor() -> f64 {
    let counted = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    counted.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or_default() / 1e6
}

/// `import_open` and `import_run` together, once, into an empty notebook, from the file's bytes on.
fn import() -> Figure {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::open(folder.path()).unwrap();
    commune::start(&api);
    let start = Instant::now();
    let done = commune::import(&api);
    let took = start.elapsed().as_secs_f64();
    let whole = (&json!(commune::HOUSEHOLDS), &json!(commune::RESIDENTS));
    assert_eq!((&done["added"], &done["residents_added"]), whole, "{done}");
    Figure::new("import a commune's list of 5,040 households", took, "s", 10.0)
}

/// From the closed folder to the first page of *Hộ dân*: the median of seven times.
fn open(folder: &Path) -> Figure {
    let once = || {
        let start = Instant::now();
        let api = Api::open(folder).unwrap();
        let page = ok(&api, "household_list", json!({"limit": 100}));
        let took = milliseconds(start);
        assert_eq!(page["total"], 5040);
        took
    };
    Figure::new(
        "list ready after opening the commune (median)",
        percentile((0..OPENINGS).map(|_| once()).collect(), 0.5),
        "ms",
        150.0,
    )
}

/// Each search typed letter by letter from the first on, a page of 100 asked for at each keystroke.
fn search(api: &Api) -> [Figure; 2] {
    let (mut took, mut worked) = (Vec::new(), 0.0);
    ok(api, "household_list", json!({}));
    for _ in 0..3 {
        for words in SEARCHES {
            for end in words.char_indices().map(|(at, letter)| at + letter.len_utf8()) {
                let (start, before) = (Instant::now(), processor());
                ok(api, "household_list", json!({"search": words[..end], "limit": 100}));
                took.push(milliseconds(start));
                worked += processor() - before;
            }
        }
    }
    [
        Figure::told("search, one keystroke, processor alone (mean)", worked / took.len() as f64, "ms"),
        Figure::new("search 19,435 residents, one keystroke (p95)", percentile(took, 0.95), "ms", 10.0),
    ]
}

/// `visit_save` of a visit with a level, a service and a note, each at another household, from the
/// command to the answer: by then it is on the disk (SQLCipher, WAL, synchronous=FULL).
fn save(api: &Api) -> [Figure; 3] {
    let mut chance = Chance::seeded(7);
    let (mut took, mut worked) = (Vec::new(), 0.0);
    let rows = ok(api, "household_list", json!({"limit": SAVES}));
    for row in rows["rows"].as_array().unwrap() {
        let form = form(api, &row["id"], &mut chance);
        let (start, before) = (Instant::now(), processor());
        ok(api, "visit_save", json!({"household": row["id"], "form": form}));
        took.push(milliseconds(start));
        worked += processor() - before;
    }
    [
        Figure::new("save a visit, durable (p95)", percentile(took.clone(), 0.95), "ms", 10.0),
        Figure::told("save a visit, processor alone (mean)", worked / took.len() as f64, "ms"),
        Figure::told("save a visit, durable (median)", percentile(took, 0.5), "ms"),
    ]
}

/// The month's report of the whole commune, with its default indicators: the first after opening, for which pages
/// are decrypted, and the median of those after it; the progress over twelve months; the records behind a figure; and
/// the report as a workbook, from the command to the file's bytes.
fn report(api: &Api) -> [Figure; 6] {
    const TIMES: usize = 15;
    let month = json!({"period": LAST_MONTH});
    let once = |command, args: &Value| {
        let start = Instant::now();
        ok(api, command, args.clone());
        milliseconds(start)
    };
    let median = |command, args: &Value| percentile((0..TIMES).map(|_| once(command, args)).collect(), 0.5);
    let first = once("report_get", &month);
    let before = processor();
    let warm = median("report_get", &month);
    let processor = (processor() - before) / TIMES as f64;
    let behind = json!({"period": LAST_MONTH, "indicator": "service_queue_number"});
    [
        Figure::new("month's report of 60,000 visits, the first", first, "ms", 300.0),
        Figure::new("month's report of 60,000 visits (median)", warm, "ms", 300.0),
        Figure::told("… of which this thread had a processor", processor, "ms"),
        Figure::new("progress over twelve months (median)", median("progress_get", &json!({})), "ms", 500.0),
        Figure::new("records behind a figure (median)", median("report_records", &behind), "ms", 300.0),
        Figure::new("month's report as a workbook (median)", median("report_workbook", &month), "ms", 2000.0),
    ]
}

/// `duplicate_list` after a change, so that it is computed anew, over the commune with some households
/// written down once more; and `duplicate_like`, as a form asks for it at each keystroke.
fn duplicates(api: &Api) -> [Figure; 3] {
    const TWICE: usize = 20;
    let rows = ok(api, "household_list", json!({"limit": TWICE}));
    let (mut list, mut like, mut pairs) = (Vec::new(), Vec::new(), 0);
    for row in rows["rows"].as_array().unwrap() {
        let head = json!({"name": row["head"], "birth": row["head_birth_year"].to_string()});
        let typed = json!({"name": row["head"], "birth": head["birth"], "place": row["place"]});
        let start = Instant::now();
        ok(api, "duplicate_like", typed);
        like.push(milliseconds(start));
        ok(api, "household_add", json!({"head": head, "place": row["place"]}));
        let start = Instant::now();
        pairs = ok(api, "duplicate_list", json!({})).as_array().unwrap().len();
        list.push(milliseconds(start));
    }
    [
        Figure::new("what may be one of 5,040 households (median)", percentile(list, 0.5), "ms", 100.0),
        Figure::new("what may be here already, one keystroke (p95)", percentile(like, 0.95), "ms", 10.0),
        Figure::told("… of which, with 20 written down twice", pairs as f64, "pairs"),
    ]
}

/// What the disk alone takes to keep 16 KB for good: no save can be quicker, and where this is slow, a slow
/// save says nothing about the notebook.
fn disk(folder: &Path) -> Figure {
    let mut file = File::create(folder.join("probe")).unwrap();
    let once = |_| {
        let start = Instant::now();
        file.write_all(&[7; 16 * 1024]).unwrap();
        file.sync_data().unwrap();
        milliseconds(start)
    };
    Figure::told("this disk: 16 KB written and synced (p95)", percentile((0..SAVES).map(once).collect(), 0.95), "ms")
}

fn form(api: &Api, household: &Value, chance: &mut Chance) -> Value {
    let head = ok(api, "household_get", json!({"household": household}))["people"][0]["id"].take();
    json!({
        "outcome": "met", "met": [head], "note": notes::note(chance),
        "assessments": [{"resident": head, "skill": "payment", "level": "guided"}],
        "services": [{"service": "queue_number", "count": 1}],
    })
}
