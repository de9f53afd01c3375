//! The amount by which a payment is known: no two orders that are paid to one account at the same
//! time ask for the same, so that a receipt means one order and no other.

use super::money::Fen;

/// The most that may be added to a price: less than a yuan.
pub const MOST: u8 = 99;

/// How many fen to add to `wanted` to get an amount that is not taken: as few as possible. `None`
/// when all of them are taken.
pub fn free(wanted: Fen, taken: &[Fen]) -> Option<u8> {
    (0..=MOST).find(|added| {
        wanted.0.checked_add(i64::from(*added)).is_some_and(|it| !taken.contains(&Fen(it)))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn as_few_fen_are_added_as_possible() {
        #[track_caller]
        fn case(taken: impl IntoIterator<Item = i64>, added: Option<u8>) {
            let taken: Vec<Fen> = taken.into_iter().map(Fen).collect();
            assert_eq!(free(Fen(72_000), &taken), added, "{taken:?}");
        }
        case([], Some(0));
        case([71_999, 72_001], Some(0));
        case([72_000], Some(1));
        case([72_002, 72_000, 72_001, 72_004], Some(3));
        case(72_000..72_099, Some(99));
        case(72_000..72_100, None);
    }

    proptest! {
        #[test]
        fn orders_that_run_at_once_have_amounts_of_their_own(
            wanted in proptest::collection::vec(1_i64..40, 1..200)
        ) {
            let mut taken: Vec<Fen> = Vec::new();
            for wanted in wanted.into_iter().map(Fen) {
                match free(wanted, &taken) {
                    Some(added) => {
                        let fen = Fen(wanted.0 + i64::from(added));
                        prop_assert!(added <= MOST && !taken.contains(&fen));
                        taken.push(fen);
                    }
                    None => prop_assert!(
                        (0..=i64::from(MOST)).all(|it| taken.contains(&Fen(wanted.0 + it)))
                    ),
                }
            }
        }

        #[test]
        fn no_amount_is_too_large_to_be_looked_at(wanted in (i64::MAX - 200)..=i64::MAX) {
            if let Some(added) = free(Fen(wanted), &[Fen(i64::MAX)]) {
                prop_assert!(wanted.checked_add(i64::from(added)).is_some());
            }
        }
    }
}
