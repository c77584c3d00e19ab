//! Characters of GIFT: those behind a backslash are text, wherever they stand.

/// A text in which what is escaped is no mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chars(Vec<(char, Kind)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    /// Behind a backslash.
    Escaped,
    /// A backslash before what needs none; both are text.
    Unknown,
}

impl Chars {
    pub(super) fn of(text: &str) -> Self {
        let mut chars = Vec::new();
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match (c, rest.peek().copied()) {
                ('\\', Some('n')) => chars.push(('\n', Kind::Escaped)),
                ('\\', Some(next @ ('~' | '=' | '#' | '{' | '}' | ':' | '\\'))) => chars.push((next, Kind::Escaped)),
                ('\\', _) => {
                    chars.push(('\\', Kind::Unknown));
                    continue;
                }
                _ => {
                    chars.push((c, Kind::Plain));
                    continue;
                }
            }
            rest.next();
        }
        Self(chars)
    }

    /// The text without its backslashes.
    pub(super) fn written(&self) -> String {
        self.0.iter().map(|(c, _)| *c).collect()
    }

    /// Each backslash before a character that needs none, with that character.
    pub(super) fn unknown(&self) -> Vec<String> {
        let places = (0..self.0.len()).filter(|place| self.0[*place].1 == Kind::Unknown);
        places.map(|place| self.0[place..].iter().take(2).map(|(c, _)| *c).collect()).collect()
    }

    pub(super) fn trim(&self) -> Self {
        let is_space = |(c, _): &&(char, Kind)| c.is_whitespace();
        let from = self.0.iter().take_while(is_space).count();
        let to = self.0.len() - self.0.iter().rev().take_while(is_space).count();
        Self(self.0.get(from..to).unwrap_or_default().to_vec())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn at(&self, place: usize, mark: &str) -> bool {
        let mut rest = self.0[place..].iter();
        mark.chars().all(|c| rest.next() == Some(&(c, Kind::Plain)))
    }

    /// What stands before and behind the first of a mark that is no text.
    pub(super) fn split_once(&self, mark: &str) -> Option<(Self, Self)> {
        let place = (0..self.0.len()).find(|place| self.at(*place, mark))?;
        Some((Self(self.0[..place].to_vec()), Self(self.0[place + mark.chars().count()..].to_vec())))
    }

    /// The text behind a mark with which it begins, after blanks.
    pub(super) fn strip(&self, mark: &str) -> Option<Self> {
        let from = self.0.iter().take_while(|(c, _)| c.is_whitespace()).count();
        self.at(from, mark).then(|| Self(self.0[from + mark.chars().count()..].to_vec()))
    }

    /// The pieces that begin with one of two marks, each with its mark; and what stands before the first.
    pub(super) fn pieces(&self, marks: [char; 2]) -> (Self, Vec<(char, Self)>) {
        let (mut before, mut pieces) = (Self::default(), Vec::<(char, Self)>::new());
        for (c, kind) in &self.0 {
            if *kind == Kind::Plain && marks.contains(c) {
                pieces.push((*c, Self::default()));
            } else {
                pieces.last_mut().map_or(&mut before, |(_, piece)| piece).0.push((*c, *kind));
            }
        }
        (before, pieces)
    }

    /// This text, another, and a third behind it.
    pub(super) fn joined(mut self, middle: &str, last: Self) -> Self {
        self.0.extend(middle.chars().map(|c| (c, Kind::Escaped)));
        self.0.extend(last.0);
        self
    }
}
