//! One table of the file, read key by key; whatever is wrong is noted, and reading goes on.

use super::slips::{REFUSED, without_dots};
use crate::ids::RoundId;
use crate::plan::Offset;
use crate::problem::{Place, Problem, ProblemKind, ValueType};
use crate::text::{clean, is_legible, looks_legacy_encoded, seems_to_lack_letters};
use crate::time::{LocalTimeFault, Timestamp, parse_local};
use chrono_tz::Tz;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Longest text of one value, in characters: a document's full title fits many times.
pub(super) const MAX_TEXT: usize = 1_000;
/// Longest list of words or documents.
pub(super) const MAX_LIST: usize = 200;

/// What has been found so far, and the way from a byte of the text to its line.
pub(super) struct Report {
    line_ends: Vec<usize>,
    errors: RefCell<Vec<Problem>>,
    refusals: RefCell<Vec<Problem>>,
    warnings: RefCell<Vec<Problem>>,
}

/// What was found, each list ordered by line.
pub(super) struct Found {
    pub(super) errors: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
    /// Whether every value could be read, so that the plan can be carried out.
    pub(super) is_sound: bool,
}

impl Report {
    pub(super) fn new(text: &str) -> Self {
        let line_ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at).collect();
        Self { line_ends, errors: RefCell::default(), refusals: RefCell::default(), warnings: RefCell::default() }
    }

    /// The line of a byte, counted from 1.
    pub(super) fn line_of(&self, byte: usize) -> u32 {
        u32::try_from(self.line_ends.partition_point(|&end| end < byte) + 1).unwrap_or(u32::MAX)
    }

    pub(super) fn error(&self, place: Place, kind: ProblemKind) {
        self.errors.borrow_mut().push(Problem { place, kind });
    }

    pub(super) fn warn(&self, place: Place, kind: ProblemKind) {
        self.warnings.borrow_mut().push(Problem { place, kind });
    }

    /// Everything that was found.
    pub(super) fn into_found(self) -> Found {
        let is_sound = self.errors.borrow().is_empty();
        let mut errors = self.errors.into_inner();
        errors.append(&mut self.refusals.into_inner());
        let mut warnings = self.warnings.into_inner();
        let by_line = |a: &Problem, b: &Problem| a.place.row().cmp(&b.place.row()).then_with(|| a.place.cmp(&b.place));
        [&mut errors, &mut warnings].into_iter().for_each(|list| list.sort_by(by_line));
        Found { errors, warnings, is_sound }
    }
}

/// The kinds of enumerations that [`crate::words`] declares, as the file reads them.
pub(super) trait Word: Copy + 'static {
    fn all() -> &'static [Self];
    fn word(self) -> &'static str;
}

macro_rules! word {
    ($($name:ty),+ $(,)?) => {$(
        impl Word for $name {
            fn all() -> &'static [Self] { Self::ALL }
            fn word(self) -> &'static str { self.as_str() }
        }
    )+};
}
pub(super) use word;

/// What a missing key means.
#[derive(Clone, Copy)]
pub(super) enum Missing<T> {
    /// An error: the organizers must decide it.
    Error,
    /// An error too, and reading goes on with this value, which no check of other keys minds: one slip
    /// hides no other.
    Stands(T),
    /// This value; also where what is written cannot be read.
    Means(T),
}

impl<T> Missing<T> {
    fn stand_in(self) -> Option<T> {
        match self {
            Self::Error => None,
            Self::Stands(value) | Self::Means(value) => Some(value),
        }
    }
}

/// One table with the keys that were asked for so far.
pub(super) struct Section<'a> {
    name: &'static str,
    line: u32,
    table: &'a DeTable<'a>,
    known: Vec<&'static str>,
    report: &'a Report,
}

type Item<'a> = &'a Spanned<DeValue<'a>>;

impl<'a> Section<'a> {
    pub(super) fn new(name: &'static str, byte: usize, table: &'a DeTable<'a>, report: &'a Report) -> Self {
        Self { name, line: report.line_of(byte), table, known: Vec::new(), report }
    }

    /// Whether no key stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Whether the key stands in the file.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The place of a key, whether it is there or not.
    pub(super) fn place(&self, key: &str) -> Place {
        let line = self.table.get(key).map_or(self.line, |item| self.report.line_of(item.span().start));
        Place::Key { line: Some(line), key: self.path(key) }
    }

    /// Notes an error at a key.
    pub(super) fn error(&self, key: &str, kind: ProblemKind) {
        self.report.error(self.place(key), kind);
    }

    /// Notes an error that keeps an upload out. A plan that came in when it was none stays in force.
    pub(super) fn refuse(&self, key: &str, kind: ProblemKind) {
        self.report.refusals.borrow_mut().push(Problem { place: self.place(key), kind });
    }

