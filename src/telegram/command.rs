//! What can be typed with a slash.

use teloxide::utils::command::BotCommands;

/// The descriptions that people see come from the files of their language.
#[derive(BotCommands, Clone, Debug, PartialEq, Eq)]
#[command(rename_rule = "lowercase")]
pub enum Command {
    /// The payload of a link, which we do not use yet.
    Start(String),
    Help,
    Language,
    Sell,
    Ad,
    Ads,
    Orders,
    /// An order's code.
    Order(String),
    /// An order's code: everything about it, to keep or hand on.
    Evidence(String),
    /// An order's code: its money has led to a freeze.
    Frozen(String),
    Balance,
    Withdraw,
    /// Phones that tell of payments.
    Devices,
    Security,
    Accounts,
    /// How to have the orders laid beside a bill.
    Bill,
    /// From which account one pays.
    Payer,
    Forget,
    /// The reader's own phrase, against impostors.
    Phrase,
    /// Whether a forwarded message is ours.
    Verify,
    Cancel,
    /// A treasurer's: person, amount, coin and transaction.
    Deposit(String),
    Withdrawals,
    /// An operator's: stops all new orders, for a reason.
    Pause(String),
    Resume,
    /// An operator's: person and reason.
    Stop(String),
    Allow(String),
    /// An operator's: ad and reason.
    StopAd(String),
    AllowAd(String),
    /// What is stopped.
    Stops,
    /// Whom one has blocked.
    Blocks,
    /// An arbiter's or an operator's: what waits to be settled.
    Disputes,
    /// An operator's: who settles it.
    Arbiters,
    /// What can be practised. A desk whose money is real does not know it.
    Practice,
}

impl Command {
    /// Reads a text that starts with a slash. `None`: it is no command of ours.
    pub fn read(text: &str, bot: &str) -> Option<Self> {
        // Newer clients send the payload of /start after any white space.
        let text = text.trim();
        // Phones begin a line with a capital.
        let word = text.find(|it: char| it.is_whitespace() || it == '@').unwrap_or(text.len());
        Self::parse(&format!("{}{}", text[..word].to_lowercase(), &text[word..]), bot).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_with_and_without_our_name() {
        let read = |text| Command::read(text, "fangbi_bot");
        assert_eq!(read("/sell"), Some(Command::Sell));
        assert_eq!(read(" /sell@fangbi_bot "), Some(Command::Sell));
        assert_eq!(read("/sell@other_bot"), None);
        assert_eq!(read("/start"), Some(Command::Start(String::new())));
        assert_eq!(read("/start abc"), Some(Command::Start("abc".to_owned())));
        assert_eq!(
            read("/deposit 1001 5 USDT x"),
            Some(Command::Deposit("1001 5 USDT x".to_owned()))
        );
        assert_eq!(read("/Sell"), Some(Command::Sell));
        assert_eq!(read("/order K7M2QX"), Some(Command::Order("K7M2QX".to_owned())));
        assert_eq!(read("/orders"), Some(Command::Orders));
        assert_eq!(read("/sells"), None);
        assert_eq!(read("sell"), None);
    }
}
