//! Photos of a visit: kept with the draft at once, sent with the saved visit only, and never before a record.

#![allow(clippy::unwrap_used, reason = "tests")]

use data_encoding::BASE64;
use serde_json::{Value, json};
use tungnha_core::api::Api;
use tungnha_protocol::photo;

/// A JPEG by its structure, whose picture is this text.
fn jpeg(picture: &str) -> Vec<u8> {
    let parts: [&[u8]; 4] = [
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0",
        b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00",
        picture.as_bytes(),
        b"\xff\xd9",
    ];
    parts.concat()
}

fn name(picture: &str) -> String {
    data_encoding::HEXLOWER.encode(&photo::hash(&jpeg(picture)))
}

struct Device {
    api: Api,
    folder: tempfile::TempDir,
    household: String,
}

impl Device {
    /// Dợ at Giàng A Páo's door.
    fn of_dợ() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let api = Api::open(folder.path()).unwrap();
        let names = json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Sồng Thị Dợ"});
        api.execute("team_start", names).unwrap();
        let added = api.execute("household_add", json!({"head": {"name": "Giàng A Páo"}, "fields": {}})).unwrap();
        let household = added["id"].as_str().unwrap().to_owned();
        Self { api, folder, household }
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        self.api.execute(command, args).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    fn opens_a_form(&self) -> String {
        self.ok("visit_open", json!({"household": self.household}))["visit"].as_str().unwrap().to_owned()
    }

    fn adds(&self, visit: &str, jpeg: &[u8]) -> Result<String, String> {
        let added = self.api.execute("photo_add", json!({"visit": visit, "base64": BASE64.encode(jpeg)}));
        added.map(|added| added["photo"].as_str().unwrap().to_owned()).map_err(|error| error.code().to_owned())
    }

    fn saves(&self, visit: &str, photos: &[String]) -> Value {
        let form = json!({"outcome": "absent", "obstacle": "Điện thoại vỡ màn hình", "photos": photos});
        let saved = self.ok("visit_save", json!({"household": self.household, "visit": visit, "form": form}));
        saved["household"]["visits"][0].clone()
    }

    fn sees(&self, photo: &str) -> Option<Vec<u8>> {
        let got = self.ok("photo_get", json!({"photo": photo}));
        got["base64"].as_str().map(|base64| BASE64.decode(base64.as_bytes()).unwrap())
    }

    /// The app is killed and opened again.
    fn killed(self) -> Self {
        let Self { api, folder, household } = self;
        drop(api);
        Self { api: Api::open(folder.path()).unwrap(), folder, household }
    }

    fn verified(&self) -> Value {
        let report = self.ok("verify", json!({}));
        assert_eq!(report["clean"], true, "{report}");
        report["photos"].clone()
    }
}

#[test]
fn a_photo_is_in_the_draft_before_the_form_is_kept_again_and_in_the_visit_that_is_saved() {
    let dợ = Device::of_dợ();
    let visit = dợ.opens_a_form();
    let screen = dợ.adds(&visit, &jpeg("a cracked screen")).unwrap();
    assert_eq!(screen, name("a cracked screen"));
    let dợ = dợ.killed();
    let draft = dợ.ok("draft_get", json!({"visit": visit}));
    assert_eq!(draft["form"]["photos"], json!([screen]));
    assert_eq!(dợ.sees(&screen), Some(jpeg("a cracked screen")));
    let roof = dợ.adds(&visit, &jpeg("no signal under this roof")).unwrap();
    assert_eq!(dợ.ok("sync_status", json!({}))["photos_waiting"], 0, "a draft's photos stay here");
    let shown = dợ.saves(&visit, &[roof.clone(), screen.clone()]);
    assert_eq!(shown["photos"], json!([roof, screen]), "in the order of the form");
    let dợ = dợ.killed();
    assert_eq!(dợ.ok("sync_status", json!({}))["photos_waiting"], 2);
    assert_eq!(dợ.ok("export", json!({}))["households"][0]["visits"][0]["photos"], json!([roof, screen]));
    assert_eq!(dợ.sees(&roof), Some(jpeg("no signal under this roof")));
    assert_eq!(dợ.verified(), 2);
}

