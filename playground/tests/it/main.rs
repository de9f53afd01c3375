//! The playground, asked over HTTP as a bot and a browser ask it.

mod alipay;
mod callbacks;
mod events;
mod faults;
mod files;
mod forwards;
mod html;
mod keyboards;
mod limits;
mod messages;
mod people;
mod teloxide;
mod updates;
mod webhook;
mod world;
