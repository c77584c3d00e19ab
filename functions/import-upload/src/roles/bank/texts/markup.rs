//! Formatted text as plain lines. What plain text cannot say is refused: a question that has lost a part is another one.

use crate::readers::entities;
use contest::problem::ProblemKind;
use contest::text::{clean_lines, subscript, superscript};

/// Elements that begin on a line of their own.
const BLOCKS: [&str; 27] = [
    "p",
    "div",
    "br",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "blockquote",
    "section",
    "article",
    "header",
    "footer",
    "dl",
    "dt",
    "dd",
    "center",
    "address",
    "main",
    "figure",
    "figcaption",
];

/// Elements whose text goes on in its line.
const INLINE: [&str; 26] = [
    "b", "strong", "i", "em", "u", "span", "font", "a", "small", "big", "mark", "code", "tt", "kbd", "samp", "var",
    "abbr", "cite", "q", "label", "ins", "dfn", "wbr", "html", "body", "bdo",
];

/// Whether a text of marks may be meant by a name in angle brackets.
fn is_known(name: &str) -> bool {
    BLOCKS.contains(&name)
        || INLINE.contains(&name)
        || matches!(
            name,
            "sup" | "sub" | "s" | "strike" | "del" | "img" | "svg" | "math" | "table" | "tr" | "td" | "th"
        )
        || matches!(name, "script" | "style" | "iframe" | "object" | "embed" | "audio" | "video" | "source" | "input")
}

/// A text while its marks are read.
#[derive(Debug, Default)]
pub(super) struct Markup {
    text: String,
    /// Raised and lowered elements that are open: text in two of them has no plain form.
    raised: u32,
    lowered: u32,
    /// Lists that are open: how many items a numbered one has had.
    lists: Vec<Option<u32>>,
    faults: Vec<ProblemKind>,
}

impl Markup {
    /// Text between marks; its own line ends are spaces.
    pub(super) fn text(&mut self, text: &str) {
        let text: String = text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }).collect();
        let plain = match (self.raised, self.lowered) {
            (0, 0) => Some(text),
            (1, 0) => superscript(&text),
            (0, 1) => subscript(&text),
            _ if text.trim().is_empty() => Some(text),
            _ => None,
        };
        match plain {
            Some(plain) => self.text.push_str(&plain),
            None => self.fault(ProblemKind::FormattedText),
        }
    }

    /// Text without marks, which keeps its lines.
    pub(super) fn lines(&mut self, text: &str) {
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.text.push('\n');
            }
            self.text(line);
        }
    }

    /// The beginning of an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[(String, String)]) {
        let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        if value("style").is_some_and(is_telling_style) {
            self.fault(ProblemKind::FormattedText);
        }
        if BLOCKS.contains(&name) {
            self.text.push('\n');
        }
        match name {
            "sup" => self.raised += 1,
            "sub" => self.lowered += 1,
            "ul" => self.lists.push(None),
            // Letters or another beginning are not rebuilt.
            "ol" if value("type").is_some() || value("start").is_some() => self.fault(not_read(name)),
            "ol" => self.lists.push(Some(0)),
            "li" => match self.lists.last_mut() {
                Some(Some(count)) => {
                    *count += 1;
                    self.text.push_str(&format!("{count}. "));
                }
                Some(None) | None => self.text.push_str("- "),
            },
            "s" | "strike" | "del" => self.fault(ProblemKind::FormattedText),
            "img" | "svg" | "picture" => self.fault(ProblemKind::Picture),
            "math" => self.fault(ProblemKind::Formula),
            _ if BLOCKS.contains(&name) || INLINE.contains(&name) => {}
            "thead" | "tbody" | "tr" | "td" | "th" | "caption" => self.fault(not_read("table")),
            _ => self.fault(not_read(name)),
        }
    }

    /// The end of an element.
    pub(super) fn close(&mut self, name: &str) {
        match name {
            "sup" => self.raised = self.raised.saturating_sub(1),
            "sub" => self.lowered = self.lowered.saturating_sub(1),
            "ul" | "ol" => {
                self.lists.pop();
            }
            _ => {}
        }
        if BLOCKS.contains(&name) {
            self.text.push('\n');
        }
    }

    /// The text in lines, and each fault once.
    pub(super) fn finish(mut self) -> (String, Vec<ProblemKind>) {
        if has_formula(&self.text) {
            self.fault(ProblemKind::Formula);
        }
        (clean_lines(&self.text), self.faults)
    }

    pub(super) fn fault(&mut self, kind: ProblemKind) {
        if !self.faults.contains(&kind) {
            self.faults.push(kind);
        }
    }
}

