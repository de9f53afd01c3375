//! What a bundle states, read from the store for one reader.
//!
//! The log is read first, and everything else as far as that log goes: what happens while we read is
//! for the next bundle.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::facts::{
    AlipayNumber, Caution, ChatFile, ChatLine, Declared, FORMAT, Facts, FreezeNote, Keeping,
    LogLine, NumberOf, Party, Posting, Signal, Warning, Words,
};
use super::from_log::{Derived, derive, from_rows};
use super::manifest::LeftOut;
use crate::domain::UserId;
use crate::domain::chat::{Content, File, FileId, Form, Message, MessageId, Voice};
use crate::domain::freeze::Detail;
use crate::domain::ledger::Hash;
use crate::domain::log::{Entry, Row};
use crate::domain::order::{Order, OrderId, Side};
use crate::secrets::Seal;
use crate::store::bill_numbers::NumberKind;
use crate::store::log::Linked;
use crate::store::users::StaffRole;
use crate::store::{Store, StoreError};

/// Telegram takes 50 MB from a bot: so much of it may be files of the chat.
const MOST: u64 = 45 << 20;
/// More than so many files would not be looked through by anybody.
const MOST_FILES: usize = 999;

/// Whose records those are.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub store: &'a Store,
    pub seal: &'a Seal,
    /// Nothing in it is real money.
    pub demo: bool,
}

/// A bundle before it is written.
pub struct Collected {
    pub(super) facts: Facts,
    pub(super) rows: Vec<LogLine>,
    /// `files/001-photo.jpg`, and what is in it.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

impl Collected {
    /// As whom it is read.
    pub fn reader(&self) -> Voice {
        self.facts.reader
    }

