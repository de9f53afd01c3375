//! The table of contents: what comes in, and who handles it.

use teloxide::dispatching::UpdateFilterExt;
use teloxide::dptree::{self, case};
use teloxide::types::{CallbackQuery, ChatMemberUpdated, Document, Message, MessageOrigin, Update};

use super::action::{
    Action, BarAction, BundleAction, ChatAction, DeviceAction, DisputeAction, Place, SecurityStep,
    Sure,
};
use super::api::Me;
use super::command::Command;
use super::door::Tree;
use super::handlers::bill::BillFile;
use super::handlers::chat::About;
use super::handlers::{
    accounts, ad, arbiters, bill, blocks, bundle, case, chat, devices, dispute, forget, gate,
    order, payer, practice, security, sell, start, stops, treasury, trust, withdraw,
};
use super::incoming::Incoming;
use super::press::Press;
use super::talk::{AddDevice, DisputeTalk, Frozen, PostAd, Security, Sell, Talk, Withdraw};
use crate::app::{App, Origin};
use crate::domain::UserId;
use crate::domain::order::Request;
use crate::store::door::Door;

/// Wants [`Update`], [`Door`], [`App`] and [`Me`].
///
/// An update passes through all branches of a node on its way to one of them, so each node has few,
/// and the usual comes first.
pub fn tree() -> Tree {
    dptree::entry()
        .branch(
            dptree::filter_map(incoming)
                .branch(
                    Update::filter_message()
                        .branch(forwards())
                        .branch(commands())
                        .branch(answers()),
                )
                .branch(Update::filter_callback_query().branch(presses())),
        )
        .branch(around())
}

/// A forwarded message is never an answer: somebody wants to know whether it is ours. Only a bill is
/// read wherever it comes from, because many send it to themselves first.
fn forwards() -> Tree {
    dptree::filter_map(forwarded)
        .branch(
            dptree::filter(|it: Incoming| it.accepted)
                .filter(outside_wizards)
                .filter_map(bill_file)
                .endpoint(bill::sent),
        )
        .endpoint(trust::verify)
}

/// What is not a private conversation.
fn around() -> Tree {
    dptree::entry()
        .branch(Update::filter_message().filter_map(said_in_group).endpoint(start::group_only))
        .branch(Update::filter_my_chat_member().filter_map(left).endpoint(start::blocked))
        .branch(Update::filter_my_chat_member().filter_map(returned).endpoint(start::unblocked))
}

fn commands() -> Tree {
    dptree::filter_map(command)
        .branch(open_commands())
        .branch(dptree::filter(newcomer).endpoint(start::terms_first))
        .branch(trading())
        .branch(own_accounts())
        .branch(evidence())
        .branch(treasurers())
        .branch(operators())
        .branch(case![Command::Practice].endpoint(practice::explain))
}

/// What may be said before the risk notice is accepted.
fn open_commands() -> Tree {
    dptree::entry()
        .branch(case![Command::Start(_payload)].endpoint(start::start))
        .branch(case![Command::Language].endpoint(start::language))
        .branch(case![Command::Help].endpoint(start::help))
        .branch(case![Command::Cancel].endpoint(start::leave))
}

fn trading() -> Tree {
    dptree::entry()
        .branch(case![Command::Sell].endpoint(sell::begin))
        .branch(case![Command::Ad].endpoint(ad::begin))
        .branch(case![Command::Ads].endpoint(ad::list))
        .branch(case![Command::Orders].endpoint(order::list))
        .branch(case![Command::Order(code)].endpoint(order::named))
        .branch(case![Command::Balance].endpoint(order::balance))
        .branch(case![Command::Withdraw].endpoint(withdraw::begin))
        .branch(case![Command::Devices].endpoint(devices::list))
        .branch(case![Command::Security].endpoint(security::begin))
        .branch(case![Command::Phrase].endpoint(trust::ask_phrase))
        .branch(case![Command::Verify].endpoint(trust::how_to_verify))
}

