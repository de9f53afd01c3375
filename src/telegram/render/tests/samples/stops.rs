//! What operators stop, whom people block, and what counts on the ladder.

use super::at;
use crate::domain::UserId;
use crate::domain::ad::AdId;
use crate::domain::ladder::Offence;
use crate::domain::order::OrderId;
use crate::domain::stop::{StopId, Target};
use crate::letter::{
    BlockLine, BlocksScreen, Notice, Screen, StopCommand, StopLine, StopNotice, StopsScreen,
    StrikeNotice,
};

const TARGETS: [Target; 3] = [Target::Desk, Target::User(UserId(2001)), Target::Ad(AdId(3))];

fn line(target: Target) -> StopLine {
    StopLine { stop: StopId(7), target, by: UserId(9001), at: at() }
}

pub(super) fn stops() -> Vec<Screen> {
    let commands = [
        StopCommand::Pause,
        StopCommand::Stop,
        StopCommand::Allow,
        StopCommand::StopAd,
        StopCommand::AllowAd,
    ];
    let [desk, user, ad] = TARGETS;
    let list = |page, lines, more| StopsScreen::List { page, lines, more };
    commands
        .map(|command| StopsScreen::Usage { command })
        .into_iter()
        .chain(TARGETS.map(|it| StopsScreen::Stopped { line: line(it) }))
        .chain(TARGETS.map(|target| StopsScreen::Lifted { target }))
        .chain([
            StopsScreen::NoReason { command: StopCommand::Pause },
            StopsScreen::Unknown { target: user },
            StopsScreen::Unknown { target: ad },
            StopsScreen::Already { line: line(desk) },
            StopsScreen::NotStopped { target: user },
            StopsScreen::Card { line: line(ad) },
            list(0, vec![], false),
            list(1, TARGETS.map(line).to_vec(), true),
            StopsScreen::Refused { stop: StopId(7), everybody: true },
            StopsScreen::Refused { stop: StopId(7), everybody: false },
        ])
        .map(|step| Screen::Stops { step })
        .collect()
}

pub(super) fn blocks() -> Vec<Screen> {
    let line = |user, order| BlockLine { user: UserId(user), order: OrderId(order) };
    [
        BlocksScreen::Ask { line: line(2001, 17) },
        BlocksScreen::Blocked { line: line(2001, 17) },
        BlocksScreen::Already { line: line(2001, 17) },
        BlocksScreen::Unblocked { user: UserId(2001) },
        BlocksScreen::List { page: 0, lines: vec![], more: false },
        BlocksScreen::List { page: 1, lines: vec![line(2001, 17), line(2002, 18)], more: true },
        BlocksScreen::TooMany { most: 200 },
    ]
    .map(|step| Screen::Blocks { step })
    .to_vec()
}

pub(super) fn notices() -> Vec<Notice> {
    let strike = |offence, number| {
        let strike = StrikeNotice { order: OrderId(17), offence, number, until: at() };
        Notice::Strike { strike }
    };
    let stop = |target, lifted, own| {
        let (stop, by) = (StopId(7), UserId(9001));
        Notice::Stop { change: StopNotice { stop, target, by, lifted, own } }
    };
    let [desk, user, ad] = TARGETS;
    vec![
        strike(Offence::Unpaid, 1),
        strike(Offence::FalsePaid, 3),
        stop(desk, false, false),
        stop(desk, true, false),
        stop(user, false, true),
        stop(user, true, true),
        stop(ad, false, true),
        stop(ad, true, true),
    ]
}
