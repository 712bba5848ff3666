//! The notebook in a file: out for somebody, and in from somebody.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::MutexGuard;

use data_encoding::BASE64;
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use tungnha_protocol::bundle::EXTENSION;
use unicode_normalization::UnicodeNormalization;

use super::{Api, Kind, Nothing, office as follow};
use crate::clock;
use crate::domain::SpaceId;
use crate::domain::text::{self, NineDigits};
use crate::error::{Error, Result};
use crate::notebook::Notebook;
use crate::projection::{office, space};
use crate::store::spaces::{self, Space};
use crate::store::{chunks, files};
use crate::sync::file::{self, Contents, Source};
use crate::sync::rows::{Memory, Since};

/// How progress names this work.
const TASK: &str = "file";
/// Letters of the team's name in a file's name.
const NAME_AT_MOST: usize = 40;

/// From where on things are new.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FileSince {
    /// What has not arrived at this relay, by its address.
    Relay(String),
    /// What no earlier file for this receiver held.
    Receiver(String),
}

/// Arguments of `file_export`.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FileExport {
    /// Only what is new since then; everything when left out.
    #[serde(default)]
    #[ts(optional)]
    pub since: Option<FileSince>,
    /// Who gets the file, e.g. "Máy chị Mai", so that the next one can leave out what this one holds. When left
    /// out, the receiver that `since` names, if it names one.
    #[serde(default)]
    #[ts(optional)]
    pub receiver: Option<String>,
}

/// A file to hand over.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FileExported {
    /// A name for it that every system takes.
    pub name: String,
    /// The file, base64.
    pub content: String,
    /// Chunks in it.
    pub chunks: u32,
    /// Records that this device knows to be in it.
    pub records: u32,
    /// Its length.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A file that was written to this device.
#[derive(Debug, Clone, Serialize)]
pub struct FileWritten {
    /// Where it is.
    pub path: PathBuf,
    /// Chunks in it.
    pub chunks: u32,
    /// Records that this device knows to be in it.
    pub records: u32,
    /// Its length.
    pub bytes: u64,
}

/// Arguments of `file_import`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FileImport {
    /// The file, base64.
    pub content: String,
}

/// What a file has brought.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FileImported {
    /// The notebook that the file is of. It need not be the one that is open.
    pub notebook: String,
    /// What that is called.
    pub notebook_name: String,
    /// Chunks in it.
    pub chunks: u32,
    /// Those that were not here.
    pub new_chunks: u32,
    /// Records that were not here.
    pub records: u32,
    /// Households that changed by it.
    pub households_changed: u32,
    /// Fields that are crossed now.
    pub conflicts: u32,
    /// Chunks on this device that could not be opened or applied yet. They are kept.
    pub quarantined: u32,
}

/// Somebody who was handed files.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FileReceiver {
    /// As the person has named them.
    pub name: String,
    /// When the last file for them was made.
    #[ts(type = "number")]
    pub last_at_ms: i64,
    /// Records that none of these files held.
    pub new_records: u32,
}

/// Makes a file of everything, or of what is new.
pub(super) fn export(api: &Api, args: FileExport) -> Result<FileExported> {
    let outgoing = Outgoing::prepare(api, args)?;
    let mut content = String::with_capacity(BASE64.encode_len(outgoing.contents.file_length() as usize));
    let base64 = BASE64;
    let mut encoder = base64.new_encoder(&mut content);
    outgoing.write(|bytes| {
        encoder.append(bytes);
        Ok(())
    })?;
    encoder.finalize();
    let FileWritten { chunks, records, bytes, .. } = outgoing.written(Path::new(""));
    let name = outgoing.name.clone();
    outgoing.handed_over()?;
    Ok(FileExported { name, content, chunks, records, bytes })
}

/// Takes a file in.
pub(super) fn import(api: &Api, args: FileImport) -> Result<FileImported> {
    take(api, Source::Base64(&args.content))
}

/// Who was handed files, last one first.
pub(super) fn receivers(api: &Api, _: Nothing) -> Result<Vec<FileReceiver>> {
    let notebook = api.notebook();
    let found = files::receivers(notebook.db(), notebook.space()?.id)?;
    let view = |files::Receiver { name, last_at_ms, new_records }| FileReceiver { name, last_at_ms, new_records };
    Ok(found.into_iter().map(view).collect())
}

/// The doors that may touch this device's files go without base64: nothing is held in memory.
impl Api {
    /// Writes a file of everything, or of what is new: to `target`, or into `target` under a free name when
    /// it is a folder. It is there whole or not at all, and what was there before stays (`file_exists`).
    pub fn export_file(&self, target: &Path, args: FileExport) -> Result<FileWritten> {
        let outgoing = Outgoing::prepare(self, args)?;
        let target = if target.is_dir() { free_name(target, &outgoing.name) } else { target.to_owned() };
        if target.exists() {
            return Err(Error::new("file_exists", format!("{} is there already", target.display())));
        }
        let unfinished = target.with_extension("unfinished");
        let done = write_whole(&outgoing, &unfinished).and_then(|()| Ok(fs::rename(&unfinished, &target)?));
        if let Err(error) = done {
            // It may not even be there.
            let _ = fs::remove_file(&unfinished);
            return Err(error);
        }
        let written = outgoing.written(&target);
        outgoing.handed_over()?;
        Ok(written)
    }

    /// Takes in a file that lies on this device.
    pub fn import_file(&self, file: &Path) -> Result<FileImported> {
        take(self, Source::Path(file))
    }
}

fn write_whole(outgoing: &Outgoing<'_>, path: &Path) -> Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    outgoing.write(|bytes| Ok(out.write_all(bytes)?))?;
    out.flush()?;
    Ok(out.get_ref().sync_all()?)
}

