//! Documents that offices go on writing in: paragraphs, tables and a page number as WordprocessingML (ECMA-376, part 1),
//! packed without a clock, so that the same text gives the same bytes. The layout is that of Nghị định 30/2020/NĐ-CP, Phụ
//! lục I: A4 upright, margins of 20 mm above and below, 30 on the left, 15 on the right, Times New Roman, and the page's
//! number top centre from the second page on.
//!
//! Texts enter by [`escaped`] alone. The library `docx-rs` (0.4.22) was looked at: it cannot repeat the heading of a table on
//! every page, lets characters through that XML does not have, and brings older copies of two libraries.

use contest::time::Timestamp;
use std::io::{Cursor, Write};
use unicode_normalization::UnicodeNormalization;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Lengths are twips, of which a millimetre has 56.7.
const PAGE: (u32, u32) = (11_906, 16_838);
const TOP_AND_BOTTOM: u32 = 1_134;
const LEFT: u32 = 1_701;
const RIGHT: u32 = 851;
/// Between the margins.
pub(super) const WIDTH: u32 = PAGE.0 - LEFT - RIGHT;
/// Of the first line of a paragraph: a centimetre.
const INDENT: u32 = 567;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Center,
    Right,
    Both,
}

impl Align {
    const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Center => "center",
            Self::Right => "right",
            Self::Both => "both",
        }
    }
}

/// How a paragraph looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    points: u32,
    bold: bool,
    italic: bool,
    align: Align,
    indent: u32,
    after: u32,
    heading: bool,
    /// On the page of what follows.
    kept: bool,
}

impl Look {
    /// A paragraph of the body: 14 points, from margin to margin, its first line indented.
    pub(crate) const BODY: Self = Self {
        points: 14,
        bold: false,
        italic: false,
        align: Align::Both,
        indent: INDENT,
        after: 120,
        heading: false,
        kept: false,
    };
    /// The heading of a section, which readers of the screen find.
    pub(super) const SECTION: Self = Self { bold: true, heading: true, kept: true, ..Self::BODY };
    /// Lines of a head: 13 points, centred.
    pub(super) const HEAD: Self = Self { points: 13, align: Align::Center, indent: 0, after: 0, ..Self::BODY };
    /// A title: 14 points, bold, centred.
    pub(super) const TITLE: Self = Self { points: 14, bold: true, ..Self::HEAD };

    pub(crate) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn italic(self) -> Self {
        Self { italic: true, ..self }
    }

    pub(super) const fn points(self, points: u32) -> Self {
        Self { points, ..self }
    }

    pub(crate) const fn left(self) -> Self {
        Self { align: Align::Left, indent: 0, ..self }
    }

    /// A page that somebody signs has some of the text on it.
    pub(crate) const fn kept(self) -> Self {
        Self { kept: true, ..self }
    }

    const fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// A column of a table: its width in twips, and how its cells are aligned.
pub(super) type Column = (u32, Align);

/// A table with lines.
pub(super) struct Grid<'a> {
    pub(super) headings: &'a [&'a str],
    pub(super) columns: &'a [Column],
    pub(super) rows: &'a [Vec<String>],
    /// A last row: a label, and the last cell.
    pub(super) sum: Option<(&'a str, &'a str)>,
}

/// What a document says of itself.
pub(crate) struct Properties<'a> {
    pub(crate) title: &'a str,
    pub(crate) author: &'a str,
    /// Its only date.
    pub(crate) created: Timestamp,
}

/// A document being written.
#[derive(Default)]
pub(crate) struct Docx {
    body: String,
}

impl Docx {
    pub(crate) fn paragraph(&mut self, text: &str, look: Look) {
        self.body.push_str(&paragraph(text, look));
    }

