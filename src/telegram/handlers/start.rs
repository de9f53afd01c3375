//! Coming in, choosing a language, finding one's way.

use crate::app::{App, Origin, Reply, Talk as Becomes};
use crate::language::Language;
use crate::letter::{Face, Letter, Screen, Toast};
use crate::telegram::HandlerError;
use crate::telegram::api::Me;
use crate::telegram::handlers::security;
use crate::telegram::incoming::Incoming;
use crate::telegram::talk::Talk;

type Done = Result<(), HandlerError>;

/// The risk notice first; afterwards what can be done here.
pub async fn start(app: App, it: Incoming) -> Done {
    let screen = if it.accepted { Screen::Home { first: false } } else { Screen::Terms };
    Ok(app.reply(it.origin, it.ends(screen)).await?)
}

/// Nothing about money before the risk notice has been accepted.
pub async fn terms_first(app: App, it: Incoming) -> Done {
    Ok(app.reply(it.origin, it.shows_below(Screen::Terms)).await?)
}

pub async fn accept_terms(app: App, it: Incoming) -> Done {
    let reply = it.shows(Screen::Home { first: !it.accepted });
    Ok(app.accept_terms(it.origin, reply).await?)
}

pub async fn language(app: App, it: Incoming) -> Done {
    Ok(app.reply(it.origin, it.shows(Screen::Language)).await?)
}

/// In the new language, and back to where a newcomer was.
pub async fn speak(app: App, it: Incoming, language: Language) -> Done {
    let screen = if it.accepted { Screen::Home { first: false } } else { Screen::Terms };
    Ok(app.speak(it.origin, language, it.shows(screen)).await?)
}

pub async fn help(app: App, it: Incoming) -> Done {
    let Incoming { treasurer, arbiter, operator, .. } = it;
    Ok(app.reply(it.origin, it.shows(Screen::Help { treasurer, arbiter, operator })).await?)
}

/// Leaves a wizard, by command or by button.
pub async fn leave(app: App, it: Incoming) -> Done {
    if let Talk::Security(_) = it.talk {
        return security::leave(app, it).await;
    }
    let screen = if it.talk == Talk::Idle { Screen::NothingToLeave } else { Screen::Left };
    let reply = it.ends(screen);
    let reply = match it.talk {
        // Its card still asks for what is no longer read.
        Talk::Gate(order) | Talk::Rest(order, _) => {
            let card = Letter::Card { order, face: Face::Plain, fresh: false };
            reply.letter(it.origin.chat, card)
        }
        _ => reply,
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// A text that no step waits for. A page that waits for a button goes on waiting.
pub async fn not_understood(app: App, it: Incoming) -> Done {
    let reply = match it.talk {
        Talk::Idle if it.forgotten => it.ends(Screen::Forgotten),
        Talk::Idle => it.shows(Screen::NotUnderstood),
        _ => it.shows(Screen::ButtonWanted),
    };
    Ok(app.reply(it.origin, reply).await?)
}

/// A photo, a sticker, a voice: the step that was waited for is still waited for.
pub async fn text_wanted(app: App, it: Incoming) -> Done {
    let screen = if it.talk == Talk::Idle { Screen::NotUnderstood } else { Screen::TextWanted };
    Ok(app.reply(it.origin, it.shows(screen)).await?)
}

/// A button of a page that is no longer the current one.
pub async fn old_page(app: App, it: Incoming) -> Done {
    Ok(app.reply(it.origin, it.toast(Toast::OldPage)).await?)
}

/// Not a button of ours, or one that was drawn for somebody else.
pub async fn forged(app: App, it: Incoming) -> Done {
    tracing::warn!(user = %it.origin.user, "a button that is not ours, or not for this person");
    Ok(app.reply(it.origin, it.toast(Toast::Forged)).await?)
}

/// Money is a matter of private chats.
pub async fn group_only(app: App, origin: Origin, me: Me) -> Done {
    let screen = Box::new(Screen::GroupOnly { bot: me.username.clone() });
    let letter = Letter::Screen { screen, over: None, turn: 0 };
    let reply = Reply::default().letter(origin.chat, letter).talk(Becomes::Keep);
    Ok(app.reply(origin, reply).await?)
}

/// Somebody has let us in again: the open orders come anew.
pub async fn unblocked(app: App, origin: Origin) -> Done {
    Ok(app.reply(origin, Reply::default()).await?)
}

/// Somebody has blocked the bot: the other sides of the open orders hear of it.
pub async fn blocked(app: App, origin: Origin) -> Done {
    Ok(app.unreachable(origin).await?)
}