fn own_accounts() -> Tree {
    dptree::entry()
        .branch(case![Command::Accounts].endpoint(accounts::list))
        .branch(case![Command::Bill].endpoint(bill::how_to))
        .branch(case![Command::Payer].endpoint(payer::begin))
        .branch(case![Command::Forget].endpoint(forget::ask))
        .branch(case![Command::Blocks].endpoint(blocks::list))
}

fn evidence() -> Tree {
    dptree::entry()
        .branch(case![Command::Evidence(code)].endpoint(bundle::named))
        .branch(case![Command::Frozen(code)].endpoint(bundle::frozen))
}

fn treasurers() -> Tree {
    dptree::entry()
        .branch(case![Command::Deposit(text)].endpoint(treasury::deposit))
        .branch(case![Command::Withdrawals].endpoint(treasury::list))
        .branch(case![Command::Disputes].endpoint(case::list))
        .branch(case![Command::Arbiters].endpoint(arbiters::list))
}

fn operators() -> Tree {
    dptree::entry()
        .branch(case![Command::Pause(text)].endpoint(stops::pause))
        .branch(case![Command::Resume].endpoint(stops::resume))
        .branch(case![Command::Stop(text)].endpoint(stops::stop_user))
        .branch(case![Command::Allow(text)].endpoint(stops::allow_user))
        .branch(case![Command::StopAd(text)].endpoint(stops::stop_ad))
        .branch(case![Command::AllowAd(text)].endpoint(stops::allow_ad))
        .branch(case![Command::Stops].endpoint(stops::list))
}

/// Files, where no wizard waits for a text.
fn files() -> Tree {
    dptree::filter(outside_wizards)
        .branch(dptree::filter_map(bill_file).endpoint(bill::sent))
        .branch(dptree::filter(picture).endpoint(bill::picture))
}

/// What is typed goes to the step that waits for it.
fn answers() -> Tree {
    dptree::entry()
        .branch(dptree::filter(newcomer).endpoint(start::terms_first))
        .branch(dptree::filter(no_command).branch(chats()))
        .branch(dptree::filter(wordless).branch(files()).endpoint(start::text_wanted))
        .branch(
            dptree::filter_map(text)
                .map(|it: Incoming| it.talk)
                .branch(
                    case![Talk::Sell(state)]
                        .branch(case![Sell::Amount(offer)].endpoint(sell::amount))
                        .branch(case![Sell::Account(sale)].endpoint(sell::account))
                        .branch(case![Sell::Name(sale, account)].endpoint(sell::name)),
                )
                .branch(
                    case![Talk::PostAd(state)]
                        .branch(case![PostAd::Price(coin)].endpoint(ad::price))
                        .branch(case![PostAd::Total(coin, price)].endpoint(ad::total))
                        .branch(case![PostAd::Min(price, total)].endpoint(ad::min))
                        .branch(case![PostAd::Max(price, total, min)].endpoint(ad::max)),
                )
                .branch(case![Talk::ChangeAd(change)].endpoint(ad::changed))
                .branch(
                    case![Talk::Withdraw(state)]
                        .branch(case![Withdraw::Amount(coin)].endpoint(withdraw::amount))
                        .branch(case![Withdraw::Address(coins)].endpoint(withdraw::address))
                        .branch(case![Withdraw::Proof(coins, address)].endpoint(withdraw::proof)),
                )
                .branch(
                    case![Talk::Security(state)]
                        .branch(case![Security::Confirm].endpoint(security::confirm))
                        .branch(case![Security::Prove(wish)].endpoint(security::prove)),
                )
                .branch(typed_for_orders())
                .branch(case![Talk::Phrase].endpoint(trust::phrase))
                .branch(case![Talk::Settle(withdrawal)].endpoint(treasury::settled))
                .branch(case![Talk::Accounts(state)].endpoint(accounts::typed))
                .branch(case![Talk::Frozen(state)].endpoint(bundle::typed))
                .branch(case![Talk::Payer(state)].endpoint(payer::typed))
                .branch(case![Talk::Dispute(state)].branch(typed_in_disputes()))
                .branch(case![Talk::AddArbiter].endpoint(arbiters::typed)),
        )
        .branch(dptree::filter_map(text).endpoint(order::typed))
}

