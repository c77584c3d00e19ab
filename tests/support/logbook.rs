//! What the functions of a stage's world have logged, and the events that none of them has taken. A stage does not
//! end well where an invariant was broken or an event is undelivered and its test has not said that it must be.

use local::world::functions::Book;
use serde_json::Value;
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use store::StoreError;
use tracing::Dispatch;

/// The log of one world.
pub struct Logbook {
    /// What the world notes of its functions.
    pub book: Arc<Book>,
    paper: Paper,
    /// Lines about broken invariants that the test has expected.
    expected: AtomicUsize,
}

/// A line of the log.
#[derive(Debug)]
pub struct Line {
    /// What it says.
    pub fields: Value,
    /// As it was written, without its end.
    pub text: String,
}

/// What a log is written on.
#[derive(Clone, Debug, Default)]
pub struct Paper(Arc<Mutex<Vec<u8>>>);

impl Logbook {
    /// For a world with this book, unless its functions log elsewhere.
    pub(crate) fn of(book: Arc<Book>) -> Self {
        let paper = Paper::default();
        let open = paper.clone();
        let log = || Dispatch::new(function::log::lines(move || open.clone()));
        let book = if book.log.is_some() { book } else { Arc::new(Book::logging_to(log())) };
        Self { book, paper, expected: AtomicUsize::new(0) }
    }

    /// Does something, and reads what functions wrote meanwhile.
    pub async fn logged<T>(&self, done: impl Future<Output = T>) -> (T, Vec<Line>) {
        let before = self.lines().len();
        let result = done.await;
        (result, self.lines().split_off(before))
    }

    /// Stops the test where no invariant was broken since this was said last.
    #[track_caller]
    pub fn expect_broken_invariants(&self) {
        let broken = self.broken().len();
        assert!(broken > 0, "no invariant was broken");
        self.expected.fetch_add(broken, Ordering::Relaxed);
    }

    /// Stops the test where every event since this was said last has been delivered.
    #[track_caller]
    pub fn expect_undelivered(&self) {
        assert!(!self.book.take_undelivered().is_empty(), "every event was delivered");
    }

    fn broken(&self) -> Vec<Line> {
        let broken = self.lines().into_iter().filter(Line::is_broken);
        broken.skip(self.expected.load(Ordering::Relaxed)).collect()
    }

    /// What functions wrote so far.
    pub fn lines(&self) -> Vec<Line> {
        let line = |text: &str| Line { fields: serde_json::from_str(text).expect("JSON"), text: text.to_owned() };
        self.paper.text().lines().map(line).collect()
    }
}

impl Drop for Logbook {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let (broken, undelivered) = (self.broken(), self.book.take_undelivered());
            assert!(broken.is_empty(), "broken invariants were logged: {broken:#?}");
            assert!(undelivered.is_empty(), "events are undelivered: {undelivered:?}");
        }
    }
}

impl Line {
    /// An invariant is broken where a job counts one, or any function tells of a store that holds what was not
    /// written there, in the words of [`StoreError::Corrupt`].
    fn is_broken(&self) -> bool {
        let corrupt = StoreError::corrupt("", "").to_string();
        self.fields["broken_invariants"].as_u64().is_some_and(|count| count > 0)
            || self.fields["error"].as_str().is_some_and(|error| error.contains(&corrupt))
    }
}

impl Paper {
    /// What stands on it.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("nobody panics while writing").clone()).expect("UTF-8")
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics while writing").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
