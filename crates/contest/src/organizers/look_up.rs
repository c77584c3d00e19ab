//! Looking a contestant up: what a name is found by, and how far a search goes. The table of accounts has no order by name,
//! so a search reads it page by page; contestants need it more.

use crate::text::search_key;
use crate::time::Timestamp;
use crate::watch::AttemptRow;
use crate::words::worded;

/// Most people of an answer: more than fit on a screen are told apart by a unit.
pub const MOST_FOUND: usize = 20;

/// Accounts above which nobody is looked up by name: some 45 megabytes, which take a minute at the pace below.
pub const MOST_ACCOUNTS: u64 = 50_000;

/// Pages of one search at most.
pub const MOST_PAGES: u32 = 25;

/// A page ends after so many half read units: one megabyte, eventually consistent, which is what one reply may hold.
pub const PAGE_HALVES: u64 = 256;

/// A search reads a page so often at most.
pub const PAGE_EVERY_MS: i64 = 1_000;

/// A name as somebody types it to find people.
#[derive(Clone, PartialEq, Eq)]
pub struct SoughtName(Vec<String>);

crate::masked!(SoughtName);

impl SoughtName {
    /// Reads what was typed; `None` where there is no word in it.
    pub fn parse(typed: &str) -> Option<Self> {
        let words = words(typed);
        (!words.is_empty()).then_some(Self(words))
    }

    /// Whether a person has every word of it in their name, however it is accented and in whatever order.
    pub fn is_of(&self, full_name: &str) -> bool {
        let mut left = words(full_name);
        self.0.iter().all(|sought| match left.iter().position(|word| word == sought) {
            Some(place) => {
                left.swap_remove(place);
                true
            }
            None => false,
        })
    }

    /// Its words in one text, by which one search is told from another.
    pub fn key(&self) -> String {
        self.0.join(" ")
    }
}

fn words(text: &str) -> Vec<String> {
    search_key(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a contest has more than [`MOST_ACCOUNTS`], by the accounts seen in one of its shards: these are even to a few
/// hundredths.
pub const fn are_too_many(in_one_shard: u64, shards: u16) -> bool {
    in_one_shard.saturating_mul(shards as u64) > MOST_ACCOUNTS
}

worded! {
    /// How a search goes on.
    pub enum SearchEnd {
        /// Everybody was looked at.
        All = "all",
        /// There is more to look at.
        Continues = "continues",
        /// There are more than [`MOST_FOUND`].
        ManyFound = "many_found",
        /// [`MOST_PAGES`] were read.
        PagesUsedUp = "pages_used_up",
    }
}

worded! {
    /// What has become of an attempt.
    pub enum AttemptState {
        /// It was started, and may still be handed in.
        UnderWay = "under_way",
        /// It was handed in.
        Submitted = "submitted",
        /// It was not handed in in time.
        NotSubmitted = "not_submitted",
    }
}

impl AttemptState {
    /// At an instant.
    pub fn of(row: &AttemptRow, now: Timestamp) -> Self {
        match row.submitted_at {
            Some(_) => Self::Submitted,
            None if now < row.accepted_before => Self::UnderWay,
            None => Self::NotSubmitted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ContestantId;

    #[track_caller]
    fn check(typed: &str, full_name: &str, is_found: bool) {
        let sought = SoughtName::parse(typed).expect("a word");
        assert_eq!(sought.is_of(full_name), is_found, "{typed} in {full_name}");
    }

    #[test]
    fn a_name_is_found_by_its_words_without_accents_and_in_any_order() {
        check("nguyen van an", "Nguyễn Văn An", true);
        check("An Nguyễn", "Nguyễn Văn An", true);
        check("  ĐỨC ", "Hoàng Văn Đức", true);
        check("hoa", "Trần Thị Hoà", true);
        check("an", "Nguyễn Văn Anh", false);
        check("nguyen thi an", "Nguyễn Văn An", false);
        check("an an", "Nguyễn Văn An", false);
        check("an an", "Nguyễn An An", true);
        assert!(SoughtName::parse(" \u{200b} ").is_none());
    }

    #[test]
    fn a_contest_is_too_big_from_fifty_thousand_and_one_on() {
        assert_eq!([are_too_many(3_125, 16), are_too_many(3_126, 16)], [false, true]);
        assert_eq!([are_too_many(50_000, 1), are_too_many(50_001, 1), are_too_many(u64::MAX, 2)], [false, true, true]);
    }

    #[test]
    fn an_attempt_that_was_not_handed_in_is_over_at_its_end() {
        let at = Timestamp::from_millis;
        let row = |submitted_at| AttemptRow {
            contestant: ContestantId::parse("AB12").expect("a code"),
            number: 1,
            started_at: at(1_000),
            accepted_before: at(9_000),
            submitted_at,
        };
        assert_eq!(AttemptState::of(&row(None), at(8_999)), AttemptState::UnderWay);
        assert_eq!(AttemptState::of(&row(None), at(9_000)), AttemptState::NotSubmitted);
        assert_eq!(AttemptState::of(&row(Some(at(2_000))), at(99_000)), AttemptState::Submitted);
    }
}
