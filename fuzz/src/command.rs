//! A command is one of ours or none, and a code that was printed is read again.

use fangbi::domain::order::OrderId;
use fangbi::telegram::command::Command;

/// The bytes are a text that somebody has typed; and once more what follows `/start` in a link.
pub fn holds(data: &[u8]) {
    let text = crate::text(data);
    let read = Command::read(&text, BOT);
    assert!(read.is_none() || text.trim().starts_with('/'), "{text:?} has no slash");
    assert_eq!(Command::read(&format!(" \n{text}\t"), BOT), read, "{text:?} inside white space");

    // Whatever a link carries, it is a beginning and nothing else.
    let start = Command::read(&format!("/START {text}"), BOT);
    assert!(matches!(start, Some(Command::Start(_))), "{start:?} out of {text:?}");
    let foreign = format!("/{}@another_bot", text.split_whitespace().next().unwrap_or_default());
    if !text.contains('@') {
        assert_eq!(Command::read(&foreign, BOT), None, "{foreign:?} is for another bot");
    }

    if let Some(order) = OrderId::from_code(&text) {
        assert!(order.0 >= 0);
        assert_eq!(OrderId::from_code(&order.code()), Some(order), "{text:?}");
    }
}

const BOT: &str = "playground_bot";
