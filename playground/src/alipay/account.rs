//! Accounts and names, and what Alipay shows of them to others.

use super::AlipayError;

/// An account as it is compared: full-width characters folded, without the spaces, dashes and the
/// `+86` that people type, an e-mail address in lower case.
pub(super) fn normal(typed: &str) -> Result<String, AlipayError> {
    let folded: String = typed.trim().chars().map(fold).collect();
    let account = if folded.contains('@') { email(&folded) } else { mobile(&folded) };
    account.ok_or_else(|| AlipayError::Account(typed.trim().chars().take(64).collect()))
}

fn fold(it: char) -> char {
    match it {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(it) - 0xFEE0).unwrap_or(it),
        '\u{3000}' => ' ',
        it => it,
    }
}

fn mobile(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|it| !matches!(it, ' ' | '-')).collect();
    let national = ["+86", "0086", "86"].iter().find_map(|it| digits.strip_prefix(it));
    [Some(digits.as_str()), national]
        .into_iter()
        .flatten()
        .find(|it| {
            let bytes = it.as_bytes();
            bytes.len() == 11
                && bytes.iter().all(u8::is_ascii_digit)
                && bytes[0] == b'1'
                && bytes[1] >= b'3'
        })
        .map(str::to_owned)
}

fn email(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let clean = |it: &str| {
        !it.is_empty() && it.chars().all(|it| it.is_ascii_graphic() && !matches!(it, '@' | '*'))
    };
    let fits = text.len() <= 254 && clean(local) && clean(domain) && domain.contains('.');
    fits.then(|| text.to_ascii_lowercase())
}

/// `138******34`, `wxm***@example.com`.
pub(super) fn masked(account: &str) -> String {
    match account.split_once('@') {
        Some((local, domain)) => {
            let head: String = local.chars().take(3).collect();
            format!("{head}***@{domain}")
        }
        // A mobile number: its digits are one byte each.
        None => format!("{}******{}", &account[..3], &account[account.len() - 2..]),
    }
}

/// The nickname, and of the real name its last character: `追梦(**明)`.
pub(super) fn shown(nickname: &str, name: &str) -> String {
    let letters: Vec<char> =
        name.chars().filter(|it| !it.is_whitespace() && !matches!(it, '·' | '•')).collect();
    let stars = "*".repeat(letters.len().saturating_sub(1));
    let mask: String = stars.chars().chain(letters.last().copied()).collect();
    if nickname.is_empty() { mask } else { format!("{nickname}({mask})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_read_however_it_is_typed() {
        for typed in ["13800001234", "138 0000 1234", "+86 138-0000-1234", "１３８０００0１２３４"]
        {
            assert_eq!(normal(typed).as_deref(), Ok("13800001234"), "{typed}");
        }
        assert_eq!(normal("Wxm@Example.com").as_deref(), Ok("wxm@example.com"));
        for typed in
            ["", "100 USDT", "12345678901", "138000012345", "a@b", "138******34", "@", "a@b.c@d"]
        {
            assert!(normal(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn others_see_a_mask() {
        assert_eq!(masked("13800001234"), "138******34");
        assert_eq!(masked("wangxm@example.com"), "wan***@example.com");
        assert_eq!(shown("追梦", "王小明"), "追梦(**明)");
        assert_eq!(shown("", "买买提·吐尔逊"), "*****逊");
    }
}
