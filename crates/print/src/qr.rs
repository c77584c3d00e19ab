//! QR codes as drawings.

use crate::PrintError;
use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// A QR code as an SVG of one path, without the white border that it needs: one unit a module. It can be read with
/// 15 % of it lost.
pub(crate) fn drawing(address: &str) -> Result<String, PrintError> {
    let code = QrCode::encode_text(address, QrCodeEcc::Medium).map_err(|_| PrintError::Address(address.len()))?;
    let size = code.size();
    let mut path = String::new();
    for (row, start, length) in (0..size).flat_map(|row| runs(&code, row)) {
        // To write into a text does not fail.
        let _ = write!(path, "M{start},{row}h{length}v1h-{length}z");
    }
    Ok(format!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{path}"/></svg>"#))
}

/// Where dark modules stand beside each other in a row: the row, the first of them, and how many.
fn runs(code: &QrCode, row: i32) -> Vec<(i32, i32, i32)> {
    let mut found: Vec<(i32, i32, i32)> = Vec::new();
    for column in (0..code.size()).filter(|column| code.get_module(*column, row)) {
        match found.last_mut() {
            Some((_, start, length)) if *start + *length == column => *length += 1,
            _ => found.push((row, column, 1)),
        }
    }
    found
}
