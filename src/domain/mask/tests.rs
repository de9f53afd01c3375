use std::collections::BTreeSet;

use proptest::prelude::*;

use super::Fit::{Inconclusive, Match, Mismatch};
use super::*;

fn seen(name: &str, account: &str, seen_name: &str, seen_account: &str) -> Comparison {
    let name = RealName::parse(name).expect("a name");
    let account = Account::parse(account).expect("an account");
    compare(&name, &account, Some(seen_name), Some(seen_account))
}

#[test]
fn both_parts_together_say_whether_the_payer_fits() {
    #[track_caller]
    fn case(name: &str, account: &str, seen_name: &str, seen_account: &str, fit: Fit) {
        let comparison = seen(name, account, seen_name, seen_account);
        assert_eq!(comparison.fit(), fit, "{seen_name} {seen_account}: {comparison:?}");
    }
    case("王小明", "13800001234", "**明", "138****1234", Match);
    case("王小明", "13800001234", "*小明", "138******34", Match);
    case("王小明", "13800001234", "**强", "138****1234", Mismatch);
    case("王小明", "13800001234", "**明", "139****1234", Mismatch);
    case("王小明", "13800001234", "*明", "/", Mismatch);
    case("王小明", "13800001234", "追梦(**明)", "", Match);
    case("王小明", "13800001234", "追梦", "138******34", Match);
    case("王小明", "13800001234", "王小明", "/", Inconclusive);
    case("王小明", "13800001234", "/", "wxm***@example.com", Inconclusive);
    case("趙國華", "zgh2001@example.com", "**华", "zgh***@example.com", Match);
    case("买买提·吐尔逊", "13800001234", "******逊", "", Match);
    case("买买提·吐尔逊", "13800001234", "*****逊", "", Match);
}

/// Letters that Unicode writes in more than one way: a digraph, halves of a syllable, a capital
/// whose small letter takes two characters.
#[test]
fn a_name_of_any_letter_fits_its_own_mask() {
    let account = Account::parse("13800001234").expect("an account");
    let mut refused = BTreeSet::new();
    for letter in (char::MIN..=char::MAX).filter(|it| it.is_alphabetic()) {
        for text in [format!("{letter}王"), format!("王{letter}"), format!("가{letter}각")] {
            let Ok(name) = RealName::parse(&text) else {
                refused.insert(letter);
                continue;
            };
            let it = compare(&name, &account, Some(&name.mask()), None);
            assert_eq!(it.name, Match, "{text:?} as {:?}: {it:?}", name.mask());
        }
    }
    // Dots and marks at an end, and what nobody sees.
    let odd = "Ŀŀ\u{115F}\u{1160}\u{3164}\u{FF9E}\u{FF9F}\u{FFA0}";
    assert_eq!(refused, odd.chars().collect());
}

#[test]
fn a_name_is_compared_place_by_place() {
    #[track_caller]
    fn case(name: &str, seen_name: &str, fit: Fit, counts: (u32, u32, u32)) {
        let it = seen(name, "13800001234", seen_name, "");
        assert_eq!((it.name, (it.characters, it.visible, it.equal)), (fit, counts), "{seen_name}");
    }
    case("王小明", "**明", Match, (3, 1, 1));
    case("王小明", "*小明", Match, (3, 2, 2));
    case("王小明", "王*明", Match, (3, 2, 2));
    case("王小明", "王*强", Mismatch, (3, 2, 1));
    case("王小明", "＊＊明", Match, (3, 1, 1));
    case("王小明", "*\u{200B}*\u{202E}明", Match, (3, 1, 1));
    case("王小明", "追(梦)（**明）", Match, (3, 1, 1));
    case("王小明", " 追梦(**明)\u{200F} ", Match, (3, 1, 1));
    // Only what ends the text is the mask; a nickname with the right mask inside proves nothing.
    case("王小明", "(**明)追梦(**强)", Mismatch, (3, 1, 0));
    case("王小明", "(**明)追梦", Mismatch, (7, 5, 0));
    case("王小明", "***", Inconclusive, (0, 0, 0));
    case("买买提·吐尔逊", "***·***", Inconclusive, (0, 0, 0));
    case("王小明", "", Inconclusive, (0, 0, 0));
    case("王小明", "***明", Mismatch, (4, 1, 0));
    case("买买提·吐尔逊", "***•**逊", Match, (6, 1, 1));
    case("Li Na", "***A", Match, (4, 1, 1));
    case("Li Na", "****a", Match, (5, 1, 1));
}

