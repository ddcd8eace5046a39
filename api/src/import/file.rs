//! Files as text: UTF-8, with or without a byte order mark, and never more of it in memory than can be meant.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::fault::{Fault, Place, Refused};

/// The longest line, and the longest record, that is read. No record comes near it; what does is another kind of file.
pub(super) const LONGEST: usize = 16 << 20;
/// The largest file that is read as a whole.
const LARGEST: usize = 512 << 20;
pub(super) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A file's name as messages show it.
pub(super) fn name(path: &Path) -> String {
    path.display().to_string()
}

/// What a file holds; one that is compressed by gzip is read as what is in it.
pub(super) struct Bytes {
    bytes: Box<dyn BufRead + Send>,
    taken: Arc<AtomicU64>,
}

impl Bytes {
    pub fn open(path: &Path) -> Result<Self, Refused> {
        let taken = Arc::new(AtomicU64::new(0));
        let file = Counted {
            file: open(path)?,
            taken: Arc::clone(&taken),
        };
        let mut bytes = BufReader::with_capacity(1 << 16, file);
        let start = bytes
            .fill_buf()
            .map_err(|error| unreadable(&name(path), &error))?;
        let bytes: Box<dyn BufRead + Send> = if start.starts_with(&[0x1f, 0x8b]) {
            Box::new(BufReader::with_capacity(
                1 << 16,
                MultiGzDecoder::new(bytes),
            ))
        } else {
            Box::new(bytes)
        };
        Ok(Self { bytes, taken })
    }

    /// How many bytes of the file have been taken, compressed as they are.
    pub fn taken(&self) -> u64 {
        self.taken.load(Ordering::Relaxed)
    }
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

impl BufRead for Bytes {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.bytes.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
    }
}

/// A file that counts what is taken from it.
struct Counted {
    file: File,
    taken: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// Lines one by one, without their ends.
pub(super) struct Lines {
    name: String,
    bytes: Bytes,
    line: u64,
    /// The longest line that may come.
    longest: usize,
    /// Whether nothing but white space has come.
    blank: bool,
}

impl Lines {
    pub fn open(path: &Path) -> Result<Self, Refused> {
        Ok(Self {
            name: name(path),
            bytes: Bytes::open(path)?,
            line: 0,
            longest: LONGEST,
            blank: true,
        })
    }

    /// Where the line that was read last stands.
    pub fn place(&self) -> Place {
        Place::file(&self.name).line(self.line)
    }

    /// How many bytes of the file have been read.
    pub fn read(&self) -> u64 {
        self.bytes.taken()
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
            return if self.blank {
                Err(empty(&self.name).into())
            } else {
                Ok(None)
            };
        }
        self.line += 1;
        if bytes.ends_with(b"\n") {
            bytes.pop();
            if bytes.ends_with(b"\r") {
                bytes.pop();
            }
        }
        if bytes.len() > self.longest {
            let limit = self.longest >> 20;
            let message = format!(
                "the line that begins here is longer than {limit} MiB; this is another kind of file"
            );
            return Err(self.place().character(1).fault(message).into());
        }
        let valid = str::from_utf8(&bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let nul = bytes.iter().take(valid).position(|byte| *byte == 0);
        let end = nul.unwrap_or(valid);
        let text = String::from_utf8_lossy(bytes.get(..end).unwrap_or_default());
        if let Some(byte) = bytes.get(end) {
            let character = text.chars().count() as u64 + 1;
            return Err(not_utf8(self.place().character(character), *byte).into());
        }
        let mut text = text.into_owned();
        if self.line == 1 && text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len());
        }
        self.blank &= text.trim().is_empty();
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

pub(super) fn empty(name: &str) -> Fault {
    Place::file(name)
        .line(1)
        .character(1)
        .fault("the file is empty")
}

pub(super) fn unreadable(name: &str, error: &io::Error) -> Fault {
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

pub(super) fn not_utf8(place: Place, byte: u8) -> Fault {
    if byte == 0 {
        return place.fault(
            "a NUL stands here, as in a file saved as UTF-16, or in one that is no text; save it as UTF-8",
        );
    }
    let kind = if byte >= 0xfe { "UTF-16" } else { "Latin-1" };
    place.fault(format!(
        "not UTF-8: the byte 0x{byte:02X} begins no character, as in a file saved as {kind}; save it as UTF-8"
    ))
}
