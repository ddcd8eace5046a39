//! What the parser passes over although the grammar has no place for it: selections without fields, arguments without
//! values, object fields that are given twice. It leaves such parts out and would run the rest.

use std::collections::HashSet;

use apollo_parser::{Lexer, Token, TokenKind};

use crate::error::{Error, Report};

/// Checks a text that the parser took against the grammar of executable documents in the edition of September 2025.
/// Texts with more tokens than `tokens`, or that nest deeper than `depth`, are the parser's to refuse.
pub fn check(text: &str, tokens: usize, depth: usize) -> Result<(), Report> {
    let (tokens, errors) = Lexer::new(text).with_limit(tokens).lex();
    if !errors.is_empty() {
        return Ok(());
    }
    let mut reader = Reader {
        tokens: tokens.into_iter().filter(tells).collect(),
        place: 0,
        depth,
        repeated: None,
    };
    match (reader.document(), reader.repeated) {
        (Err(Stop::Wrong(expected)), _) => {
            let found = match reader.tokens.get(reader.place) {
                Some(token) if token.kind() != TokenKind::Eof => format!("`{}`", token.data()),
                _ => "the end of the document".to_owned(),
            };
            let error = Error::parse(format!("expected {expected}, found {found}"));
            Err(reader.at(error, text, reader.place))
        }
        (_, Some(place)) => {
            let name = reader.tokens.get(place).map_or("", Token::data);
            let error =
                Error::validation(format!("the input field `{name}` must not be given twice"));
            Err(reader.at(error, text, place))
        }
        (Ok(()) | Err(Stop::Elsewhere), None) => Ok(()),
    }
}

fn tells(token: &Token<'_>) -> bool {
    let ignored = [TokenKind::Whitespace, TokenKind::Comment, TokenKind::Comma];
    !ignored.contains(&token.kind())
}

/// Why reading ends early.
enum Stop {
    /// Something else was expected at the current place.
    Wrong(&'static str),
    /// What follows is refused elsewhere, whatever it is.
    Elsewhere,
}

type Read = Result<(), Stop>;

struct Reader<'t> {
    tokens: Vec<Token<'t>>,
    place: usize,
    /// Levels that may still open.
    depth: usize,
    /// Where the first input field stands that is given twice.
    repeated: Option<usize>,
}

