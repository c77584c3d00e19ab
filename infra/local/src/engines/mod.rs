//! What AWS provides, on loopback: DynamoDB, S3, EventBridge Scheduler and Secrets Manager, spoken
//! to by the real AWS clients.

pub mod clients;
pub mod dynamodb;
pub mod s3;
pub mod scheduler;
pub mod schedules;
pub mod secrets;
pub(crate) mod task;

use anyhow::Context;
use axum::Extension;
use axum::extract::ConnectInfo;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tower_http::timeout::RequestBodyTimeoutLayer;

/// Access key and secret of every client of the local engines.
pub const CREDENTIAL: &str = "local";

/// Region of every client of the local engines.
pub const REGION: &str = "ap-southeast-1";

/// Account number in local resource names.
pub const ACCOUNT: &str = "000000000000";

/// How long open connections may take to finish when the world stops.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// How long a client may take to send the headers of a request, and between two pieces of its body.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long no connection is taken after one could not be: too many are open then.
const PAUSE: Duration = Duration::from_millis(100);

/// Connections that may wait to be accepted: as many as the standard library allows.
const BACKLOG: u32 = 1024;

/// Tells every server to stop, once.
#[derive(Debug)]
pub struct StopSwitch(watch::Sender<bool>);

/// Waits for the [`StopSwitch`].
#[derive(Clone, Debug)]
pub struct StopSignal(watch::Receiver<bool>);

/// A switch and the signal it gives.
pub fn stop_switch() -> (StopSwitch, StopSignal) {
    let (sender, receiver) = watch::channel(false);
    (StopSwitch(sender), StopSignal(receiver))
}

impl StopSwitch {
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

impl StopSignal {
    /// Returns once the signal was given, or its switch is gone.
    pub async fn stopped(mut self) {
        // An error says that the switch is gone, which stops us as well.
        let _switch_gone = self.0.wait_for(|stop| *stop).await;
    }
}

/// A server on a port.
#[derive(Debug)]
pub struct Server {
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// `http://host:port`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves a router until the signal. A client that stops in the middle of a request is cut off.
    ///
    /// # Errors
    /// Where the listener has no address.
    pub fn start(listener: TcpListener, router: axum::Router, stop: StopSignal) -> anyhow::Result<Self> {
        Self::start_patient(listener, router, stop, PATIENCE)
    }

    fn start_patient(
        listener: TcpListener,
        router: axum::Router,
        stop: StopSignal,
        patience: Duration,
    ) -> anyhow::Result<Self> {
        let address = listener.local_addr().context("a listener without an address")?;
        let router = router.layer(RequestBodyTimeoutLayer::new(patience));
        let task = task::spawn(async move {
            let mut open = JoinSet::new();
            let mut stopped = pin!(stop.clone().stopped());
            loop {
                let accepted = tokio::select! {
                    accepted = listener.accept() => accepted,
                    () = &mut stopped => break,
                };
                match accepted {
                    Ok((stream, client)) => {
                        let router = router.clone().layer(Extension(ConnectInfo(client)));
                        open.spawn(converse(stream, router, stop.clone(), patience));
                    }
                    Err(error) => {
                        tracing::warn!(%address, "a connection was not taken: {error}");
                        tokio::time::sleep(PAUSE).await;
                    }
                }
                while open.try_join_next().is_some() {}
            }
            drop(listener);
            while open.join_next().await.is_some() {}
        });
        Ok(Self { address, task })
    }

    /// Waits until open connections have finished, at most five seconds.
    pub async fn finish(mut self) {
        if tokio::time::timeout(SHUTDOWN_LIMIT, &mut self.task).await.is_err() {
            tracing::warn!(address = %self.address, "connections still open are cut");
            self.task.abort();
        }
    }
}

/// Answers the requests of one connection, until the client leaves, is too slow, or the server stops: then
/// what is being answered is answered.
async fn converse(stream: TcpStream, router: axum::Router, stop: StopSignal, patience: Duration) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.stopped() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!("a connection broke off: {error}");
    }
}

/// Binds a loopback address; nothing here is meant for a network.
///
/// # Errors
/// Where the address is not loopback or the port is taken.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    anyhow::ensure!(
        address.ip().is_loopback(),
        "{address} is not a loopback address: the local world has no protection of its own"
    );
    listen(address).with_context(|| format!("cannot listen on {address}"))
}

/// Connections inherit the listener's options: without `TCP_NODELAY` every reply that is written in two
/// pieces waits 40 ms for the other side's acknowledgement.
fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.set_nodelay(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Bytes;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[tokio::test]
    async fn whoever_stops_in_the_middle_of_a_request_is_cut_off() {
        let listener = bind("127.0.0.1:0".parse().expect("an address")).await.expect("a port");
        let (_switch, stop) = stop_switch();
        let router = axum::Router::new().fallback(|body: Bytes| async move { body.len().to_string() });
        let patience = Duration::from_millis(50);
        let server = Server::start_patient(listener, router, stop, patience).expect("a server");
        for sent in [
            "",
            "GET / HT",
            "GET / HTTP/1.1\r\nHost: x\r\n",
            "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf",
        ] {
            let mut client = TcpStream::connect(server.address).await.expect("connected");
            client.write_all(sent.as_bytes()).await.expect("sent");
            let mut answer = Vec::new();
            // Ends when the server closes; a server that never does is stopped by the test's own limit.
            client.read_to_end(&mut answer).await.expect("closed");
            assert!(!answer.starts_with(b"HTTP/1.1 200"), "{sent:?}");
        }
        let mut client = TcpStream::connect(server.address).await.expect("connected");
        client
            .write_all(b"PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nwhole")
            .await
            .expect("sent");
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.expect("answered");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with('5'), "{answer}");
    }
}
