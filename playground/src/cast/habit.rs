//! How each merchant of the demo pays. There is something to learn from every one.

use std::time::Duration;

use crate::Payer;

/// What a merchant does with the orders it gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Pays after a few seconds.
    AtOnce,
    /// Has a third party pay, as in a triangle fraud.
    ThirdParty,
    /// Pays one fen less than was agreed.
    OneFenLess,
    /// Pays in time, but not soon.
    Slowly,
    /// Pays when the time to pay is over already.
    TooLate,
    /// Takes orders and is not seen again.
    Never,
    /// Uses a delayed transfer: it is on its way and not there.
    Delayed,
}

impl Habit {
    pub const ALL: [Self; 7] = [
        Self::AtOnce,
        Self::ThirdParty,
        Self::OneFenLess,
        Self::Slowly,
        Self::TooLate,
        Self::Never,
        Self::Delayed,
    ];

    /// Yuan for one USDT: each merchant has a price of its own, so that it can be told apart.
    pub const fn price(self) -> &'static str {
        match self {
            Self::AtOnce => "7.25",
            Self::ThirdParty => "7.24",
            Self::OneFenLess => "7.23",
            Self::Slowly => "7.22",
            Self::TooLate => "7.21",
            Self::Never => "7.20",
            Self::Delayed => "7.19",
        }
    }

    pub(super) const fn id(self) -> i64 {
        match self {
            Self::AtOnce => 911,
            Self::Slowly => 912,
            Self::Never => 913,
            Self::ThirdParty => 914,
            Self::OneFenLess => 915,
            Self::TooLate => 916,
            Self::Delayed => 917,
        }
    }

    /// What the page calls it.
    pub(super) fn name(self) -> String {
        let name = match self {
            Self::AtOnce => "Kuai · pays at once",
            Self::ThirdParty => "San · has somebody else pay",
            Self::OneFenLess => "Shao · pays one fen less",
            Self::Slowly => "Man · takes its time",
            Self::TooLate => "Chi · pays too late",
            Self::Never => "Wu · never pays",
            Self::Delayed => "Yan · uses a delayed transfer",
        };
        format!("{name} · ¥{}", self.price())
    }

    /// Minutes to pay that its ads offer, where others offer `usual`.
    pub(super) const fn window(self, usual: u32) -> u32 {
        match self {
            // Nobody has to wait long for somebody to be late.
            Self::TooLate => 1,
            Self::AtOnce
            | Self::ThirdParty
            | Self::OneFenLess
            | Self::Slowly
            | Self::Never
            | Self::Delayed => usual,
        }
    }

    /// From the order to the payment.
    pub(super) fn pays_after(self) -> Option<Duration> {
        let seconds = match self {
            Self::AtOnce | Self::ThirdParty | Self::OneFenLess | Self::Delayed => 6,
            Self::Slowly => 75,
            // Its window, and some.
            Self::TooLate => 80,
            Self::Never => return None,
        };
        Some(Duration::from_secs(seconds))
    }

    /// Seconds by which the transfer is delayed: what takes two hours in Alipay takes two minutes
    /// here.
    pub(super) const fn delay(self) -> u32 {
        match self {
            Self::Delayed => 120,
            Self::AtOnce
            | Self::ThirdParty
            | Self::OneFenLess
            | Self::Slowly
            | Self::TooLate
            | Self::Never => 0,
        }
    }

    /// What it pays for an order of so many fen.
    pub(super) const fn pays(self, fen: i64) -> i64 {
        match self {
            Self::OneFenLess => fen - 1,
            Self::AtOnce
            | Self::ThirdParty
            | Self::Slowly
            | Self::TooLate
            | Self::Never
            | Self::Delayed => fen,
        }
    }

    /// Who it has told the desk that it pays as.
    pub(super) fn declares(self) -> Payer {
        let (nickname, name, account) = match self {
            Self::AtOnce => ("快付", "陈思远", "13900000911"),
            Self::ThirdParty => ("三叔", "孙立国", "13900000914"),
            Self::OneFenLess => ("少东家", "钱亦凡", "qianyifan@example.com"),
            Self::Slowly => ("慢慢来", "周子墨", "13900000912"),
            Self::TooLate => ("迟早", "吴晓峰", "13900000916"),
            Self::Never => ("无名", "郑浩然", "13900000913"),
            Self::Delayed => ("延年", "冯雅琴", "fengyaqin@example.com"),
        };
        payer(nickname, name, account)
    }

    /// Whose account the money comes from.
    pub(super) fn pays_from(self) -> Payer {
        match self {
            Self::ThirdParty => payer("静水", "何文静", "13700000088"),
            Self::AtOnce
            | Self::OneFenLess
            | Self::Slowly
            | Self::TooLate
            | Self::Never
            | Self::Delayed => self.declares(),
        }
    }
}

fn payer(nickname: &str, name: &str, account: &str) -> Payer {
    Payer { nickname: nickname.to_owned(), name: name.to_owned(), account: account.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_merchants_are_mistaken_for_each_other() {
        let distinct = |of: &dyn Fn(Habit) -> String| {
            Habit::ALL.into_iter().map(of).collect::<HashSet<_>>().len()
        };
        for of in [
            &(|it: Habit| it.price().to_owned()) as &dyn Fn(Habit) -> String,
            &(|it: Habit| it.id().to_string()),
            &(|it: Habit| it.declares().account),
        ] {
            assert_eq!(distinct(of), Habit::ALL.len());
        }
    }

    #[test]
    fn only_one_pays_with_somebody_elses_money() {
        let others: Vec<_> =
            Habit::ALL.into_iter().filter(|it| it.pays_from() != it.declares()).collect();
        assert_eq!(others, [Habit::ThirdParty]);
    }
}
