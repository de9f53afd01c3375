//! Bytes become lines. Alipay writes GB18030 or GBK; whoever has saved the file again, UTF-8.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

pub(super) struct Text<'a> {
    pub(super) all: Cow<'a, str>,
    /// The first line with bytes that are no text, from 1.
    pub(super) broken: Option<usize>,
}

pub(super) fn decode(bytes: &[u8]) -> Text<'_> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (GB18030, bytes), // a superset of GBK
    };
    let (all, has_errors) = encoding.decode_without_bom_handling(bytes);
    let broken = has_errors.then(|| {
        // No byte of a longer character is a line break in GB18030 or UTF-8, so that each line can
        // be looked at alone.
        let is_broken = |line: &[u8]| encoding.decode_without_bom_handling(line).1;
        bytes.split(|it| *it == b'\n').position(is_broken).map_or(1, |at| at + 1)
    });
    Text { all, broken }
}
