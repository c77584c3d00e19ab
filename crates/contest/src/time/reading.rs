//! The words and figures of a written local time, before a zone makes an instant of them.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::text;

/// A time of day, midnight at the start to midnight at the end, in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clock(u32);

impl Clock {
    /// `00h00`, with which a day begins.
    pub const MIDNIGHT: Self = Self(0);

    /// `24h00`, with which a day ends.
    pub const END_OF_DAY: Self = Self(24 * 60 * 60);

    /// Whether this is `24h00`, the `00h00` of the following day.
    pub const fn is_end_of_day(self) -> bool {
        self.0 == Self::END_OF_DAY.0
    }

    /// Seconds since the day began, 0 to 86 400.
    pub const fn seconds(self) -> u32 {
        self.0
    }

    fn from_parts(hour: u32, minute: u32, second: u32) -> Option<Self> {
        let clock = Self((hour * 60 + minute) * 60 + second);
        (hour <= 24 && minute < 60 && second < 60 && clock <= Self::END_OF_DAY).then_some(clock)
    }

    const fn hour(self) -> u32 {
        self.0 / 3600
    }
}

/// Reads a time of day: `08h30’`, `08h30'`, `8h30`, `10h`, `24h00`, `08:30`, `8 giờ 30 phút`,
/// `10h00 sáng Thứ 2` (the weekday is read over). `2h chiều` is 14h00; `14h sáng` is nothing.
pub fn parse_clock(text: &str) -> Option<Clock> {
    let reading = read(text)?;
    if reading.date.is_none() { reading.clock } else { None }
}

/// Reads a date: `2021-12-13`, `13/12/2021`, `2/8/2021`, `13-12-2021`, `13.12.2021`; the year
/// always has four figures, and the day comes before the month.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text::clean(text);
    let separator = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| "/-.".contains(*c))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let (year, month, day) = match parts[..] {
        [year, month, day] if year.len() == 4 && separator == '-' => (year, month, day),
        [day, month, year] if year.len() == 4 => (year, month, day),
        _ => return None,
    };
    let year = i32::try_from(number(year, 4)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(month, 2)?, number(day, 2)?)
}

/// What a text says; each part at most once.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) date: Option<NaiveDate>,
    pub(super) clock: Option<Clock>,
    weekday: Option<Weekday>,
}

impl Reading {
    /// Whether the weekday, where one is written, is that of `date`.
    pub(super) fn agrees_with(&self, date: NaiveDate) -> bool {
        self.weekday.is_none_or(|weekday| weekday == date.weekday())
    }
}

/// Reads all of a text, or nothing.
pub(super) fn read(text: &str) -> Option<Reading> {
    let text = normalize(text);
    let mut words = text.split_whitespace().peekable();
    let mut reading = Reading::default();
    while let Some(word) = words.next() {
        match word {
            "ngày" | "lúc" | "vào" | "từ" | "đến" | "trước" | "bắt" | "đầu" | "kết" | "thúc" | "-" | "–" =>
                {}
            "hết" => set(&mut reading.clock, Clock::END_OF_DAY)?,
            "thứ" => set(&mut reading.weekday, weekday(words.next()?)?)?,
            "chủ" if words.next()? == "nhật" => set(&mut reading.weekday, Weekday::Sun)?,
            "sáng" | "trưa" | "chiều" | "tối" | "đêm" => {
                reading.clock = Some(in_part_of_day(reading.clock?, word)?);
            }
            _ => match parse_date(word) {
                Some(date) => set(&mut reading.date, date)?,
                None => set(&mut reading.clock, clock_word(word)?)?,
            },
        }
    }
    (reading.date.is_some() || reading.clock.is_some()).then_some(reading)
}

/// One way of writing before the words are told apart: small letters, one kind of minute mark,
/// `8h30` for `8 giờ 30 phút`, a space for the `T` between date and time.
fn normalize(text: &str) -> String {
    let mut text = text::clean(text)
        .to_lowercase()
        .replace([',', '(', ')'], " ")
        .replace(['’', '‘', '′', '`', '”', '"', '″'], "'");
    for (word, sign) in [
        (" tháng ", "/"),
        (" năm ", "/"),
        (" giờ ", "h"),
        ("giờ", "h"),
        (" h ", "h"),
        (" g ", "h"),
        (" phút ", ":"),
        ("phút", ":"),
    ] {
        text = between_figures(&text, word, sign);
    }
    if text.contains(" phút") {
        text = text.replace(" giờ ", "h").replace(" phút", "");
    }
    text = text.replace(" giờ", "h").replace(" giây", "");
    if text.as_bytes().get(10) == Some(&b't') && text.get(..10).and_then(parse_date).is_some() {
        text.replace_range(10..11, " ");
    }
    text
}

