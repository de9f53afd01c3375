//! What an operator can set: a TOML file and the environment become typed values, or one line that
//! says what is wrong with which key.

use std::fmt::Write;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::domain::ladder;
use crate::domain::money::Fen;
use crate::domain::payee;
use crate::domain::policy::{self, Policy, Terms};
use crate::inbox;

mod section;
mod sources;

use section::{Entry, section};
use sources::Sources;

/// The file that is read when none is named.
pub const DEFAULT_FILE: &str = "fangbi.toml";

section! {
    /// The connection to Telegram, and its limits.
    Telegram {
        /// The bot's token, from @BotFather. A secret: better in `token_file` or the environment.
        token: Option<SecretString> = None;
        /// A file that holds the token and nothing else.
        token_file: Option<PathBuf> = None;
        /// Where the Bot API is.
        api_url: String = "https://api.telegram.org".to_owned();
        /// How long one poll waits for updates, in seconds.
        long_poll_seconds: u32 = 25, in 0..=50;
        /// Messages to all chats together, a second.
        messages_per_second: u32 = 30, in 1..=100_000;
        /// How many of these are kept for money, deadlines and replies.
        urgent_reserve: u32 = 5, in 0..=1_000;
        /// Messages to one chat, a second.
        per_chat_per_second: u32 = 1, in 1..=100_000;
        /// Messages to one chat at once, after a pause.
        per_chat_burst: u32 = 8, in 1..=100_000;
        /// Updates of one person that are taken in, a second.
        per_sender_per_second: u32 = inbox::Limits::USUAL.sender.per_second, in 1..=100_000;
        /// Updates of one person that are taken in at once, after a pause.
        per_sender_burst: u32 = inbox::Limits::USUAL.sender.burst, in 100..=1_000_000;
        /// Updates of all together, a second, beyond which each counts as 30 to 45 of its sender's.
        crowd_per_second: u32 = inbox::Limits::USUAL.crowd, in 10..=1_000_000;
        /// Calls under way at the same time. More is faster, and more is repeated after a crash.
        max_in_flight: u32 = 8, in 1..=512;
    }
}

section! {
    /// Where everything is kept.
    Data {
        /// The data folder: database, lock and key. Created for its owner only.
        folder: PathBuf = PathBuf::from("data");
        /// The key file; `fangbi.key` in the data folder unless it is set.
        key_file: Option<PathBuf> = None;
    }
}

section! {
    /// The pages for whoever watches the program, and for sellers' phones.
    Web {
        /// Where both are served, for example 127.0.0.1:8080; off unless it is set.
        listen: Option<SocketAddr> = None;
        /// Where sellers' phones reach that, for example https://desk.example; off unless it is set.
        public_url: Option<String> = None;
    }
}

section! {
    /// What sellers' phones tell of payments.
    Receipts {
        /// When a phone counts as silent, in minutes.
        silent_minutes: u32 = 30, in 1..=1_440;
        /// How many phones one person may register.
        max_devices: u32 = 10, in 1..=100;
    }
}

section! {
    /// Who works here, by Telegram's user ids.
    Staff {
        /// Who runs the desk and is told of alarms.
        operators: Vec<i64> = Vec::new();
        /// Who records deposits and settles withdrawals.
        treasurers: Vec<i64> = Vec::new();
        /// Who settles disputes.
        arbiters: Vec<i64> = Vec::new();
    }
}

section! {
    /// How an order runs.
    Orders {
        /// The usual time to pay, in minutes: one of those that an ad can choose from.
        window_minutes: u32 = 15, in 1..=120;
        /// The shortest window an ad may set, in minutes.
        window_min: u32 = 10, in 1..=120;
        /// The longest window an ad may set, in minutes.
        window_max: u32 = 30, in 1..=120;
        /// How long the escrow stays locked after the window, in minutes.
        grace_minutes: u32 = 10, in 1..=120;
        /// How long a seller can stop a release, in seconds.
        cool_off_seconds: u32 = 10, in 0..=600;
        /// When a seller is asked again after "paid", in minutes, ascending.
        seller_reminder_minutes: Vec<u32> = vec![3, 5, 10, 15];
        /// When an unanswered "paid" becomes a dispute by itself, in hours.
        auto_dispute_hours: u32 = 12, in 1..=168;
        /// When the seller may open a dispute, in minutes after "paid".
        seller_may_dispute_minutes: u32 = 5, in 0..=1_440;
        /// When the buyer may open a dispute, in minutes after "paid".
        buyer_may_dispute_minutes: u32 = 15, in 0..=1_440;
        /// How long a closed order can be reopened as a claim, in hours.
        claim_hours: u32 = 72, in 0..=720;
        /// When a refund that was not confirmed becomes a dispute, in hours.
        refund_hours: u32 = 24, in 1..=168;
        /// How many orders of one seller may be open.
        max_open_per_seller: u32 = 5, in 1..=100;
        /// How many ads of one buyer may be open.
        max_ads_per_buyer: u32 = 10, in 1..=100;
    }
}

