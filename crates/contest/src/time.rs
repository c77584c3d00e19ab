//! Instants in whole milliseconds, and Vietnamese ways of writing local times.
//!
//! Plans are written in local time; everything decides by instants. The way from the one to the
//! other leads through [`parse_local`] alone, which refuses whatever it would have to guess.

use chrono::{DateTime, Datelike, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

mod reading;

pub use reading::{Clock, parse_clock, parse_date};

/// An instant in whole milliseconds since 1970-01-01T00:00:00Z: the gateway's receipt time for a
/// request, the clock for a schedule, a point of the plan. Never a contestant's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant of a count of milliseconds since 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by a number of milliseconds (negative: earlier).
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| Self(t.timestamp_millis()))
    }

    /// The one form in which instants leave this program: RFC 3339 in UTC with milliseconds,
    /// `2021-12-13T01:30:00.000Z`.
    pub fn rfc3339(self) -> String {
        self.utc().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }

    /// The same instant as a calendar value in UTC. Instants outside chrono's range (about
    /// ±262 000 years) become the epoch.
    pub fn utc(self) -> DateTime<Utc> {
        Utc.timestamp_millis_opt(self.0).single().unwrap_or(DateTime::UNIX_EPOCH)
    }
}

/// Why a text names no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocalTimeFault {
    /// In none of the accepted forms, or an hour, minute or day that does not exist.
    #[error("not a local date and time")]
    Unreadable,
    /// A time of day without a date.
    #[error("the date is missing")]
    NoDate,
    /// A date without a time of day.
    #[error("the time of day is missing")]
    NoClock,
    /// The weekday written beside the date is not the weekday of that date.
    #[error("the date is a {is}, and the weekday beside it is another one")]
    WrongWeekday {
        /// The weekday of that date.
        is: Weekday,
    },
    /// Clocks jump over this local time when summer time begins.
    #[error("this local time does not exist in its zone")]
    Skipped,
    /// Clocks show this local time twice when summer time ends.
    #[error("this local time exists twice in its zone")]
    Repeated,
}

/// Reads a date with a time of day in `zone`: `2021-12-13T08:30`, `2021-12-13 08:30:00`,
/// `13/12/2021 08h30`, `8h30 ngày 13/12/2021`, `10h00 sáng Thứ 2 ngày 13/12/2021`. `24h00` and
/// `hết ngày 28/4/2024` are the midnight that ends the day, for intervals are half open. RFC 3339
/// with an offset is read as it stands, whatever the zone.
///
/// # Errors
/// See [`LocalTimeFault`]; nothing is guessed.
pub fn parse_local(text: &str, zone: Tz) -> Result<Timestamp, LocalTimeFault> {
    if let Some(instant) = Timestamp::parse_rfc3339(text.trim()) {
        return Ok(instant);
    }
    let reading = reading::read(text).ok_or(LocalTimeFault::Unreadable)?;
    let date = reading.date.ok_or(LocalTimeFault::NoDate)?;
    let clock = reading.clock.ok_or(LocalTimeFault::NoClock)?;
    if !reading.agrees_with(date) {
        return Err(LocalTimeFault::WrongWeekday { is: date.weekday() });
    }
    at_clock(date, clock, zone)
}

/// The first instant of a day in `zone`.
///
/// # Errors
/// [`LocalTimeFault::Skipped`] or [`LocalTimeFault::Repeated`] where a clock change falls on that
/// midnight.
pub fn start_of_day(date: NaiveDate, zone: Tz) -> Result<Timestamp, LocalTimeFault> {
    at_clock(date, Clock::MIDNIGHT, zone)
}