    /// Notes a warning at a key.
    pub(super) fn warn(&self, key: &str, kind: ProblemKind) {
        self.report.warn(self.place(key), kind);
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn item(&mut self, key: &'static str, required: bool) -> Option<Item<'a>> {
        self.known.push(key);
        let item = self.table.get(key);
        if item.is_none() && required {
            self.error(key, ProblemKind::MissingKey);
        }
        // Only where an error was told of it; anybody may type any character.
        item.filter(|item| item.get_ref().as_str() != Some(REFUSED) || self.report.errors.borrow().is_empty())
    }

    /// A number that stands in the file, whatever its range: what is missing or no number says nothing.
    pub(super) fn said_number(&self, key: &str) -> Option<u64> {
        let integer = self.table.get(key)?.get_ref().as_integer()?;
        u64::from_str_radix(integer.as_str(), integer.radix()).ok()
    }

    /// Warns of a text that was spoiled on its way into the file.
    fn warn_of_letters(&self, key: &str, text: Option<&str>) {
        if text.is_some_and(|text| seems_to_lack_letters(text) || looks_legacy_encoded(text)) {
            self.warn(key, ProblemKind::LostLetters);
        }
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        missing: Missing<T>,
        parse: impl FnOnce(&DeValue<'a>) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        let item = self.item(key, !matches!(missing, Missing::Means(_)));
        let read = item.and_then(|item| parse(item.get_ref()).map_err(|kind| self.error(key, kind)).ok());
        read.or(missing.stand_in())
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, key: &'static str, missing: Missing<String>) -> Option<String> {
        let text = self.read(key, missing, text_of);
        self.warn_of_letters(key, text.as_deref());
        text
    }

    /// A text that may be left open: no key and an empty text mean the same.
    pub(super) fn optional_text(&mut self, key: &'static str) -> Option<String> {
        let read = |value: &DeValue<'_>| if is_empty(value) { Ok(None) } else { text_of(value).map(Some) };
        let text = self.read(key, Missing::Means(None), read).flatten();
        self.warn_of_letters(key, text.as_deref());
        text
    }

    /// Whether such a text is left open.
    pub(super) fn is_open(&self, key: &str) -> bool {
        self.table.get(key).is_none_or(|item| is_empty(item.get_ref()))
    }

    /// Two whole numbers, to the right and down, either of which may be negative.
    pub(super) fn offset(&mut self, key: &'static str) -> Offset {
        self.read(key, Missing::Means(Offset::default()), offset_of).unwrap_or_default()
    }

    /// A text that a function turns into something else.
    pub(super) fn parsed<T>(
        &mut self,
        key: &'static str,
        missing: Missing<T>,
        parse: impl FnOnce(&str) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        self.read(key, missing, |value| parse(&text_of(value)?))
    }

    /// One of the words of an enumeration.
    pub(super) fn word<W: Word>(&mut self, key: &'static str, missing: Missing<W>) -> Option<W> {
        self.read(key, missing, |value| word_of(&text_of(value)?))
    }

    /// A list of words of an enumeration, each at most once and at least one.
    pub(super) fn words<W: Word>(&mut self, key: &'static str, missing: Missing<Vec<W>>) -> Option<Vec<W>> {
        let words: Vec<W> = match missing {
            Missing::Means(_) => self.list(key, missing, word_of)?,
            required => match self.list(key, Missing::Error, word_of) {
                Some(words) if words.is_empty() => {
                    self.error(key, ProblemKind::Empty);
                    return required.stand_in();
                }
                Some(words) => words,
                None => return required.stand_in(),
            },
        };
        self.each_once(key, words.iter().map(|word| word.word()));
        Some(words)
    }

    /// Notes an error for every entry of a list that stands in it before.
    fn each_once<'t>(&self, key: &str, entries: impl Iterator<Item = &'t str>) {
        let mut seen = HashSet::new();
        for twice in entries.filter(|entry| !seen.insert(*entry)) {
            self.error(key, ProblemKind::Duplicate { value: twice.to_owned(), first_row: None });
        }
    }

    /// One text, or a list of texts: at least one, and each once.
    pub(super) fn texts(&mut self, key: &'static str) -> Option<Vec<String>> {
        let item = self.item(key, true)?;
        let texts = match item.get_ref() {
            DeValue::Array(_) => self.entries(key, item, |text| Ok(text.to_owned()))?,
            DeValue::String(_) => vec![text_of(item.get_ref()).map_err(|kind| self.error(key, kind)).ok()?],
            _ => {
                self.error(key, ProblemKind::WrongType { expected: ValueType::TextOrList });
                return None;
            }
        };
        if texts.is_empty() {
            self.error(key, ProblemKind::Empty);
            return None;
        }
        self.each_once(key, texts.iter().map(String::as_str));
        Some(texts)
    }

    /// A list of texts, each once; none where there is no key.
    pub(super) fn optional_texts(&mut self, key: &'static str) -> Vec<String> {
        let texts = self.list(key, Missing::Means(Vec::new()), |text| Ok(text.to_owned())).unwrap_or_default();
        self.each_once(key, texts.iter().map(String::as_str));
        texts
    }

    /// A list of rounds, each once.
    pub(super) fn rounds(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<RoundId, ProblemKind>,
    ) -> Option<Vec<RoundId>> {
        let rounds = self.list(key, Missing::Means(Vec::new()), parse)?;
        self.each_once(key, rounds.iter().map(RoundId::as_str));
        Some(rounds)
    }

    /// A whole number in a range.
    pub(super) fn number<N: TryFrom<u64>>(
        &mut self,
        key: &'static str,
        range: RangeInclusive<u64>,
        missing: Missing<N>,
    ) -> Option<N> {
        self.read(key, missing, |value| number_of(value, &range))
    }

    /// The numbers of all keys that nobody asked for, by their names.
    pub(super) fn other_numbers<N: TryFrom<u64>>(&self, range: RangeInclusive<u64>) -> Option<BTreeMap<String, N>> {
        let others = self.table.iter().filter(|(key, _)| !self.known.contains(&key.get_ref().as_ref()));
        let read: Vec<Option<(String, N)>> = others
            .map(|(key, value)| {
                let name = key.get_ref().as_ref();
                let number = number_of(value.get_ref(), &range).map_err(|kind| self.error(name, kind)).ok();
                Some((name.to_owned(), number?))
            })
            .collect();
        read.into_iter().collect()
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, key: &'static str, missing: Missing<bool>) -> Option<bool> {
        self.read(key, missing, |value| value.as_bool().ok_or(ProblemKind::WrongType { expected: ValueType::Boolean }))
    }

    /// A local time of the contest's zone, in quotes or as TOML's own date and time.
    pub(super) fn instant(&mut self, key: &'static str, zone: Tz) -> Option<Timestamp> {
        self.instant_or(key, zone, Missing::Error).flatten()
    }

    /// A time that may be left out.
    pub(super) fn optional_instant(&mut self, key: &'static str, zone: Tz) -> Option<Timestamp> {
        self.instant_or(key, zone, Missing::Means(None)).flatten()
    }

    fn instant_or(
        &mut self,
        key: &'static str,
        zone: Tz,
        missing: Missing<Option<Timestamp>>,
    ) -> Option<Option<Timestamp>> {
        let mut has_offset = false;
        let instant = self.read(key, missing, |value| {
            let text = match value {
                DeValue::Datetime(written) => written.to_string(),
                other => text_of(other)?,
            };
            has_offset = Timestamp::parse_rfc3339(&text).is_some();
            parse_local(&text, zone).map(Some).map_err(|fault| match fault {
                LocalTimeFault::WrongWeekday { is } => ProblemKind::WrongWeekday { text, is },
                fault => ProblemKind::InvalidTime { text, fault },
            })
        });
        if has_offset {
            self.refuse(key, ProblemKind::TimeWithOffset);
        }
        instant
    }

    /// A list of texts, each turned into something else; the place of a bad entry is its own line.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        missing: Missing<Vec<T>>,
        parse: impl Fn(&str) -> Result<T, ProblemKind>,
    ) -> Option<Vec<T>> {
        let Some(item) = self.item(key, !matches!(missing, Missing::Means(_))) else { return missing.stand_in() };
        self.entries(key, item, parse).or(missing.stand_in())
    }

    fn entries<T>(&self, key: &str, item: Item<'a>, parse: impl Fn(&str) -> Result<T, ProblemKind>) -> Option<Vec<T>> {
        let Some(entries) = item.get_ref().as_array() else {
            self.error(key, ProblemKind::WrongType { expected: ValueType::List });
            return None;
        };
        if entries.len() > MAX_LIST {
            self.error(key, ProblemKind::TooMany { most: MAX_LIST });
            return None;
        }
        let read: Vec<Option<T>> = entries
            .iter()
            .map(|entry| {
                let place = Place::Key { line: Some(self.report.line_of(entry.span().start)), key: self.path(key) };
                text_of(entry.get_ref())
                    .inspect(|text| self.warn_of_letters(key, Some(text)))
                    .and_then(|text| parse(&text))
                    .map_err(|kind| self.report.error(place, kind))
                    .ok()
            })
            .collect();
        read.into_iter().collect()
    }

    /// A table inside this one, `name` being what its keys are called in problems.
    pub(super) fn table(&mut self, key: &'static str, name: &'static str, required: bool) -> Option<Section<'a>> {
        let item = self.item(key, required)?;
        match item.get_ref().as_table() {
            Some(table) => Some(Section::new(name, item.span().start, table, self.report)),
            None => {
                self.error(key, ProblemKind::WrongType { expected: ValueType::Table });
                None
            }
        }
    }

