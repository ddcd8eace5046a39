//! The loop that accepts connections, and how it ends: no new ones, those in flight finish, within bounds.
//!
//! HTTP/1.1 without TLS; a proxy in front adds both newer protocols and certificates.

use std::{future::Future, io, net::IpAddr, pin::pin, time::Duration};

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::{TcpListener, TcpStream};
use tower::Layer;

/// How long a connection may stay without sending the head of a request: it also ends idle ones.
/// A minute is what balancers keep theirs, so they are the first to close it.
const HEAD_TIMEOUT: Duration = Duration::from_secs(65);

/// How long to wait when the process has no file descriptor left for a connection.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// The address at the other end of the connection that a request came by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peer(pub IpAddr);

/// Serves until `stop` comes, then for at most `grace` what is still in flight.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
    grace: Duration,
) {
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Around the router and not around each of its routes, as it is done for each connection.
                    let service = Extension(Peer(peer.ip())).layer(router.clone());
                    spawn(stream, service, &connections);
                }
                Err(error) => rest(&error).await,
            },
            () = &mut stop => break,
        }
    }
    drop(listener);
    tracing::info!("stopping; requests in flight may finish");
    if tokio::time::timeout(grace, connections.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(?grace, "gave up on requests still in flight");
    }
}

/// What answers on one connection.
type Service = <Extension<Peer> as Layer<Router>>::Service;

fn spawn(stream: TcpStream, service: Service, connections: &GracefulShutdown) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke");
        }
    });
}

/// A client that went away again is its own affair; anything else would fail again at once.
async fn rest(error: &io::Error) {
    let gone = [
        io::ErrorKind::ConnectionAborted,
        io::ErrorKind::ConnectionReset,
        io::ErrorKind::ConnectionRefused,
    ];
    if !gone.contains(&error.kind()) {
        tracing::error!(%error, "a connection could not be accepted");
        tokio::time::sleep(EXHAUSTED).await;
    }
}

/// What ends the service: ctrl-c, or SIGTERM from a supervisor. Both are watched from the call on.
#[cfg(unix)]
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {},
            _ = terminate.recv() => {},
        }
    })
}

/// What ends the service: ctrl-c.
#[cfg(not(unix))]
pub fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
