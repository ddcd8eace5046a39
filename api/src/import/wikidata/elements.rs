//! The entities in a file of Wikidata's JSON, one by one, however they are put together: one a line, with or without
//! the commas and brackets of a dump; in an array over as many lines as it takes; as the service answers, in
//! `{"entities": {"Q1": {..}}}`. There is never more than one of them in memory.

use std::io::BufRead;
use std::path::Path;

use super::super::fault::{Fault, Place, Refused};
use super::super::file::{self, Bytes, LONGEST};

/// One entity's text, and where it stands.
pub(super) struct Element {
    pub text: String,
    start: Position,
    name: String,
}

impl Element {
    pub fn place(&self) -> Place {
        self.start.place(&self.name)
    }

    /// A place in the text that a parser tells by line and byte, both counted from 1.
    pub fn place_at(&self, line: usize, column: usize) -> Place {
        let lines: Vec<&str> = self.text.split_inclusive('\n').take(line).collect();
        let (last, before) = lines.split_last().unwrap_or((&"", &[]));
        let before: usize = before.iter().map(|line| line.len()).sum();
        let end = (before + column.saturating_sub(1)).min(before + last.len());
        let bytes = self.text.as_bytes().get(..end).unwrap_or_default();
        self.start.after(bytes).place(&self.name)
    }
}

/// A line and a character in it, both counted from 1.
#[derive(Debug, Clone, Copy)]
struct Position {
    line: u64,
    character: u64,
}

impl Position {
    fn place(self, name: &str) -> Place {
        Place::file(name).line(self.line).character(self.character)
    }

    /// The position that follows these bytes.
    fn after(mut self, bytes: &[u8]) -> Self {
        for byte in bytes {
            if *byte == b'\n' {
                self.line += 1;
                self.character = 1;
            } else if byte & 0xC0 != 0x80 {
                self.character += 1;
            }
        }
        self
    }
}

/// What entities stand in.
enum Frame {
    List(Position),
    /// The object under `entities` of an answer.
    Answer(Position),
}

/// See the module's documentation.
pub(super) struct Elements {
    name: String,
    bytes: Bytes,
    position: Position,
    frames: Vec<Frame>,
    is_empty: bool,
}

impl Elements {
    pub fn open(path: &Path) -> Result<Self, Refused> {
        let mut elements = Self {
            name: file::name(path),
            bytes: Bytes::open(path)?,
            position: Position {
                line: 1,
                character: 1,
            },
            frames: Vec::new(),
            is_empty: true,
        };
        let mark = file::BYTE_ORDER_MARK.as_bytes();
        if elements.window()?.starts_with(mark) {
            elements.bytes.consume(mark.len());
        }
        Ok(elements)
    }

    /// How many bytes of the file have been read.
    pub fn read(&self) -> u64 {
        self.bytes.taken()
    }

    /// The next entity; none: there are no more.
    pub fn next(&mut self) -> Result<Option<Element>, Refused> {
        loop {
            let Some(byte) = self.peek()? else {
                return self.end();
            };
            self.is_empty = self.is_empty && byte.is_ascii_whitespace();
            match (byte, self.frames.last()) {
                (b' ' | b'\t' | b'\r' | b'\n' | b',', _) => self.skip(),
                (b'[', None) => {
                    self.frames.push(Frame::List(self.position));
                    self.skip();
                }
                (b']', Some(Frame::List(_))) => {
                    self.frames.pop();
                    self.skip();
                }
                (b'"', Some(Frame::Answer(_))) => self.key()?,
                (b'}', Some(Frame::Answer(_))) => self.rest_of_answer()?,
                (b'{', _) => {
                    if let Some(element) = self.object()? {
                        return Ok(Some(element));
                    }
                }
                (byte, _) => {
                    let message = format!(
                        "`{}` stands where an entity should begin with `{{`; this is not Wikidata's JSON",
                        byte.escape_ascii()
                    );
                    return Err(self.here().fault(message).into());
                }
            }
        }
    }

    fn end(&self) -> Result<Option<Element>, Refused> {
        let (what, start) = match self.frames.last() {
            None if self.is_empty => return Err(file::empty(&self.name).into()),
            None => return Ok(None),
            Some(Frame::List(start)) => ("list", start),
            Some(Frame::Answer(start)) => ("answer", start),
        };
        let message = format!("the {what} that begins here does not end; the file is cut off");
        Err(start.place(&self.name).fault(message).into())
    }