/// The zone of an IANA name.
pub fn zone_named(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// The day that a calendar in `zone` shows at an instant.
pub fn local_date(instant: Timestamp, zone: Tz) -> NaiveDate {
    instant.utc().with_timezone(&zone).date_naive()
}

/// Longer than any day of any calendar, with whatever a zone does to its clocks: 50 hours.
const LONGER_THAN_A_DAY_MS: i64 = 50 * 3_600_000;

/// The first instant at which a calendar in `zone` shows a later day than at `instant`.
pub fn next_day(instant: Timestamp, zone: Tz) -> Timestamp {
    let today = local_date(instant, zone);
    let (mut today_still, mut later) = (instant.0, instant.0 + LONGER_THAN_A_DAY_MS);
    while later - today_still > 1 {
        let middle = today_still + (later - today_still) / 2;
        let bound = if local_date(Timestamp(middle), zone) > today { &mut later } else { &mut today_still };
        *bound = middle;
    }
    Timestamp(later)
}

fn at_clock(date: NaiveDate, clock: Clock, zone: Tz) -> Result<Timestamp, LocalTimeFault> {
    let day = if clock.is_end_of_day() { date.checked_add_days(Days::new(1)) } else { Some(date) };
    let midnight: NaiveDateTime = day.and_then(|day| day.and_hms_opt(0, 0, 0)).ok_or(LocalTimeFault::Unreadable)?;
    let into_day = TimeDelta::seconds(i64::from(clock.seconds() % Clock::END_OF_DAY.seconds()));
    match zone.from_local_datetime(&(midnight + into_day)) {
        LocalResult::Single(instant) => Ok(Timestamp(instant.timestamp_millis())),
        LocalResult::None => Err(LocalTimeFault::Skipped),
        LocalResult::Ambiguous(..) => Err(LocalTimeFault::Repeated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::America::New_York;
    use chrono_tz::Asia::Ho_Chi_Minh;

    fn check(text: &str, expected: Result<&str, LocalTimeFault>) {
        let read = parse_local(text, Ho_Chi_Minh).map(Timestamp::rfc3339);
        assert_eq!(read, expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn every_way_to_write_half_past_eight_is_the_same_instant() {
        for text in [
            "2021-12-13T08:30",
            "2021-12-13t08:30",
            "2021-12-13 08:30",
            "2021-12-13T08:30:00",
            "2021-12-13T08:30:00+07:00",
            "2021-12-13T01:30:00Z",
            "13/12/2021 08h30",
            "13/12/2021 8:30",
            "8h30 ngày 13/12/2021",
            "08h30’ ngày 13/12/2021",
            "08h30' ngày 13/12/2021",
            " 08h30\u{A0}ngày 13.12.2021 ",
            "8 giờ 30 phút ngày 13-12-2021",
            "8h30 sáng thứ Hai, ngày 13/12/2021",
            "8h30, Thứ 2 (13/12/2021)",
            "từ 08h30 ngày 13/12/2021",
            "lúc 8:30 thứ hai 13/12/2021",
            "08 giờ 30 ngày 13-12-2021",
            "8g30 ngày 13/12/2021",
            "8h30” ngày 13/12/2021",
            "08h30 ngày 13 tháng 12 năm 2021",
            "8 giờ 30 thứ Hai, 13/12 năm 2021",
            "8 h 30 ngày 13/12/2021",
            "8 giờ 30' ngày 13/12/2021",
            "8 giờ 30 phút 00 giây ngày 13/12/2021",
            "08:30 - 13/12/2021",
            "8giờ30 ngày 13/12/2021",
            "13/12/2021 – 8h30",
            "bắt đầu từ 8h30 ngày 13/12/2021",
        ] {
            check(text, Ok("2021-12-13T01:30:00.000Z"));
        }
        check("23 giờ 59 phút 59 giây ngày 13/12/2021", Ok("2021-12-13T16:59:59.000Z"));
        check("9h ngày 13/12/2021", Ok("2021-12-13T02:00:00.000Z"));
        check("2021-12-13T08:30:15", Ok("2021-12-13T01:30:15.000Z"));
        check("2h chiều 13/12/2021", Ok("2021-12-13T07:00:00.000Z"));
    }

    #[test]
    fn the_end_of_a_day_is_the_next_midnight() {
        for text in [
            "24h00 ngày 28/4/2024",
            "2024-04-28T24:00",
            "2024-04-28T24:00:00",
            "trước 24 giờ ngày 28/4/2024",
            "đến hết ngày 28/4/2024",
            "00h00 ngày 29/4/2024",
        ] {
            check(text, Ok("2024-04-28T17:00:00.000Z"));
        }
        let end = parse_local("đến hết ngày 28/4/2024", Ho_Chi_Minh).expect("a real date");
        assert_eq!(end.plus_millis(-1).rfc3339(), "2024-04-28T16:59:59.999Z");
        check("24h00 ngày 31/12/2021", Ok("2021-12-31T17:00:00.000Z"));
    }

    #[test]
    fn whatever_would_have_to_be_guessed_is_refused() {
        use LocalTimeFault::{NoClock, NoDate, Unreadable};
        let is_monday = LocalTimeFault::WrongWeekday { is: Weekday::Mon };
        for (text, fault) in [
            ("", Unreadable),
            ("sớm mai", Unreadable),
            ("31/02/2021 08h30", Unreadable),
            ("2021-12-13T25:00", Unreadable),
            ("2021-12-13T24:30", Unreadable),
            ("2021-12-13T08:60", Unreadable),
            ("2021-12-13T08:3", Unreadable),
            ("13/12/21 08h30", Unreadable),
            ("13/12/2021 14/12/2021 08h30", Unreadable),
            ("13/12/2021 08h30 09h30", Unreadable),
            ("14h00 sáng ngày 13/12/2021", Unreadable),
            ("13/12/2021 830", Unreadable),
            ("2021-12-13T08:30:00+7", Unreadable),
            ("08h30", NoDate),
            ("13/12/2021", NoClock),
            ("8h30 thứ Ba ngày 13/12/2021", is_monday),
            ("8h30 Chủ nhật 13/12/2021", is_monday),
        ] {
            check(text, Err(fault));
        }
    }

    #[test]
    fn local_times_that_clock_changes_skip_or_repeat_are_refused() {
        let new_york = |text| parse_local(text, New_York).map(Timestamp::rfc3339);
        assert_eq!(new_york("2024-03-10T02:30"), Err(LocalTimeFault::Skipped));
        assert_eq!(new_york("2024-11-03T01:30"), Err(LocalTimeFault::Repeated));
        assert_eq!(new_york("2024-03-10T03:30"), Ok("2024-03-10T07:30:00.000Z".to_owned()));
    }

    #[test]
    fn ten_in_the_evening_in_vietnam_is_three_in_the_afternoon_utc_on_every_date() {
        let dates = date("2024-01-01").iter_days().take_while(|day| *day < date("2036-01-01"));
        let mut day_count = 0;
        for day in dates {
            let instant = Timestamp::parse_rfc3339(&format!("{day}T15:00:00Z")).expect("RFC 3339");
            assert_eq!(parse_local(&format!("{day}T22:00"), Ho_Chi_Minh), Ok(instant));
            assert_eq!(local_date(instant, Ho_Chi_Minh), day);
            day_count += 1;
        }
        assert_eq!(day_count, 4383);
    }

    #[test]
    fn the_local_day_changes_at_local_midnight() {
        let midnight = start_of_day(date("2024-04-29"), Ho_Chi_Minh).expect("no clock change");
        assert_eq!(midnight.rfc3339(), "2024-04-28T17:00:00.000Z");
        assert_eq!(local_date(midnight, Ho_Chi_Minh), date("2024-04-29"));
        assert_eq!(local_date(midnight.plus_millis(-1), Ho_Chi_Minh), date("2024-04-28"));
        for within in [-86_400_000, -86_399_999, -1] {
            assert_eq!(next_day(midnight.plus_millis(within), Ho_Chi_Minh), midnight, "{within}");
        }
        assert_eq!(next_day(midnight, Ho_Chi_Minh), midnight.plus_millis(86_400_000));
        // A day of 25 hours.
        let begins = parse_local("2024-11-03T00:00", New_York).expect("no clock change");
        assert_eq!(next_day(begins, New_York), begins.plus_millis(25 * 3_600_000));
    }

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a real date")
    }

    #[test]
    fn every_weekday_is_read_and_must_be_the_right_one() {
        // 13/12/2021 was a Monday.
        let names = [["Hai", "2"], ["Ba", "3"], ["Tư", "4"], ["Năm", "5"], ["Sáu", "6"], ["Bảy", "7"]];
        for (day, spellings) in (13..).zip(names) {
            for name in spellings {
                let right = format!("10h00 Thứ {name} ngày {day}/12/2021");
                check(&right, Ok(&format!("2021-12-{day}T03:00:00.000Z")));
                let tomorrow = date(&format!("2021-12-{}", day + 1)).weekday();
                let wrong = format!("10h00 Thứ {name} ngày {}/12/2021", day + 7 + 1);
                check(&wrong, Err(LocalTimeFault::WrongWeekday { is: tomorrow }));
            }
        }
        check("10h00 Chủ nhật ngày 19/12/2021", Ok("2021-12-19T03:00:00.000Z"));
    }

    #[test]
    fn clocks_end_at_midnight() {
        for (text, clock) in [("23h59", true), ("24h00", true), ("24h01", false), ("25h00", false), ("10h60", false)] {
            assert_eq!(parse_clock(text).is_some(), clock, "{text}");
        }
    }
}
