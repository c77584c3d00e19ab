//! A server of a public beacon that answers what a test lets it answer.

use axum::Router;
use axum::http::Uri;
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// The server; it ends with the test.
pub struct Beacon {
    /// `http://HOST:PORT`
    pub url: String,
    state: Arc<Mutex<State>>,
    /// Aborted when it is dropped.
    _server: JoinSet<std::io::Result<()>>,
}

#[derive(Default)]
struct State {
    answer: String,
    asked: Vec<String>,
}

impl Beacon {
    /// Starts a server whose answers are empty.
    pub async fn serve() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        let answer = async move |uri: Uri| {
            let mut state = shared.lock().expect("nobody panics while answering");
            state.asked.push(uri.path().to_owned());
            state.answer.clone()
        };
        let router = Router::new().fallback(answer);
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await });
        Self { url, state, _server: server }
    }

    /// What is answered from now on.
    pub fn answer(&self, body: &str) {
        self.state.lock().expect("nobody panics").answer = body.to_owned();
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.state.lock().expect("nobody panics").asked.len()
    }

    /// What it was asked for last.
    pub fn last_path(&self) -> String {
        self.state.lock().expect("nobody panics").asked.last().cloned().unwrap_or_default()
    }
}
