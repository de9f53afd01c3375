//! Which links Telegram takes, and how it writes them.

use crate::entity::EntityKind;
use crate::user::User;

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum LinkError {
    #[error("Unsupported URL protocol")]
    Protocol,
    #[error("Wrong HTTP URL")]
    Wrong,
}

/// What `<a href="url">` makes: a link, a mention, or nothing when Telegram drops it.
pub(crate) fn entity(url: &str) -> Option<EntityKind> {
    if let Some(id) = url.strip_prefix("tg://user?id=").and_then(|it| it.parse().ok()) {
        return Some(EntityKind::TextMention { user: User::stranger(id) });
    }
    checked(url).ok().map(|url| EntityKind::TextLink { url })
}

/// The link as Telegram keeps it: a scheme, a host with a dot, and at least `/` behind it.
pub(crate) fn checked(url: &str) -> Result<String, LinkError> {
    let url = url.trim();
    let (scheme, rest) = match url.split_once("://") {
        Some((scheme, rest)) => (scheme.to_ascii_lowercase(), rest),
        None if url.starts_with("tg:") => ("tg".to_owned(), &url[3..]),
        None => ("http".to_owned(), url),
    };
    match scheme.as_str() {
        "tg" if rest.is_empty() => Err(LinkError::Wrong),
        "tg" => Ok(format!("tg://{rest}")),
        "http" | "https" => {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (host, tail) = rest.split_at(end);
            let name = host.rsplit('@').next().unwrap_or(host);
            let name = name.split(':').next().unwrap_or(name);
            let fits = name.contains('.')
                && !name.starts_with('.')
                && !name.ends_with('.')
                && !rest.contains(char::is_whitespace);
            if !fits {
                return Err(LinkError::Wrong);
            }
            let slash = if tail.starts_with('/') { "" } else { "/" };
            Ok(format!("{scheme}://{}{slash}{tail}", host.to_lowercase()))
        }
        _ => Err(LinkError::Protocol),
    }
}
