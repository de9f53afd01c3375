//! A QR code as a picture.

use std::fmt;

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use png::{BitDepth, ColorType, Encoder};

/// A PNG in memory. What is in it may be a secret: it is not shown.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Picture(pub(super) Vec<u8>);

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} bytes)", self.0.len())
    }
}

/// Light modules around the code, as the standard asks for.
const QUIET: usize = 4;
/// About how wide the picture is, in pixels: it survives Telegram's compression, and a camera reads
/// it from another screen.
const WIDTH: usize = 600;

/// Draws a text. `None`: it is too long for a code that a phone still reads.
pub(super) fn picture(text: &str) -> Option<Picture> {
    const LONGEST: usize = 300;
    if text.len() > LONGEST {
        return None;
    }
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let modules = code.size + 2 * QUIET;
    let scale = WIDTH / modules;
    let side = modules * scale;
    let is_dark = |x: usize, y: usize| {
        let inside = QUIET..QUIET + code.size;
        inside.contains(&x) && inside.contains(&y) && code[y - QUIET][x - QUIET].value()
    };
    let mut bits = Vec::with_capacity(side * side.div_ceil(8));
    for y in 0..side {
        let mut line = vec![0_u8; side.div_ceil(8)];
        for x in (0..side).filter(|x| !is_dark(x / scale, y / scale)) {
            line[x / 8] |= 0x80 >> (x % 8);
        }
        bits.append(&mut line);
    }
    let mut bytes = Vec::new();
    let side = u32::try_from(side).ok()?;
    let mut encoder = Encoder::new(&mut bytes, side, side);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::One);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&bits).ok()?;
    writer.finish().ok()?;
    Some(Picture(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a phone's camera would make of it.
    fn scanned(picture: &Picture) -> String {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(&picture.0));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let (width, height) = (frame.width as usize, frame.height as usize);
        let at = |x, y| pixels[y * width + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
        image.detect_grids()[0].decode().unwrap().1
    }

    #[test]
    fn a_camera_reads_what_was_drawn() {
        for text in [
            "otpauth://totp/fangbi:1001?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=fangbi",
            "https://qr.alipay.com/fkx123456789abcdefgh",
            "a",
            &"x".repeat(300),
        ] {
            let picture = picture(text).unwrap();
            assert_eq!(scanned(&picture), text);
            assert!(picture.0.len() < 20_000, "{}", picture.0.len());
        }
    }

    #[test]
    fn what_no_phone_could_read_is_not_drawn() {
        assert_eq!(picture(&"x".repeat(301)), None);
    }
}
