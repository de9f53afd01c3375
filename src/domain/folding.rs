//! Look-alikes become one: what a person or a phone writes is folded before it is compared.
//!
//! For names, accounts, masks and memos. Amounts are read strictly and have their own, narrower folding
//! ([`super::amount`]); notifications are read as they come ([`super::receipt`]).

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// NFKC (full-width forms become ASCII) without anything invisible. What is invisible goes first: it
/// may stand between two halves that become one.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|it| !is_invisible(*it)).nfkc().collect()
}

/// As [`plain`], in lower case and in simplified characters, one for one.
pub(super) fn bare(text: &str) -> String {
    plain(text).chars().map(simplified).filter_map(|it| it.to_lowercase().next()).collect()
}

/// As [`bare`], with the letters of other scripts that look like Latin ones as those: for words that
/// somebody may want to hide.
pub(super) fn skeleton(text: &str) -> String {
    bare(text).chars().map(latin).collect()
}

/// Characters that change nothing a reader sees: zero-width, bidirectional, variation, tags.
pub(super) fn is_invisible(it: char) -> bool {
    matches!(it,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// 國 becomes 国; a character that is written alike in both scripts stays.
fn simplified(it: char) -> char {
    static FORMS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        include_str!("folding/traditional.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace)
            .filter_map(|pair| {
                let mut forms = pair.chars();
                Some((forms.next()?, forms.next()?))
            })
            .collect()
    });
    FORMS.get(&it).copied().unwrap_or(it)
}

/// Cyrillic and Greek letters that look like Latin ones.
fn latin(it: char) -> char {
    match it {
        'а' | 'α' => 'a',
        'в' | 'β' | 'ь' => 'b',
        'с' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ι' => 'i',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'п' | 'ν' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' | 'ս' => 'u',
        'х' | 'χ' => 'x',
        it => it,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_become_one() {
        assert_eq!(plain("＊小\u{200B}三１２"), "*小三12");
        assert_eq!(bare("趙國華 ＵＳＤＴ"), "赵国华 usdt");
        assert_eq!(bare("葉"), bare("叶"));
        assert_eq!(skeleton("ＵЅDΤ аdmіn 管理員"), "usdt admin 管理员");
    }

    #[test]
    fn every_character_is_folded_at_once_and_its_case_one_for_one() {
        for it in char::MIN..=char::MAX {
            let (once, small) =
                (plain(it.encode_utf8(&mut [0; 4])), bare(it.encode_utf8(&mut [0; 4])));
            assert_eq!(plain(&once), once, "{it:?}");
            assert!(!once.contains(is_invisible), "{it:?}");
            assert_eq!(bare(&small), small, "{it:?}");
            assert_eq!(small.chars().count(), once.chars().count(), "{it:?}");
        }
        assert_eq!(plain("e\u{200B}\u{301}"), "é");
    }

    #[test]
    fn the_table_is_whole_and_folding_twice_changes_nothing() {
        let table = include_str!("folding/traditional.txt");
        let pairs = table.lines().filter(|it| !it.starts_with('#')).flat_map(str::split_whitespace);
        let mut seen = 0;
        for pair in pairs {
            assert_eq!(pair.chars().count(), 2, "{pair}");
            assert_eq!(bare(&bare(pair)), bare(pair), "{pair}");
            seen += 1;
        }
        assert!(seen > 4_000, "{seen} pairs");
    }
}