section! {
    /// How much may be traded.
    Limits {
        /// The most in somebody's first trade, in yuan.
        first_trade_yuan: u32 = 2_000, in 1..=10_000_000;
        /// Under so many trades somebody counts as new.
        few_trades: u32 = 10, in 0..=1_000;
        /// The most in a trade of somebody new, in yuan.
        few_trades_yuan: u32 = 5_000, in 1..=10_000_000;
        /// The least in a trade, in yuan.
        min_order_yuan: u32 = 100, in 1..=10_000_000;
        /// The most in a trade, in yuan.
        max_order_yuan: u32 = 50_000, in 1..=10_000_000;
    }
}

section! {
    /// How a dispute runs.
    Disputes {
        /// How long each side has to hand in what counts, in hours.
        answer_hours: u32 = 12, in 1..=168;
        /// How long the arbiters have to award, in hours.
        award_hours: u32 = 48, in 1..=720;
        /// How often arbiters are reminded, in minutes.
        remind_minutes: u32 = 5, in 1..=1_440;
        /// When the operators hear of a dispute that nobody has taken, in minutes.
        operator_after_minutes: u32 = 60, in 1..=1_440;
        /// Above this amount two arbiters must agree, in yuan.
        two_arbiters_yuan: u32 = 20_000, in 1..=10_000_000;
    }
}

section! {
    /// The accounts that sellers are paid to.
    Payees {
        /// How long a new or changed account waits before orders are paid to it, in hours.
        cool_down_hours: u32 = 24, in 0..=168;
        /// How long an amount stays taken after its order has closed, in minutes.
        quarantine_minutes: u32 = 15, in 0..=1_440;
        /// How many accounts one person may keep.
        max_per_person: u32 = 5, in 1..=50;
    }
}

section! {
    /// What proves a wish.
    Security {
        /// Above this amount only a code of an authenticator releases, in yuan.
        totp_above_yuan: u32 = 5_000, in 0..=10_000_000;
    }
}

section! {
    /// What the two sides of an order write to each other.
    Chat {
        /// How many messages one side may write about an order in a minute.
        messages_per_minute: u32 = 6, in 1..=60;
    }
}

section! {
    /// What follows when a buyer does not pay, or says so falsely.
    Ladder {
        /// How long the buyer takes no new orders, in minutes, after each such order of a day; after more of them, for the rest of it.
        steps_minutes: Vec<u32> = vec![15, 30, 60, 240];
    }
}

section! {
    /// What was said and sent about orders.
    Evidence {
        /// How long it is kept after the end of an order, in months.
        keep_months: u32 = 24, in 1..=240;
    }
}

/// Everything that can be set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub telegram: Telegram,
    pub data: Data,
    pub web: Web,
    pub receipts: Receipts,
    pub staff: Staff,
    pub orders: Orders,
    pub limits: Limits,
    pub disputes: Disputes,
    pub payees: Payees,
    pub security: Security,
    pub chat: Chat,
    pub ladder: Ladder,
    pub evidence: Evidence,
    /// Prices, coins and people are not real. Not a key: only the demo sets it.
    #[serde(skip)]
    pub demo: bool,
    /// The file that it was read from.
    #[serde(skip)]
    file: Option<PathBuf>,
}

/// Why the configuration cannot be used, in one line.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: {why}", file.display())]
    File { file: PathBuf, why: String },
    /// `place` is the file or the variable.
    #[error("{key} in {place}: {why}")]
    Key { key: String, place: String, why: String },
    #[error("telegram.token is missing: set it in {file}, or telegram.token_file, or {variable}")]
    NoToken { file: String, variable: String },
}