/// What people write about an order. A reply says itself what it is about.
fn chats() -> Tree {
    dptree::entry().branch(dptree::filter_map(about_an_order).endpoint(chat::replied)).branch(
        dptree::map(|it: Incoming| it.talk)
            .branch(case![Talk::Message(order, purpose)].endpoint(chat::typed)),
    )
}

fn typed_for_orders() -> Tree {
    dptree::entry()
        .branch(case![Talk::Gate(order)].endpoint(gate::typed))
        .branch(case![Talk::Rest(order, arrived)].endpoint(gate::typed_again))
        .branch(case![Talk::Number(order)].endpoint(gate::number))
}

fn typed_in_disputes() -> Tree {
    dptree::entry()
        .branch(case![DisputeTalk::Number(order)].endpoint(dispute::number))
        .branch(case![DisputeTalk::Reason(order, verdict)].endpoint(case::reason_typed))
}

fn presses() -> Tree {
    dptree::entry()
        .branch(
            dptree::filter_map(press)
                .map(where_it_answers)
                .map(meant)
                .branch(open_doors())
                .branch(dptree::filter(newcomer).endpoint(start::terms_first))
                .branch(case![Action::Go(place)].branch(places()))
                .branch(on_orders())
                .branch(case![Action::Chat(action)].branch(on_chats()))
                .branch(case![Action::Bundle(action)].branch(on_bundles()))
                .branch(on_ads())
                .branch(on_withdrawals())
                .branch(case![Action::Dispute(action)].branch(on_disputes()))
                .branch(case![Action::Device(action)].branch(on_devices()))
                .branch(case![Action::Bar(action)].branch(on_bars()))
                .branch(case![Action::Sure(sure)].branch(sure()))
                .branch(case![Action::Practice].endpoint(practice::explain))
                .branch(case![Action::Security(step)].branch(on_security()))
                .branch(case![Action::Account(action)].endpoint(accounts::press))
                .branch(dptree::filter(current).branch(steps()))
                .branch(dptree::endpoint(start::old_page)),
        )
        .branch(dptree::endpoint(start::forged))
}

/// What may be pressed before the risk notice is accepted.
fn open_doors() -> Tree {
    dptree::entry()
        .branch(case![Action::AcceptTerms].endpoint(start::accept_terms))
        .branch(case![Action::Speak(language)].endpoint(start::speak))
        .branch(case![Action::Go(place)].branch(open_places()))
}

fn on_orders() -> Tree {
    dptree::entry()
        .branch(
            case![Action::Ask(request)]
                .branch(case![Request::Take].endpoint(case::take))
                .endpoint(order::ask),
        )
        .branch(case![Action::Turn(face)].endpoint(order::turn))
        .branch(case![Action::GiveNumber].endpoint(gate::ask_number))
        .branch(case![Action::OpenOrder].endpoint(order::open))
        .branch(case![Action::Orders { past, page }].endpoint(order::page))
}

fn on_disputes() -> Tree {
    dptree::entry()
        .branch(case![DisputeAction::Add].endpoint(dispute::kinds))
        .branch(case![DisputeAction::Kind(proof)].endpoint(dispute::wanted))
        .branch(case![DisputeAction::Arbiter(action)].endpoint(arbiters::press))
        .branch(dptree::endpoint(case::press))
}

fn on_chats() -> Tree {
    dptree::entry()
        .branch(case![ChatAction::Write].endpoint(chat::begin))
        .branch(case![ChatAction::Answer].endpoint(chat::begin_answer))
        .branch(case![ChatAction::Messages { page }].endpoint(chat::messages))
        .branch(case![ChatAction::Mute { on }].endpoint(chat::mute))
        .branch(case![ChatAction::File].endpoint(chat::file))
}

fn on_bundles() -> Tree {
    dptree::entry()
        .branch(case![BundleAction::Make].endpoint(bundle::press))
        .branch(case![BundleAction::Frozen].endpoint(bundle::frozen_pressed))
        .branch(case![BundleAction::Anew].endpoint(bundle::anew))
        .branch(case![BundleAction::Erase].endpoint(bundle::erase))
        .branch(case![BundleAction::With].endpoint(bundle::with))
        .branch(
            dptree::filter(current)
                .map(|it: Incoming| it.talk)
                .branch(case![Talk::Frozen(state)].branch(telling_of_a_freeze())),
        )
}