    /// An object: an entity, or an answer that holds some, which is entered then.
    fn object(&mut self) -> Result<Option<Element>, Refused> {
        let start = self.position;
        let mut text: Vec<u8> = Vec::new();
        let mut state = Scan::default();
        loop {
            let window = self.window()?;
            if window.is_empty() {
                let message = "the entity that begins here does not end; the file is cut off";
                return Err(start.place(&self.name).fault(message).into());
            }
            let mut taken = 0;
            let mut found = Found::Nothing;
            for byte in window {
                taken += 1;
                text.push(*byte);
                found = state.take(*byte, &text);
                if !matches!(found, Found::Nothing) {
                    break;
                }
            }
            self.bytes.consume(taken);
            let added = text.get(text.len() - taken..).unwrap_or_default();
            self.position = self.position.after(added);
            match found {
                Found::Nothing if text.len() > LONGEST => {
                    let limit = LONGEST >> 20;
                    let message = format!(
                        "what begins here is longer than {limit} MiB, as no entity is; this is another kind of file"
                    );
                    return Err(start.place(&self.name).fault(message).into());
                }
                Found::Nothing => {}
                Found::Answer => {
                    self.frames.push(Frame::Answer(start));
                    return Ok(None);
                }
                Found::End => {
                    let name = self.name.clone();
                    let text = String::from_utf8(text).map_err(|error| {
                        let valid = error.utf8_error().valid_up_to();
                        let bytes = error.as_bytes();
                        let before = bytes.get(..valid).unwrap_or_default();
                        let byte = bytes.get(valid).copied().unwrap_or_default();
                        file::not_utf8(start.after(before).place(&name), byte)
                    })?;
                    return Ok(Some(Element { text, start, name }));
                }
            }
        }
    }

    /// The key of an entity within an answer: what it says, the entity says itself.
    fn key(&mut self) -> Result<(), Refused> {
        self.string()?;
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.skip();
        }
        if self.peek()? == Some(b':') {
            self.skip();
            Ok(())
        } else {
            let message = "a key is not followed by a colon; this is not Wikidata's JSON";
            Err(self.here().fault(message).into())
        }
    }

    /// What comes in an answer after its entities.
    fn rest_of_answer(&mut self) -> Result<(), Refused> {
        self.skip();
        let mut depth = 1;
        while depth > 0 {
            match self.peek()? {
                None => return self.end().map(|_| ()),
                Some(b'"') => {
                    self.string()?;
                    continue;
                }
                Some(b'{' | b'[') => depth += 1,
                Some(b'}' | b']') => depth -= 1,
                Some(_) => {}
            }
            self.skip();
        }
        self.frames.pop();
        Ok(())
    }

    /// Passes over a string.
    fn string(&mut self) -> Result<(), Refused> {
        self.skip();
        loop {
            match self.peek()? {
                None => return self.end().map(|_| ()),
                Some(b'\\') => {
                    self.skip();
                    self.skip();
                }
                Some(b'"') => {
                    self.skip();
                    return Ok(());
                }
                Some(_) => self.skip(),
            }
        }
    }

    fn here(&self) -> Place {
        self.position.place(&self.name)
    }

    fn window(&mut self) -> Result<&[u8], Fault> {
        let Self { name, bytes, .. } = self;
        bytes
            .fill_buf()
            .map_err(|error| file::unreadable(name, &error))
    }

    fn peek(&mut self) -> Result<Option<u8>, Fault> {
        Ok(self.window()?.first().copied())
    }

    /// Passes over the byte that was peeked at.
    fn skip(&mut self) {
        if let Ok(Some(byte)) = self.peek() {
            self.position = self.position.after(&[byte]);
            self.bytes.consume(1);
        }
    }
}

enum Found {
    Nothing,
    /// The object has ended.
    End,
    /// The object is an answer, and its entities follow.
    Answer,
}

/// How far an object has been scanned.
#[derive(Default)]
struct Scan {
    depth: usize,
    string: Option<InString>,
    /// Where a key of the object itself began.
    key: Option<usize>,
    awaits_key: bool,
    /// The key `entities` was read, and no value yet.
    is_answer: bool,
}

/// What comes next within a string.
#[derive(Clone, Copy)]
enum InString {
    Any,
    /// A sign that a backslash stands before.
    Escaped,
}

impl Scan {
    /// Takes the last byte of the text.
    fn take(&mut self, byte: u8, text: &[u8]) -> Found {
        if let Some(string) = self.string {
            self.string = match (string, byte) {
                (InString::Any, b'\\') => Some(InString::Escaped),
                (InString::Any, b'"') => None,
                _ => Some(InString::Any),
            };
            if self.string.is_none()
                && let Some(start) = self.key.take()
            {
                self.is_answer = text.get(start..) == Some(b"\"entities\"");
            }
            return Found::Nothing;
        }
        match byte {
            b'"' => {
                self.string = Some(InString::Any);
                if self.awaits_key {
                    self.key = Some(text.len() - 1);
                }
                self.awaits_key = false;
            }
            b'{' if self.is_answer => return Found::Answer,
            b'{' | b'[' => {
                self.depth += 1;
                self.awaits_key = byte == b'{' && self.depth == 1;
                self.is_answer = false;
            }
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Found::End;
                }
            }
            b',' => self.awaits_key = self.depth == 1,
            _ => {}
        }
        Found::Nothing
    }
}