impl Config {
    /// Reads the file and the environment. A file that was named must be there; the default one
    /// need not.
    pub fn read(file: Option<&Path>) -> Result<Self, ConfigError> {
        Self::from(&Sources::read(file)?)
    }

    fn from(sources: &Sources) -> Result<Self, ConfigError> {
        sources.refuse_unknown(&Self::default().entries())?;
        sources.refuse_fractions()?;
        let config = Self { file: Some(sources.file()), ..sources.typed()? };
        let at = |(key, why): (String, String)| sources.problem(key, why);
        config.check().map_err(at)?;
        Ok(config)
    }

    /// The desk of `fangbi demo`: everything as by default, but quick enough to watch.
    pub fn demo(folder: &Path, api_url: &str) -> Self {
        let config = Self::default();
        Self {
            telegram: Telegram {
                token: Some(playground::DEFAULT_TOKEN.into()),
                api_url: api_url.to_owned(),
                ..config.telegram
            },
            data: Data { folder: folder.to_owned(), ..config.data },
            staff: Staff {
                operators: vec![playground::OPERATOR],
                treasurers: vec![playground::TREASURER],
                arbiters: vec![playground::ARBITER],
            },
            limits: Limits { min_order_yuan: 10, ..config.limits },
            orders: Orders {
                window_minutes: 3,
                window_min: 1,
                grace_minutes: 1,
                seller_may_dispute_minutes: 0,
                buyer_may_dispute_minutes: 0,
                ..config.orders
            },
            demo: true,
            ..config
        }
    }

    /// The bot's token, from wherever it was set.
    pub fn token(&self) -> Result<SecretString, ConfigError> {
        let telegram = &self.telegram;
        if let Some(token) = &telegram.token {
            return Ok(token.clone());
        }
        let Some(file) = &telegram.token_file else {
            let variable = sources::variable("telegram.token");
            return Err(ConfigError::NoToken { file: self.file_name(), variable });
        };
        let problem =
            |why: io::Error| ConfigError::File { file: file.clone(), why: why.to_string() };
        let text = SecretString::from(std::fs::read_to_string(file).map_err(problem)?);
        match text.expose_secret().trim() {
            "" => Err(ConfigError::File { file: file.clone(), why: "it is empty".to_owned() }),
            token => Ok(token.into()),
        }
    }

    /// What is wrong with a value that can only be tried, in one line that names the key and where
    /// it was set.
    pub fn problem(&self, key: &str, why: impl std::fmt::Display) -> ConfigError {
        let variable = sources::variable(key);
        let place = match std::env::var_os(&variable) {
            Some(_) => variable,
            None => self.file_name(),
        };
        ConfigError::Key { key: key.to_owned(), place, why: why.to_string() }
    }

    fn file_name(&self) -> String {
        let file = self.file.as_deref().unwrap_or_else(|| Path::new(DEFAULT_FILE));
        file.display().to_string()
    }

    /// The key file.
    pub fn key_file(&self) -> PathBuf {
        self.data.key_file.clone().unwrap_or_else(|| self.data.folder.join("fangbi.key"))
    }

