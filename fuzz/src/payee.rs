//! An account or a name is kept as it would be read again, and nothing but its owner sees it whole.

use fangbi::domain::impostor::looks_like_staff;
use fangbi::domain::payee::{Account, PersonalCode, RealName};

/// The bytes are what somebody has typed.
pub fn holds(data: &[u8]) {
    let text = crate::text(data);
    if let Ok(account) = Account::parse(&text) {
        let whole = account.reveal();
        assert_eq!(Account::parse(whole).as_ref(), Ok(&account));
        assert!(whole.bytes().all(|it| it.is_ascii_graphic()), "{text:?}");
        for mask in account.masks() {
            assert!(!mask.contains(whole) && mask.contains("***"), "{mask}");
        }
        assert!(!format!("{account:?}").contains(whole), "it is shown to a log");
    }
    if let Ok(name) = RealName::parse(&text) {
        let whole = name.reveal();
        assert_eq!(RealName::parse(whole).as_ref(), Ok(&name));
        assert!(!whole.contains(['<', '>', '&', '\n', '*']), "{text:?}");
        assert!(!format!("{name:?}").contains(whole), "it is shown to a log");
        assert_eq!(name.mask().chars().filter(|it| *it != '*').count(), 1, "{text:?}");
    }
    if let Ok(code) = PersonalCode::parse(&text) {
        assert_eq!(PersonalCode::parse(code.reveal()).as_ref(), Ok(&code));
        assert!(!format!("{code:?}").contains(code.reveal()), "it is shown to a log");
    }
    // What nobody sees hides no name of staff.
    let apart: String = text.chars().flat_map(|it| [it, '\u{200B}']).collect();
    if text.chars().count() < 200 {
        assert_eq!(looks_like_staff(&apart), looks_like_staff(&text), "{text:?}");
    }
}
