//! A device that starts from a checkpoint has what the others have, and becomes whole by the chunks.

#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use tempfile::TempDir;
use tungnha_core::api::Api;
use tungnha_core::clock::Clock;
use tungnha_core::domain::{HouseholdId, SpaceId};
use tungnha_core::notebook::Notebook;
use tungnha_core::projection::views::SyncState;
use tungnha_core::projection::{self, sync};
use tungnha_core::store::{changes, chunks, documents, spaces};
use tungnha_core::sync::apply::take_in;
use tungnha_core::sync::checkpoint::{self, Taken};
use tungnha_core::sync::rows::Memory;
use tungnha_core::sync::seal::seal_waiting;
use tungnha_protocol::Chunk;
use tungnha_protocol::checkpoint::{Document, Reader, Writer};
use tungnha_protocol::chunk::MAX_PLAINTEXT;
use tungnha_protocol::ids::SpaceId as WireSpace;

/// Somebody's tablet.
struct Device(TempDir);

impl Device {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn notebook(&self) -> Notebook {
        Notebook::open(self.0.path(), Clock::system()).unwrap()
    }

    fn space(&self) -> SpaceId {
        self.notebook().space().unwrap().id
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        Api::open(self.0.path()).unwrap().execute(command, args).unwrap_or_else(|e| panic!("{command}: {e}"))
    }

    /// Dợ's tablet, on which her team has begun with a few households.
    fn of_dợ() -> Self {
        let dợ = Self::new();
        dợ.ok("team_start", json!({"team_name": "Tổ Pa Cốp", "place_name": "Bản Pa Cốp", "member_name": "Dợ"}));
        dợ.ok("consent_setting_set", json!({"first": false}));
        for name in ["Giàng A Páo", "Thào Thị Mỷ", "Lò Văn Pánh"] {
            let id = dợ
                .ok("household_add", json!({"head": {"name": name, "birth": "1984"}, "fields": {"door": "Cuối bản"}}));
            dợ.visits(id["id"].as_str().unwrap(), "đã tự quét mã QR");
        }
        dợ.seal();
        dợ
    }

    /// A new tablet that was given the keys of this one's notebook, and nothing else yet.
    fn joined_by(&self) -> Self {
        let (other, space) = (Self::new(), self.space());
        let mine = self.notebook();
        let (keys, me) = (spaces::keys(mine.db(), space).unwrap(), mine.me().unwrap());
        other
            .notebook()
            .write_aside(|db| {
                spaces::insert(db, space, false, &keys)?;
                spaces::sign_in(db, space, me)
            })
            .unwrap();
        other
    }

    fn visits(&self, household: &str, note: &str) {
        let head = self.ok("household_get", json!({"household": household}))["people"][0]["id"].clone();
        let form = json!({"outcome": "met", "met": [head], "note": note,
            "assessments": [{"resident": head, "skill": "payment", "level": "guided"}]});
        self.ok("visit_save", json!({"household": household, "form": form}));
    }

    fn households(&self) -> Vec<String> {
        let rows = self.ok("household_list", json!({"limit": 500}))["rows"].take();
        rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    }

    fn seal(&self) {
        let mut notebook = self.notebook();
        let space = notebook.space().unwrap().id;
        notebook.transact(space, seal_waiting).unwrap();
    }

    fn chunks(&self) -> Vec<Vec<u8>> {
        chunks::all(self.notebook().db()).unwrap().into_iter().map(|(_, bytes)| bytes).collect()
    }

    fn checkpoint(&self) -> Vec<Vec<u8>> {
        let space = self.space();
        let (documents, _) = self.notebook().transact(space, |rows| rows.documents()).unwrap();
        checkpoint::write(space, &documents, MAX_PLAINTEXT).unwrap()
    }

    fn takes(&self, pages: &[Vec<u8>]) -> Vec<Taken> {
        let (space, mut notebook) = (self.space(), self.notebook());
        let mut reader = Reader::new(WireSpace(*space.bytes()));
        let take =
            |page: &Vec<u8>| notebook.transact(space, |rows| checkpoint::take_page(rows, &mut reader, page)).unwrap().0;
        pages.iter().map(take).collect()
    }

