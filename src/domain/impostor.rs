//! Names that look like those of people who work here: the oldest trick around escrow bots.

use super::payee::fold;

/// Words that only staff would be called, in the forms that people try.
const WORDS: &[&str] = &[
    "admin",
    "support",
    "official",
    "moderator",
    "helpdesk",
    "arbiter",
    "arbitrator",
    "operator",
    "escrow",
    "fangbi",
    "telegram",
    "security team",
    "客服",
    "管理员",
    "管理員",
    "官方",
    "仲裁",
    "工作人员",
    "工作人員",
    "担保",
    "擔保",
    "放币",
    "放幣",
    "支付宝",
    "支付寶",
];

/// Whether a name in Telegram (first and last name, user name) reads like that of staff. Digits that
/// stand for letters, other widths, invisible characters and separators do not hide it.
pub fn looks_like_staff(name: &str) -> bool {
    let folded: String = name
        .chars()
        .take(400)
        .filter_map(fold)
        .flat_map(char::to_lowercase)
        .map(|it| match it {
            '0' | 'о' => 'o',
            '1' | 'і' | '|' => 'i',
            '3' | 'е' => 'e',
            '4' | '@' | 'а' => 'a',
            '5' | '$' => 's',
            'р' => 'p',
            'с' => 'c',
            it => it,
        })
        .filter(|it| it.is_alphanumeric())
        .collect();
    WORDS.iter().any(|word| folded.contains(&word.replace(' ', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_staff_are_seen_through_their_disguise() {
        for name in [
            "Fangbi Support",
            "ADMIN",
            "4dm1n",
            "s_u_p_p_o_r_t",
            "ａｄｍｉｎ",
            "ad\u{200B}min",
            "аdmin",
            "官方客服",
            "放币 仲裁员",
            "Off1cial",
        ] {
            assert!(looks_like_staff(name), "{name:?}");
        }
        for name in ["Wang", "李娜", "Adam Miner", "Kuai · pays at once · ¥7.25", "", "Сергей"]
        {
            assert!(!looks_like_staff(name), "{name:?}");
        }
    }
}