#[test]
fn an_account_is_compared_with_a_mask_of_its_kind() {
    #[track_caller]
    fn case(account: &str, seen_account: &str, fit: Fit) {
        assert_eq!(seen("王小明", account, "", seen_account).account, fit, "{seen_account}");
    }
    case("13800001234", "138******34", Match);
    case("13800001234", "138****1234", Match);
    case("13800001234", "１３８＊＊＊＊１２３４", Match);
    case("13800001234", "+86 138-****-1234", Match);
    case("13800001234", "13800001234", Match);
    case("13800001234", "13800001235", Mismatch);
    case("13800001234", "138******35", Mismatch);
    case("13800001234", "138****1235", Mismatch);
    case("13800001234", "", Inconclusive);
    case("13800001234", "/", Inconclusive);
    case("13800001234", "-", Inconclusive);
    case("13800001234", "138*****234", Inconclusive);
    case("13800001234", "***********", Inconclusive);
    case("13800001234", "2088123412341234", Inconclusive);
    case("13800001234", "chu***@example.com", Inconclusive);
    case("churchill@example.com", "138******34", Inconclusive);
    case("churchill@example.com", "CHU***@Example.com", Match);
    case("chu@example.com", "chu***@example.com", Match);
    case("churchill@example.com", "chu***@example.org", Mismatch);
    case("churchill@example.com", "cha***@example.com", Mismatch);
    case("churchill@example.com", "chu****@example.com", Inconclusive);
    case("churchill@example.com", "chu***@***.com", Inconclusive);
    case("churchill@example.com", "chu***@exam…", Inconclusive);
    case("churchill@example.com", "churchill@example.com", Match);
    case("churchill@example.com", "churchil@example.com", Mismatch);
    case("ab@example.com", "ab***@example.com", Inconclusive);
}

#[test]
fn a_line_from_alipay_is_taken_apart() {
    #[track_caller]
    fn case(typed: &str, name: Option<&str>, account: Option<&str>) {
        let (seen_name, seen_account) = split(typed);
        assert_eq!((seen_name.as_deref(), seen_account.as_deref()), (name, account), "{typed:?}");
    }
    case("追梦(**明) 138******34", Some("**明"), Some("138******34"));
    case("追梦（＊＊明）138******34", Some("**明"), Some("138******34"));
    case("**明 / 138****1234", Some("**明"), Some("138****1234"));
    case("138****1234，**明", Some("**明"), Some("138****1234"));
    case("**明", Some("**明"), None);
    case("138******34", None, Some("138******34"));
    case("138 **** 1234", None, Some("138****1234"));
    case("付款方：健龙 177******86", None, Some("177******86"));
    case("付款方：**龙 177******86", Some("**龙"), Some("177******86"));
    case("百强(**强) 118***@qq.com", Some("**强"), Some("118***@qq.com"));
    case("*庆莉 166****7535", Some("*庆莉"), Some("166****7535"));
    case("李四 (166****7535)", None, Some("166****7535"));
    case("*四 (166****7535)", Some("*四"), Some("166****7535"));
    case("******·**逊", Some("******·**逊"), None);
    case("13800001234", None, Some("13800001234"));
    case("王小明", None, None);
    case("成功收款5000元", None, None);
    case("***", None, None);
    case("yes", None, None);
    case("", None, None);
    case(&"**明".repeat(1_000), None, None);
    // A nickname and a memo are the payer's own words: of two accounts nobody can tell which is
    // Alipay's.
    case("138****1234(**强) 177******86", None, None);
    case("付款方：138****1234 177******86", None, None);
    case("付款方：健龙 177******86 · 转账备注：13800001234", None, None);
    case("138****1234 chu***@***.com", None, None);
    case("177******86(**强) 177******86", Some("**强"), Some("177******86"));
}