    /// Two columns without lines, the left one so wide: a head, or who signs.
    pub(super) fn beside(&mut self, width: u32, left: &str, right: &str) {
        let other = WIDTH - width;
        self.body.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{WIDTH}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>{NO_MARGINS}</w:tblPr>\
             <w:tblGrid><w:gridCol w:w=\"{width}\"/><w:gridCol w:w=\"{other}\"/></w:tblGrid>{}</w:tbl>",
            row(&(cell(width, 0, left) + &cell(other, 0, right)))
        ));
    }

    /// A table whose heading stands on every page.
    pub(super) fn table(&mut self, grid: &Grid<'_>) {
        let Grid { headings, columns, rows, sum } = grid;
        let width: u32 = columns.iter().map(|(width, _)| width).sum();
        let small = Look::HEAD.points(12);
        let widths: String = columns.iter().map(|(width, _)| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
        let headings = columns.iter().zip(*headings);
        let headings = headings.map(|((width, _), title)| cell(*width, 1, &paragraph(title, small.bold())));
        let text = |((width, align), text): (&Column, &String)| cell(*width, 1, &paragraph(text, small.align(*align)));
        let row = |cells: &Vec<String>| row(&columns.iter().zip(cells).map(text).collect::<String>());
        let sum = sum.zip(columns.last()).map(|((label, value), (last, align))| {
            let label = cell(width - last, columns.len() - 1, &paragraph(label, small.bold()));
            self::row(&(label + &cell(*last, 1, &paragraph(value, small.bold().align(*align)))))
        });
        self.body.push_str(&format!(
            "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblBorders>{LINES}</w:tblBorders>\
             <w:tblLayout w:type=\"fixed\"/>{SMALL_MARGINS}</w:tblPr><w:tblGrid>{widths}</w:tblGrid>\
             <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}</w:tr>{}{}</w:tbl>",
            headings.collect::<String>(),
            rows.iter().map(row).collect::<String>(),
            sum.unwrap_or_default()
        ));
        // What follows keeps its distance.
        self.paragraph("", Look::HEAD.points(6));
    }

    /// A table of rows with nothing below them.
    pub(super) fn list(&mut self, (headings, columns): (&[&str], &[Column]), rows: impl Iterator<Item = Vec<String>>) {
        self.table(&Grid { headings, columns, rows: &rows.collect::<Vec<_>>(), sum: None });
    }

    pub(super) fn page_break(&mut self) {
        self.body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
    }

    /// A line across the middle, `width` twips long.
    pub(super) fn rule(&mut self, width: u32) {
        self.body.push_str(&rule(WIDTH, width));
    }

    /// The file.
    pub(super) fn finish(self, properties: &Properties<'_>) -> Vec<u8> {
        self.finish_below(properties, &[])
    }

    /// The file, with lines in the margin above its first page.
    pub(crate) fn finish_below(self, properties: &Properties<'_>, lines: &[&str]) -> Vec<u8> {
        let small = Look::HEAD.points(10).italic().left();
        let above = match lines {
            [] => "<w:p/>".to_owned(),
            lines => lines.iter().map(|line| paragraph(line, small)).collect(),
        };
        let document = format!(
            "{XML}<w:document {W} {R}><w:body>{}<w:sectPr>\
             <w:headerReference w:type=\"default\" r:id=\"rId2\"/><w:headerReference w:type=\"first\" r:id=\"rId3\"/>\
             <w:pgSz w:w=\"{}\" w:h=\"{}\"/>\
             <w:pgMar w:top=\"{TOP_AND_BOTTOM}\" w:right=\"{RIGHT}\" w:bottom=\"{TOP_AND_BOTTOM}\" w:left=\"{LEFT}\" \
             w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:titlePg/></w:sectPr></w:body></w:document>",
            self.body, PAGE.0, PAGE.1
        );
        let header = |content: &str| format!("{XML}<w:hdr {W}>{content}</w:hdr>");
        packed(&[
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", PACKAGE_RELATIONS),
            ("docProps/core.xml", &core(properties)),
            ("word/document.xml", &document),
            ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
            ("word/styles.xml", STYLES),
            ("word/settings.xml", SETTINGS),
            ("word/header1.xml", &header(PAGE_NUMBER)),
            ("word/header2.xml", &header(&above)),
        ])
    }
}