    /// The first value that is out of range or does not fit another, and why.
    fn check(&self) -> Result<(), (String, String)> {
        self.telegram.check("telegram")?;
        self.data.check("data")?;
        self.web.check("web")?;
        self.receipts.check("receipts")?;
        self.staff.check("staff")?;
        self.orders.check("orders")?;
        self.limits.check("limits")?;
        self.disputes.check("disputes")?;
        self.payees.check("payees")?;
        self.security.check("security")?;
        self.chat.check("chat")?;
        self.ladder.check("ladder")?;
        self.evidence.check("evidence")?;
        let at = |key: &str, why: String| Err((key.to_owned(), why));
        let Self { telegram, web, orders, limits, staff, ladder, .. } = self;
        if telegram.token.is_some() && telegram.token_file.is_some() {
            return at(
                "telegram.token_file",
                "telegram.token is set, too: leave one out".to_owned(),
            );
        }
        let host = ["http://", "https://"].iter().find_map(|it| telegram.api_url.strip_prefix(it));
        if host.is_none_or(|it| it.is_empty() || it.starts_with('/')) {
            let why = "it must start with http:// or https:// and a host".to_owned();
            return at("telegram.api_url", why);
        }
        if let Some(url) = &web.public_url
            && let Err(why) = public_url(url)
        {
            return at("web.public_url", why.to_owned());
        }
        if web.public_url.is_some() && web.listen.is_none() {
            let why = "nothing is served: set web.listen, too".to_owned();
            return at("web.public_url", why);
        }
        if telegram.urgent_reserve >= telegram.messages_per_second {
            let all = telegram.messages_per_second;
            let why = format!("it must be less than telegram.messages_per_second ({all})");
            return at("telegram.urgent_reserve", why);
        }
        if orders.window_min > orders.window_max {
            let why = format!("it must not be more than orders.window_max ({})", orders.window_max);
            return at("orders.window_min", why);
        }
        if !(orders.window_min..=orders.window_max).contains(&orders.window_minutes) {
            let (min, max) = (orders.window_min, orders.window_max);
            let why =
                format!("it must be from orders.window_min ({min}) to orders.window_max ({max})");
            return at("orders.window_minutes", why);
        }
        if !orders.seller_reminder_minutes.is_sorted_by(|a, b| a < b) {
            return at(
                "orders.seller_reminder_minutes",
                "each must be more than the last".to_owned(),
            );
        }
        const WEEK: u32 = 7 * 24 * 60;
        if !orders.seller_reminder_minutes.iter().all(|it| (1..=WEEK).contains(it)) {
            let why = format!("each must be 1 to {WEEK}");
            return at("orders.seller_reminder_minutes", why);
        }
        const DAY: u32 = 24 * 60;
        if !ladder.steps_minutes.iter().all(|it| (1..=DAY).contains(it)) {
            return at("ladder.steps_minutes", format!("each must be 1 to {DAY}"));
        }
        for (key, people) in [
            ("staff.operators", &staff.operators),
            ("staff.treasurers", &staff.treasurers),
            ("staff.arbiters", &staff.arbiters),
        ] {
            if people.iter().any(|it| *it <= 0) {
                return at(key, "a person's id is more than 0".to_owned());
            }
        }
        for (key, most) in [
            ("limits.first_trade_yuan", limits.first_trade_yuan),
            ("limits.few_trades_yuan", limits.few_trades_yuan),
        ] {
            if most < limits.min_order_yuan {
                let least = limits.min_order_yuan;
                let why = format!("it must not be less than limits.min_order_yuan ({least})");
                return at(key, why);
            }
        }
        if limits.min_order_yuan > limits.max_order_yuan {
            let why = format!(
                "it must not be more than limits.max_order_yuan ({})",
                limits.max_order_yuan
            );
            return at("limits.min_order_yuan", why);
        }
        Ok(())
    }

    /// The rules that the core goes by.
    pub fn policy(&self) -> Policy {
        const MINUTE: u32 = 60;
        const HOUR: u32 = 60 * MINUTE;
        let Self { web, receipts, orders, limits, disputes, payees, security, chat, .. } = self;
        let Self { ladder, evidence, .. } = self;
        Policy {
            terms: Terms {
                window_seconds: orders.window_minutes * MINUTE,
                grace_seconds: orders.grace_minutes * MINUTE,
                cool_off_seconds: orders.cool_off_seconds,
                seller_asked_seconds: orders
                    .seller_reminder_minutes
                    .iter()
                    .map(|it| it * MINUTE)
                    .collect(),
                auto_dispute_seconds: orders.auto_dispute_hours * HOUR,
                seller_may_dispute_seconds: orders.seller_may_dispute_minutes * MINUTE,
                buyer_may_dispute_seconds: orders.buyer_may_dispute_minutes * MINUTE,
                refund_seconds: orders.refund_hours * HOUR,
                dispute_again_seconds: disputes.remind_minutes * MINUTE,
                award_seconds: disputes.award_hours * HOUR,
                answer_seconds: disputes.answer_hours * HOUR,
                operator_after_seconds: disputes.operator_after_minutes * MINUTE,
                claim_seconds: orders.claim_hours * HOUR,
                two_arbiters_above: Fen::yuan(disputes.two_arbiters_yuan.into()),
                code_above: Fen::yuan(security.totp_above_yuan.into()),
            },
            windows: orders.window_min..=orders.window_max,
            window: orders.window_minutes,
            least: Fen::yuan(limits.min_order_yuan.into()),
            most: Fen::yuan(limits.max_order_yuan.into()),
            first_trade: Fen::yuan(limits.first_trade_yuan.into()),
            few_trades: limits.few_trades,
            few_trades_most: Fen::yuan(limits.few_trades_yuan.into()),
            open_orders: orders.max_open_per_seller,
            open_ads: orders.max_ads_per_buyer,
            payees: payee::Rules {
                cool_down_seconds: payees.cool_down_hours * HOUR,
                quarantine_seconds: payees.quarantine_minutes * MINUTE,
                most: payees.max_per_person,
            },
            receipts: policy::Receipts {
                address: web.public_url.as_deref().map(|it| it.trim_end_matches('/').to_owned()),
                silent_seconds: receipts.silent_minutes * MINUTE,
                devices: receipts.max_devices,
            },
            messages_per_minute: chat.messages_per_minute,
            ladder: ladder::Ladder { steps: ladder.steps_minutes.clone() },
            evidence_months: evidence.keep_months,
        }
    }