fn free_name(folder: &Path, name: &str) -> PathBuf {
    let stem = name.strip_suffix(&format!(".{EXTENSION}")).unwrap_or(name);
    let numbered = (2..).map(|n| folder.join(format!("{stem} ({n}).{EXTENSION}")));
    std::iter::once(folder.join(name)).chain(numbered).find(|path| !path.exists()).unwrap_or_default()
}

/// A file that is being made. The notebook stands still meanwhile, so that what is noted as handed over is
/// what went in.
struct Outgoing<'a> {
    api: &'a Api,
    notebook: MutexGuard<'a, Notebook>,
    open: Space,
    contents: Contents,
    receiver: Option<String>,
    name: String,
}

impl<'a> Outgoing<'a> {
    fn prepare(api: &'a Api, args: FileExport) -> Result<Self> {
        let mut notebook = api.notebook();
        let open = notebook.space()?;
        if open.practice {
            return Err(Error::new("practice_stays", "the practice notebook is not sent anywhere"));
        }
        let receiver = match (args.receiver, &args.since) {
            (Some(name), _) => Some(name),
            (None, Some(FileSince::Receiver(name))) => Some(name.clone()),
            (None, _) => None,
        };
        let receiver = receiver.map(|name| text::required("receiver", &name, NineDigits::Confirmed)).transpose()?;
        let now = notebook.clock().now_ms();
        let (contents, _) = notebook.write_in(open.id, "", |batch| {
            let since = match &args.since {
                None => Since::Beginning,
                Some(FileSince::Relay(url)) => file::since_relay(batch.db(), open.id, url)?,
                Some(FileSince::Receiver(name)) => file::since_receiver(batch, name)?,
            };
            Contents::gather(batch, since)
        })?;
        let name = file_name(&space::name(notebook.db(), open.id)?, clock::date_and_time_of(now));
        Ok(Self { api, notebook, open, contents, receiver, name })
    }

    fn write(&self, mut out: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        // The beginning and the end are pieces too, and there is at least one chunk.
        let (mut pieces, total) = (0, self.contents.chunks.len() + 2);
        let told = |bytes: &[u8]| {
            pieces += 1;
            if pieces % 32 == 0 || pieces == total {
                self.api.tell_progress(TASK, pieces, total);
            }
            out(bytes)
        };
        self.contents.write(|chunk| chunks::bytes(self.notebook.db(), chunk), told)
    }

    fn written(&self, path: &Path) -> FileWritten {
        FileWritten {
            path: path.to_owned(),
            chunks: self.contents.chunks.len() as u32,
            records: self.contents.records(),
            bytes: self.contents.file_length(),
        }
    }

    /// The file is there: notes what its receiver has now been handed.
    fn handed_over(mut self) -> Result<()> {
        if let Some(name) = &self.receiver {
            let chunks = &self.contents.chunks;
            self.notebook.transact(self.open.id, |rows| rows.hand_over(name, chunks))?;
        }
        drop(self.notebook);
        self.api.tell(&[Kind::Sync]);
        Ok(())
    }
}

fn take(api: &Api, source: Source<'_>) -> Result<FileImported> {
    let mut notebook = api.notebook();
    let open = spaces::open(notebook.db())?;
    let open = open.ok_or_else(|| Error::new("file_before_team", "join the team first, then open its file"))?;
    if open.practice {
        return Err(Error::new("practice_open", "the practice notebook is open; end it first"));
    }
    let head = file::check(source)?;
    let (of, total) = (SpaceId(uuid::Uuid::from_bytes(head.space.0)), head.count as usize);
    if !spaces::is_here(notebook.db(), of)? {
        return Err(Error::new("file_foreign", "the file is of another notebook"));
    }
    let tell = |done: u32| api.tell_progress(TASK, done as usize, total);
    let (taken, touched) = notebook.write_in(of, "", |batch| file::take(batch, source, tell))?;
    let imported = FileImported {
        notebook: of.to_string(),
        notebook_name: office::name(notebook.db(), of)?,
        chunks: taken.chunks,
        new_chunks: taken.new_chunks,
        records: taken.records,
        households_changed: touched.households.len() as u32,
        conflicts: notebook.counts_of_conflicts(of)?,
        quarantined: chunks::quarantined_count(notebook.db(), of)?,
    };
    drop(notebook);
    api.tell_touched(&touched, &[]);
    // An office's list may have come with it.
    follow::take_up(api)?;
    Ok(imported)
}

/// `Hang Trung 2026-11-23 14h05.tungnha`: letters, digits and spaces that every system, stick and chat takes.
fn file_name(team: &str, at: DateTime) -> String {
    let plain: String = team
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| match c {
            'đ' => 'd',
            'Đ' => 'D',
            c if c.is_ascii_alphanumeric() => c,
            _ => ' ',
        })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(NAME_AT_MOST).collect();
    let name = if name.is_empty() { "Tung Nha" } else { name.trim_end() };
    format!("{name} {} {:02}h{:02}.{EXTENSION}", at.date(), at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn a_files_name_is_plain_and_says_whose_and_when() {
        let at = datetime(2026, 11, 23, 14, 5, 59, 0);
        let name = |team| file_name(team, at);
        assert_eq!(name("Tổ CNSCĐ Hang Trùng"), "To CNSCD Hang Trung 2026-11-23 14h05.tungnha");
        assert_eq!(name("  ../đường\\ A:B?*\0\n"), "duong A B 2026-11-23 14h05.tungnha");
        assert_eq!(name("〒…"), "Tung Nha 2026-11-23 14h05.tungnha");
        assert_eq!(name(&"Bản Pa Cốp ".repeat(20)).len(), 39 + " 2026-11-23 14h05.tungnha".len());
    }
}
