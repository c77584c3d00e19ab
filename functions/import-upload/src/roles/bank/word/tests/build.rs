//! Small documents from lines, so that a test shows what it is about.
//!
//! In a line `{u:…}` is a run with a look: `b i u s v` are bold, italic, underlined, struck and hidden, `r` red, `h` highlighted,
//! `^` and `_` raised and lowered, `.` a font of TCVN3. A tab and a line's end are what they are in Word.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" "#,
    r#"xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape""#
);

/// A document while it is built.
#[derive(Default)]
pub(super) struct Docx {
    body: String,
    styles: Option<String>,
    numbering: Option<String>,
    theme: Option<String>,
}

impl Docx {
    /// A document of these lines, a paragraph each.
    pub(super) fn of(lines: &[&str]) -> Self {
        Self::default().lines(lines)
    }

    /// These lines as well.
    pub(super) fn lines(mut self, lines: &[&str]) -> Self {
        for line in lines {
            self.body.push_str(&paragraph("", line));
        }
        self
    }

    /// A paragraph with properties of its own.
    pub(super) fn with(mut self, properties: &str, line: &str) -> Self {
        self.body.push_str(&paragraph(properties, line));
        self
    }

    /// XML as it stands.
    pub(super) fn raw(mut self, xml: &str) -> Self {
        self.body.push_str(xml);
        self
    }

    /// A table of lines.
    pub(super) fn table(self, rows: &[&[&str]]) -> Self {
        let cell = |text: &&str| format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph("", text));
        let row = |row: &&[&str]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
        let rows: String = rows.iter().map(row).collect();
        self.raw(&format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"))
    }

    pub(super) fn styles(mut self, styles: &str) -> Self {
        self.styles = Some(format!(r#"<w:styles xmlns:w="{W}">{styles}</w:styles>"#));
        self
    }

    pub(super) fn numbering(mut self, numbering: &str) -> Self {
        self.numbering = Some(format!(r#"<w:numbering xmlns:w="{W}">{numbering}</w:numbering>"#));
        self
    }

    pub(super) fn theme(mut self, colours: &str) -> Self {
        self.theme = Some(format!(
            r#"<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme name="x">{colours}</a:clrScheme></a:themeElements></a:theme>"#
        ));
        self
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        let document = format!("<w:document {NAMESPACES}><w:body>{}<w:sectPr/></w:body></w:document>", self.body);
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relation = |kind: &str, target: &str| {
            format!(r#"<Relationship Id="{kind}" Type="{office}/{kind}" Target="{target}"/>"#)
        };
        let relations = |all: &str| {
            format!(
                r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
            )
        };
        let parts = [("styles", &self.styles), ("numbering", &self.numbering), ("theme", &self.theme)];
        let there: Vec<(&str, &String)> =
            parts.iter().filter_map(|(name, part)| Some((*name, part.as_ref()?))).collect();
        let of_document: String = there.iter().map(|(name, _)| relation(name, &format!("{name}.xml"))).collect();
        let mut files = vec![
            ("_rels/.rels".to_owned(), relations(&relation("officeDocument", "word/document.xml"))),
            ("word/document.xml".to_owned(), document),
            ("word/_rels/document.xml.rels".to_owned(), relations(&of_document)),
        ];
        files.extend(there.into_iter().map(|(name, part)| (format!("word/{name}.xml"), part.clone())));
        archive(&files)
    }
}

/// An archive of these files.
pub(super) fn archive(files: &[(String, String)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name.as_str(), stored).expect("an entry");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

pub(super) fn paragraph(properties: &str, line: &str) -> String {
    let mut runs = String::new();
    let mut rest = line;
    while let Some((before, more)) = rest.split_once('{') {
        runs.push_str(&run("", before));
        let (inside, behind) = more.split_once('}').expect("a run that ends");
        let (looks, text) = inside.split_once(':').expect("looks before the text");
        runs.push_str(&run(&looks.chars().map(look).collect::<String>(), text));
        rest = behind;
    }
    runs.push_str(&run("", rest));
    format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
}

/// A run with properties.
pub(super) fn run(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let broken = escaped.replace('\n', "</w:t><w:br/><w:t xml:space=\"preserve\">");
    let tabbed = broken.replace('\t', "</w:t><w:tab/><w:t xml:space=\"preserve\">");
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{tabbed}</w:t></w:r>")
}

fn look(sign: char) -> &'static str {
    match sign {
        'b' => "<w:b/>",
        'i' => "<w:i/>",
        'u' => "<w:u w:val=\"single\"/>",
        's' => "<w:strike/>",
        'v' => "<w:vanish/>",
        'r' => "<w:color w:val=\"FF0000\"/>",
        'g' => "<w:color w:val=\"333333\"/>",
        'k' => "<w:color w:val=\"00B050\"/>",
        'h' => "<w:highlight w:val=\"yellow\"/>",
        '^' => "<w:vertAlign w:val=\"superscript\"/>",
        '_' => "<w:vertAlign w:val=\"subscript\"/>",
        '.' => "<w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/>",
        other => panic!("{other} is no look"),
    }
}