fn telling_of_a_freeze() -> Tree {
    dptree::entry()
        .branch(
            case![Frozen::Kind(order)]
                .branch(case![BundleAction::Kind(kind)].endpoint(bundle::kind)),
        )
        .branch(
            case![Frozen::Detail(order, freeze, detail)]
                .branch(case![BundleAction::Skip].endpoint(bundle::skip)),
        )
}

fn on_ads() -> Tree {
    dptree::entry()
        .branch(case![Action::OpenAd].endpoint(ad::open))
        .branch(case![Action::Pause].endpoint(ad::pause))
        .branch(case![Action::Resume].endpoint(ad::resume))
        .branch(case![Action::Close].endpoint(ad::close))
        .branch(case![Action::Change(field)].endpoint(ad::change))
}

fn on_withdrawals() -> Tree {
    dptree::entry()
        .branch(case![Action::Settle].endpoint(treasury::settle))
        .branch(case![Action::Refuse].endpoint(treasury::refuse))
}

fn on_devices() -> Tree {
    dptree::entry()
        .branch(case![DeviceAction::List].endpoint(devices::list))
        .branch(case![DeviceAction::Add].endpoint(devices::add))
        .branch(case![DeviceAction::Open].endpoint(devices::open))
        .branch(case![DeviceAction::Setup].endpoint(devices::setup))
        .branch(case![DeviceAction::PutAway].endpoint(devices::put_away))
        .branch(case![DeviceAction::Revoke].endpoint(devices::revoke))
        .branch(case![DeviceAction::RevokeSurely].endpoint(devices::revoke_surely))
        .branch(
            dptree::filter(current)
                .map(|it: Incoming| it.talk)
                .branch(case![Talk::AddDevice(state)].branch(adding_a_device())),
        )
}

/// Blocks, and what operators have stopped.
fn on_bars() -> Tree {
    dptree::entry()
        .branch(case![BarAction::Block].endpoint(blocks::ask))
        .branch(case![BarAction::BlockSurely].endpoint(blocks::surely))
        .branch(case![BarAction::Unblock].endpoint(blocks::unblock))
        .branch(case![BarAction::Blocks { page }].endpoint(blocks::page))
        .branch(case![BarAction::OpenStop].endpoint(stops::open))
        .branch(case![BarAction::Lift].endpoint(stops::lift))
        .branch(case![BarAction::Stops { page }].endpoint(stops::page))
}

fn adding_a_device() -> Tree {
    dptree::entry()
        .branch(
            case![AddDevice::Account]
                .branch(case![DeviceAction::Account].endpoint(devices::account)),
        )
        .branch(
            case![AddDevice::Kind(payee)]
                .branch(case![DeviceAction::Kind(kind)].endpoint(devices::kind)),
        )
}

fn on_security() -> Tree {
    dptree::entry()
        .branch(case![SecurityStep::TurnOn].endpoint(security::turn_on))
        .branch(case![SecurityStep::ShowAgain].endpoint(security::show_again))
        .branch(case![SecurityStep::TurnOff].endpoint(security::turn_off))
        .branch(case![SecurityStep::NewCodes].endpoint(security::new_codes))
        .branch(case![SecurityStep::Kept].endpoint(security::kept))
}

/// The answers to second questions.
fn sure() -> Tree {
    dptree::entry()
        .branch(case![Sure::CloseAd].endpoint(ad::close_for_good))
        .branch(case![Sure::RefuseWithdrawal].endpoint(treasury::refuse_for_good))
}

fn open_places() -> Tree {
    dptree::entry()
        .branch(case![Place::Help].endpoint(start::help))
        .branch(case![Place::Language].endpoint(start::language))
}

fn places() -> Tree {
    dptree::entry()
        .branch(case![Place::Sell].endpoint(sell::begin))
        .branch(case![Place::PostAd].endpoint(ad::begin))
        .branch(case![Place::Ads].endpoint(ad::list))
        .branch(case![Place::Orders].endpoint(order::list))
        .branch(case![Place::Balance].endpoint(order::balance))
        .branch(case![Place::Withdraw].endpoint(withdraw::begin))
        .branch(case![Place::Security].endpoint(security::begin))
}

