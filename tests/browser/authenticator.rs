//! An authenticator app on somebody's phone, which goes by the same clock as the demo.

use fangbi::clock::Clock;
use totp_rs::{Builder, Secret, Totp};

/// How long (seconds) a code is shown.
const STEP: u64 = 30;

pub(crate) struct Authenticator {
    totp: Totp,
    /// The step whose code was typed last.
    used: u64,
}

impl Authenticator {
    /// The key is typed into the app.
    pub(crate) fn with(key: &str) -> Self {
        let secret = Secret::try_from_base32(key).unwrap();
        Self { totp: Builder::new().with_secret(secret).build().unwrap(), used: 0 }
    }

    /// A code that has not been typed: this one or, as the bot allows for a phone that is a little
    /// ahead, the next.
    pub(crate) fn code(&mut self) -> String {
        let now = u64::try_from(Clock::system().now().timestamp()).unwrap();
        self.used = (now / STEP).max(self.used + 1);
        self.totp.generate(self.used * STEP).to_string()
    }
}