/// A text with a word between figures written as one character: `8 tháng 3` as `8/3`, and Thursday stays `thứ năm`.
fn between_figures(text: &str, word: &str, sign: &str) -> String {
    let parts: Vec<&str> = text.split(word).collect();
    let mut joined = parts[0].to_owned();
    for part in &parts[1..] {
        let figures = joined.ends_with(|c: char| c.is_ascii_digit()) && part.starts_with(|c: char| c.is_ascii_digit());
        joined.push_str(if figures { sign } else { word });
        joined.push_str(part);
    }
    joined
}

/// `08h30'`, `8h30`, `9g00`, `10h`, `08:30`, `08:30:15`.
fn clock_word(word: &str) -> Option<Clock> {
    let word = word.strip_suffix('\'').unwrap_or(word);
    if let Some((hour, minute)) = word.split_once(['h', 'g']) {
        let (minute, second) = minute.split_once(':').unwrap_or((minute, "00"));
        let minute = if minute.is_empty() { 0 } else { two_figures(minute)? };
        return Clock::from_parts(number(hour, 2)?, minute, two_figures(second)?);
    }
    match word.split(':').collect::<Vec<_>>()[..] {
        [hour, minute] => Clock::from_parts(number(hour, 2)?, two_figures(minute)?, 0),
        [hour, minute, second] => Clock::from_parts(number(hour, 2)?, two_figures(minute)?, two_figures(second)?),
        _ => None,
    }
}

/// The clock of 24 hours for one of 12 with its part of the day. Hours that already fall into the
/// part stay; an hour that cannot be in it is a contradiction.
fn in_part_of_day(clock: Clock, part: &str) -> Option<Clock> {
    let hours = match part {
        "sáng" => 0..12,
        "trưa" => 10..14,
        "chiều" => 12..19,
        "tối" => 18..24,
        _ => 21..25, // đêm
    };
    let later = Clock(clock.0 + Clock::END_OF_DAY.0 / 2);
    let fitting = [clock, later].into_iter().find(|clock| hours.contains(&clock.hour()));
    fitting.filter(|clock| *clock <= Clock::END_OF_DAY)
}

fn weekday(word: &str) -> Option<Weekday> {
    Some(match word {
        "hai" | "2" => Weekday::Mon,
        "ba" | "3" => Weekday::Tue,
        "tư" | "4" => Weekday::Wed,
        "năm" | "5" => Weekday::Thu,
        "sáu" | "6" => Weekday::Fri,
        "bảy" | "bẩy" | "7" => Weekday::Sat,
        _ => return None,
    })
}

/// Fills an empty place; a second value contradicts the first.
fn set<T>(place: &mut Option<T>, value: T) -> Option<()> {
    match place {
        Some(_) => None,
        None => {
            *place = Some(value);
            Some(())
        }
    }
}

fn two_figures(text: &str) -> Option<u32> {
    if text.len() == 2 { number(text, 2) } else { None }
}

/// A number of one to `longest` ASCII figures and nothing else.
fn number(text: &str, longest: usize) -> Option<u32> {
    let is_number = (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_in_every_form_that_plans_use() {
        for (text, minutes) in [
            ("08h30’", 510),
            ("08h30'", 510),
            ("8h30", 510),
            ("08:30", 510),
            ("08H30", 510),
            ("9h30", 570),
            ("10h", 600),
            ("10 giờ", 600),
            ("10h00 sáng Thứ 2", 600),
            ("10h00 sáng Chủ nhật", 600),
            ("11h30 trưa", 690),
            ("1h trưa", 780),
            ("12h chiều", 720),
            ("3h30 chiều", 930),
            ("15h30 chiều", 930),
            ("6h chiều", 1080),
            ("8h tối", 1200),
            ("12h đêm", 1440),
            ("00h00", 0),
            ("24h00", 1440),
            ("24:00", 1440),
        ] {
            assert_eq!(parse_clock(text).map(Clock::seconds), Some(minutes * 60), "{text}");
        }
        for text in [
            "",
            "24h01",
            "25h",
            "8h60",
            "8h3",
            "h30",
            "8",
            "830",
            "8h30 13/12/2021",
            "8h sáng mai",
            "-8h",
            "+8h00",
            "8h chủ",
        ] {
            assert_eq!(parse_clock(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_read_day_first_or_iso() {
        let date = NaiveDate::from_ymd_opt(2021, 8, 2);
        for text in ["2021-08-02", "02/08/2021", "02/8/2021", "2/8/2021", "02-08-2021", "02.08.2021", " 2.8.2021\u{A0}"]
        {
            assert_eq!(parse_date(text), date, "{text}");
        }
        for text in [
            "",
            "2021",
            "08/2021",
            "2/8/21",
            "2021/08/02",
            "31/02/2021",
            "29/02/2021",
            "13/13/2021",
            "0/8/2021",
            "02/08-2021",
            "2/8/2021/1",
            "+2/8/2021",
            "002/08/2021",
            "٢/8/2021",
            "44410",
        ] {
            assert_eq!(parse_date(text), None, "{text}");
        }
        assert!(parse_date("29/02/2024").is_some());
    }
}
