//! A tablet with PINs that somebody has found: what can be read in its folder.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use aho_corasick::AhoCorasick;
use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD, Encoding, HEXLOWER, HEXUPPER};
use serde_json::{Value, json};
use tungnha_core::search::fold::fold_name;
use tungnha_tests::{Device, Relay, Served, list, programs};
use unicode_normalization::UnicodeNormalization;

const LIST: &str = "01-mau-chuan.xlsx";
/// So many names and phones are looked for.
const KNOWN: usize = 50;

/// Names and phones of the notebook's people, from all that it has.
fn known(export: &Value) -> Vec<String> {
    let (mut names, mut phones) = (BTreeSet::new(), BTreeSet::new());
    collect(export, &mut names, &mut phones);
    let half = KNOWN / 2;
    assert!(names.len() >= half && phones.len() >= half, "{} names, {} phones", names.len(), phones.len());
    names.into_iter().take(half).chain(phones.into_iter().take(half)).collect()
}

fn collect(value: &Value, names: &mut BTreeSet<String>, phones: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| collect(one, names, phones)),
        Value::Object(fields) => {
            for (key, value) in fields {
                match (key.as_str(), value.as_str()) {
                    ("name", Some(name)) if name.contains(' ') => _ = names.insert(name.to_owned()),
                    ("phone", Some(phone)) if phone.len() == 10 => _ = phones.insert(phone.to_owned()),
                    _ => collect(value, names, phones),
                }
            }
        }
        _ => {}
    }
}

/// How a text may be written, and how those letters may stand as bytes.
fn spellings(text: &str) -> Vec<String> {
    let mut all = vec![text.nfc().collect(), text.nfd().collect(), fold_name(text), text.to_uppercase()];
    if let Some(digits) = text.strip_prefix('0') {
        all.push(format!("84{digits}"));
        all.push(format!("{} {} {}", &text[..4], &text[4..7], &text[7..]));
        all.push(format!("{}.{}.{}", &text[..4], &text[4..7], &text[7..]));
    }
    all
}

fn encodings(text: &str) -> Vec<Vec<u8>> {
    let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let plain = [text.as_bytes().to_vec(), utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)];
    let mut all = plain.to_vec();
    for bytes in &plain {
        all.extend([HEXLOWER.encode(bytes).into_bytes(), HEXUPPER.encode(bytes).into_bytes()]);
        for alphabet in [BASE64_NOPAD, BASE64URL_NOPAD] {
            all.extend((0..3).map(|before| in_the_middle(&alphabet, bytes, before)));
        }
    }
    all
}

/// Base64 of bytes that have so many others before them, without the letters that depend on the neighbours.
fn in_the_middle(alphabet: &Encoding, bytes: &[u8], before: usize) -> Vec<u8> {
    let text = alphabet.encode(&[&vec![0; before], bytes].concat()).into_bytes();
    let first = [0, 2, 3][before];
    let whole = (before + bytes.len()) * 8 / 6;
    text[first..whole].to_vec()
}

/// What of the known is in these bytes.
struct Scan {
    needles: AhoCorasick,
    whose: Vec<String>,
}

impl Scan {
    fn of(known: &[String]) -> Self {
        let (mut needles, mut whose) = (Vec::new(), Vec::new());
        for one in known {
            for needle in spellings(one).iter().flat_map(|spelling| encodings(spelling)) {
                needles.push(needle);
                whose.push(one.clone());
            }
        }
        Self { needles: AhoCorasick::new(&needles).unwrap(), whose }
    }

    fn found(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let found = self.needles.find_overlapping_iter(bytes);
        found.map(|one| self.whose[one.pattern().as_usize()].as_str()).collect()
    }

