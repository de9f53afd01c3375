//! Names that look like those of people who work here: the oldest trick around escrow bots.

use super::folding;

/// Words that only staff would be called, as they are folded.
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
    "官方",
    "仲裁",
    "工作人员",
    "担保",
    "放币",
    "支付宝",
];

/// Whether a name in Telegram (first and last name, user name) reads like that of staff. Digits that
/// stand for letters, look-alikes of other scripts, invisible characters and separators do not
/// hide it.
pub fn looks_like_staff(name: &str) -> bool {
    let name: String = name.chars().take(400).collect();
    let folded: String = folding::skeleton(&name)
        .chars()
        .map(|it| match it {
            '0' => 'o',
            '1' | '|' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
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
            "ѕuррοrt",
            "αdmιn",
            "ｅｓｃｒοω · 擔保",
            "ＭΟDERАТOR",
            "管理員",
            "支付寶 客服",
        ] {
            assert!(looks_like_staff(name), "{name:?}");
        }
        for name in ["Wang", "李娜", "Adam Miner", "Kuai · pays at once · ¥7.25", "", "Сергей"]
        {
            assert!(!looks_like_staff(name), "{name:?}");
        }
    }
}
