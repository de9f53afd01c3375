//! Thousands of single edits of the books, by whoever can write to the file: each is found.

use fangbi::domain::chat::{Form, Proof, Purpose, Voice};
use fangbi::domain::order::Kind;
use fangbi::store::StoreError;
use fangbi::store::check::books;
use fangbi::store::files::NewFile;
use fangbi::store::messages::NewMessage;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, TypeInfo, ValueRef};
use sqlx_sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow};

use torture::Dice;

use crate::world::{Sale, World, minutes};

const EDITS: usize = 6_000;
/// The log, and what it accounts for. Of how a sender called a file the log has nothing: whether it
/// has a name at all is nobody's evidence.
const TABLES: [&str; 6] = ["order_log", "transfers", "heads", "balances", "messages", "files"];

/// A cell as SQLite keeps it.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Null,
    Number(i64),
    Text(String),
    Blob(Vec<u8>),
}

#[derive(Clone, Debug)]
struct Table {
    name: &'static str,
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Debug)]
enum Edit {
    Cell {
        row: usize,
        column: usize,
        to: Cell,
    },
    Delete {
        row: usize,
    },
    /// Once more, under the next id.
    Repeat {
        row: usize,
    },
    /// Each in the other's place.
    Swap {
        row: usize,
        other: usize,
    },
}

impl Edit {
    /// What is null already cannot be taken away; without an id SQLite gives the next, which is the
    /// same; and a file needs no name.
    fn changes(&self, table: &Table) -> bool {
        match self {
            Self::Cell { row, column, to } => {
                let free = ["id", "name"].contains(&&*table.columns[*column]);
                table.rows[*row][*column] != *to && !(free && *to == Cell::Null)
            }
            Self::Delete { .. } | Self::Repeat { .. } | Self::Swap { .. } => true,
        }
    }
}

/// The same numbers in every run.
struct Chance(Dice);

impl Chance {
    fn other_than(&mut self, cell: &Cell) -> Cell {
        match cell {
            Cell::Null => Cell::Number(1),
            Cell::Number(it) => {
                let by = 1 + self.0.below(1_000) as i64;
                Cell::Number(if self.0.below(2) == 0 { it + by } else { it - by })
            }
            Cell::Text(it) if it.is_empty() => Cell::Text("x".to_owned()),
            Cell::Text(it) => {
                let at = self.0.below(it.chars().count());
                let changed = it.chars().enumerate().map(|(place, char)| match place == at {
                    true if char == 'x' => 'y',
                    true => 'x',
                    false => char,
                });
                Cell::Text(changed.collect())
            }
            Cell::Blob(it) => {
                let mut changed = it.clone();
                let at = self.0.below(it.len() * 8);
                changed[at / 8] ^= 1 << (at % 8);
                Cell::Blob(changed)
            }
        }
    }

    fn edit(&mut self, table: &Table) -> Edit {
        let row = self.0.below(table.rows.len());
        match self.0.below(9) {
            0 => Edit::Delete { row },
            3 => Edit::Cell { row, column: self.0.below(table.columns.len()), to: Cell::Null },
            1 if table.columns[0] == "id" => Edit::Repeat { row },
            2 if table.rows.len() > 1 => {
                let other = (row + 1 + self.0.below(table.rows.len() - 1)) % table.rows.len();
                match table.rows[row][1..] == table.rows[other][1..] {
                    true => Edit::Delete { row },
                    false => Edit::Swap { row, other },
                }
            }
            _ => {
                let column = self.0.below(table.columns.len());
                Edit::Cell { row, column, to: self.other_than(&table.rows[row][column]) }
            }
        }
    }
}

fn cell(row: &SqliteRow, at: usize) -> Cell {
    let raw = row.try_get_raw(at).unwrap();
    match (raw.is_null(), raw.type_info().name()) {
        (true, _) => Cell::Null,
        (_, "INTEGER") => Cell::Number(row.get(at)),
        (_, "TEXT") => Cell::Text(row.get(at)),
        (_, _) => Cell::Blob(row.get(at)),
    }
}

async fn read(file: &mut SqliteConnection, name: &'static str) -> Table {
    let columns = format!("select name from pragma_table_info('{name}') order by cid");
    let columns: Vec<String> =
        sqlx::query_scalar(AssertSqlSafe(columns)).fetch_all(&mut *file).await.unwrap();
    let rows = sqlx::query(AssertSqlSafe(format!("select * from {name} order by 1, 2")))
        .fetch_all(file)
        .await
        .unwrap();
    let rows = rows.iter().map(|it| (0..columns.len()).map(|at| cell(it, at)).collect()).collect();
    Table { name, columns, rows }
}

/// Runs a statement with these cells; false: the schema refuses it.
async fn runs(file: &mut SqliteConnection, sql: String, cells: &[&Cell]) -> bool {
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for cell in cells {
        query = match cell {
            Cell::Null => query.bind(None::<i64>),
            Cell::Number(it) => query.bind(*it),
            Cell::Text(it) => query.bind(it.clone()),
            Cell::Blob(it) => query.bind(it.clone()),
        };
    }
    query.execute(file).await.is_ok()
}