    fn entries(&self) -> Vec<Entry> {
        [
            self.telegram.entries("telegram"),
            self.data.entries("data"),
            self.web.entries("web"),
            self.receipts.entries("receipts"),
            self.staff.entries("staff"),
            self.orders.entries("orders"),
            self.limits.entries("limits"),
            self.disputes.entries("disputes"),
            self.payees.entries("payees"),
            self.security.entries("security"),
            self.chat.entries("chat"),
            self.ladder.entries("ladder"),
            self.evidence.entries("evidence"),
        ]
        .concat()
    }
}

/// An address that phones can call. It has to leave room for the path on a button that copies
/// 256 characters.
fn public_url(url: &str) -> Result<(), &'static str> {
    let rest = ["http://", "https://"].iter().find_map(|it| url.strip_prefix(it));
    if rest.is_none_or(|it| it.is_empty() || it.starts_with('/')) {
        return Err("it must start with http:// or https:// and a host");
    }
    if url.len() > 180 || !url.bytes().all(|it| it.is_ascii_graphic()) || url.contains(['?', '#']) {
        return Err("it must be an address of at most 180 characters, without ? and #");
    }
    Ok(())
}

/// The values that are in effect, with their meaning and where they come from, as TOML. Secrets
/// are masked.
pub fn describe(file: Option<&Path>) -> Result<String, ConfigError> {
    let sources = Sources::read(file)?;
    Ok(described(&Config::from(&sources)?, &sources))
}

