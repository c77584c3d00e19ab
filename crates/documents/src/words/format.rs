//! Numbers, money, dates and durations as Vietnamese documents print them (`DOMAIN.md` 4.3).

use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Weekday};
use chrono_tz::Tz;
use contest::fraction::{Fraction, RoundingMode};
use contest::time::Timestamp;

/// A sentence's beginning: the first letter a capital one.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Thousands parted by points: `27.084`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// A count in a sentence, padded below ten as documents do: `01`, `05`, `10`, `1.200`.
pub fn count(number: u64) -> String {
    if number < 10 { format!("{number:02}") } else { grouped(number) }
}

/// Two decimals behind a comma: `42,19`.
pub fn decimal(ratio: Fraction, mode: RoundingMode) -> String {
    let text = ratio.two_decimals(mode);
    match text.split_once('.') {
        Some((whole, decimals)) => format!("{},{decimals}", group_digits(whole)),
        None => text,
    }
}

/// A ratio that is already in percent: `42,19%`.
pub fn percent(ratio: Fraction, mode: RoundingMode) -> String {
    format!("{}%", decimal(ratio, mode))
}

/// A score or distance: whole numbers without decimals, all others cut to two.
pub fn score(ratio: Fraction) -> String {
    match ratio.as_whole() {
        Some(whole) => grouped(whole),
        None => decimal(ratio, RoundingMode::Truncate),
    }
}

/// Money: `1.000.000 đồng`.
pub fn money(amount: u64) -> String {
    format!("{} đồng", grouped(amount))
}

/// A day: `20/12/2021`, `02/8/2021`. Days below ten and the months 1 and 2 are padded so that they
/// cannot be altered on paper (Nghị định 30/2020/NĐ-CP, Phụ lục I).
pub fn date(at: Timestamp, zone: Tz) -> String {
    day(local(at, zone).date_naive())
}

/// A calendar day in the form of [`date`].
pub fn day(day: NaiveDate) -> String {
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("{:02}/{month}/{}", day.day(), day.year())
}

/// A calendar day for a column of a table, every part padded: `02/08/2021`.
pub fn day_in_table(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// A time of day to the minute: `08h30`.
pub fn clock(at: Timestamp, zone: Tz) -> String {
    let at = local(at, zone);
    format!("{:02}h{:02}", at.hour(), at.minute())
}

/// `thứ Hai` to `thứ Bảy`, `Chủ nhật`.
pub fn weekday(at: Timestamp, zone: Tz) -> &'static str {
    weekday_name(local(at, zone).weekday())
}

/// The beginning of something: `08h30 thứ Hai ngày 13/12/2021`.
pub fn moment(at: Timestamp, zone: Tz) -> String {
    format!("{} {} ngày {}", clock(at, zone), weekday(at, zone), date(at, zone))
}

/// The exclusive end of something. Midnight belongs to the day that ends with it, as people say it:
/// 00:00 on 29/4 is `24h00 Chủ nhật ngày 28/4/2024`.
pub fn end_moment(at: Timestamp, zone: Tz) -> String {
    let end = local(at, zone);
    let before = end.date_naive().checked_sub_days(Days::new(1));
    match before {
        Some(before) if end.hour() == 0 && end.minute() == 0 => {
            format!("24h00 {} ngày {}", weekday_name(before.weekday()), day(before))
        }
        _ => moment(at, zone),
    }
}

/// A moment in a line of the console: `08h30 Chủ nhật 26/12/2021`. At the exclusive end of something midnight is the
/// `24h00` of the day before.
pub fn moment_in_line(at: Timestamp, zone: Tz, is_end: bool) -> String {
    let (clock, day) = clock_and_day(at, zone, is_end);
    format!("{clock} {} {}", weekday_name(day.weekday()), day_in_table(day))
}

/// The same as it is typed: `08h30 26/12/2021`.
pub fn typed_moment(at: Timestamp, zone: Tz, is_end: bool) -> String {
    let (clock, day) = clock_and_day(at, zone, is_end);
    format!("{clock} {}", day_in_table(day))
}

fn clock_and_day(at: Timestamp, zone: Tz, is_end: bool) -> (String, NaiveDate) {
    let day = local(at, zone).date_naive();
    let clock = clock(at, zone);
    let before = day.checked_sub_days(Days::new(1)).filter(|_| is_end && clock == "00h00");
    before.map_or_else(|| (clock, day), |before| ("24h00".to_owned(), before))
}

/// An instant in a column of a table, to the millisecond that may decide a rank:
/// `14:05:09,120 13/12/2021`.
pub fn instant_in_table(at: Timestamp, zone: Tz) -> String {
    let local = local(at, zone);
    let millis = at.millis().rem_euclid(1_000);
    let (hour, minute, second) = (local.hour(), local.minute(), local.second());
    format!("{hour:02}:{minute:02}:{second:02},{millis:03} {}", day_in_table(local.date_naive()))
}