/// Buttons of the wizard's current page.
fn steps() -> Tree {
    dptree::map(|it: Incoming| it.talk)
        .branch(case![Action::Leave].endpoint(start::leave))
        .branch(case![Action::DropPhrase].endpoint(trust::drop_phrase))
        .branch(
            case![Talk::Rest(order, arrived)]
                .branch(case![Action::Confirm].endpoint(gate::ask_rest)),
        )
        .branch(
            case![Talk::Sell(state)]
                .branch(case![Action::Back].endpoint(sell::back))
                .branch(case![Sell::Coin].branch(case![Action::Coin(coin)].endpoint(sell::coin)))
                .branch(
                    case![Sell::Offers(coin)]
                        .branch(case![Action::Offers { page }].endpoint(sell::page))
                        .branch(case![Action::Offer].endpoint(sell::offer)),
                )
                .branch(case![Sell::Amount(offer)].branch(case![Action::All].endpoint(sell::all)))
                .branch(kept_payees())
                .branch(
                    case![Sell::Review(sale, account, name)]
                        .branch(case![Action::Confirm].endpoint(sell::confirm)),
                ),
        )
        .branch(
            case![Talk::PostAd(state)]
                .branch(case![Action::Back].endpoint(ad::back))
                .branch(case![PostAd::Coin].branch(case![Action::Coin(coin)].endpoint(ad::coin)))
                .branch(
                    case![PostAd::Max(price, total, min)]
                        .branch(case![Action::All].endpoint(ad::all)),
                )
                .branch(
                    case![PostAd::Window(price, total, min, max)]
                        .branch(case![Action::Window { minutes }].endpoint(ad::choose_window)),
                )
                .branch(
                    case![PostAd::Review(terms)]
                        .branch(case![Action::Confirm].endpoint(ad::confirm)),
                ),
        )
        .branch(
            case![Talk::Withdraw(state)]
                .branch(case![Action::Back].endpoint(withdraw::back))
                .branch(
                    case![Withdraw::Coin]
                        .branch(case![Action::Coin(coin)].endpoint(withdraw::coin)),
                )
                .branch(
                    case![Withdraw::Amount(coin)]
                        .branch(case![Action::All].endpoint(withdraw::all)),
                )
                .branch(
                    case![Withdraw::Review(coins, address)]
                        .branch(case![Action::Confirm].endpoint(withdraw::confirm)),
                ),
        )
        .branch(
            case![Talk::Dispute(state)].branch(
                case![DisputeTalk::Sure(order, verdict, reason, ruling)]
                    .branch(case![Action::Confirm].endpoint(case::decide)),
            ),
        )
        .branch(account_steps())
        .branch(freeze_steps())
}

/// The seller chooses one of the accounts that are kept.
fn kept_payees() -> Tree {
    dptree::entry()
        .branch(case![Sell::Payee(sale)].branch(case![Action::PayTo].endpoint(sell::payee)))
        .branch(
            case![Sell::ReviewKept(sale, payee)]
                .branch(case![Action::Confirm].endpoint(sell::confirm_kept)),
        )
}

/// Buttons of the questions about a frozen account.
fn freeze_steps() -> Tree {
    case![Talk::Frozen(state)].branch(case![Action::Back].endpoint(bundle::back)).branch(
        case![Frozen::Review(order, freeze)].branch(case![Action::Confirm].endpoint(bundle::keep)),
    )
}

/// Buttons of the pages about one's own accounts.
fn account_steps() -> Tree {
    dptree::entry()
        .branch(
            case![Talk::Accounts(state)]
                .branch(case![Action::Confirm].endpoint(accounts::confirm))
                .branch(case![Action::Back].endpoint(accounts::back))
                .branch(case![Action::Without].endpoint(accounts::without)),
        )
        .branch(case![Talk::Payer(state)].branch(case![Action::Back].endpoint(payer::back)))
        .branch(case![Talk::Forget].branch(case![Action::Confirm].endpoint(forget::confirm)))
}

