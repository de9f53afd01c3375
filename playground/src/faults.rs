//! Trouble on demand: what goes wrong, with which calls, how often.

use serde::{Deserialize, Deserializer, Serialize};

/// One kind of trouble that is switched on. `Fault::new(kind)` is a single one for any call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub kind: FaultKind,
    /// Only calls of this method. Without it: every method but `getUpdates`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Only calls about this person (or chat).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<i64>,
    /// How many calls it hits; `None` (null) until it is deleted.
    #[serde(default = "once", deserialize_with = "null_is_none")]
    pub times: Option<u32>,
    #[serde(default = "always")]
    pub probability: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    #[serde(rename = "429")]
    TooManyRequests,
    #[serde(rename = "403")]
    Forbidden,
    #[serde(rename = "400")]
    BadRequest,
    #[serde(rename = "500")]
    InternalError,
    #[serde(rename = "502_html")]
    BadGatewayHtml,
    #[serde(rename = "409")]
    Conflict,
    /// The call takes effect, but the connection is closed without an answer.
    #[serde(rename = "lost_answer")]
    LostAnswer,
    /// The call takes effect; the answer is withheld for 30 s or until the client goes.
    #[serde(rename = "late_answer")]
    LateAnswer,
    /// No effect; the answer is withheld for 30 s or until the client goes.
    #[serde(rename = "timeout")]
    Timeout,
    /// No effect; the connection is closed.
    #[serde(rename = "hang_up")]
    HangUp,
    /// Each update of a poll's answer comes twice.
    #[serde(rename = "duplicate_updates")]
    DuplicateUpdates,
    /// The updates of a poll's answer come in the opposite order.
    #[serde(rename = "reorder_updates")]
    ReorderUpdates,
}

impl Fault {
    pub fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            method: None,
            person: None,
            retry_after: None,
            times: Some(1),
            probability: 1.0,
            description: None,
        }
    }

    pub fn method(self, method: &str) -> Self {
        Self { method: Some(method.to_owned()), ..self }
    }

    pub fn person(self, id: i64) -> Self {
        Self { person: Some(id), ..self }
    }

    pub fn times(self, times: u32) -> Self {
        Self { times: Some(times), ..self }
    }

    /// Stays until the faults are cleared.
    pub fn lasting(self) -> Self {
        Self { times: None, ..self }
    }

    pub fn probability(self, probability: f64) -> Self {
        Self { probability, ..self }
    }

    pub fn retry_after(self, seconds: i64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    pub fn description(self, words: &str) -> Self {
        Self { description: Some(words.to_owned()), ..self }
    }
}

impl FaultKind {
    fn is_about_batches(self) -> bool {
        matches!(self, Self::DuplicateUpdates | Self::ReorderUpdates)
    }
}

/// The faults that are on, and the dice they are thrown with (seeded, so that a run repeats).
#[derive(Debug)]
pub(crate) struct Faults {
    on: Vec<Fault>,
    dice: u64,
}

impl Faults {
    pub(crate) fn seeded(seed: u64) -> Self {
        Self { on: Vec::new(), dice: seed | 1 }
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.on.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.on.clear();
    }

    pub(crate) fn list(&self) -> Vec<Fault> {
        self.on.clone()
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.on.is_empty()
    }

    /// The fault that hits this call, if one does.
    pub(crate) fn hits_call(&mut self, method: &str, person: Option<i64>) -> Option<Fault> {
        self.take(|it| {
            !it.kind.is_about_batches()
                && match &it.method {
                    Some(wanted) => wanted.eq_ignore_ascii_case(method),
                    None => method != "getupdates",
                }
                && it.person.is_none_or(|wanted| person == Some(wanted))
        })
    }

    /// The fault that hits a poll's batch of updates, if one does.
    pub(crate) fn hits_batch(&mut self) -> Option<FaultKind> {
        self.take(|it| it.kind.is_about_batches()).map(|it| it.kind)
    }

    fn take(&mut self, fits: impl Fn(&Fault) -> bool) -> Option<Fault> {
        for index in 0..self.on.len() {
            if !fits(&self.on[index]) || self.throw() >= self.on[index].probability {
                continue;
            }
            let fault = self.on[index].clone();
            match &mut self.on[index].times {
                Some(times @ 2..) => *times -= 1,
                Some(_) => {
                    self.on.remove(index);
                }
                None => {}
            }
            return Some(fault);
        }
        None
    }

    /// A number from 0 up to 1 (xorshift64*).
    fn throw(&mut self) -> f64 {
        self.dice ^= self.dice >> 12;
        self.dice ^= self.dice << 25;
        self.dice ^= self.dice >> 27;
        let bits = self.dice.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40;
        f64::from(u32::try_from(bits).unwrap_or(0)) / f64::from(1_u32 << 24)
    }
}

fn once() -> Option<u32> {
    Some(1)
}

fn always() -> f64 {
    1.0
}

fn null_is_none<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    Option::deserialize(from)
}
