//! Photos for tests: JPEGs by their structure, with chance in the place of the picture.

use crate::Chance;

/// A JPEG of about so many bytes, another one each time.
pub fn jpeg(chance: &mut Chance, length: usize) -> Vec<u8> {
    let picture = (0..length.div_ceil(8)).flat_map(|_| chance.bytes::<8>()).map(|byte| byte & 0x7f);
    jpeg_of(&picture.collect::<Vec<u8>>())
}

/// A JPEG whose picture is this, in which no byte is FF.
pub fn jpeg_of(picture: &[u8]) -> Vec<u8> {
    let mut out = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0".to_vec();
    out.extend(b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00");
    out.extend(b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00");
    out.extend(picture);
    out.extend(b"\xff\xd9");
    out
}

#[cfg(test)]
mod tests {
    use tungnha_protocol::photo::{PhotoError, check};

    use super::*;

    #[test]
    fn a_photo_is_one_for_the_product_too() {
        let photo = jpeg(&mut Chance::seeded(1), 50_000);
        assert_eq!(check(&photo), Ok(()));
        assert_eq!(check(&photo[..photo.len() - 1]), Err(PhotoError::NotJpeg));
    }
}
