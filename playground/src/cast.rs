//! The demo's people: scripts that read their own chat and press their own buttons, as anybody
//! could. They know nothing of the bot but its words.

mod actor;
mod deal;
mod desk;
mod habit;
mod merchant;
mod treasurer;

use crate::task::Task;
use crate::{NewPerson, PeopleError, Playground};
use actor::Actor;
use merchant::{Ad, Merchant};

pub use habit::Habit;

/// The ids of the desk's people: its configuration has to name them.
pub const TREASURER: i64 = 901;
pub const ARBITER: i64 = 902;
pub const OPERATOR: i64 = 903;

/// The scripted people at work. They leave when this is dropped.
pub struct Cast {
    _tasks: Vec<Task>,
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
        let treasurer = newcomer(TREASURER, "Cai · the desk's treasurer")?;
        let mut tasks = Vec::new();
        for habit in Habit::ALL {
            let actor = Actor::new(newcomer(habit.id(), &habit.name())?, playground.events());
            let merchant = Merchant::new(actor, playground.alipay(), habit, ads(habit), window);
            tasks.push(Task::start(merchant.play()));
        }
        let actor = Actor::new(treasurer, playground.events());
        tasks.push(Task::start(treasurer::play(actor, playground.events())));
        for (id, name) in
            [(ARBITER, "Ada · arbiter, for you"), (OPERATOR, "Olga · operator, for you")]
        {
            let actor = Actor::new(newcomer(id, name)?, playground.events());
            tasks.push(Task::start(desk::comes_in(actor)));
        }
        Ok(Self { _tasks: tasks })
    }
}

/// Everybody buys USDT. For the other coins, one who pays is enough.
fn ads(habit: Habit) -> Vec<Ad> {
    let usdt = Ad { coin: "USDT", price: habit.price(), total: "10000", min: "50", max: "5000" };
    match habit {
        Habit::AtOnce => vec![
            usdt,
            Ad { coin: "BTC", price: "652300", total: "1", min: "50", max: "20000" },
            Ad { coin: "ETH", price: "24180", total: "20", min: "50", max: "20000" },
        ],
        Habit::ThirdParty
        | Habit::OneFenLess
        | Habit::Slowly
        | Habit::TooLate
        | Habit::Never
        | Habit::Delayed => vec![usdt],
    }
}
