//! The playground as a program of its own.

use std::net::{IpAddr, SocketAddr};
use std::process::ExitCode;

use clap::Parser;
use playground::{DEFAULT_TOKEN, Limits, Options, Playground, StartError};
use tokio::signal::unix::{SignalKind, signal};

/// A local Telegram: Bot API, people, and a page to be one of them.
#[derive(Parser)]
struct Args {
    #[arg(long, default_value_t = 8081)]
    port: u16,
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// The bot's token, as Telegram gives them: digits, a colon, a secret.
    #[arg(long, default_value = DEFAULT_TOKEN)]
    token: String,
    /// Never answer 429 of our own accord.
    #[arg(long)]
    no_limits: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("playground: {why}");
            ExitCode::from(2)
        }
    }
}

async fn run(args: Args) -> Result<(), String> {
    let mut interrupted = signal(SignalKind::interrupt()).map_err(|it| it.to_string())?;
    let mut terminated = signal(SignalKind::terminate()).map_err(|it| it.to_string())?;
    let options = Options {
        addr: SocketAddr::new(args.host, args.port),
        token: args.token,
        limits: if args.no_limits { Limits::none() } else { Limits::telegram() },
        ..Options::default()
    };
    let playground = Playground::start(options).await.map_err(|error| match error {
        StartError::InUse { addr } => {
            format!("{addr} is in use by another program; choose another with --port")
        }
        StartError::Listen { addr, source } => format!("cannot listen on {addr}: {source}"),
        StartError::Token => StartError::Token.to_string(),
    })?;
    println!("playground: {} (token {})", playground.url(), playground.token());
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    playground.stop().await;
    Ok(())
}