    /// The tables of a list of tables, `name` being what their keys are called in problems.
    pub(super) fn tables(&mut self, key: &'static str, name: &'static str, required: bool) -> Vec<Section<'a>> {
        let Some(item) = self.item(key, required) else { return Vec::new() };
        let sections: Option<Vec<Section<'a>>> = item.get_ref().as_array().and_then(|entries| {
            let section = |entry: &'a Spanned<DeValue<'a>>| {
                entry.get_ref().as_table().map(|table| Section::new(name, entry.span().start, table, self.report))
            };
            entries.iter().map(section).collect()
        });
        sections.unwrap_or_else(|| {
            self.error(key, ProblemKind::WrongType { expected: ValueType::Tables });
            Vec::new()
        })
    }

    /// Names every key that nobody asked for.
    pub(super) fn finish(&self) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let place = Place::Key { line: Some(self.report.line_of(key.span().start)), key: self.path(name) };
                let kind = ProblemKind::UnknownKey { key: name.to_owned(), nearest: nearest(name, &self.known) };
                self.report.error(place, kind);
            }
        }
    }
}

/// Whether a value is a text without a letter.
fn is_empty(value: &DeValue<'_>) -> bool {
    value.as_str().is_some_and(|text| clean(text).is_empty())
}

/// A whole number in a range.
fn number_of<N: TryFrom<u64>>(value: &DeValue<'_>, range: &RangeInclusive<u64>) -> Result<N, ProblemKind> {
    let dotted = match value {
        DeValue::Float(float) => without_dots(float.as_str()),
        DeValue::String(text) => without_dots(&clean(text)),
        _ => None,
    };
    let wrong_type = ProblemKind::WrongType { expected: ValueType::Number };
    let no_number = dotted.map_or(wrong_type, |plain| ProblemKind::DotsInNumber { plain });
    let integer = value.as_integer().ok_or(no_number)?;
    let out_of_range = ProblemKind::OutOfRange { least: *range.start(), most: *range.end() };
    let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|n| range.contains(n));
    number.and_then(|n| N::try_from(n).ok()).ok_or(out_of_range)
}

