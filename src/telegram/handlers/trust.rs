//! Against impostors: the reader's own phrase, and whether a message is ours.

use teloxide::types::MessageOrigin;

use crate::app::App;
use crate::letter::{PhraseScreen, Screen, VerifyScreen};
use crate::telegram::HandlerError;
use crate::telegram::api::Me;
use crate::telegram::html::visible;
use crate::telegram::incoming::Incoming;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

/// The longest phrase, in characters: it has to be read at a glance.
const LONGEST: usize = 40;

pub async fn ask_phrase(app: App, it: Incoming) -> Done {
    let set = app.store().phrase(app.seal(), it.origin.user).await?.is_some();
    let reply = it.step(phrase_page(PhraseScreen::Ask { set }), &Talk::Phrase)?;
    Ok(app.reply(it.origin, reply).await?)
}

/// The phrase was typed.
pub async fn phrase(app: App, it: Incoming, text: String) -> Done {
    let Some(phrase) = readable(&text) else {
        return Ok(app.reply(it.origin, it.shows(phrase_page(PhraseScreen::Wrong))).await?);
    };
    let reply = it.ends(phrase_page(PhraseScreen::Set));
    Ok(app.set_phrase(it.origin, Some(phrase), reply).await?)
}

pub async fn drop_phrase(app: App, it: Incoming) -> Done {
    let reply = it.ends(phrase_page(PhraseScreen::Removed));
    Ok(app.set_phrase(it.origin, None, reply).await?)
}

pub async fn how_to_verify(app: App, it: Incoming) -> Done {
    Ok(app.reply(it.origin, it.shows(verify_page(VerifyScreen::Ask))).await?)
}

/// A message was forwarded to us. Telegram itself says who sent it first; only people can hide that.
pub async fn verify(app: App, it: Incoming, me: Me, origin: MessageOrigin) -> Done {
    let found = match origin {
        MessageOrigin::User { sender_user, .. } if i64::try_from(sender_user.id.0) == Ok(me.id) => {
            VerifyScreen::Ours
        }
        MessageOrigin::HiddenUser { .. } => VerifyScreen::Hidden,
        MessageOrigin::User { .. } | MessageOrigin::Chat { .. } | MessageOrigin::Channel { .. } => {
            VerifyScreen::NotOurs
        }
    };
    Ok(app.reply(it.origin, it.shows(verify_page(found))).await?)
}

/// One line of 2 to [`LONGEST`] characters that can all be seen.
fn readable(text: &str) -> Option<String> {
    let text = text.trim();
    let fits = (2..=LONGEST).contains(&text.chars().take(LONGEST + 1).count());
    let seen = text.chars().all(|it| visible(it) == Some(it) && it != '\n');
    (fits && seen).then(|| text.to_owned())
}

fn phrase_page(step: PhraseScreen) -> Screen {
    Screen::Phrase { step }
}

fn verify_page(step: VerifyScreen) -> Screen {
    Screen::Verify { step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_one_line_that_can_be_seen() {
        assert_eq!(readable(" 山高水长 🦊 "), Some("山高水长 🦊".to_owned()));
        assert_eq!(readable("x"), None);
        assert_eq!(readable("two\nlines"), None);
        assert_eq!(readable("turned \u{202E}round"), None);
        assert_eq!(readable(&"長".repeat(40)), Some("長".repeat(40)));
        assert_eq!(readable(&"長".repeat(41)), None);
    }
}
