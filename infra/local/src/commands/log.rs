//! What the program says on standard error.

use tracing::Subscriber;
use tracing_subscriber::filter::{EnvFilter, FilterExt, LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Layer, SubscriberExt};

/// Crates whose every line was written with the people in mind whom it may be about.
const OURS: [&str; 11] = [
    "api",
    "close_round",
    "contest",
    "documents",
    "function",
    "import_upload",
    "local",
    "make_documents",
    "publish_results",
    "store",
    "watch_round",
];

/// Sends the log to standard error from now on. `RUST_LOG` says what is logged, `default` where it is not set.
///
/// # Panics
/// Where another log was begun before.
pub fn begin(default: &str) {
    #[expect(clippy::disallowed_methods, reason = "the log of a program is set where the program starts")]
    let asked = std::env::var("RUST_LOG").unwrap_or_else(|_| default.to_owned());
    tracing::subscriber::set_global_default(lines(&asked, std::io::stderr)).expect("a process has one log");
}

/// A log of what was asked for. Of other crates it has warnings at most, whatever was asked: below that, clients and
/// engines print requests and items whole, with the names, numbers and secrets in them.
pub fn lines<W>(asked: &str, open: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let most = Targets::new().with_default(LevelFilter::WARN).with_target("dynoxide", LevelFilter::ERROR);
    let most = OURS.into_iter().fold(most, |most, ours| most.with_target(ours, LevelFilter::TRACE));
    let layer = tracing_subscriber::fmt::layer().with_writer(open);
    tracing_subscriber::registry().with(layer.with_filter(EnvFilter::new(asked).and(most)))
}
