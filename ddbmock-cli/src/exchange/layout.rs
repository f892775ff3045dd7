//! Exports in the layout of the service's own: a folder with packed data and manifests.
//!
//! Source: developer guide, "DynamoDB table export output format"; production captures, exports (the names of the files
//! of checksums). The summary is written last: a folder without one was not finished.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::iter;
use std::path::{Path, PathBuf};

use ddbmock_engine::{TableDescription, Timestamp};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::DEFINITION;
use super::digest::{Digest, Digesting};
use super::incoming::{Data, Incoming, Promised, entries};
use crate::outcome::shown;

/// The folder that all exports lie in.
const AROUND: &str = "AWSDynamoDB";
const DATA: &str = "data";
const SUMMARY: &str = "manifest-summary";
const FILES: &str = "manifest-files";
/// The only format of data that is known.
const FORMAT: &str = "DYNAMODB_JSON";

/// An export that is being written.
pub(super) struct Bundle {
    folder: PathBuf,
    id: String,
    /// The name of the file with its items.
    data: String,
    started: Timestamp,
    digest: Digest,
}

impl Bundle {
    /// Begins one in a folder of its own.
    pub(super) fn new(to: &Path, started: Timestamp) -> io::Result<Self> {
        let id = format!("{:014}-{:08x}", started.0, fastrand::u32(..));
        let letters = iter::repeat_with(|| fastrand::choice(b"abcdefghijklmnopqrstuvwxyz234567"));
        let name: String = letters.flatten().take(26).map(|letter| char::from(*letter)).collect();
        let folder = to.join(AROUND).join(&id);
        fs::create_dir_all(folder.join(DATA))?;
        File::create(folder.join("_started"))?;
        Ok(Self { folder, id, data: format!("{name}.json.gz"), started, digest: Digest::default() })
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where its items are written, a line each.
    pub(super) fn data(&self) -> io::Result<GzEncoder<impl Write + use<>>> {
        let file = BufWriter::new(File::create_new(self.folder.join(DATA).join(&self.data))?);
        Ok(GzEncoder::new(Digesting { inner: file, digest: self.digest.clone() }, Compression::default()))
    }

    /// Writes what says what is in it, once its data are whole.
    pub(super) fn finish(
        &self,
        table: &TableDescription,
        definition: &str,
        items: u64,
        ended: Timestamp,
    ) -> io::Result<()> {
        fs::write(self.folder.join(format!("{}{DEFINITION}", table.table_name)), definition)?;
        let place = format!("{AROUND}/{}", self.id);
        let data = json!({
            "itemCount": items,
            "md5Checksum": self.digest.base64(),
            "etag": self.digest.etag(),
            "dataFileS3Key": format!("{place}/{DATA}/{}", self.data),
        });
        self.manifest(FILES, &format!("{data}\n"))?;
        let moment = |moment: Timestamp| format!("{}Z", moment.label());
        let summary = json!({
            "version": "2020-06-30",
            "exportArn": format!("{}/export/{}", table.table_arn, self.id),
            "startTime": moment(self.started),
            "endTime": moment(ended),
            "tableArn": table.table_arn,
            "tableId": table.table_id,
            "exportTime": moment(self.started),
            "s3Bucket": null,
            "s3Prefix": null,
            "s3SseAlgorithm": null,
            "s3SseKmsKeyId": null,
            "manifestFilesS3Key": format!("{place}/{FILES}.json"),
            "billedSizeBytes": table.table_size_bytes,
            "itemCount": items,
            "outputFormat": FORMAT,
        });
        self.manifest(SUMMARY, &summary.to_string())
    }

    /// Leaves nothing of it.
    pub(super) fn remove(&self) {
        let _ = fs::remove_dir_all(&self.folder); // without its summary it is none
    }

    /// A manifest has its name once it is whole.
    fn manifest(&self, name: &str, text: &str) -> io::Result<()> {
        fs::write(self.folder.join(format!("{name}.md5")), Digest::of(text.as_bytes()).base64())?;
        let unfinished = self.folder.join(format!("{name}.unfinished"));
        fs::write(&unfinished, text)?;
        fs::rename(unfinished, self.folder.join(format!("{name}.json")))
    }
}

/// The exports in a folder: it is one, or they lie in it as the service puts them.
///
/// # Errors
/// A line that says what is wrong with which, and what to do.
pub(super) fn exports(folder: &Path) -> Result<Vec<Incoming>, String> {
    let has_summary = |folder: &Path| folder.join(format!("{SUMMARY}.json")).exists();
    if has_summary(folder) {
        return Ok(vec![read(folder)?]);
    }
    let around = folder.join(AROUND);
    let around = if around.is_dir() { around } else { folder.to_owned() };
    let mut folders = entries(&around)?;
    folders.retain(|entry| entry.is_dir());
    if folders.is_empty() {
        return Err(format!(
            "{}: there is no export in it. Name a folder that has {AROUND} or {SUMMARY}.json in it",
            shown(folder)
        ));
    }
    folders.iter().map(|folder| read(folder)).collect()
}

fn read(folder: &Path) -> Result<Incoming, String> {
    let summary = manifest(folder, SUMMARY)?;
    let member = |name: &str| summary[name].as_str().unwrap_or_default();
    if member("outputFormat") != FORMAT || summary["exportType"] == "INCREMENTAL_EXPORT" {
        return Err(format!("{} is no full export as {FORMAT}. Make one of that kind", shown(folder)));
    }
    let table = member("tableArn").rsplit('/').next().unwrap_or_default().to_owned();
    let files = text(folder, FILES)?;
    let lines = files.lines().filter(|line| !line.trim().is_empty());
    let files = lines
        .map(|line| data(folder, line).ok_or_else(|| damaged(folder, FILES)))
        .collect::<Result<_, _>>()?;
    let definition = Some(folder.join(format!("{table}{DEFINITION}"))).filter(|file| file.exists());
    Ok(Incoming { table, definition, files })
}

/// What a line of the list of files says of one.
fn data(folder: &Path, line: &str) -> Option<Data> {
    let said: Value = serde_json::from_str(line).ok()?;
    let name = said["dataFileS3Key"].as_str()?.rsplit('/').next()?;
    let promised =
        Promised { items: said["itemCount"].as_u64()?, md5: said["md5Checksum"].as_str()?.to_owned() };
    Some(Data { path: folder.join(DATA).join(name), promised: Some(promised) })
}

fn manifest(folder: &Path, name: &str) -> Result<Value, String> {
    serde_json::from_str(&text(folder, name)?).map_err(|_| damaged(folder, name))
}

/// The text of a manifest, if it has the checksum that is kept beside it. The documentation has another name for that.
fn text(folder: &Path, name: &str) -> Result<String, String> {
    let file = folder.join(format!("{name}.json"));
    let text = fs::read_to_string(&file).map_err(|error| {
        format!("{}: {error}. Name the folder of an export that was finished", shown(&file))
    })?;
    let sums = ["md5", "checksum"].map(|ending| fs::read_to_string(folder.join(format!("{name}.{ending}"))));
    let is_whole = |sum: &String| sum.trim() == Digest::of(text.as_bytes()).base64();
    if sums.iter().flatten().all(is_whole) { Ok(text) } else { Err(damaged(folder, name)) }
}

fn damaged(folder: &Path, name: &str) -> String {
    format!("{}.json is damaged. Restore it from a copy", shown(&folder.join(name)))
}
