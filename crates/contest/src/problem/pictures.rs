//! What is wrong with a picture.

use super::content::faults;
use crate::plan::PictureKind;

faults! {
    /// A fault of a picture, or of its name in the plan.
    PictureFault

    /// The plan names a file that cannot be this picture.
    InvalidName {
        /// What it would be.
        kind: PictureKind,
    } = "invalid_picture_name",
    /// Neither PNG nor JPEG, or broken.
    NotAPicture = "not_a_picture",
    /// Wider or higher than it may be, in pixels.
    TooManyPixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// The greatest width.
        most_width: u32,
        /// The greatest height.
        most_height: u32,
    } = "picture_too_large",
    /// Larger than it may be: whoever opens the page on a slow network waits for it.
    TooManyBytes {
        /// The greatest size in bytes.
        most: u64,
    } = "picture_too_heavy",
    /// It lies on its side, and only a remark in the file says so.
    Turned = "picture_turned",
    /// A warning: the plan does not name it, so that no page shows it.
    NotNamed = "picture_not_named",
}
