//! Where the data is, without ever showing a password.

use std::{fmt, str::FromStr};

use sea_orm::sqlx::{postgres::PgConnectOptions, sqlite::SqliteConnectOptions};

/// Where the data is. Printing it shows no password.
#[derive(Clone)]
pub enum DatabaseUrl {
    Sqlite(SqliteConnectOptions),
    Postgres(PgConnectOptions),
}

impl DatabaseUrl {
    /// A new database of its own that is gone with its last connection.
    #[must_use]
    pub fn in_memory() -> Self {
        Self::Sqlite(SqliteConnectOptions::new().in_memory(true))
    }

    /// Reads `sqlite:FILE` or `postgres://USER:PASSWORD@HOST:PORT/NAME`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once(':')?.0 {
            "sqlite" => SqliteConnectOptions::from_str(text).ok().map(Self::Sqlite),
            "postgres" | "postgresql" if known_parameters(text) => {
                PgConnectOptions::from_str(text).ok().map(Self::Postgres)
            }
            _ => None,
        }
    }
}

/// The driver logs a parameter it does not know together with its value, which may be a mistyped password.
fn known_parameters(url: &str) -> bool {
    const KNOWN: &[&str] = &[
        "sslmode",
        "ssl-mode",
        "sslrootcert",
        "ssl-root-cert",
        "ssl-ca",
        "sslcert",
        "ssl-cert",
        "sslkey",
        "ssl-key",
        "statement-cache-capacity",
        "host",
        "hostaddr",
        "port",
        "dbname",
        "user",
        "password",
        "application_name",
        "options",
    ];
    let parameters = url.split_once('?').map_or("", |(_, parameters)| parameters);
    parameters
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').map_or(pair, |(name, _)| name))
        .all(|name| KNOWN.contains(&name) || name.starts_with("options["))
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(options) => write!(f, "sqlite:{}", options.get_filename().display()),
            Self::Postgres(options) => {
                let user = options.get_username();
                let name = options.get_database().unwrap_or(user);
                if let Some(socket) = options.get_socket() {
                    write!(f, "postgres://{user}@{}/{name}", socket.display())
                } else {
                    let (host, port) = (options.get_host(), options.get_port());
                    write!(f, "postgres://{user}@{host}:{port}/{name}")
                }
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