fn incoming(update: Update, door: Door, app: App) -> Option<Incoming> {
    Incoming::new(&update, &door, app.now())
}

fn command(message: Message, me: Me) -> Option<Command> {
    Command::read(message.text()?, &me.username)
}

fn text(message: Message) -> Option<String> {
    message.text().map(str::to_owned)
}

fn forwarded(message: Message) -> Option<MessageOrigin> {
    message.forward_origin().cloned()
}

/// A command is never passed on, not even one that is not ours.
fn no_command(message: Message) -> bool {
    let name = message.text().and_then(|it| it.strip_prefix('/'));
    !name.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()))
}

fn about_an_order(message: Message, it: Incoming, app: App) -> Option<About> {
    About::of_reply(&message, &app, &it)
}

fn wordless(message: Message) -> bool {
    message.text().is_none()
}

/// In the midst of a payment is where pictures and bills come from.
fn outside_wizards(it: Incoming) -> bool {
    matches!(it.talk, Talk::Idle | Talk::Gate(_) | Talk::Number(_))
}

/// A table, or an archive that may hold one.
fn bill_file(message: Message) -> Option<BillFile> {
    let document = message.document()?;
    let name = document.file_name.as_deref()?.to_lowercase();
    let fits = name.ends_with(".csv") || name.ends_with(".zip");
    fits.then(|| BillFile { id: document.file.id.0.clone(), size: document.file.size })
}

fn picture(message: Message) -> bool {
    let is_image = |it: &Document| it.mime_type.as_ref().is_some_and(|it| it.type_() == "image");
    message.photo().is_some() || message.document().is_some_and(is_image)
}

fn newcomer(it: Incoming) -> bool {
    !it.accepted
}

fn press(query: CallbackQuery, it: Incoming, app: App) -> Option<Press> {
    Press::decode(query.data.as_deref()?, app.seal(), it.origin.user.0)
}

/// What a button says is shown in its place, unless its message has to stay.
fn where_it_answers(press: Press, it: Incoming) -> Incoming {
    if matches!(press.action, Action::GoBelow(_)) { it.below() } else { it }
}

fn meant(press: Press) -> Action {
    match press.action {
        Action::GoBelow(place) => Action::Go(place),
        action => action,
    }
}

fn current(press: Press, it: Incoming) -> bool {
    !it.forgotten && press.version == it.turn
}

/// A command that was meant for us, in a group.
fn said_in_group(update: Update, message: Message, me: Me) -> Option<Origin> {
    let from = message.from.as_ref().filter(|_| !message.chat.is_private())?;
    Command::read(message.text()?, &me.username)?;
    Some(Origin {
        update_id: i64::from(update.id.0),
        chat: message.chat.id.0,
        user: UserId(i64::try_from(from.id.0).ok()?),
        meet: None,
        poses: None,
    })
}

/// Somebody who could not be written to, and has let us in again.
fn returned(update: Update, member: ChatMemberUpdated, door: Door) -> Option<Origin> {
    let back = member.chat.is_private() && member.new_chat_member.kind.is_present();
    let known = door.user.filter(|it| back && !it.reachable)?;
    let user = known.id;
    let meet = Some(known.language);
    Some(Origin { update_id: i64::from(update.id.0), chat: user.0, user, meet, poses: None })
}

/// Somebody who can no longer be written to.
fn left(update: Update, member: ChatMemberUpdated) -> Option<Origin> {
    let gone = member.chat.is_private() && member.new_chat_member.kind.is_banned();
    let user = i64::try_from(member.from.id.0).ok().filter(|_| gone)?;
    let update_id = i64::from(update.id.0);
    Some(Origin { update_id, chat: user, user: UserId(user), meet: None, poses: None })
}

#[cfg(test)]
mod tests {
    use teloxide::dptree::Type;

    use super::*;
    use crate::telegram::door::Delivery;

    #[test]
    fn every_handler_is_given_what_it_asks_for() {
        let given = [
            Type::of::<Update>(),
            Type::of::<Delivery>(),
            Type::of::<Door>(),
            Type::of::<App>(),
            Type::of::<Me>(),
        ];
        dptree::type_check(tree().sig(), &dptree::deps![], &given);
    }
}