fn not_read(name: &str) -> ProblemKind {
    ProblemKind::MarkupNotRead { element: name.to_owned() }
}

/// Struck out, raised, lowered or hidden by a style.
fn is_telling_style(style: &str) -> bool {
    let style: String = style.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    ["line-through", "vertical-align:super", "vertical-align:sub", "display:none", "visibility:hidden"]
        .iter()
        .any(|telling| style.contains(telling))
}

/// TeX between its marks.
pub(super) fn has_formula(text: &str) -> bool {
    let pair = |open: &str, close: &str| text.split_once(open).is_some_and(|(_, rest)| rest.contains(close));
    pair("\\(", "\\)") || pair("\\[", "\\]") || pair("$$", "$$")
}

/// The lines of a piece of HTML, and what of it cannot be said in them.
pub(super) fn of_html(html: &str) -> (String, Vec<ProblemKind>) {
    read(html, false)
}

/// The lines of a text in which marks may stand: line ends are kept, and angle brackets that are no mark are text.
pub(super) fn of_loose_text(text: &str) -> (String, Vec<ProblemKind>) {
    read(text, true)
}

fn read(html: &str, loose: bool) -> (String, Vec<ProblemKind>) {
    let mut markup = Markup::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        markup_text(&mut markup, &rest[..at], loose);
        rest = &rest[at..];
        match Tag::at(rest).filter(|tag| !loose || tag.is_comment() || is_known(&tag.name)) {
            Some(tag) => {
                if tag.is_closing {
                    markup.close(&tag.name);
                } else if !tag.is_comment() {
                    markup.open(&tag.name, &tag.attributes);
                }
                // Nothing of a script is text, and it is refused.
                let skipped = match tag.name.as_str() {
                    name @ ("script" | "style") if !tag.is_closing => end_of(&rest[tag.length..], name),
                    _ => 0,
                };
                rest = &rest[tag.length + skipped..];
            }
            None => {
                markup.text("<");
                rest = &rest[1..];
            }
        }
    }
    markup_text(&mut markup, rest, loose);
    markup.finish()
}

fn markup_text(markup: &mut Markup, text: &str, loose: bool) {
    let decoded = if loose && !text.contains('&') { text.to_owned() } else { without_entities(text) };
    if loose { markup.lines(&decoded) } else { markup.text(&decoded) }
}

fn end_of(rest: &str, name: &str) -> usize {
    let ends = |at: &usize| {
        let behind = &rest.as_bytes()[at + 2..];
        behind.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()))
    };
    rest.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(rest.len())
}

/// Bytes of the longest name of a character, with its marks.
const MAX_ENTITY_BYTES: usize = 34;

/// Bytes of a tag: what is longer is none.
const MAX_TAG_BYTES: usize = 4 * 1024;