fn described(config: &Config, sources: &Sources) -> String {
    let mut text = String::new();
    let mut section = "";
    for (entry, default) in config.entries().iter().zip(Config::default().entries()) {
        if entry.section != section {
            section = entry.section;
            let gap = if text.is_empty() { "" } else { "\n" };
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{gap}[{section}] # {}", entry.about_section);
        }
        let from = match sources.place(&entry.full_key()) {
            Some(place) => match &default.value {
                Some(value) => format!("from {place}; default {value}"),
                None => format!("from {place}"),
            },
            None => "default".to_owned(),
        };
        let (off, value) = match &entry.value {
            Some(value) => ("", value.as_str()),
            None => ("# ", "(not set)"),
        };
        let _ = writeln!(text, "# {} ({from})\n{off}{} = {value}", entry.meaning, entry.key);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(file: &str, env: &[(&str, &str)]) -> Result<Sources, ConfigError> {
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Sources::from_text(file, env.collect())
    }

    fn read(file: &str, env: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::from(&sources(file, env)?)
    }

    #[track_caller]
    fn refused(file: &str, env: &[(&str, &str)], expected: &str) {
        let error = read(file, env).unwrap_err().to_string();
        assert_eq!(error.lines().count(), 1, "{error}");
        assert_eq!(error, expected);
    }

    #[test]
    fn the_defaults_are_those_of_the_design_and_in_range() {
        let config = read("", &[]).unwrap();
        assert_eq!(config.orders.window_minutes, 15);
        assert_eq!(config.orders.seller_reminder_minutes, [3, 5, 10, 15]);
        assert_eq!(config.limits.first_trade_yuan, 2_000);
        assert!(!config.demo);
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let file = "[orders]\nwindow_minutes = 20\ngrace_minutes = 5\n[staff]\noperators = [7]";
        let env = [
            ("FANGBI__ORDERS__WINDOW_MINUTES", "25"),
            ("FANGBI__TELEGRAM__TOKEN", "42:from-the-environment"),
            ("FANGBI__STAFF__ARBITERS", "1,2"),
            ("FANGBI__ORDERS__SELLER_REMINDER_MINUTES", "1,2"),
            ("FANGBI__WEB__LISTEN", "127.0.0.1:8080"),
        ];
        let config = read(file, &env).unwrap();
        assert_eq!((config.orders.window_minutes, config.orders.grace_minutes), (25, 5));
        assert_eq!(config.token().unwrap().expose_secret(), "42:from-the-environment");
        assert_eq!((config.staff.operators, config.staff.arbiters), (vec![7], vec![1, 2]));
        assert_eq!(config.orders.seller_reminder_minutes, [1, 2]);
        assert_eq!(config.web.listen, Some("127.0.0.1:8080".parse().unwrap()));
    }

    #[test]
    fn a_list_of_one_comes_from_the_environment_too() {
        let one = read("", &[("FANGBI__STAFF__OPERATORS", "7")]).unwrap();
        assert_eq!(one.staff.operators, [7]);
        let two = read("", &[("FANGBI__STAFF__OPERATORS", "7,8")]).unwrap();
        assert_eq!(two.staff.operators, [7, 8]);
    }

    #[test]
    fn a_broken_file_is_refused_without_showing_what_stands_there() {
        let why = "fangbi.toml: TOML parse error at line 3, column 23 unclosed table, expected `]`";
        refused("[\"\"\"er\n[telegram]\ntoken = \"42:a-secret\"\n", &[], why);
    }

    #[test]
    fn what_is_wrong_is_one_line_that_names_the_key_and_the_place() {
        refused("[orders]\nwindow = 20", &[], "orders.window in fangbi.toml: there is no such key");
        refused("[order]\na = 1", &[], "order.a in fangbi.toml: there is no such key");
        refused("color = 1", &[], "color in fangbi.toml: there is no such key");
        refused(
            "",
            &[("FANGBI__ORDERS__WINDOW_MINUTE", "20")],
            "orders.window_minute in FANGBI__ORDERS__WINDOW_MINUTE: there is no such key",
        );
        refused(
            "[orders]\nwindow_minutes = 0",
            &[],
            "orders.window_minutes in fangbi.toml: 0 is out of range, it must be 1 to 120",
        );
        refused(
            "[orders]\nwindow_minutes = 9",
            &[],
            "orders.window_minutes in fangbi.toml: it must be from orders.window_min (10) to orders.window_max (30)",
        );
        refused(
            "[orders]\nseller_reminder_minutes = [5, 3]",
            &[],
            "orders.seller_reminder_minutes in fangbi.toml: each must be more than the last",
        );
        refused(
            "[telegram]\nurgent_reserve = 30",
            &[],
            "telegram.urgent_reserve in fangbi.toml: it must be less than telegram.messages_per_second (30)",
        );
        refused(
            "",
            &[("FANGBI__TELEGRAM__API_URL", "ftp://x")],
            "telegram.api_url in FANGBI__TELEGRAM__API_URL: it must start with http:// or https:// and a host",
        );
        refused(
            "[telegram]\napi_url = \"http://\"",
            &[],
            "telegram.api_url in fangbi.toml: it must start with http:// or https:// and a host",
        );
        refused(
            "[orders]\ngrace_minutes = 3.7",
            &[],
            "orders.grace_minutes in fangbi.toml: it must be a whole number",
        );
        refused(
            "[orders]\nseller_reminder_minutes = [5, 71582790]",
            &[],
            "orders.seller_reminder_minutes in fangbi.toml: each must be 1 to 10080",
        );
        refused(
            "[staff]\noperators = [1001, -5]",
            &[],
            "staff.operators in fangbi.toml: a person's id is more than 0",
        );
        refused(
            "[ladder]\nsteps_minutes = [15, 0]",
            &[],
            "ladder.steps_minutes in fangbi.toml: each must be 1 to 1440",
        );
        refused(
            "[limits]\nfirst_trade_yuan = 10",
            &[],
            "limits.first_trade_yuan in fangbi.toml: it must not be less than limits.min_order_yuan (100)",
        );
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named_too() {
        for (file, env) in [
            ("[orders]\nwindow_minutes = \"soon\"", vec![]),
            ("[orders]\nwindow_minutes = -1", vec![]),
            ("", vec![("FANGBI__ORDERS__WINDOW_MINUTES", "soon")]),
            ("[orders]\nseller_reminder_minutes = 3", vec![]),
            ("[staff]\noperators = [\"me\"]", vec![]),
            ("[web]\nlisten = \"8080\"", vec![]),
        ] {
            let error = read(file, &env).unwrap_err().to_string();
            assert_eq!(error.lines().count(), 1, "{error}");
            let named = ["window_minutes", "seller_reminder_minutes", "operators", "listen"];
            assert!(named.iter().any(|it| error.contains(it)), "{error}");
            assert!(error.contains("fangbi.toml") || error.contains("FANGBI__"), "{error}");
        }
        let error = sources("[orders\n", &[]).err().unwrap().to_string();
        assert!(error.starts_with("fangbi.toml: ") && error.lines().count() == 1, "{error}");
    }

    #[test]
    fn a_missing_token_says_where_to_set_it() {
        let error = read("", &[]).unwrap().token().unwrap_err().to_string();
        assert_eq!(
            error,
            "telegram.token is missing: set it in fangbi.toml, or telegram.token_file, \
             or FANGBI__TELEGRAM__TOKEN"
        );
    }

    #[test]
    fn the_token_may_be_in_a_file_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("token");
        std::fs::write(&file, "42:in-a-file\n").unwrap();
        let text = format!("[telegram]\ntoken_file = {:?}", file.display().to_string());
        let config = read(&text, &[]).unwrap();
        assert_eq!(config.token().unwrap().expose_secret(), "42:in-a-file");
        std::fs::remove_file(&file).unwrap();
        assert!(config.token().is_err());
    }

    #[test]
    fn a_description_masks_secrets_and_says_where_each_value_is_from() {
        let env = [("FANGBI__TELEGRAM__TOKEN", "42:canary-canary")];
        let sources = sources("[orders]\nwindow_minutes = 20", &env).unwrap();
        let text = described(&Config::from(&sources).unwrap(), &sources);
        assert!(!text.contains("canary"));
        assert!(text.contains("(from FANGBI__TELEGRAM__TOKEN)\ntoken = \"***\""), "{text}");
        assert!(text.contains("(from fangbi.toml; default 15)\nwindow_minutes = 20"), "{text}");
        assert!(text.contains("(default)\ngrace_minutes = 10"), "{text}");
        // What is printed can be read again, apart from the mask.
        read(&text.replace("***", "42:x"), &[]).unwrap();
    }

    #[test]
    fn phones_are_given_an_address_that_they_can_call() {
        let web = |url: &str| {
            format!(
                "[telegram]\ntoken = \"42:x\"\n[web]\nlisten = \"127.0.0.1:8080\"\npublic_url = \"{url}\""
            )
        };
        let config = read(&web("https://desk.example/"), &[]).unwrap();
        let address = config.policy().receipts.address;
        assert_eq!(address.as_deref(), Some("https://desk.example"));
        for url in ["desk.example", "ftp://desk.example", "https://", "https://a b", "https://a?b"]
        {
            let error = read(&web(url), &[]).unwrap_err().to_string();
            assert!(error.starts_with("web.public_url in fangbi.toml: it must"), "{error}");
        }
        let unserved = "[telegram]\ntoken = \"42:x\"\n[web]\npublic_url = \"https://a\"";
        let error = read(unserved, &[]).unwrap_err().to_string();
        assert!(error.contains("set web.listen, too"), "{error}");
    }

    #[test]
    fn the_demo_is_within_the_ranges() {
        let config = Config::demo(Path::new("x"), "http://127.0.0.1:8081");
        assert_eq!(config.check(), Ok(()));
        assert!(config.demo);
    }
}
