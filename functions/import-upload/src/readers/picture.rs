//! A picture: its header is checked, and what cameras and programs write beside it is cut away, such as the place where a
//! photograph was taken. What is seen stays byte for byte; nothing is decoded, and nothing is encoded again.

use contest::plan::PictureKind;
use contest::problem::PictureFault;
use exif::{In, Tag};
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::{Bytes, ImageEXIF};

/// A picture that may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How its name ends: `png` or `jpg`, whatever its file was called.
    pub ending: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The picture without what was cut away.
    pub bytes: Vec<u8>,
}

/// What is kept of a PNG: the picture, its transparency, and how its colours are meant.
const CHUNKS: [[u8; 4]; 10] =
    [*b"IHDR", *b"PLTE", *b"IDAT", *b"IEND", *b"tRNS", *b"gAMA", *b"cHRM", *b"sRGB", *b"iCCP", *b"sBIT"];

/// Reads a picture of a page.
///
/// # Errors
/// Every reason why it cannot be shown.
pub fn read(kind: PictureKind, bytes: &[u8]) -> Result<Picture, Vec<PictureFault>> {
    let most = kind.most_bytes();
    if bytes.len() as u64 > most {
        return Err(vec![PictureFault::TooManyBytes { most }]);
    }
    let whole = Bytes::copy_from_slice(bytes);
    let read = if bytes.starts_with(b"\x89PNG") { png(whole) } else { jpeg(whole) };
    let (picture, is_turned) = read.ok_or_else(|| vec![PictureFault::NotAPicture])?;
    let (width, height, (most_width, most_height)) = (picture.width, picture.height, kind.most_pixels());
    let is_too_large = width > most_width || height > most_height;
    let large = PictureFault::TooManyPixels { width, height, most_width, most_height };
    let faults = [is_too_large.then_some(large), is_turned.then_some(PictureFault::Turned)];
    let faults: Vec<_> = faults.into_iter().flatten().collect();
    if faults.is_empty() { Ok(picture) } else { Err(faults) }
}

/// A PNG, and whether it lies on its side.
fn png(bytes: Bytes) -> Option<(Picture, bool)> {
    let mut png = Png::from_bytes(bytes).ok()?;
    let is_turned = png.exif().is_some_and(|exif| is_turned(&exif));
    png.chunks_mut().retain(|chunk| CHUNKS.contains(&chunk.kind()));
    let first = png.chunks().first().filter(|chunk| chunk.kind() == *b"IHDR")?;
    let number = |at: usize| Some(u32::from_be_bytes(first.contents().get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (number(0)?, number(4)?);
    let has = |kind: &[u8; 4]| png.chunks().iter().any(|chunk| chunk.kind() == *kind);
    let is_whole = width > 0 && height > 0 && has(b"IDAT") && has(b"IEND");
    let picture = Picture { ending: "png", width, height, bytes: png.encoder().bytes().to_vec() };
    is_whole.then_some((picture, is_turned))
}

/// A JPEG, and whether it lies on its side.
fn jpeg(bytes: Bytes) -> Option<(Picture, bool)> {
    let mut jpeg = Jpeg::from_bytes(bytes).ok()?;
    let is_turned = jpeg.exif().is_some_and(|exif| is_turned(&exif));
    jpeg.segments_mut().retain(|segment| match segment.marker() {
        markers::COM | markers::APP1 | markers::APP3..=markers::APP13 | markers::APP15 => false,
        // Of these only how colours are meant.
        markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE\0"),
        markers::APP14 => segment.contents().starts_with(b"Adobe"),
        _ => true,
    });
    let frame = jpeg.segments().iter().find(|segment| is_frame(segment.marker()))?;
    let number = |at: usize| Some(u32::from(u16::from_be_bytes(frame.contents().get(at..at + 2)?.try_into().ok()?)));
    let (height, width) = (number(1)?, number(3)?);
    let has_picture = jpeg.segments().iter().any(|segment| segment.marker() == markers::SOS);
    let picture = Picture { ending: "jpg", width, height, bytes: jpeg.encoder().bytes().to_vec() };
    (width > 0 && height > 0 && has_picture).then_some((picture, is_turned))
}

/// Whether a segment begins a frame: `SOF0` to `SOF15` but for the tables that lie among them.
const fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, markers::DHT | markers::JPG | markers::DAC)
}