    /// No file of a folder has any of them, nor has a file's name.
    #[track_caller]
    fn finds_nobody_in(&self, folder: &Path) {
        let files = files(folder);
        for there in ["notebook.sqlite", "station.sqlite", "profiles"] {
            assert!(files.iter().any(|file| file.ends_with(there)), "{there} is not among {files:?}");
        }
        for file in files {
            let bytes = [file.to_str().unwrap().as_bytes(), &std::fs::read(&file).unwrap()].concat();
            assert_eq!(self.found(&bytes), BTreeSet::new(), "{}", file.display());
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Everything that a day writes: a list, visits, unfinished forms, a file taken in, a served room, a relay.
fn a_day_with(dợ: &Device, relay: &Relay) {
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    dợ.import(&list(LIST));
    let doors = dợ.households();
    let (first, second) = (doors[0]["id"].as_str().unwrap(), doors[1]["id"].as_str().unwrap());
    dợ.meets_head_of(first, &format!("Gặp {}", doors[0]["head"]));
    let draft = dợ.ok("visit_open", json!({"household": second}));
    let form = json!({"note": format!("Hẹn {}", doors[1]["head"])});
    dợ.ok("draft_save", json!({"visit": draft["visit"], "form": form}));
    // Two photos, on which a name can be read: one with a form, one with a visit.
    let photo = |household: &Value, of: &Value| {
        let visit = dợ.ok("visit_open", json!({"household": household["id"]}))["visit"].clone();
        let picture = tungnha_tests::photo::jpeg_of(of["head"].as_str().unwrap().as_bytes());
        let base64 = data_encoding::BASE64.encode(&picture);
        (visit.clone(), dợ.ok("photo_add", json!({"visit": visit, "base64": base64}))["photo"].clone())
    };
    photo(&doors[1], &doors[0]);
    let (visit, shown) = photo(&doors[2], &doors[1]);
    let form = json!({"outcome": "absent", "photos": [shown]});
    dợ.ok("visit_save", json!({"household": doors[2]["id"], "visit": visit, "form": form}));
    dợ.sync();
    let nam = dợ.joined_by("Vì Văn Nam");
    nam.visits(&dợ.serves_the_room());
    let file = nam.ok("file_export", json!({}));
    dợ.ok("file_import", json!({"content": file["content"]}));
}

#[test]
fn a_locked_folder_names_nobody_and_takes_a_pin_by_descriptor_only() {
    let relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.ok("profile_pin_set", json!({"pin": "8305"}));
    a_day_with(&dợ, &relay);
    let plain = dợ.ok("export", json!({}));
    let mut known = known(&plain);
    assert_eq!(known.len(), KNOWN);
    known.push(dợ.name().to_owned());
    let scan = Scan::of(&known);
    // The scan finds every one of them where they are, and in each encoding.
    let plain = plain.to_string();
    let people: BTreeSet<&str> = known.iter().map(String::as_str).collect();
    assert_eq!(scan.found(plain.as_bytes()), people);
    for bytes in encodings(&plain).iter().chain(&encodings(&fold_name(&plain))) {
        let found = scan.found(bytes).len();
        assert!(found >= KNOWN / 2, "{found} found in {:?}…", &bytes[..8]);
    }

    dợ.ok("profile_lock", json!({}));
    scan.finds_nobody_in(dợ.folder());
    dợ.kill();
    scan.finds_nobody_in(dợ.folder());
    assert_eq!(scan.found(dợ.log().as_bytes()), BTreeSet::new(), "in the log");

    // A script gets in by a descriptor, once it has the PIN.
    let refused = dợ.run(&["verify"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(refused.status.code() == Some(2) && said.contains("[needs_pin]"), "{said}");
    assert!(verified(&dợ, "8305").contains(r#""clean": true"#));
    assert!(verified(&dợ, "8306").contains("pin_wrong"));
    // Somewhere else not even that.
    std::fs::remove_dir_all(dợ.secrets()).unwrap();
    assert!(verified(&dợ, "8305").contains("keystore_secret_missing"));
}

#[test]
fn a_locked_tablet_goes_on_sending() {
    let mut relay = Relay::start();
    let dợ = Device::with_team("Sồng Thị Dợ");
    dợ.import(&list(LIST));
    dợ.ok("relay_connect", json!({"pass": relay.pass()}));
    let door = dợ.households()[0]["id"].as_str().unwrap().to_owned();
    let dợ = Served::open(&dợ);
    let waiting = |app: &Served| app.ok("profile_list", json!({}))["people"][0]["waiting"].clone();
    dợ.ok("profile_pin_set", json!({"pin": "8305"}));
    dợ.until("all that was imported arrives", |app| waiting(app) == 0);
    relay.stop();
    dợ.finds_nobody_at(&door, "vừa khóa máy");
    assert_eq!(dợ.ok("profile_lock", json!({}))["people"][0]["waiting"], 1);
    relay.start_again();
    dợ.until("the visit arrives", |app| waiting(app) == 0);
    assert_eq!(dợ.ok("profile_list", json!({}))["locked"], true);
}

/// What `tungnha verify --pin-fd 0` says.
fn verified(device: &Device, pin: &str) -> String {
    let mut command = programs::in_namespace(programs::tungnha(), None);
    command.args(["verify", "--pin-fd", "0", "--data"]).arg(device.folder());
    device.keep_apart(&mut command);
    let (input, output) = (Stdio::piped(), Stdio::piped());
    let mut process = command.stdin(input).stdout(output).stderr(Stdio::piped()).spawn().unwrap();
    writeln!(process.stdin.take().unwrap(), "{pin}").unwrap();
    let output = process.wait_with_output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}