    /// Takes chunks in as they come from a relay. Returns how many changes were new.
    fn pulls(&self, chunks: &[Vec<u8>]) -> u32 {
        let (space, mut notebook) = (self.space(), self.notebook());
        let taking = notebook.transact(space, |rows| {
            for bytes in chunks {
                rows.insert(&Chunk::id_of(bytes), false, bytes)?;
            }
            take_in(rows, chunks.to_vec())
        });
        taking.unwrap().0
    }

    fn unfilled(&self) -> u32 {
        let space = self.space();
        let found = changes::unfilled(self.notebook().db(), space).unwrap();
        found.iter().map(|(_, changes)| changes).sum()
    }

    fn waiting(&self) -> u32 {
        let space = self.space();
        sync::waiting(self.notebook().db(), space).unwrap()
    }

    fn quarantined(&self) -> u32 {
        let space = self.space();
        chunks::quarantined_count(self.notebook().db(), space).unwrap()
    }

    #[track_caller]
    fn is_clean(&self) {
        assert_eq!(self.notebook().verify().unwrap().problems, Vec::<String>::new());
    }

    /// The same notebook: what it says, its rows, and its documents byte for byte.
    #[track_caller]
    fn equals(&self, other: &Self) {
        self.is_clean();
        assert_eq!(self.ok("export", json!({})), other.ok("export", json!({})));
        let rows = |device: &Self| projection::fingerprint(device.notebook().db()).unwrap();
        assert_eq!(rows(self), rows(other));
        assert_eq!(self.checkpoint(), other.checkpoint());
    }
}

/// The documents of a checkpoint, to be changed by somebody who means harm.
fn read(space: SpaceId, pages: &[Vec<u8>]) -> Vec<Document> {
    let mut reader = Reader::new(WireSpace(*space.bytes()));
    pages.iter().flat_map(|page| reader.read(page).unwrap().documents).collect()
}

fn pages_of(space: SpaceId, documents: &[Document]) -> Vec<Vec<u8>> {
    let mut writer = Writer::new(WireSpace(*space.bytes()));
    writer.section(documents).unwrap();
    writer.finish()
}

#[test]
fn a_new_tablet_starts_from_a_checkpoint_and_becomes_whole() {
    let dợ = Device::of_dợ();
    let (older, checkpoint) = (dợ.chunks(), dợ.checkpoint());
    let nam = dợ.joined_by();
    let taken = nam.takes(&checkpoint);
    assert!(taken.iter().all(|page| page.refused.is_empty()), "{taken:?}");
    assert!(taken.iter().map(|page| page.changes).sum::<u32>() > 6);
    nam.equals(&dợ);
    assert_eq!(nam.waiting(), 0, "nothing of it waits to be sent");
    assert_eq!(nam.unfilled(), taken.iter().map(|page| page.changes).sum::<u32>());

    let id = HouseholdId(uuid::Uuid::from_bytes(read(dợ.space(), &checkpoint)[1].id.0));
    let mark = sync::of_household(nam.notebook().db(), true, id).unwrap();
    assert_eq!((mark.state, mark.relay), (SyncState::Arrived, None), "a relay has it, and which is not known yet");

    // The tail builds on what only the checkpoint brought.
    let páo = dợ.households().remove(0);
    dợ.visits(&páo, "nhờ kèm thêm một buổi");
    dợ.seal();
    let tail: Vec<_> = dợ.chunks().into_iter().filter(|chunk| !older.contains(chunk)).collect();
    assert_eq!((nam.pulls(&tail), nam.quarantined()), (1, 0));
    nam.equals(&dợ);

    // Own work goes on before the older chunks are there.
    nam.visits(&páo, "hôm nay tự làm được");
    nam.seal();
    assert_eq!(nam.pulls(&older), 0, "the older chunks bring nothing new");
    assert_eq!((nam.unfilled(), nam.quarantined()), (0, 0));
    nam.is_clean();
    dợ.pulls(&nam.chunks());
    nam.equals(&dợ);
}

