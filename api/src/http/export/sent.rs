//! A file on its way: a task writes it into a pipe of bounded size, and a body takes it out of there.
//!
//! The task ends when the file is whole, when the body is dropped because the client went away, when the client
//! takes nothing for too long, and when the service stops. With it ends its reading of the database.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::body::Bytes;
use futures_util::Stream;
use tokio::{
    io::{AsyncWrite, DuplexStream},
    sync::{OwnedSemaphorePermit, oneshot},
    time::{Duration, Sleep},
};
use tokio_util::{io::ReaderStream, sync::DropGuard};
use tracing::Instrument;

use super::Edition;
use crate::{App, error::Error, export, progress::Silent};

/// Bytes that are written before anybody takes them.
const PIPE: usize = 256 * 1024;
/// Bytes that are sent together.
const CHUNK: usize = 64 * 1024;

/// Why a file ends before it is whole.
#[derive(Debug)]
pub enum Broken {
    /// The client or the end of the service is the reason.
    Off,
    Failed(Error),
}

/// The bytes of a file; an error in place of the end of one that is not whole.
pub struct Sent {
    pipe: ReaderStream<DuplexStream>,
    end: Option<oneshot::Receiver<Result<(), Broken>>>,
    /// Ends the task when nobody takes the file any more.
    _taken: DropGuard,
}

impl Sent {
    pub fn begin(app: &Arc<App>, edition: Edition, permit: OwnedSemaphorePermit) -> Self {
        let (to, from) = tokio::io::duplex(PIPE);
        let (tell, end) = oneshot::channel();
        let over = app.exports.stop.child_token();
        let taken = over.clone().drop_guard();
        let app = Arc::clone(app);
        let task = async move {
            let mut to = Patient::new(to, app.config.export_timeout);
            let written = export::export(
                &app.database,
                edition.format,
                &app.base_url,
                &mut to,
                &Silent,
            );
            let outcome = tokio::select! {
                written = written => written.map_err(broken),
                () = over.cancelled() => Err(Broken::Off),
            };
            let outcome = outcome.map(|losses| {
                app.exports.keep(edition.format, edition.tag, losses);
            });
            drop(permit);
            // What went wrong must be known before the pipe ends. Nobody may be there to know it.
            let _ = tell.send(outcome);
            drop(to);
        };
        tokio::spawn(task.in_current_span());
        Self {
            pipe: ReaderStream::with_capacity(from, CHUNK),
            end: Some(end),
            _taken: taken,
        }
    }
}

fn broken(error: anyhow::Error) -> Broken {
    let kind = error.chain().find_map(|cause| {
        let cause = cause.downcast_ref::<io::Error>()?;
        Some(cause.kind())
    });
    match kind {
        Some(io::ErrorKind::BrokenPipe) => Broken::Off,
        Some(io::ErrorKind::TimedOut) => {
            tracing::info!("an export was broken off: its receiver took nothing any more");
            Broken::Off
        }
        _ => Broken::Failed(Error::internal(error)),
    }
}

impl Stream for Sent {
    type Item = Result<Bytes, Broken>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(bytes) = ready!(Pin::new(&mut self.pipe).poll_next(context)) {
            return Poll::Ready(Some(bytes.map_err(|_| Broken::Off)));
        }
        let Some(end) = &mut self.end else {
            return Poll::Ready(None);
        };
        let end = ready!(Pin::new(end).poll(context));
        self.end = None;
        Poll::Ready(match end {
            Ok(Ok(())) => None,
            Ok(Err(broken)) => Some(Err(broken)),
            // The task panicked.
            Err(_) => Some(Err(Broken::Off)),
        })
    }
}

/// What hyper is told, after what went wrong has been logged.
pub fn logged(item: Result<Bytes, Broken>) -> io::Result<Bytes> {
    item.map_err(|broken| {
        if let Broken::Failed(error) = broken {
            drop(error.report());
        }
        io::Error::other("the file is not whole")
    })
}

/// A pipe whose other end must take something now and then.
struct Patient {
    to: DuplexStream,
    patience: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(to: DuplexStream, patience: Duration) -> Self {
        Self {
            to,
            patience,
            waiting: None,
        }
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if let Poll::Ready(written) = Pin::new(&mut self.to).poll_write(context, bytes) {
            self.waiting = None;
            return Poll::Ready(written);
        }
        let patience = self.patience;
        let waiting = self
            .waiting
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        ready!(waiting.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.to).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.to).poll_shutdown(context)
    }
}