impl Reader<'_> {
    fn at(&self, error: Error, text: &str, place: usize) -> Report {
        let index = self.tokens.get(place).map_or(text.len(), Token::index);
        let before = text.get(..index).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(start..).unwrap_or_default().chars().count() + 1;
        error.report().at(line, column)
    }

    fn kind(&self) -> TokenKind {
        self.tokens
            .get(self.place)
            .map_or(TokenKind::Eof, Token::kind)
    }

    fn word(&self) -> &str {
        match self.tokens.get(self.place) {
            Some(token) if token.kind() == TokenKind::Name => token.data(),
            _ => "",
        }
    }

    /// Goes past the next token if it is of this kind.
    fn takes(&mut self, kind: TokenKind) -> bool {
        let takes = self.kind() == kind;
        self.place += usize::from(takes);
        takes
    }

    fn expect(&mut self, kind: TokenKind, expected: &'static str) -> Read {
        if self.takes(kind) {
            Ok(())
        } else {
            Err(Stop::Wrong(expected))
        }
    }

    fn name(&mut self) -> Read {
        self.expect(TokenKind::Name, "a name")
    }

    /// Reads what stands one level deeper.
    fn within(&mut self, read: impl FnOnce(&mut Self) -> Read) -> Read {
        self.depth = self.depth.checked_sub(1).ok_or(Stop::Elsewhere)?;
        read(self)?;
        self.depth += 1;
        Ok(())
    }

    fn document(&mut self) -> Read {
        self.definition()?;
        while self.kind() != TokenKind::Eof {
            self.definition()?;
        }
        Ok(())
    }

    fn definition(&mut self) -> Read {
        let described = self.takes(TokenKind::StringValue);
        if self.kind() == TokenKind::LCurly && !described {
            return self.selections();
        }
        match self.word() {
            "query" | "mutation" | "subscription" => {
                self.place += 1;
                self.takes(TokenKind::Name);
                if self.takes(TokenKind::LParen) {
                    self.variable()?;
                    while !self.takes(TokenKind::RParen) {
                        self.variable()?;
                    }
                }
            }
            "fragment" => {
                self.place += 1;
                if self.word() == "on" {
                    return Err(Stop::Wrong("the name of the fragment"));
                }
                self.name()?;
                if self.word() != "on" {
                    return Err(Stop::Wrong("`on` and a type"));
                }
                self.place += 1;
                self.name()?;
            }
            // Definitions of a schema are no part of a request.
            "schema" | "scalar" | "type" | "interface" | "union" | "enum" | "input"
            | "directive" | "extend" => return Err(Stop::Elsewhere),
            _ => return Err(Stop::Wrong("an operation or a fragment")),
        }
        self.directives(false)?;
        self.selections()
    }

    fn variable(&mut self) -> Read {
        self.takes(TokenKind::StringValue);
        self.expect(TokenKind::Dollar, "a variable")?;
        self.name()?;
        self.expect(TokenKind::Colon, "`:` and the type of the variable")?;
        self.ty()?;
        if self.takes(TokenKind::Eq) {
            self.value(true)?;
        }
        self.directives(true)
    }

    fn ty(&mut self) -> Read {
        if self.takes(TokenKind::LBracket) {
            self.within(Self::ty)?;
            self.expect(TokenKind::RBracket, "`]`")?;
        } else {
            self.expect(TokenKind::Name, "a type")?;
        }
        self.takes(TokenKind::Bang);
        Ok(())
    }

    fn directives(&mut self, constant: bool) -> Read {
        while self.takes(TokenKind::At) {
            self.name()?;
            self.arguments(constant)?;
        }
        Ok(())
    }

    fn arguments(&mut self, constant: bool) -> Read {
        if self.takes(TokenKind::LParen) {
            self.member(constant)?;
            while !self.takes(TokenKind::RParen) {
                self.member(constant)?;
            }
        }
        Ok(())
    }

    /// An argument, or a field of an object.
    fn member(&mut self, constant: bool) -> Read {
        self.name()?;
        self.expect(TokenKind::Colon, "`:` and a value")?;
        self.value(constant)
    }

    fn selections(&mut self) -> Read {
        self.expect(TokenKind::LCurly, "a selection of fields")?;
        self.within(|this| {
            this.selection()?;
            while !this.takes(TokenKind::RCurly) {
                this.selection()?;
            }
            Ok(())
        })
    }

    fn selection(&mut self) -> Read {
        if self.takes(TokenKind::Spread) {
            let condition = self.word() == "on";
            let named = self.takes(TokenKind::Name);
            if condition {
                self.expect(TokenKind::Name, "a type")?;
            }
            self.directives(false)?;
            return if named && !condition {
                Ok(())
            } else {
                self.selections()
            };
        }
        self.expect(TokenKind::Name, "a field or a fragment")?;
        if self.takes(TokenKind::Colon) {
            self.name()?;
        }
        self.arguments(false)?;
        self.directives(false)?;
        if self.kind() == TokenKind::LCurly {
            self.selections()?;
        }
        Ok(())
    }

    fn value(&mut self, constant: bool) -> Read {
        let kind = self.kind();
        match kind {
            TokenKind::Int | TokenKind::Float | TokenKind::StringValue | TokenKind::Name => {
                self.place += 1;
                Ok(())
            }
            TokenKind::Dollar if !constant => {
                self.place += 1;
                self.name()
            }
            TokenKind::LBracket => {
                self.place += 1;
                self.within(|this| {
                    while !this.takes(TokenKind::RBracket) {
                        this.value(constant)?;
                    }
                    Ok(())
                })
            }
            TokenKind::LCurly => {
                self.place += 1;
                self.within(|this| this.object(constant))
            }
            _ => Err(Stop::Wrong("a value")),
        }
    }

    fn object(&mut self, constant: bool) -> Read {
        let mut names = HashSet::new();
        while !self.takes(TokenKind::RCurly) {
            if let Some(token) = self.tokens.get(self.place)
                && !names.insert(token.data().to_owned())
            {
                self.repeated.get_or_insert(self.place);
            }
            self.member(constant)?;
        }
        Ok(())
    }
}