#[test]
fn equal_notebooks_make_equal_checkpoints_in_whatever_order_their_changes_came() {
    let dợ = Device::of_dợ();
    let (first, second) = (dợ.joined_by(), dợ.joined_by());
    let older = dợ.chunks();
    first.pulls(&older);
    second.pulls(&older);
    let home = dợ.households().remove(0);
    for (device, note) in [(&dợ, "sáng"), (&first, "trưa"), (&second, "chiều")] {
        device.visits(&home, note);
        device.seal();
    }
    let all: Vec<Vec<u8>> = [&dợ, &first, &second].iter().flat_map(|device| device.chunks()).collect();
    dợ.pulls(&all);
    first.pulls(&all.iter().rev().cloned().collect::<Vec<_>>());
    assert_eq!(dợ.checkpoint(), first.checkpoint());
}

#[test]
fn a_checkpoint_is_merged_with_what_is_here() {
    let dợ = Device::of_dợ();
    let nam = dợ.joined_by();
    nam.pulls(&dợ.chunks());
    // Both work on, apart.
    let home = dợ.households().remove(0);
    dợ.visits(&home, "Dợ ghi");
    dợ.seal();
    nam.visits(&home, "Nam ghi");
    let added = nam.ok("household_add", json!({"head": {"name": "Vì Thị Ún"}, "fields": {}}));
    let taken = nam.takes(&dợ.checkpoint());
    assert_eq!(taken.iter().map(|page| page.changes).sum::<u32>(), 1, "only Dợ's visit is new");
    let detail = nam.ok("household_get", json!({"household": home}));
    let notes: Vec<_> = detail["visits"].as_array().unwrap().iter().map(|visit| visit["note"].clone()).collect();
    assert!(notes.contains(&json!("Dợ ghi")) && notes.contains(&json!("Nam ghi")), "{notes:?}");
    assert_eq!(nam.ok("household_get", json!({"household": added["id"]}))["people"][0]["name"], "Vì Thị Ún");
    nam.is_clean();
    // What waited here still waits, and goes out.
    assert!(nam.waiting() >= 2);
    nam.seal();
    dợ.pulls(&nam.chunks());
    nam.pulls(&dợ.chunks());
    nam.equals(&dợ);
}

#[test]
fn a_cut_in_the_middle_is_made_good_by_a_second_attempt() {
    let dợ = Device::of_dợ();
    let api = Api::open(dợ.0.path()).unwrap();
    for n in 0..150 {
        // Noise, so that there is more than one page.
        let noise: [u8; 900] = tungnha_protocol::random_bytes();
        let note = noise.iter().map(|byte| char::from(b'a' + byte % 26)).collect::<String>();
        let household = json!({"head": {"name": format!("Giàng A {n}")}, "fields": {"note": note}});
        api.execute("household_add", household).unwrap();
    }
    drop(api);
    let checkpoint = dợ.checkpoint();
    assert!(checkpoint.len() > 1);
    let nam = dợ.joined_by();
    nam.takes(&checkpoint[..1]);
    nam.is_clean();
    let early = nam.households().len();
    assert!(early > 50, "the first page can be used already: {early}");
    let again = nam.takes(&checkpoint);
    assert_eq!(again[0].changes, 0);
    nam.equals(&dợ);
}

#[test]
fn what_no_chunk_brings_is_sealed_anew() {
    let dợ = Device::of_dợ();
    let nam = dợ.joined_by();
    nam.takes(&dợ.checkpoint());
    // One chunk is lost for ever; Nam is the last who has what was in it.
    let count = nam.unfilled();
    let mut notebook = nam.notebook();
    let space = notebook.space().unwrap().id;
    let adopted = notebook.transact(space, checkpoint::adopt_unfilled).unwrap().0;
    assert_eq!(adopted, count);
    drop(notebook);
    assert_eq!((nam.unfilled(), nam.waiting()), (0, count));
    nam.seal();
    let third = dợ.joined_by();
    third.pulls(&nam.chunks());
    third.equals(&dợ);
    // The chunk is found after all.
    nam.pulls(&dợ.chunks());
    nam.equals(&dợ);
}

#[test]
fn a_checkpoint_that_leaves_something_out_harms_nothing() {
    let dợ = Device::of_dợ();
    let mut documents = read(dợ.space(), &dợ.checkpoint());
    let gone = documents.pop().unwrap();
    let nam = dợ.joined_by();
    nam.takes(&pages_of(dợ.space(), &documents));
    nam.is_clean();
    let home = data_encoding::BASE64URL_NOPAD.encode(&gone.id.0);
    let older = dợ.chunks();
    dợ.visits(&home, "sau đó");
    dợ.seal();
    let tail: Vec<_> = dợ.chunks().into_iter().filter(|chunk| !older.contains(chunk)).collect();
    assert_eq!((nam.pulls(&tail), nam.quarantined()), (0, 1), "what builds on it waits");
    nam.pulls(&older);
    assert_eq!((nam.unfilled(), nam.quarantined()), (0, 0));
    nam.equals(&dợ);
}

