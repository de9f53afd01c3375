//! A way to meet elsewhere is found behind any text, and so are words about coins in a memo.

use fangbi::domain::contact::{find, find_in_name};
use fangbi::domain::memo::{Memo, judge};

/// The bytes are what a side has written, or the payer beside a transfer.
pub fn holds(data: &[u8]) {
    let text = crate::text(data);
    let _ = find_in_name(&text);
    // What nobody sees changes nothing.
    let apart: String = text.chars().flat_map(|it| [it, '\u{200B}']).collect();
    if text.chars().count() < 2_000 {
        assert_eq!(find(&apart), find(&text), "{text:?}");
    }
    if text.chars().count() < 4_000 {
        for way in ["加微信 wxid_abc123", "t.me/elsewhere", "139 7160 4482", "mail@example.com"]
        {
            assert!(find(&format!("{text}\n{way}")).is_some(), "{way} after {text:?}");
        }
    }
    for word in ["USDT", "泰达币", "ｂｔｃ", "比特"] {
        assert_eq!(judge(&format!("{text} {word}")), Memo::Coins, "{word} after {text:?}");
    }
}