#[test]
fn what_was_taken_off_or_thrown_away_can_be_had_back_for_a_while_and_then_goes() {
    let dợ = Device::of_dợ();
    let visit = dợ.opens_a_form();
    let (one, two) = (dợ.adds(&visit, &jpeg("one")).unwrap(), dợ.adds(&visit, &jpeg("two")).unwrap());
    dợ.ok("draft_save", json!({"visit": visit, "form": {"photos": [two]}}));
    assert!(dợ.sees(&one).is_some(), "taken off, and back with one touch");
    dợ.ok("draft_discard", json!({"visit": visit}));
    assert!(dợ.sees(&two).is_some(), "thrown away, and back with one touch");
    let again = dợ.opens_a_form();
    dợ.ok("draft_save", json!({"visit": again, "form": {"photos": [two]}}));
    let dợ = dợ.killed();
    assert_eq!((dợ.sees(&one), dợ.sees(&two)), (None, Some(jpeg("two"))), "what nothing names goes at the start");
    dợ.saves(&again, std::slice::from_ref(&two));
    // A correction takes it off before it was ever sent.
    dợ.ok("visit_open", json!({"household": dợ.household, "correct": again}));
    dợ.saves(&again, &[]);
    assert_eq!(dợ.sees(&two), None);
    assert_eq!((dợ.verified(), dợ.ok("sync_status", json!({}))["photos_waiting"].clone()), (json!(0), json!(0)));
}

#[test]
fn what_is_no_photo_or_says_more_than_what_is_seen_is_refused() {
    let dợ = Device::of_dợ();
    let visit = dợ.opens_a_form();
    let refused = |bytes: &[u8]| dợ.adds(&visit, bytes).unwrap_err();
    let with = |segment: &[u8]| [&jpeg("x")[..2], segment, &jpeg("x")[2..]].concat();
    assert_eq!(refused(b""), "photo_not_read");
    assert_eq!(refused(b"\x89PNG\r\n\x1a\n"), "photo_not_read");
    assert_eq!(refused(b"<script>alert(1)</script>"), "photo_not_read");
    let whole = jpeg("a photo");
    for end in 0..whole.len() {
        assert_eq!(refused(&whole[..end]), "photo_not_read", "cut at {end}");
    }
    assert_eq!(refused(&[&whole[..], b"PK\x03\x04"].concat()), "photo_not_read", "with something behind it");
    for marker in 0xe1..=0xef {
        assert_eq!(refused(&with(&[0xff, marker, 0, 6, b'E', b'x', b'i', b'f'])), "photo_says_more");
    }
    assert_eq!(refused(&with(b"\xff\xfe\x00\x0821.03N")), "photo_says_more", "a comment");
    assert_eq!(refused(&with(b"\xff\xe0\x00\x11JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01\x00")), "photo_says_more");
    assert_eq!(refused(&with(b"\xff\xdb\xff\xff")), "photo_not_read", "a segment that ends nowhere");
    assert_eq!(refused(&jpeg(&"x".repeat(60_000))), "photo_too_large");
    let long = json!({"visit": visit, "base64": "A".repeat(10_000_000)});
    assert_eq!(dợ.api.execute("photo_add", long).unwrap_err().code(), "photo_too_large");
    for n in 0..4 {
        dợ.adds(&visit, &jpeg(&n.to_string())).unwrap();
    }
    assert_eq!(dợ.adds(&visit, &jpeg("0")), Ok(name("0")), "the same again is no fifth");
    assert_eq!(refused(&jpeg("a fifth")), "too_many_photos");
    let form = json!({"outcome": "absent", "photos": [name("nobody took this")]});
    let save = json!({"household": dợ.household, "visit": visit, "form": form});
    assert_eq!(dợ.api.execute("visit_save", save).unwrap_err().code(), "not_found");
}
