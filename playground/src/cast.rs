//! The demo's people: scripts that read their own chat and press their own buttons, as anybody
//! could. They know nothing of the bot but its words.

mod actor;
mod merchant;
mod treasurer;

use std::time::Duration;

use crate::task::Task;
use crate::{NewPerson, PeopleError, Playground};
use actor::Actor;
use merchant::{Ad, Merchant};

/// The treasurer's id: the desk's configuration has to name it.
pub const TREASURER: i64 = 901;

/// The scripted people at work. They leave when this is dropped.
pub struct Cast {
    _tasks: Vec<Task>,
}

/// How a merchant pays.
#[derive(Clone, Copy, Debug)]
enum Habit {
    /// Pays after this.
    Pays(Duration),
    /// Takes orders and is not seen again.
    Never,
}

impl Cast {
    /// Brings the people in and lets them begin. `window` is the minutes to pay that their ads
    /// offer.
    pub fn start(playground: &Playground, window: u32) -> Result<Self, PeopleError> {
        let newcomer = |id, name: &str| {
            playground.add_person(NewPerson {
                name: name.to_owned(),
                language_code: Some("en".to_owned()),
                id: Some(id),
                scripted: true,
                ..NewPerson::default()
            })
        };
        let usdt = |price| Ad { coin: "USDT", price, total: "10000", min: "50", max: "5000" };
        let merchants = [
            (
                newcomer(911, "Kuai · pays at once · ¥7.25")?,
                Habit::Pays(Duration::from_secs(6)),
                vec![
                    usdt("7.25"),
                    Ad { coin: "BTC", price: "652300", total: "1", min: "50", max: "20000" },
                    Ad { coin: "ETH", price: "24180", total: "20", min: "50", max: "20000" },
                ],
            ),
            (
                newcomer(912, "Man · pays late · ¥7.22")?,
                Habit::Pays(Duration::from_secs(75)),
                vec![usdt("7.22")],
            ),
            (newcomer(913, "Wu · never pays · ¥7.20")?, Habit::Never, vec![usdt("7.20")]),
        ];
        let treasurer = newcomer(TREASURER, "Cai · the desk's treasurer")?;
        let mut tasks: Vec<Task> = merchants
            .into_iter()
            .map(|(person, habit, ads)| {
                let actor = Actor::new(person, playground.events());
                Task::start(Merchant::new(actor, habit, ads, window).play())
            })
            .collect();
        let actor = Actor::new(treasurer, playground.events());
        tasks.push(Task::start(treasurer::play(actor, playground.events())));
        Ok(Self { _tasks: tasks })
    }
}