/// Whether a picture is to be turned before it is seen. The remark is cut away with the others, so that it would lie on
/// its side.
fn is_turned(exif: &[u8]) -> bool {
    let read = exif::Reader::new().read_raw(exif.to_vec());
    let orientation = read.ok().and_then(|exif| exif.get_field(Tag::Orientation, In::PRIMARY)?.value.get_uint(0));
    orientation.is_some_and(|orientation| orientation != 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use img_parts::jpeg::JpegSegment;
    use img_parts::png::PngChunk;

    /// One grey pixel.
    const PNG: &[u8] = include_bytes!("../../golden/pixel.png");
    const JPEG: &[u8] = include_bytes!("../../golden/pixel.jpg");
    /// `Exif`, little-endian, one field: the orientation.
    fn exif(orientation: u8) -> Vec<u8> {
        let field = [0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0];
        [&b"II*\0\x08\0\0\0\x01\0"[..], &field, &[0; 4]].concat()
    }

    fn with_place(bytes: &'static [u8], orientation: u8) -> Vec<u8> {
        if bytes == PNG {
            let mut png = Png::from_bytes(Bytes::from_static(bytes)).expect("a PNG");
            png.set_exif(Some(exif(orientation).into()));
            png.chunks_mut().insert(1, PngChunk::new(*b"tEXt", Bytes::from_static(b"Comment\0Song Cong")));
            return png.encoder().bytes().to_vec();
        }
        let mut jpeg = Jpeg::from_bytes(Bytes::from_static(bytes)).expect("a JPEG");
        jpeg.set_exif(Some(exif(orientation).into()));
        let remark = JpegSegment::new_with_contents(markers::COM, Bytes::from_static(b"Song Cong"));
        jpeg.segments_mut().insert(1, remark);
        jpeg.encoder().bytes().to_vec()
    }

    #[test]
    fn what_is_seen_is_kept_and_nothing_else() {
        for (bytes, ending) in [(PNG, "png"), (JPEG, "jpg")] {
            let plain = read(PictureKind::Logo, bytes).expect("a picture");
            assert_eq!((plain.ending, plain.width, plain.height), (ending, 3, 2));
            let marked = with_place(bytes, 1);
            assert!(marked.len() > bytes.len());
            assert_eq!(read(PictureKind::Logo, &marked), Ok(plain.clone()));
            let again = read(PictureKind::Logo, &plain.bytes).expect("a picture");
            assert_eq!(again, plain);
        }
    }

    #[test]
    fn what_cannot_be_shown_says_why() {
        for bytes in [PNG, JPEG] {
            assert_eq!(read(PictureKind::Logo, &with_place(bytes, 6)), Err(vec![PictureFault::Turned]));
            for end in [0, 2, 8, bytes.len() / 2] {
                assert_eq!(read(PictureKind::Logo, &bytes[..end]), Err(vec![PictureFault::NotAPicture]), "{end}");
            }
        }
        assert_eq!(read(PictureKind::Logo, b"GIF89a"), Err(vec![PictureFault::NotAPicture]));
        assert_eq!(read(PictureKind::Logo, b"<svg/>"), Err(vec![PictureFault::NotAPicture]));
        let mut header = PNG[16..29].to_vec();
        header[..4].copy_from_slice(&1_001_u32.to_be_bytes());
        let large = PictureFault::TooManyPixels { width: 1_001, height: 2, most_width: 1_000, most_height: 1_000 };
        let mut png = Png::from_bytes(Bytes::from_static(PNG)).expect("a PNG");
        png.chunks_mut()[0] = PngChunk::new(*b"IHDR", header.into());
        let wide = png.encoder().bytes();
        assert_eq!(read(PictureKind::Logo, &wide), Err(vec![large]));
        assert!(read(PictureKind::Banner, &wide).is_ok());
        let heavy = vec![0; 100 * 1024 + 1];
        assert_eq!(read(PictureKind::Logo, &heavy), Err(vec![PictureFault::TooManyBytes { most: 100 * 1024 }]));
    }
}