/// A duration in whole seconds, cut: `05:30`, `125:00`.
pub fn duration(millis: u64) -> String {
    let seconds = millis / 1_000;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// A duration in words, in whole seconds, cut: `12 phút 05 giây`.
pub fn minutes_and_seconds(millis: u64) -> String {
    let seconds = millis / 1_000;
    format!("{:02} phút {:02} giây", seconds / 60, seconds % 60)
}

/// How the times of a contest are called: `giờ Việt Nam`, or the zone by its name.
pub fn zone_name(zone: Tz) -> String {
    match zone {
        Tz::Asia__Ho_Chi_Minh | Tz::Asia__Saigon => "giờ Việt Nam".to_owned(),
        other => format!("giờ {}", other.name()),
    }
}

fn local(at: Timestamp, zone: Tz) -> DateTime<Tz> {
    at.utc().with_timezone(&zone)
}

/// The name of a weekday inside a sentence.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "thứ Hai",
        Weekday::Tue => "thứ Ba",
        Weekday::Wed => "thứ Tư",
        Weekday::Thu => "thứ Năm",
        Weekday::Fri => "thứ Sáu",
        Weekday::Sat => "thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

fn group_digits(digits: &str) -> String {
    // Hundredths of a u64 ratio may exceed u64; such a number is left without points.
    digits.parse().map_or_else(|_| digits.to_owned(), grouped)
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIETNAM: Tz = Tz::Asia__Ho_Chi_Minh;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("a test names valid instants")
    }

    fn part(numerator: u64, denominator: u64) -> Fraction {
        Fraction::new(numerator * 100, denominator).expect("no zero below the line")
    }

    #[test]
    fn numbers_are_grouped_by_points() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1.000"), (27_084, "27.084"), (1_000_000, "1.000.000")] {
            assert_eq!(grouped(number), text);
        }
        assert_eq!([count(1), count(9), count(10), count(1_200)], ["01", "09", "10", "1.200"]);
        assert_eq!(money(16_100_000), "16.100.000 đồng");
    }

    #[test]
    fn percentages_of_vector_x1_have_a_comma() {
        assert_eq!(percent(part(11_429, 27_084), RoundingMode::Truncate), "42,19%");
        assert_eq!(percent(part(11_429, 27_084), RoundingMode::HalfUp), "42,20%");
        assert_eq!(percent(part(5_945, 25_980), RoundingMode::Truncate), "22,88%");
        assert_eq!(decimal(Fraction::whole(1_234), RoundingMode::Truncate), "1.234,00");
        assert_eq!(score(part(1, 3)), "33,33");
        assert_eq!(score(Fraction::whole(100)), "100");
    }

    #[test]
    fn moments_are_local_and_name_their_weekday() {
        assert_eq!(moment(at("2021-12-13T01:30:00Z"), VIETNAM), "08h30 thứ Hai ngày 13/12/2021");
        assert_eq!(moment(at("2021-12-19T16:30:00+07:00"), VIETNAM), "16h30 Chủ nhật ngày 19/12/2021");
        assert_eq!(moment(at("2021-08-02T10:00:00+07:00"), VIETNAM), "10h00 thứ Hai ngày 02/8/2021");
        assert_eq!(date(at("2021-01-31T17:00:00Z"), VIETNAM), "01/02/2021");
        assert_eq!(instant_in_table(at("2021-08-02T03:04:05.006Z"), VIETNAM), "10:04:05,006 02/08/2021");
        assert_eq!(zone_name(VIETNAM), "giờ Việt Nam");
    }

    #[test]
    fn an_end_at_midnight_belongs_to_the_day_before() {
        assert_eq!(end_moment(at("2024-04-29T00:00:00+07:00"), VIETNAM), "24h00 Chủ nhật ngày 28/4/2024");
        assert_eq!(end_moment(at("2024-04-29T00:01:00+07:00"), VIETNAM), "00h01 thứ Hai ngày 29/4/2024");
    }

    #[test]
    fn a_moment_of_the_console_is_typed_as_it_is_shown() {
        let (opens, midnight) = (at("2021-12-26T01:30:00Z"), at("2021-12-26T17:00:00Z"));
        assert_eq!(moment_in_line(opens, VIETNAM, false), "08h30 Chủ nhật 26/12/2021");
        assert_eq!(typed_moment(opens, VIETNAM, true), "08h30 26/12/2021");
        assert_eq!(moment_in_line(midnight, VIETNAM, true), "24h00 Chủ nhật 26/12/2021");
        assert_eq!(moment_in_line(midnight, VIETNAM, false), "00h00 thứ Hai 27/12/2021");
    }

    #[test]
    fn durations_are_minutes_and_seconds_cut() {
        for (millis, text) in
            [(0, "00:00"), (999, "00:00"), (330_000, "05:30"), (899_999, "14:59"), (7_500_000, "125:00")]
        {
            assert_eq!(duration(millis), text);
        }
        assert_eq!(minutes_and_seconds(725_999), "12 phút 05 giây");
        assert_eq!(minutes_and_seconds(7_500_000), "125 phút 00 giây");
        assert_eq!(minutes_and_seconds(59_000), "00 phút 59 giây");
    }
}
