//! What Alipay shows of a payer is compared place by place, and never fits by what is hidden.

use fangbi::domain::mask::{Fit, compare, compare_account, split};
use fangbi::domain::payee::{Account, RealName};

/// The bytes are a line as somebody has copied it; and once more a name's and an account's mask,
/// with a NUL between them.
pub fn holds(data: &[u8]) {
    let (Ok(name), Ok(account)) = (RealName::parse("欧阳明珠"), Account::parse("13971604482"))
    else {
        unreachable!("both can be read");
    };
    let (name_mask, account_mask) = split(&crate::text(data));
    let (seen_name, seen_account) = crate::two_texts(data);
    for (seen_name, seen_account) in
        [(name_mask.as_deref(), account_mask.as_deref()), (Some(&*seen_name), Some(&*seen_account))]
    {
        let it = compare(&name, &account, seen_name, seen_account);
        assert!(it.equal <= it.visible && it.visible <= it.characters, "{it:?}");
        if it.name == Fit::Match {
            assert!(it.visible > 0 && it.equal == it.visible, "{it:?} out of {seen_name:?}");
        }
        if it.account == Fit::Match {
            let digits: String =
                seen_account.unwrap_or("").chars().filter(char::is_ascii_digit).collect();
            // Full-width digits are folded before: then there are none of these.
            assert!(
                digits.is_empty() || digits.contains("139") || digits.ends_with("82"),
                "{seen_account:?}"
            );
        }
    }

    // Somebody's own masks fit, whoever it is.
    if let Ok(account) = Account::parse(&seen_account) {
        for mask in account.masks() {
            assert_ne!(compare_account(&account, &mask), Fit::Mismatch, "{mask}");
        }
    }
    if let Ok(name) = RealName::parse(&seen_name) {
        let it = compare(&name, &account, Some(&name.mask()), None);
        assert_ne!(it.name, Fit::Mismatch, "{seen_name:?}");
    }
}
