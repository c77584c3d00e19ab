//! Announcements: dated lines of text that organizers put on the page of a contest, such as a round that is extended or
//! where the award ceremony is held. Text is text: there is no markup, and addresses are not made links.

use crate::problem::ProblemKind;
use crate::time::parse_date;
use chrono::NaiveDate;
use std::cmp::Reverse;

/// Most announcements of a contest: each of them is read by everyone who opens its page.
pub const MOST: usize = 50;

/// Most characters of one: longer texts are documents, and have an address that an announcement may name.
pub const MOST_CHARACTERS: usize = 500;

/// One announcement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// The day that stands before it, in the contest's time zone.
    pub on: NaiveDate,
    /// What is announced, cleaned, from 1 to [`MOST_CHARACTERS`] characters.
    pub text: String,
}

impl Announcement {
    /// A day as people write it.
    ///
    /// # Errors
    /// [`ProblemKind::NotADay`].
    pub fn day(written: &str) -> Result<NaiveDate, ProblemKind> {
        parse_date(written).ok_or(ProblemKind::NotADay)
    }

    /// The text of an announcement that was cleaned.
    ///
    /// # Errors
    /// [`ProblemKind::TooLong`].
    pub fn text(cleaned: &str) -> Result<String, ProblemKind> {
        match cleaned.chars().count() <= MOST_CHARACTERS {
            true => Ok(cleaned.to_owned()),
            false => Err(ProblemKind::TooLong { most: MOST_CHARACTERS }),
        }
    }
}

/// Announcements in the order in which they are read: the newest day first, and of one day the one that was written last.
pub fn newest_first(written: &[Announcement]) -> Vec<&Announcement> {
    let mut all: Vec<&Announcement> = written.iter().rev().collect();
    all.sort_by_key(|announcement| Reverse(announcement.on));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_comes_first_and_of_one_day_the_last_written() {
        let of = |day: &str, text: &str| Announcement {
            on: Announcement::day(day).expect("a day"),
            text: Announcement::text(text).expect("a text"),
        };
        let written = [of("20/12/2021", "a"), of("22/12/2021", "b"), of("20/12/2021", "c"), of("21/12/2021", "d")];
        let read: String = newest_first(&written).iter().map(|announcement| announcement.text.as_str()).collect();
        assert_eq!(read, "bdca");
    }

    #[test]
    fn a_day_is_a_day_and_a_text_has_an_end() {
        assert!(matches!(Announcement::day("31/02/2021"), Err(ProblemKind::NotADay)));
        assert!(Announcement::text(&"ữ".repeat(MOST_CHARACTERS)).is_ok());
        let long = Announcement::text(&"ữ".repeat(MOST_CHARACTERS + 1));
        assert_eq!(long, Err(ProblemKind::TooLong { most: MOST_CHARACTERS }));
    }
}
