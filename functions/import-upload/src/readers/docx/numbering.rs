//! Numbers that Word makes before paragraphs: they stand in no text, and are made here as Word shows them.

use super::Fault;
use super::look::Properties;
use super::styles::Styles;
use super::theme::Theme;
use super::xml::Xml;
use std::collections::{HashMap, HashSet};
use std::io::BufRead;

/// Levels of a list.
const LEVELS: usize = 9;
/// Longest label: a level may show every level above it.
const MAX_LABEL_CHARS: usize = 200;

/// Which list a paragraph belongs to, and at which level.
#[derive(Clone, Copy, Debug)]
pub(super) struct NumberRef {
    /// `None` where only the level is given.
    pub(super) list: Option<u32>,
    pub(super) level: Option<usize>,
}

impl NumberRef {
    /// Reads the element `numPr` that is open, and goes behind it.
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>) -> Result<Option<Self>, Fault> {
        let mut found = Self { list: None, level: None };
        while let Some(tag) = xml.child()? {
            match tag.word() {
                Some("numId") => found.list = tag.number(),
                Some("ilvl") => found.level = tag.number(),
                _ => {}
            }
            xml.skip()?;
        }
        Ok((found.list.is_some() || found.level.is_some()).then_some(found))
    }
}

#[derive(Clone, Debug)]
struct Level {
    start: u32,
    format: String,
    text: String,
    /// Whether nothing parts the label from the text.
    is_tight: bool,
    /// Numbers of the levels above are shown as figures.
    is_legal: bool,
    /// The level that makes this one begin again, from 1; 0 where nothing does.
    restart: Option<usize>,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
    look: Properties,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            is_tight: false,
            is_legal: false,
            restart: None,
            style: None,
            look: Properties::default(),
        }
    }
}

#[derive(Debug, Default)]
struct Abstract {
    levels: HashMap<usize, Level>,
    /// The style of lists that has its levels instead.
    style_link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    abstract_list: u32,
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// Where the numbers of a list stand.
#[derive(Debug, Default)]
struct Counters([Option<u32>; LEVELS]);

/// The lists of a document, and how far each has come.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<u32, Abstract>,
    lists: HashMap<u32, List>,
    /// Lists that are made of one share their numbers.
    counters: HashMap<u32, Counters>,
    /// Lists whose own start has been used, with the level.
    started: HashSet<(u32, usize)>,
}

/// What stands before a paragraph.
#[derive(Debug)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) look: Properties,
    /// Whether it is in a script that is not made here.
    pub(super) is_unknown: bool,
}

impl Numbering {
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<Self, Fault> {
        let mut numbering = Self::default();
        xml.root()?;
        while let Some(tag) = xml.child()? {
            match tag.word() {
                Some("abstractNum") => {
                    let id = tag.get("abstractNumId").and_then(|id| id.parse().ok()).unwrap_or_default();
                    let read = abstract_list(xml, theme)?;
                    numbering.abstracts.insert(id, read);
                }
                Some("num") => {
                    let id = tag.get("numId").and_then(|id| id.parse().ok()).unwrap_or_default();
                    let read = list(xml, theme)?;
                    numbering.lists.insert(id, read);
                }
                _ => xml.skip()?,
            }
        }
        Ok(numbering)
    }

    /// The label of the next paragraph of a list; `None` where the list shows none. `style` is the paragraph's.
    pub(super) fn next(&mut self, of: NumberRef, style: Option<&str>, styles: &Styles) -> Option<Label> {
        let id = of.list.filter(|list| *list != 0)?;
        let list = self.lists.get(&id)?;
        let shared = self.abstract_of(list, styles)?;
        let levels = &self.abstracts.get(&shared)?.levels;
        let of_style = || levels.iter().find(|(_, level)| level.style.as_deref() == style).map(|(at, _)| *at);
        let at = of.level.or_else(of_style).unwrap_or(0);
        if at >= LEVELS {
            return None;
        }
        let nothing = Level::default();
        let level_at = |at: usize| list.levels.get(&at).or_else(|| levels.get(&at)).unwrap_or(&nothing);
        let all: Vec<&Level> = (0..LEVELS).map(level_at).collect();
        let own_start = list.starts.get(&at).copied();
        let begins_anew = own_start.filter(|_| self.started.insert((id, at)));
        let counters = &mut self.counters.entry(shared).or_default().0;
        let next = match (begins_anew, counters[at]) {
            (Some(start), _) => start,
            (None, Some(last)) => last.saturating_add(1),
            (None, None) => own_start.unwrap_or(all[at].start),
        };
        counters[at] = Some(next);
        for (below, counter) in counters.iter_mut().enumerate().skip(at + 1) {
            if all[below].restart.is_none_or(|by| by > 0 && at < by) {
                *counter = None;
            }
        }
        let shown: Vec<u32> = (0..LEVELS).map(|at| counters[at].unwrap_or(all[at].start)).collect();
        label(&all, at, &shown)
    }

