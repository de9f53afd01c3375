//! What makes of any text harmless markup: for messages and for files.

/// Adds a character to HTML as it is meant.
pub(crate) fn escape(char: char, into: &mut String) {
    match char {
        '&' => into.push_str("&amp;"),
        '<' => into.push_str("&lt;"),
        '>' => into.push_str("&gt;"),
        '"' => into.push_str("&quot;"),
        other => into.push(other),
    }
}

/// What is left of a character: nothing of those that cannot be seen or that move others.
pub fn visible(char: char) -> Option<char> {
    match char {
        // Nearly every character: the rest of the list is not gone through for it.
        ' '..='~' => Some(char),
        '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        _ if char.is_control() => None,
        // Soft hyphen, Arabic marks, bidi marks and isolates, zero-width, word joiner, BOM,
        // annotations, musical and shorthand controls, tags.
        '\u{AD}'
        | '\u{34F}'
        | '\u{600}'..='\u{605}'
        | '\u{61C}'
        | '\u{6DD}'
        | '\u{70F}'
        | '\u{890}'..='\u{891}'
        | '\u{8E2}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{110BD}'
        | '\u{110CD}'
        | '\u{13430}'..='\u{1343F}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}' => None,
        // Letters that are drawn as nothing, and private ones.
        '\u{115F}'
        | '\u{1160}'
        | '\u{17B4}'
        | '\u{17B5}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{FFA0}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{F0000}'..='\u{10FFFF}' => None,
        other => Some(other),
    }
}
