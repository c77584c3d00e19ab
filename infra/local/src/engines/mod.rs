//! What AWS provides, on loopback: DynamoDB, S3, EventBridge Scheduler and Secrets Manager, spoken
//! to by the real AWS clients.

pub mod dynamodb;
pub mod s3;
pub mod scheduler;
pub mod secrets;

use anyhow::Context;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Access key and secret of every client of the local engines.
pub const CREDENTIAL: &str = "local";

/// Region of every client of the local engines.
pub const REGION: &str = "ap-southeast-1";

/// Account number in local resource names.
pub const ACCOUNT: &str = "000000000000";

/// How long open connections may take to finish when the world stops.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

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
    /// Gives the signal.
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
    /// Where it listens.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    /// `http://host:port`
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Serves a router until the signal.
    ///
    /// # Errors
    /// Where the listener has no address.
    pub fn start(listener: TcpListener, router: axum::Router, stop: StopSignal) -> anyhow::Result<Self> {
        let address = listener.local_addr().context("a listener without an address")?;
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let task = crate::task::spawn(async move {
            if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(stop.stopped()).await {
                tracing::error!(%address, "server failed: {error}");
            }
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