/// `&lt;`, `&#233;`, `&nbsp;` as characters; what is no entity stays.
fn without_entities(text: &str) -> String {
    let mut decoded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let near = &rest[1..rest.floor_char_boundary(MAX_ENTITY_BYTES.min(rest.len())).max(1)];
        let entity = near.split_once(';').map(|(name, _)| name);
        match entity.and_then(|name| Some((name, character(name)?))) {
            Some((name, text)) => {
                decoded.push_str(&text);
                rest = &rest[name.len() + 2..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded + rest
}

fn character(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else { return entities::character(name).map(String::from) };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).map(String::from)
}

/// A tag of HTML.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
    is_closing: bool,
    /// Bytes with its brackets.
    length: usize,
}

impl Tag {
    /// The tag that begins a text; `None` where its `<` is a character.
    fn at(text: &str) -> Option<Self> {
        if let Some(comment) = text.strip_prefix("<!--") {
            let length = comment.find("-->").map_or(text.len(), |end| end + 7);
            return Some(Self { name: String::new(), attributes: Vec::new(), is_closing: false, length });
        }
        let behind = &text[1..];
        let (is_closing, behind) = behind.strip_prefix('/').map_or((false, behind), |rest| (true, rest));
        behind.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(())?;
        let name_end =
            behind.find(|c: char| !c.is_ascii_alphanumeric() && c != ':' && c != '-').unwrap_or(behind.len());
        let name = behind[..name_end].to_ascii_lowercase();
        let rest = &behind[name_end..];
        let (attributes, length) = attributes(&rest[..rest.floor_char_boundary(MAX_TAG_BYTES.min(rest.len()))])?;
        let length = text.len() - behind.len() + name_end + length;
        // Word writes paragraphs of its own into what is copied from it.
        let name = if name == "o:p" { "span".to_owned() } else { name };
        Some(Self { name, attributes, is_closing, length })
    }

    fn is_comment(&self) -> bool {
        self.name.is_empty()
    }
}

/// The attributes of a tag up to its `>`, and the bytes that they take with it.
fn attributes(text: &str) -> Option<(Vec<(String, String)>, usize)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            return Some((found, text.len() - behind.len()));
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).filter(|end| *end > 0)?;
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        let value = value.trim_start();
        let (value, behind) = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split_once(quote)?,
            _ => value.split_at(value.find(|c: char| c.is_whitespace() || c == '>')?),
        };
        found.push((name, without_entities(value)));
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(html: &str) -> Vec<&'static str> {
        of_html(html).1.iter().map(ProblemKind::code).collect()
    }

    #[test]
    fn blocks_become_lines_and_marks_text() {
        for (html, expected) in [
            (
                "<p>Diện&nbsp;tích 10 m<sup>2</sup> &lt; 11&nbsp;m<sup>2</sup>?</p><p>Chọn:</p>",
                "Diện tích 10 m² < 11 m²?\nChọn:",
            ),
            ("H<sub>2</sub>O <b>l\u{e0}</b> <span style=\"color: red\">gì</span>?", "H₂O là gì?"),
            ("Một<br>Hai<br/>Ba", "Một\nHai\nBa"),
            ("<ol><li>Một</li><li>Hai</li></ol><ul><li>Ba</li></ul>", "1. Một\n2. Hai\n- Ba"),
            ("a &amp; b &#233; &#xE9; &khong; 3 < 4 &", "a & b é é &khong; 3 < 4 &"),
            ("Một<!-- <img> -->\nhai", "Một hai"),
            ("<o:p>x</o:p>", "x"),
            ("<P ALIGN=center title='a > b'>x</P>", "x"),
        ] {
            assert_eq!(of_html(html), (expected.to_owned(), Vec::new()), "{html}");
        }
    }

    #[test]
    fn what_lines_cannot_say_is_refused() {
        assert_eq!(codes("<img src=\"x.png\"> Biển gì?"), ["picture"]);
        assert_eq!(codes("<table><tr><td>x</td></tr></table>"), ["markup_not_read"]);
        assert_eq!(codes("<math><mi>x</mi></math>"), ["formula", "markup_not_read"]);
        assert_eq!(codes("\\(x^2\\)"), ["formula"]);
        assert_eq!(codes("<script>if (a < b) alert('x')</script>"), ["markup_not_read"]);
        assert_eq!(codes("<s>không</s>"), ["formatted_text"]);
        assert_eq!(codes("10<sup>abc</sup>"), ["formatted_text"]);
        assert_eq!(codes("x<sup>2<sup>2</sup></sup>"), ["formatted_text"]);
        assert_eq!(codes("<span style=\"text-decoration: line-through\">x</span>"), ["formatted_text"]);
        assert_eq!(codes("<ol type=\"a\"><li>x</li></ol>"), ["markup_not_read"]);
        assert_eq!(codes("<audio src=x></audio>"), ["markup_not_read"]);
    }

    #[test]
    fn in_a_loose_text_only_marks_are_marks() {
        let read = |text: &str| of_loose_text(text).0;
        assert_eq!(read("nếu a <b và c> d"), "nếu a d");
        assert_eq!(read("nếu a < b\nvà c > d"), "nếu a < b\nvà c > d");
        assert_eq!(read("<nguyên> x<sup>2</sup>"), "<nguyên> x²");
    }
}
