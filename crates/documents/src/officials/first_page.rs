//! Workbooks whose pages are numbered from the second on (Nghị định 30/2020/NĐ-CP, Phụ lục I). `rust_xlsxwriter` 0.102 cannot
//! give the first page a header of its own, so the attribute that does is written into each sheet afterwards.

use rust_xlsxwriter::{Workbook, XlsxError};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// As it stands in a sheet with a header. A text of a cell cannot be taken for it, since `<` is escaped there.
const WITH_HEADER: &[u8] = b"<headerFooter>";
/// The header of the first page, which is not written, is empty.
const BUT_ON_THE_FIRST_PAGE: &[u8] = b"<headerFooter differentFirst=\"1\">";

/// The file of a workbook. No page number stands on the first page of a sheet.
pub(super) fn saved(mut workbook: Workbook) -> Result<Vec<u8>, XlsxError> {
    let bytes = workbook.save_to_buffer()?;
    // A long ranking is large: one copy of it at a time is enough.
    drop(workbook);
    Ok(without_first_number(bytes))
}

fn without_first_number(bytes: Vec<u8>) -> Vec<u8> {
    const WRITTEN: &str = "it was written a moment ago, and a Vec takes every byte";
    let mut from = ZipArchive::new(Cursor::new(bytes)).expect(WRITTEN);
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for place in 0..from.len() {
        let mut part = from.by_index(place).expect(WRITTEN);
        let name = part.name().expect(WRITTEN).into_owned();
        if !name.starts_with("xl/worksheets/sheet") {
            to.raw_copy_file(part).expect(WRITTEN);
            continue;
        }
        let mut xml = Vec::new();
        part.read_to_end(&mut xml).expect(WRITTEN);
        to.start_file(name, options).expect(WRITTEN);
        let at = xml.windows(WITH_HEADER.len()).rposition(|window| window == WITH_HEADER);
        let (before, after) = xml.split_at(at.unwrap_or(xml.len()));
        to.write_all(before).expect(WRITTEN);
        if let Some(after) = after.strip_prefix(WITH_HEADER) {
            to.write_all(BUT_ON_THE_FIRST_PAGE).expect(WRITTEN);
            to.write_all(after).expect(WRITTEN);
        }
    }
    to.finish().expect(WRITTEN).into_inner()
}
