//! The pair of pictures of an order: the same on both sides' cards, and nobody can guess it from the
//! order's code.

use crate::domain::order::OrderId;
use crate::secrets::Seal;

/// Easy to tell apart, to name in any language, and old enough for every client.
const PICTURES: [&str; 64] = [
    "🐶", "🐱", "🐭", "🐰", "🦊", "🐻", "🐼", "🐨", "🐯", "🦁", "🐮", "🐷", "🐸", "🐵", "🐔", "🐧",
    "🦆", "🦉", "🐴", "🐝", "🐢", "🐙", "🐬", "🐳", "🐘", "🐑", "🌵", "🌲", "🍀", "🍁", "🍄", "🌻",
    "🌙", "⭐", "🔥", "🌈", "❄️", "🌊", "🍎", "🍋", "🍌", "🍉", "🍇", "🍓", "🍒", "🥕", "🌽", "🍞",
    "🧀", "🍰", "☕", "⚽", "🎸", "🎲", "🚗", "🚲", "🚀", "⛵", "🏠", "⏰", "💡", "🔑", "🎁", "☂️",
];

/// The pair of an order.
pub(super) fn of(seal: &Seal, order: OrderId) -> String {
    let [first, second, ..] = seal.lookup("order pictures", &order.to_string());
    let picture = |byte: u8| PICTURES[usize::from(byte) % PICTURES.len()];
    format!("{}{}", picture(first), picture(second))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_picture_is_there_once() {
        assert_eq!(PICTURES.iter().collect::<HashSet<_>>().len(), PICTURES.len());
    }

    #[test]
    fn a_pair_belongs_to_its_order_and_its_desk() {
        let (ours, theirs) = (Seal::from_key(&[1; 32]), Seal::from_key(&[2; 32]));
        let pairs: HashSet<String> = (1..=200).map(|it| of(&ours, OrderId(it))).collect();
        assert!(pairs.len() > 150, "{} pairs for 200 orders", pairs.len());
        let same = (1..=200).filter(|it| of(&ours, OrderId(*it)) == of(&theirs, OrderId(*it)));
        assert!(same.count() < 5);
    }
}
