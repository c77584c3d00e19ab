//! Tasks of the local world.

use tokio::task::JoinHandle;

/// Starts a task. Functions never do: Lambda freezes them after the reply. The local world is a
/// server, and goes on.
#[expect(clippy::disallowed_methods, reason = "a server of its own, which no reply freezes")]
pub(crate) fn spawn<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
    tokio::spawn(work)
}