impl Table {
    async fn delete(&self, file: &mut SqliteConnection, row: usize) -> bool {
        let same: Vec<String> = self.columns.iter().map(|it| format!("{it} is ?")).collect();
        let sql = format!("delete from {} where {}", self.name, same.join(" and "));
        runs(file, sql, &self.rows[row].iter().collect::<Vec<_>>()).await
    }

    async fn insert(&self, file: &mut SqliteConnection, cells: &[Cell]) -> bool {
        let places = vec!["?"; cells.len()].join(", ");
        let (name, columns) = (self.name, self.columns.join(", "));
        let sql = format!("insert into {name} ({columns}) values ({places})");
        runs(file, sql, &cells.iter().collect::<Vec<_>>()).await
    }

    async fn takes(&self, file: &mut SqliteConnection, edit: &Edit) -> bool {
        match edit {
            Edit::Delete { row } => self.delete(file, *row).await,
            Edit::Cell { row, column, to } => {
                let mut cells = self.rows[*row].clone();
                cells[*column] = to.clone();
                self.delete(file, *row).await && self.insert(file, &cells).await
            }
            Edit::Repeat { row } => {
                let mut cells = self.rows[*row].clone();
                cells[0] = Cell::Number(self.rows.len() as i64 + 1);
                self.insert(file, &cells).await
            }
            Edit::Swap { row, other } => {
                let (mut one, mut two) = (self.rows[*row].clone(), self.rows[*other].clone());
                std::mem::swap(&mut one[0], &mut two[0]);
                self.delete(file, *row).await
                    && self.delete(file, *other).await
                    && self.insert(file, &one).await
                    && self.insert(file, &two).await
            }
        }
    }
}

/// The seller hands in a file, and the buyer says something.
async fn talk(sale: &Sale) {
    let (seal, order) = (sale.world.seal().clone(), sale.world.order(sale.id).await);
    let says = |author, voice, purpose, text: &str| NewMessage {
        author,
        voice,
        purpose,
        held: None,
        text: text.to_owned().into(),
    };
    let evidence = Purpose::Evidence { what: Proof::Bill };
    let bill = says(order.seller, Voice::Seller, evidence, "the bill of today");
    let word = says(order.buyer, Voice::Buyer, Purpose::Chat, "I have paid");
    let file = NewFile {
        form: Form::Document,
        place: "where Telegram has it".to_owned().into(),
        name: Some("bill.csv".to_owned().into()),
        bytes: 8,
    };
    let process = sale.world.process().await;
    let store = &process.as_ref().unwrap().store;
    store
        .write(sale.world.now(), move |tx| {
            Box::pin(async move {
                let message = tx.keep_message(&seal, &order, &bill).await?;
                let file = tx.await_file(&seal, message, &file).await?;
                tx.keep_file(&seal, &order, file, b"the,bill").await?;
                tx.keep_message(&seal, &order, &word).await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn six_thousand_edits_of_the_books_are_all_found() {
    assert_eq!(unnoticed(EDITS, 20_261_124).await, [""; 0]);
}

/// Edits a desk's books so often, and tells which edits nobody would notice.
pub(crate) async fn unnoticed(edits: usize, seed: u64) -> Vec<String> {
    let world = World::open().await;
    let sale = world.sale().await;
    sale.marks_paid().await;
    sale.confirms().await;
    sale.cools_off().await;
    let disputed = world.sale_between(&sale.li, &sale.wang).await;
    disputed.marks_paid().await;
    world.pass(minutes(5)).await;
    talk(&disputed).await;
    assert_eq!(disputed.status().await, Kind::Paid);

    let folder = world.copied_files().await;
    let options = SqliteConnectOptions::new().filename(folder.path().join("fangbi.db"));
    // Whoever edits the file asks nobody.
    let options = options.foreign_keys(false).pragma("ignore_check_constraints", "on");
    let mut file = options.connect().await.unwrap();
    let triggers: Vec<String> = sqlx::query_scalar(
        "select 'drop trigger ' || name from sqlite_schema where type = 'trigger'",
    )
    .fetch_all(&mut file)
    .await
    .unwrap();
    for drop in triggers {
        sqlx::query(AssertSqlSafe(drop)).execute(&mut file).await.unwrap();
    }
    let mut tables = Vec::new();
    for name in TABLES {
        let table = read(&mut file, name).await;
        assert!(!table.rows.is_empty(), "{name}");
        tables.push(table);
    }
    let seal = Some(world.seal());
    assert_eq!(books(&mut file, seal).await.unwrap(), [""; 0]);
    let (mut chance, mut made, mut unnoticed) = (Chance(Dice::new(seed)), 0, Vec::new());
    while made < edits {
        let table = &tables[chance.0.below(tables.len())];
        let edit = chance.edit(table);
        let mut tx = file.begin().await.unwrap();
        if edit.changes(table) && table.takes(&mut tx, &edit).await {
            made += 1;
            let found = books(&mut tx, seal).await.map_or(true, |it| !it.is_empty());
            if !found {
                unnoticed.push(format!("{}: {edit:?}", table.name));
            }
        }
        tx.rollback().await.unwrap();
    }
    unnoticed
}