fn name() -> impl Strategy<Value = String> {
    "[\u{4E00}-\u{9FA5}]{2,6}|[\u{4E00}-\u{9FA5}]{2,3}·[\u{4E00}-\u{9FA5}]{2,3}|[A-Z][a-z]{1,6} [A-Z][a-z]{1,6}"
}

fn account() -> impl Strategy<Value = String> {
    "1[3-9][0-9]{9}|[a-z]{3,8}[0-9]{0,3}@(example|qq)\\.(com|cn)"
}

proptest! {
    /// Whatever anybody is called, Alipay's own mask of them fits them, and split finds it.
    #[test]
    fn everybody_fits_the_own_mask(text in name(), login in account(), nickname in "[a-z\u{4E00}-\u{4EFF}0-9()*]{0,8}") {
        let (name, account) = (RealName::parse(&text).unwrap(), Account::parse(&login).unwrap());
        let line = format!("{nickname}({}) {}", name.mask(), account.mask());
        let (seen_name, seen_account) = split(&line);
        let it = compare(&name, &account, seen_name.as_deref(), seen_account.as_deref());
        prop_assert_eq!((it.name, it.account), (Match, Match), "{}", line);
    }

    /// A payer may be called anything, the declared account's mask included: what Alipay shows of
    /// another account never becomes a match.
    #[test]
    fn no_nickname_makes_another_account_fit(login in account(), other in account(), before in any::<bool>()) {
        let (declared, seen) = (Account::parse(&login).unwrap(), Account::parse(&other).unwrap());
        for nickname in declared.masks().into_iter().chain([login.clone()]) {
            let own = seen.mask();
            prop_assume!(compare_account(&declared, &own) == Mismatch);
            let line = if before { format!("{nickname} {own}") } else { format!("{own} {nickname}") };
            let (_, found) = split(&line);
            let fit = compare_account(&declared, found.as_deref().unwrap_or_default());
            prop_assert!(fit != Match, "{}", line);
        }
    }

    /// One visible character that differs is never a match, however much else fits.
    #[test]
    fn a_visible_character_that_differs_is_no_match(text in "[\u{4E00}-\u{4EFF}]{2,6}", last in "[\u{5E00}-\u{5EFF}]") {
        let name = RealName::parse(&text).unwrap();
        let account = Account::parse("13800001234").unwrap();
        let letters = text.chars().count();
        let own: String = text.chars().skip(letters - 1).collect();
        prop_assume!(folding::bare(&own) != folding::bare(&last)); // 乾 is written 干 too
        let seen = format!("{}{last}", "*".repeat(letters - 1));
        let it = compare(&name, &account, Some(&seen), Some("138****1234"));
        prop_assert_eq!(it.fit(), Mismatch);
    }

    /// A text without a star is never held against a name or in its favour.
    #[test]
    fn a_nickname_says_nothing(text in "[^*＊﹡]{0,40}") {
        let it = seen("王小明", "13800001234", &text, "");
        prop_assert_eq!(it.name, Inconclusive);
    }

    #[test]
    fn nothing_typed_can_break_the_matcher(one in any::<String>(), two in any::<String>()) {
        let it = seen("王小明", "13800001234", &one, &two);
        prop_assert!(it.equal <= it.visible && it.visible <= it.characters);
        let (name, account) = split(&one);
        prop_assert!(name.is_none_or(|it| it.contains('*')));
        prop_assert!(account.is_none_or(|it| it.len() < 400));
    }
}

#[test]
fn whoever_has_a_hyphen_or_an_apostrophe_fits_their_own_mask() {
    let account = Account::parse("13971604482").unwrap();
    for name in ["B-U", "Anne-Marie O'Neill", "买买提·吐尔逊"] {
        let name = RealName::parse(name).unwrap();
        let seen = compare(&name, &account, Some(&name.mask()), None);
        assert_eq!(seen.name, Match, "{}", name.mask());
    }
}