    /// The list in which the levels stand: a style of lists may stand between.
    fn abstract_of(&self, list: &List, styles: &Styles) -> Option<u32> {
        let mut id = list.abstract_list;
        for _ in 0..LEVELS {
            let Some(link) = self.abstracts.get(&id)?.style_link.as_ref() else { return Some(id) };
            id = self.lists.get(&styles.number_of(link)?.list?)?.abstract_list;
        }
        None
    }
}

fn label(levels: &[&Level], at: usize, numbers: &[u32]) -> Option<Label> {
    let level = levels[at];
    let mut label = Label { text: String::new(), look: level.look.clone(), is_unknown: false };
    if level.format == "bullet" {
        label.text.push('•');
    } else {
        let mut chars = level.text.chars().take(MAX_LABEL_CHARS);
        while let Some(c) = chars.next() {
            let placed = (c == '%').then(|| chars.next()).flatten();
            match placed.map(|digit| (digit, digit.to_digit(10))) {
                Some((_, Some(of @ 1..=9))) => {
                    let of = of as usize - 1;
                    let format = if level.is_legal { "decimal" } else { levels[of].format.as_str() };
                    match written(numbers[of], format) {
                        Some(number) => label.text.push_str(&number),
                        None => label.is_unknown = true,
                    }
                }
                Some((other, _)) => label.text.extend([c, other]),
                None => label.text.push(c),
            }
        }
    }
    if label.text.trim().is_empty() && !label.is_unknown {
        return None;
    }
    if !level.is_tight {
        label.text.push(' ');
    }
    Some(label)
}

/// A number as a format writes it; `None` where the format is not known.
fn written(number: u32, format: &str) -> Option<String> {
    let letters = |first: u8| {
        let place = number.checked_sub(1)?;
        let letter = char::from(first + u8::try_from(place % 26).ok()?);
        Some(letter.to_string().repeat(usize::try_from(place / 26 + 1).ok()?.min(MAX_LABEL_CHARS)))
    };
    match format {
        "decimal" => Some(number.to_string()),
        "decimalZero" => Some(format!("{number:02}")),
        "upperLetter" => letters(b'A'),
        "lowerLetter" => letters(b'a'),
        "upperRoman" => Some(roman(number)),
        "lowerRoman" => Some(roman(number).to_ascii_lowercase()),
        "none" => Some(String::new()),
        _ => None,
    }
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    number = number.min(10_000);
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            roman.push_str(sign);
            number -= value;
        }
    }
    roman
}

fn abstract_list<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<Abstract, Fault> {
    let mut found = Abstract::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("lvl") => {
                let at = tag.get("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                let level = level(xml, theme)?;
                found.levels.insert(at, level);
            }
            Some("numStyleLink") => {
                found.style_link = tag.val().map(str::to_owned);
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

fn list<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<List, Fault> {
    let mut found = List::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("abstractNumId") => {
                found.abstract_list = tag.number().unwrap_or_default();
                xml.skip()?;
            }
            Some("lvlOverride") => {
                let at: usize = tag.get("ilvl").and_then(|at| at.parse().ok()).unwrap_or(0);
                while let Some(tag) = xml.child()? {
                    match tag.word() {
                        Some("startOverride") => {
                            found.starts.extend(tag.number().map(|start| (at, start)));
                            xml.skip()?;
                        }
                        Some("lvl") => {
                            let level = level(xml, theme)?;
                            found.levels.insert(at, level);
                        }
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

fn level<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<Level, Fault> {
    let mut found = Level::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("start") => found.start = tag.number().unwrap_or(1),
            Some("numFmt") => found.format = tag.val().unwrap_or("decimal").to_owned(),
            Some("lvlText") => found.text = tag.val().unwrap_or_default().to_owned(),
            Some("suff") => found.is_tight = tag.val() == Some("nothing"),
            Some("isLgl") => found.is_legal = tag.is_on(),
            Some("lvlRestart") => found.restart = tag.number(),
            Some("pStyle") => found.style = tag.val().map(str::to_owned),
            Some("rPr") => {
                found.look = Properties::read(xml, theme)?;
                continue;
            }
            _ => {}
        }
        xml.skip()?;
    }
    Ok(found)
}
