//! Files as text: UTF-8, with or without a byte order mark, and never more of it in memory than can be meant.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::fault::{Fault, Place, Refused};

/// The longest line that is read. No record comes near it; what does is another kind of file.
const LONGEST_LINE: usize = 16 << 20;
/// The largest file that is read as a whole.
const LARGEST: usize = 512 << 20;
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file's name as messages show it.
pub(super) fn name(path: &Path) -> String {
    path.display().to_string()
}

/// Lines one by one, without their ends.
pub(super) struct Lines {
    name: String,
    bytes: Box<dyn BufRead + Send>,
    line: u64,
    read: u64,
    /// The longest line that may come.
    longest: usize,
}

impl Lines {
    /// Opens a file; one that is compressed by gzip is read as what it holds.
    pub fn open(path: &Path) -> Result<Self, Refused> {
        let name = name(path);
        let file = open(path)?;
        let mut bytes = BufReader::with_capacity(1 << 16, file);
        let start = bytes
            .fill_buf()
            .map_err(|error| unreadable(&name, &error))?;
        let bytes: Box<dyn BufRead + Send> = if start.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(
                1 << 16,
                MultiGzDecoder::new(bytes),
            ))
        } else {
            Box::new(bytes)
        };
        Ok(Self {
            name,
            bytes,
            line: 0,
            read: 0,
            longest: LONGEST_LINE,
        })
    }

    /// Where the line that was read last stands.
    pub fn place(&self) -> Place {
        Place::file(&self.name).line(self.line)
    }

    /// How many bytes the lines read so far have.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// The next line; none: there are no more.
    pub fn next(&mut self) -> Result<Option<String>, Refused> {
        let mut bytes = Vec::new();
        let limit = self.longest as u64 + 2;
        let read = (&mut self.bytes)
            .take(limit)
            .read_until(b'\n', &mut bytes)
            .map_err(|error| unreadable(&self.name, &error))?;
        if read == 0 {
            return if self.line == 0 {
                Err(empty(&self.name).into())
            } else {
                Ok(None)
            };
        }
        self.line += 1;
        self.read += read as u64;
        if bytes.ends_with(b"\n") {
            bytes.pop();
            if bytes.ends_with(b"\r") {
                bytes.pop();
            }
        }
        if bytes.len() > self.longest {
            let limit = self.longest >> 20;
            let message =
                format!("the line is longer than {limit} MiB; this is another kind of file");
            return Err(self.place().fault(message).into());
        }
        let mut text = String::from_utf8(bytes).map_err(|error| {
            not_utf8(
                self.place(),
                error.as_bytes(),
                error.utf8_error().valid_up_to(),
            )
        })?;
        if self.line == 1 && text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len());
        }
        Ok(Some(text))
    }
}

/// The whole of a file.
pub(super) fn text(path: &Path) -> Result<String, Refused> {
    whole(path, Lines::open(path)?)
}

/// The whole of a file that may be one line, as JSON is.
pub(super) fn unbroken(path: &Path) -> Result<String, Refused> {
    let lines = Lines::open(path)?;
    whole(
        path,
        Lines {
            longest: LARGEST,
            ..lines
        },
    )
}

fn whole(path: &Path, mut lines: Lines) -> Result<String, Refused> {
    let name = name(path);
    let mut text = String::new();
    while let Some(line) = lines.next()? {
        text.push_str(&line);
        text.push('\n');
        if text.len() > LARGEST {
            let limit = LARGEST >> 20;
            let message = format!("the file is larger than {limit} MiB; import it in parts");
            return Err(Place::file(name).fault(message).into());
        }
    }
    if text.trim().is_empty() {
        return Err(empty(&name).into());
    }
    Ok(text)
}

/// How many bytes a file has, for those who want to tell how far they are.
pub(super) fn size(path: &Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}

fn open(path: &Path) -> Result<File, Refused> {
    let name = name(path);
    if path.is_dir() {
        let message = "this is a folder; name a file in it";
        return Err(Place::file(name).fault(message).into());
    }
    File::open(path).map_err(|error| unreadable(&name, &error).into())
}

fn empty(name: &str) -> Fault {
    Place::file(name)
        .line(1)
        .character(1)
        .fault("the file is empty")
}

fn unreadable(name: &str, error: &std::io::Error) -> Fault {
    let message = match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        ErrorKind::UnexpectedEof | ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            format!("the compressed file is damaged or cut off ({error})")
        }
        _ => format!("the file cannot be read: {error}"),
    };
    Place::file(name).fault(message)
}

fn not_utf8(place: Place, bytes: &[u8], valid: usize) -> Fault {
    let before = bytes.get(..valid).unwrap_or_default();
    let character = String::from_utf8_lossy(before).chars().count() as u64 + 1;
    let byte = bytes.get(valid).copied().unwrap_or_default();
    place.character(character).fault(format!(
        "not UTF-8: the byte 0x{byte:02X} begins no character, as in a file saved as Latin-1; save it as UTF-8"
    ))
}
