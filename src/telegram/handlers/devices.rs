//! Phones that tell of payments: which there are, a new one, its setup, its end.

use crate::app::{App, DeviceRefusal, Reply};
use crate::domain::UserId;
use crate::domain::payee::PayeeId;
use crate::domain::signal::{DeviceId, DeviceKind};
use crate::letter::{DeviceLine, DeviceScreen, Screen};
use crate::store::devices::Device;
use crate::telegram::HandlerError;
use crate::telegram::incoming::Incoming;
use crate::telegram::press::Press;
use crate::telegram::talk::{AddDevice, Talk};

type Done = Result<(), HandlerError>;

pub async fn list(app: App, it: Incoming) -> Done {
    let mut lines = Vec::new();
    for device in app.store().devices_of(it.origin.user).await? {
        lines.push(line(&app, &device).await?);
    }
    let open = app.policy().receipts.address.is_some();
    Ok(app.reply(it.origin, it.shows(devices(DeviceScreen::List { lines, open }))).await?)
}

/// Which account? There is nothing to choose from one.
pub async fn add(app: App, it: Incoming) -> Done {
    let accounts = masks(&app, it.origin.user).await?;
    match &accounts[..] {
        [] => Ok(app.reply(it.origin, it.ends(devices(DeviceScreen::NoAccounts))).await?),
        [(payee, mask)] => ask_kind(app, it, *payee, mask.clone()).await,
        [_, _, ..] => {
            let talk = Talk::AddDevice(AddDevice::Account);
            let screen = devices(DeviceScreen::Account { accounts });
            Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
        }
    }
}

pub async fn account(app: App, it: Incoming, press: Press) -> Done {
    let accounts = masks(&app, it.origin.user).await?;
    match accounts.into_iter().find(|(payee, _)| payee.0 == press.subject) {
        Some((payee, mask)) => ask_kind(app, it, payee, mask).await,
        // Removed meanwhile: choose among those that are left.
        None => add(app, it).await,
    }
}

async fn ask_kind(app: App, it: Incoming, payee: PayeeId, account: String) -> Done {
    let screen = devices(DeviceScreen::Kind { account });
    let talk = Talk::AddDevice(AddDevice::Kind(payee));
    Ok(app.reply(it.origin, it.step(screen, &talk)?).await?)
}

pub async fn kind(app: App, it: Incoming, payee: PayeeId, kind: DeviceKind) -> Done {
    let address = app.policy().receipts.address.clone();
    // Sent anew: only a new message can be kept from being forwarded.
    let said = it.clone().below();
    let say = move |outcome: Result<DeviceId, DeviceRefusal>| {
        said.ends(devices(match outcome {
            Ok(device) => DeviceScreen::Setup { device, kind, address },
            Err(DeviceRefusal::NoSuchAccount) => DeviceScreen::NoAccounts,
            Err(DeviceRefusal::TooMany { most }) => DeviceScreen::TooMany { most },
        }))
    };
    Ok(app.add_device(it.origin, payee, kind, say).await?)
}

pub async fn open(app: App, it: Incoming, press: Press) -> Done {
    show(app, it, press, |line| DeviceScreen::Card { line }).await
}

/// Once more, and the page that showed it before goes.
pub async fn setup(app: App, it: Incoming, press: Press) -> Done {
    let address = app.policy().receipts.address.clone();
    let it = it.below();
    let page = |it: DeviceLine| DeviceScreen::Setup { device: it.device, kind: it.kind, address };
    let reply = about(&app, &it, press, page).await?;
    Ok(app.put_away(it.origin, reply).await?)
}

/// Everything is typed in. Was it heard?
pub async fn put_away(app: App, it: Incoming, press: Press) -> Done {
    let it = it.below();
    let reply = about(&app, &it, press, |line| DeviceScreen::Card { line }).await?;
    Ok(app.put_away(it.origin, reply).await?)
}

pub async fn revoke(app: App, it: Incoming, press: Press) -> Done {
    show(app, it, press, |line| DeviceScreen::Revoke { line }).await
}

pub async fn revoke_surely(app: App, it: Incoming, press: Press) -> Done {
    let device = DeviceId(press.subject);
    let reply = it.shows(devices(DeviceScreen::Revoked { device }));
    Ok(app.revoke_device(it.origin, device, reply).await?)
}

/// A page about one of one's own phones.
async fn show(
    app: App,
    it: Incoming,
    press: Press,
    page: impl FnOnce(DeviceLine) -> DeviceScreen,
) -> Done {
    let reply = about(&app, &it, press, page).await?;
    Ok(app.reply(it.origin, reply).await?)
}

async fn about(
    app: &App,
    it: &Incoming,
    press: Press,
    page: impl FnOnce(DeviceLine) -> DeviceScreen,
) -> Result<Reply, HandlerError> {
    let device = app.store().device(DeviceId(press.subject)).await?;
    let screen = match device.filter(|device| device.owner == it.origin.user) {
        Some(device) => page(line(app, &device).await?),
        None => DeviceScreen::Gone,
    };
    Ok(it.shows(devices(screen)))
}

async fn line(app: &App, device: &Device) -> Result<DeviceLine, HandlerError> {
    let kept = app.store().kept_payee(app.seal(), device.payee).await?;
    let account = kept.map_or_else(|| "–".to_owned(), |it| it.account.mask());
    let Device { id, kind, heard_at, .. } = *device;
    Ok(DeviceLine { device: id, kind, account, heard_at })
}

/// The accounts that somebody keeps here, as Alipay shows them.
async fn masks(app: &App, owner: UserId) -> Result<Vec<(PayeeId, String)>, HandlerError> {
    let kept = app.store().payees_of(app.seal(), owner).await?;
    Ok(kept.into_iter().map(|it| (it.id, it.account.mask())).collect())
}

fn devices(step: DeviceScreen) -> Screen {
    Screen::Devices { step }
}