    pub(super) fn left_out(&self) -> Vec<LeftOut> {
        let files = self.facts.chat.iter().flat_map(|it| &it.files);
        let left = files.filter(|it| it.content == Keeping::LeftOut);
        left.filter_map(|it| Some(LeftOut { file: it.id, bytes: it.bytes, sha256: it.sha256? }))
            .collect()
    }
}

/// As whom somebody may read about an order: as one of its sides, or as an arbiter who has taken
/// the case. `None`: not at all, or there is no such order.
///
/// # Errors
/// When the store cannot be read.
pub async fn voice_of(
    desk: Desk<'_>,
    id: OrderId,
    user: UserId,
) -> Result<Option<Voice>, StoreError> {
    let Some(order) = desk.store.order(id).await? else { return Ok(None) };
    if let Some(side) = order.side_of(user) {
        return Ok(Some(side.into()));
    }
    if !desk.store.is_staff(user, StaffRole::Arbiter).await? {
        return Ok(None);
    }
    let log = desk.store.log_of(id).await?;
    let took = log.iter().any(|it| it.row.is_taking_by(user));
    Ok(took.then_some(Voice::Arbiter))
}

/// Everything that this reader may have of an order. `None`: nothing, as in [`voice_of`].
///
/// # Errors
/// When the store cannot be read, or holds what does not fit together.
pub async fn collect(
    desk: Desk<'_>,
    id: OrderId,
    user: UserId,
    now: DateTime<Utc>,
) -> Result<Option<Collected>, StoreError> {
    let Desk { store, seal, demo } = desk;
    let Some(reader) = voice_of(desk, id, user).await? else { return Ok(None) };
    let log = store.log_of(id).await?;
    let rows: Vec<Row> = log.iter().map(|it| it.row.clone()).collect();
    let Some(order) = store.order(id).await? else { return Ok(None) };
    let ledger = store.transfers_of(id).await?;
    let derived = derive(id, &rows)
        .map_err(|(place, why)| StoreError::corrupt("order_log", place, "entry", why))?;
    let (from_log, posted) = match derived {
        Some(Derived { from_log, transfers }) => (from_log, transfers.len()),
        None => (from_rows(&order, &rows), ledger.len()),
    };
    let (chat, files) = chat(desk, id, reader, &rows).await?;
    let signals = match reader {
        Voice::Seller | Voice::Arbiter => store.signals_of(id).await?,
        // They are the seller's phones.
        Voice::Buyer => Vec::new(),
    };
    let numbers = store.numbers_of(seal, id).await?.into_iter().map(|(kind, number, at)| {
        let of = match kind {
            NumberKind::Payment => NumberOf::Payment,
            NumberKind::Refund => NumberOf::Refund,
        };
        AlipayNumber { of, number: number.reveal().to_owned(), given_at: at.into() }
    });
    let signals = signals.into_iter().map(|it| Signal {
        at: it.at.into(),
        kind: it.kind,
        fen: it.fen,
        sha256: it.body,
    });
    let ledger = ledger.into_iter().take(posted).map(|it| Posting {
        row: it.row,
        debit: it.debit,
        credit: it.credit,
        coin: it.coin,
        units: it.units,
        kind: it.kind,
        key: it.key,
        at_ms: it.at,
        at: crate::clock::from_millis(it.at).into(),
        before: it.before,
        hash: it.hash,
    });
    let facts = Facts {
        format: FORMAT,
        made_at: now.into(),
        demo,
        reader,
        from_log,
        // There are no reference prices yet.
        reference_price: None,
        sides: [party(desk, &order, Side::Seller).await?, party(desk, &order, Side::Buyer).await?],
        numbers: numbers.collect(),
        ledger: ledger.collect(),
        signals: signals.collect(),
        warnings: warnings(desk, &order, reader, &chat).await?,
        chat,
        freeze: freeze(desk, id, user).await?,
    };
    let rows = log.into_iter().map(|Linked { row, link }| LogLine { row, link }).collect();
    Ok(Some(Collected { facts, rows, files }))
}

async fn party(desk: Desk<'_>, order: &Order, side: Side) -> Result<Party, StoreError> {
    let Desk { store, seal, .. } = desk;
    let id = order.party(side);
    let (user, met_at) = (store.user(id).await?, store.met_at(id).await?);
    let declared = match side {
        Side::Seller => store
            .payee(seal, order.id)
            .await?
            .map(|it| Declared { name: it.name.mask(), account: it.account.mask() }),
        Side::Buyer => store
            .payer_of(seal, order.id)
            .await?
            .map(|it| Declared { name: it.name.mask(), account: it.account.mask() }),
    };
    Ok(Party {
        side,
        telegram_id: id.0,
        known_since: met_at.map(Into::into),
        days_before_order: met_at.map(|it| (order.opened_at - it).num_days()),
        notice_accepted_at: user.and_then(|it| it.terms_at).map(Into::into),
        completed: user.map_or(0, |it| it.completed),
        declared,
    })
}

/// What the bot has warned of, beside what the log has.
async fn warnings(
    desk: Desk<'_>,
    order: &Order,
    reader: Voice,
    chat: &[ChatLine],
) -> Result<Vec<Warning>, StoreError> {
    let mut found = Vec::new();
    for line in chat.iter().filter(|it| it.files.iter().any(|it| it.form == Form::Photo)) {
        let to = line.author.side().map(Side::other);
        let passed_on = line.held.is_none() && line.words != Words::Withheld;
        found.extend(to.filter(|_| passed_on).map(|to| Warning {
            at: Some(line.at.clone()),
            to,
            what: Caution::PictureProvesNothing,
        }));
    }
    if desk.store.reused_numbers_of(order.id).await? > 0 {
        found.push(Warning { at: None, to: Side::Seller, what: Caution::NumberReused });
    }
    // Each side reads that of the other one only.
    for to in [Side::Seller, Side::Buyer] {
        let may_know = reader.side().is_none_or(|it| it == to);
        let other = desk.store.user(order.party(to.other())).await?;
        if may_know && other.is_some_and(|it| it.poses) {
            found.push(Warning { at: None, to, what: Caution::StaffName });
        }
    }
    Ok(found)
}

async fn freeze(
    desk: Desk<'_>,
    order: OrderId,
    user: UserId,
) -> Result<Option<FreezeNote>, StoreError> {
    let kept = desk.store.freeze(desk.seal, order, user, true).await?;
    Ok(kept.map(|(freeze, at)| {
        let text = |detail| freeze.detail(detail).map(str::to_owned);
        FreezeNote {
            noted_at: at.into(),
            kind: freeze.kind,
            body: text(Detail::Body),
            case: text(Detail::Case),
            period: text(Detail::Period),
            officer: text(Detail::Officer),
        }
    }))
}

type Contents = Vec<(String, Vec<u8>)>;

/// What was said, as this reader may see it, and the files among it.
async fn chat(
    desk: Desk<'_>,
    order: OrderId,
    reader: Voice,
    rows: &[Row],
) -> Result<(Vec<ChatLine>, Contents), StoreError> {
    let Logged { said, filed } = logged(rows);
    let mut messages = desk.store.messages_of(desk.seal, order).await?;
    messages.retain(|it| said.contains_key(&it.id));
    let left_out = left_out(&messages, reader, &filed);
    let (mut lines, mut contents) = (Vec::new(), Vec::new());
    for message in messages {
        let is_open = message.is_open_to(reader);
        let words = match &message.said {
            _ if !is_open => Words::Withheld,
            Some(it) => Words::Open { text: it.text.clone(), salt: it.salt.clone() },
            None => Words::Erased,
        };
        let mut files = Vec::new();
        for file in &message.files {
            let content = match file.content {
                Content::Lost => Keeping::Lost,
                Content::Kept(_) | Content::Erased(_) if !is_open && filed.contains(&file.id) => {
                    Keeping::Withheld
                }
                Content::Kept(_) if filed.contains(&file.id) => {
                    if left_out.contains(&file.id) {
                        Keeping::LeftOut
                    } else {
                        enclose(desk, file, &mut contents).await?
                    }
                }
                Content::Erased(_) => Keeping::Erased,
                Content::Awaited | Content::Kept(_) => Keeping::Awaited,
            };
            let came = content != Keeping::Awaited && content != Keeping::Lost;
            let sha256 = file.content.sha256().filter(|_| came).map(Hash);
            files.push(ChatFile {
                id: file.id,
                form: file.form,
                bytes: file.bytes,
                sha256,
                content,
            });
        }
        // Its row is in the log, or it would not be here.
        let Some(digest) = said.get(&message.id).copied() else { continue };
        lines.push(ChatLine {
            id: message.id,
            at: message.at.into(),
            author: message.voice,
            purpose: message.purpose,
            held: message.held,
            digest,
            words,
            files,
        });
    }
    Ok((lines, contents))
}

/// Puts a file into the bundle, under a name that says nothing and hides nothing.
async fn enclose(
    desk: Desk<'_>,
    file: &File,
    contents: &mut Contents,
) -> Result<Keeping, StoreError> {
    let Some(kept) = desk.store.kept_file(desk.seal, file.id).await? else {
        return Ok(Keeping::Erased);
    };
    let (number, form) = (contents.len() + 1, kept.form.as_str());
    let path = format!("files/{number:03}-{form}.{}", kept.ending());
    contents.push((path.clone(), kept.content));
    Ok(Keeping::Here { path })
}

/// What does not fit: the newest files first.
fn left_out(messages: &[Message], reader: Voice, filed: &HashSet<FileId>) -> HashSet<FileId> {
    let open = messages.iter().filter(|it| it.is_open_to(reader)).flat_map(|it| &it.files);
    let kept = open.filter(|it| matches!(it.content, Content::Kept(_)) && filed.contains(&it.id));
    let mut sum = 0_u64;
    kept.enumerate()
        .filter_map(|(place, file)| {
            sum = sum.saturating_add(file.bytes);
            (sum > MOST || place >= MOST_FILES).then_some(file.id)
        })
        .collect()
}

/// What the log has of the chat.
#[derive(Default)]
struct Logged {
    said: HashMap<MessageId, Hash>,
    filed: HashSet<FileId>,
}

fn logged(rows: &[Row]) -> Logged {
    let mut found = Logged::default();
    for row in rows {
        match serde_json::from_str(&row.entry) {
            Ok(Entry::Said { said, digest, .. }) => {
                found.said.insert(said, digest);
            }
            Ok(Entry::Filed { filed, .. }) => {
                found.filed.insert(filed);
            }
            Ok(_) | Err(_) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::chat::{Proof, Purpose};

    fn message(id: i64, voice: Voice, purpose: Purpose, megabytes: u64) -> Message {
        let content = Content::Kept([id as u8; 32]);
        Message {
            id: MessageId(id),
            order: OrderId(17),
            author: UserId(1),
            voice,
            purpose,
            held: None,
            at: crate::clock::from_millis(id),
            said: None,
            files: vec![File {
                id: FileId(id),
                form: Form::Video,
                bytes: megabytes << 20,
                content,
            }],
        }
    }

    #[test]
    fn what_telegram_would_not_take_is_left_out_from_the_newest_on() {
        let evidence = Purpose::Evidence { what: Proof::Recording };
        let messages = [
            message(1, Voice::Seller, Purpose::Chat, 20),
            message(2, Voice::Buyer, evidence, 40),
            message(3, Voice::Buyer, Purpose::Chat, 20),
            message(4, Voice::Seller, evidence, 20),
            message(5, Voice::Seller, Purpose::Chat, 1),
        ];
        let filed: HashSet<FileId> = messages.iter().map(|it| it.files[0].id).collect();
        let left = |reader| {
            let mut left: Vec<i64> =
                left_out(&messages, reader, &filed).into_iter().map(|it| it.0).collect();
            left.sort_unstable();
            left
        };
        // What is not for the seller takes no room in the seller's bundle.
        assert_eq!(left(Voice::Seller), [4, 5]);
        assert_eq!(left(Voice::Buyer), [2, 3, 5]);
        assert_eq!(left(Voice::Arbiter), [2, 3, 4, 5]);
    }
}
