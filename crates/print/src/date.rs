//! Dates as officials write them.

use crate::PrintError;
use serde::{Deserialize, Serialize};
use typst::foundations::Datetime;
use typst_pdf::Timestamp;

/// Vietnam is this many minutes ahead of UTC, all year.
const OFFSET_MINUTES: i32 = 7 * 60;

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Date {
    /// The year, in four digits.
    pub year: i32,
    /// The month, from 1.
    pub month: u8,
    /// The day, from 1.
    pub day: u8,
}

/// When a document was made, in Vietnamese time. It stands in the file, and on no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// Hours from midnight.
    pub hour: u8,
    /// Minutes of the hour.
    pub minute: u8,
    /// Seconds of the minute.
    pub second: u8,
}

impl Moment {
    pub(crate) fn timestamp(self) -> Result<Timestamp, PrintError> {
        let Date { year, month, day } = self.date;
        Datetime::from_ymd_hms(year, month, day, self.hour, self.minute, self.second)
            .and_then(|at| Timestamp::new_local(at, OFFSET_MINUTES))
            .ok_or_else(|| PrintError::Date(format!("{self:?}")))
    }
}

/// A date in words: a zero stands before days below ten and before the first two months, as the decree on paperwork
/// has it.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Written {
    day: String,
    month: String,
    year: String,
}

impl Written {
    pub(crate) fn of(date: Date) -> Result<Self, PrintError> {
        let Date { year, month, day } = date;
        Datetime::from_ymd(year, month, day).ok_or_else(|| PrintError::Date(format!("{year}-{month}-{day}")))?;
        let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
        Ok(Self { day: format!("{day:02}"), month, year: year.to_string() })
    }
}