/// A paragraph by itself, for a cell.
pub(super) fn paragraph(text: &str, look: Look) -> String {
    let Look { points, bold, italic, align, indent, after, heading, kept } = look;
    let (bold, italic) = (if bold { "<w:b/>" } else { "" }, if italic { "<w:i/>" } else { "" });
    let outline = if heading { "<w:outlineLvl w:val=\"0\"/>" } else { "" };
    let keep = if kept { "<w:keepNext/>" } else { "" };
    let run = format!("<w:rPr>{bold}{italic}<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr>", points * 2);
    format!(
        "<w:p><w:pPr>{keep}<w:spacing w:before=\"0\" w:after=\"{after}\"/><w:ind w:firstLine=\"{indent}\"/>\
         <w:jc w:val=\"{}\"/>{outline}{run}</w:pPr><w:r>{run}<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        align.word(),
        escaped(text)
    )
}

/// A line across the middle of something `across` twips wide.
pub(super) fn rule(across: u32, width: u32) -> String {
    let side = across.saturating_sub(width) / 2;
    format!(
        "<w:p><w:pPr><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:pBdr>\
         <w:spacing w:before=\"40\" w:after=\"60\" w:line=\"120\" w:lineRule=\"exact\"/>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/></w:pPr></w:p>"
    )
}

fn row(cells: &str) -> String {
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
}

/// A cell over so many columns of a table; 0 for one that has nothing beside it to be level with.
fn cell(width: u32, columns: usize, content: &str) -> String {
    let span = if columns > 1 { format!("<w:gridSpan w:val=\"{columns}\"/>") } else { String::new() };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}<w:vAlign w:val=\"{}\"/></w:tcPr>{content}</w:tc>",
        if columns == 0 { "top" } else { "center" }
    )
}

/// Text as XML has it, its letters composed: Times New Roman has a glyph for each of them, and puts a mark that stands by
/// itself where it likes. Line breaks and tabs are spaces, and characters that XML 1.0 does not have are left out.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' | '\r' => xml.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => xml.push(other),
        }
    }
    xml
}

fn core(properties: &Properties<'_>) -> String {
    let Properties { title, author, created } = properties;
    // Whole seconds: the form that every reader takes.
    let created = Timestamp::from_millis(created.millis().div_euclid(1_000) * 1_000).utc().format("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>\
         <dc:language>vi-VN</dc:language><dcterms:created xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{created}</dcterms:modified></cp:coreProperties>",
        escaped(title),
        escaped(author)
    )
}

/// A ZIP whose entries have no time of their own.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        archive.start_file(*name, options).expect("a Vec takes every byte, and every name stands once");
        archive.write_all(content.as_bytes()).expect("a Vec takes every byte");
    }
    archive.finish().expect("a Vec takes every byte").into_inner()
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const R: &str = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const LINES: &str = "<w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>";
const NO_MARGINS: &str =
    "<w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar>";
const SMALL_MARGINS: &str =
    "<w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar>";
const PAGE_NUMBER: &str = "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>\
    <w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>\
    <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>";
const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
    <Override PartName=\"/word/header1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
    <Override PartName=\"/word/header2.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml\"/>\
    </Types>";
const PACKAGE_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    </Relationships>";
const DOCUMENT_RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header1.xml\"/>\
    <Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/header\" Target=\"header2.xml\"/>\
    <Relationship Id=\"rId4\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings\" Target=\"settings.xml\"/>\
    </Relationships>";
const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault><w:rPr>\
    <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
    <w:color w:val=\"000000\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"vi-VN\"/></w:rPr></w:rPrDefault></w:docDefaults>\
    <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style></w:styles>";
/// Without it Word opens the file as one of Word 2007.
const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:compat>\
    <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";