/// Two whole numbers in their ranges.
fn offset_of(value: &DeValue<'_>) -> Result<Offset, ProblemKind> {
    let number = |entry: &Spanned<DeValue<'_>>, most: i32| {
        let integer = entry.get_ref().as_integer()?;
        i32::from_str_radix(integer.as_str(), integer.radix()).ok().filter(|number| (-most..=most).contains(number))
    };
    let read = || {
        let [right, down] = &value.as_array()?[..] else { return None };
        Some(Offset { right: number(right, Offset::MOST_RIGHT)?, down: number(down, Offset::MOST_DOWN)? })
    };
    read().ok_or(ProblemKind::InvalidOffset)
}

/// The text of a value in the one form in which text is kept.
fn text_of(value: &DeValue<'_>) -> Result<String, ProblemKind> {
    let text = clean(value.as_str().ok_or(ProblemKind::WrongType { expected: ValueType::Text })?);
    if text.is_empty() {
        Err(ProblemKind::Empty)
    } else if text.chars().count() > MAX_TEXT {
        Err(ProblemKind::TooLong { most: MAX_TEXT })
    } else if !is_legible(&text) {
        Err(ProblemKind::InvalidText)
    } else {
        Ok(text)
    }
}

/// The variant of a word; spaces inside (`score  desc`) do not matter.
pub(super) fn word_of<W: Word>(text: &str) -> Result<W, ProblemKind> {
    let written = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = W::all().iter().copied().find(|variant| variant.word() == written);
    found.ok_or_else(|| ProblemKind::UnknownWord {
        word: text.to_owned(),
        allowed: W::all().iter().map(|variant| variant.word()).collect(),
    })
}

/// The known key that a mistyped one most likely means: at most a third of its letters differ. A greatest value is not
/// meant by a least one.
pub(super) fn nearest(written: &str, known: &[&'static str]) -> Option<&'static str> {
    let written = written.to_lowercase();
    let distance = |key: &&'static str| strsim::damerau_levenshtein(&written, key);
    let is_contrary = |key: &str, one: &str, other: &str| written.contains(one) && key.contains(other);
    let is_meant = |key: &&'static str| !is_contrary(key, "max", "min") && !is_contrary(key, "min", "max");
    let best = known.iter().copied().filter(is_meant).min_by_key(distance)?;
    (distance(&best) * 3 <= best.len().max(3)).then_some(best)
}