#[test]
fn an_altered_document_is_refused_and_the_others_are_taken() {
    let dợ = Device::of_dợ();
    let honest = read(dợ.space(), &dợ.checkpoint());
    let nam = dợ.joined_by();
    nam.pulls(&dợ.chunks());
    let before = nam.checkpoint();
    type Lie = fn(&mut Document);
    let lies: [Lie; 6] = [
        |d| *d.changes.last_mut().unwrap().body.last_mut().unwrap() ^= 1,
        |d| d.heads[0][3] ^= 1,
        |d| d.heads.clear(),
        |d| drop(d.changes.pop()),
        |d| d.changes[0].builds_on = vec![1],
        |d| d.changes.last_mut().unwrap().builds_on = vec![0],
    ];
    for lie in lies {
        let mut documents = honest.clone();
        lie(&mut documents[1]);
        let taken = nam.takes(&pages_of(dợ.space(), &documents));
        assert_eq!(taken[0].refused.iter().map(|(doc, _)| *doc).collect::<Vec<_>>(), [documents[1].id.0]);
        assert_eq!(nam.checkpoint(), before);
        let empty = dợ.joined_by();
        empty.takes(&pages_of(dợ.space(), &documents));
        assert_eq!(documents::all(empty.notebook().db()).unwrap().len(), honest.len() - 1);
        empty.is_clean();
    }
    nam.equals(&dợ);
}

#[test]
fn a_checkpoint_of_another_space_is_refused() {
    let (dợ, other) = (Device::of_dợ(), Device::of_dợ());
    let space = dợ.space();
    let mut reader = Reader::new(WireSpace(*space.bytes()));
    let before = dợ.checkpoint();
    let taking = |page: &[u8], reader: &mut Reader| {
        dợ.notebook().transact(space, |rows| checkpoint::take_page(rows, reader, page)).map(|(taken, _)| taken)
    };
    assert_eq!(taking(&other.checkpoint()[0], &mut reader).unwrap_err().code(), "damaged");
    // Documents that this device has in another notebook stay in that one.
    dợ.notebook().write_aside(|db| spaces::insert(db, other.space(), false, &[])).unwrap();
    let theirs = read(other.space(), &other.checkpoint());
    let into_theirs = |documents: &[Document]| {
        let mut reader = Reader::new(WireSpace(*other.space().bytes()));
        let page = pages_of(other.space(), documents).remove(0);
        let (space, mut notebook) = (other.space(), dợ.notebook());
        notebook.transact(space, |rows| checkpoint::take_page(rows, &mut reader, &page)).unwrap().0
    };
    assert_eq!(into_theirs(&theirs).refused, []);
    let mixed = read(space, &before).into_iter().chain(theirs).collect::<Vec<_>>();
    let taken = taking(&pages_of(space, &mixed)[0], &mut Reader::new(WireSpace(*space.bytes()))).unwrap();
    assert_eq!(taken.refused.len(), mixed.len() - read(space, &before).len());
    assert_eq!(dợ.checkpoint(), before);
    dợ.is_clean();
}

#[test]
fn what_came_in_a_checkpoint_is_of_no_known_device_until_its_chunk_is_here() {
    let dợ = Device::of_dợ();
    let (older, checkpoint) = (dợ.chunks(), dợ.checkpoint());
    let nam = dợ.joined_by();
    nam.takes(&checkpoint);
    let páo = dợ.households().remove(0);
    let told = || -> Vec<(Value, Value)> {
        let history = nam.ok("household_history", json!({"household": páo}));
        history.as_array().unwrap().iter().map(|e| (e["device"].clone(), e["device_name"].clone())).collect()
    };
    assert!(told().iter().all(|line| *line == (json!("unknown"), json!(""))), "{:?}", told());
    nam.pulls(&older);
    assert!(told().iter().all(|line| *line == (json!("other"), json!("Máy của Dợ"))), "{:?}", told());
}
