//! The lines of a bill become payments. Columns are found by their names, wherever they stand.

use chrono::{DateTime, NaiveDateTime, Utc};
use csv::{ReaderBuilder, StringRecord};

use super::text::Text;
use super::{Bill, BillError, MOST_ROWS, Row};
use crate::domain::amount::{self, AmountError};
use crate::domain::bill_number::{BillNumber, SHANGHAI};
use crate::domain::folding;
use crate::domain::mask;

/// The names of the columns in one form of the bill, with half-width brackets.
struct Form {
    time: &'static str,
    amount: &'static str,
    /// A merchant's bill has neither: a row is income when its income is above zero.
    direction_and_status: Option<[&'static str; 2]>,
    number: &'static str,
    payer: &'static str,
    account: &'static str,
    memo: &'static str,
}

const FORMS: [Form; 3] = [
    // The app's 交易流水证明.
    Form {
        time: "交易时间",
        amount: "金额",
        direction_and_status: Some(["收/支", "交易状态"]),
        number: "交易订单号",
        payer: "交易对方",
        account: "对方账号",
        memo: "备注",
    },
    // The old web page's. The time of the payment is the time of the receipt.
    Form {
        time: "付款时间",
        amount: "金额(元)",
        direction_and_status: Some(["收/支", "交易状态"]),
        number: "交易号",
        payer: "交易对方",
        account: "对方账号",
        memo: "备注",
    },
    // A merchant's 账务明细.
    Form {
        time: "发生时间",
        amount: "收入金额(+元)",
        direction_and_status: None,
        number: "业务流水号",
        payer: "对方名称",
        account: "对方账号",
        memo: "备注",
    },
];

/// How far down the names of the columns may stand: Alipay writes some 25 lines before them.
const DEEPEST_HEADER: usize = 200;

pub(super) fn read(text: &Text<'_>) -> Result<Bill, BillError> {
    let mut lines = text.all.lines().zip(1..);
    let mut above = Vec::new();
    let (columns, _line) = lines
        .by_ref()
        .take(DEEPEST_HEADER)
        .inspect(|(line, _at)| above.push(*line))
        .find_map(|(line, at)| Some((Columns::find(&cells(line))?, at)))
        .ok_or(BillError::NotABill)?;
    let columns = columns?;
    if let Some(line) = text.broken {
        return Err(BillError::BrokenText { line });
    }
    let mut bill = Bill { account: None, period: None, income: Vec::new(), others: 0 };
    for (line, at) in lines.by_ref() {
        if is_end(line) {
            break;
        }
        if line.trim().is_empty() {
            continue;
        }
        match columns.payment(&cells(line), at).ok_or(BillError::BrokenRow { line: at })? {
            Some(row) => bill.income.push(row),
            None => bill.others += 1,
        }
        if bill.income.len() + bill.others > MOST_ROWS {
            return Err(BillError::TooLarge);
        }
    }
    bill.account = above.iter().find_map(|line| account(line));
    let around = above.into_iter().chain(lines.map(|(line, _at)| line));
    bill.period = period(around).or_else(|| {
        let moments = bill.income.iter().map(|row| row.at);
        moments.clone().min().zip(moments.max())
    });
    Ok(bill)
}

/// Where the columns stand that are needed, and those that may be there.
struct Columns {
    /// Cells in the header, the empty one after its last comma included.
    width: usize,
    time: usize,
    amount: usize,
    direction_and_status: Option<[usize; 2]>,
    number: Option<usize>,
    payer: Option<usize>,
    account: Option<usize>,
    memo: Option<usize>,
}

impl Columns {
    /// `None`: this line is not the header of a bill.
    fn find(header: &StringRecord) -> Option<Result<Self, BillError>> {
        let names: Vec<String> = header.iter().map(|it| folding::plain(it.trim())).collect();
        let form = FORMS.iter().max_by_key(|form| form.known(&names))?;
        (form.known(&names) >= 3).then(|| Self::of(form, &names))
    }

    fn of(form: &Form, names: &[String]) -> Result<Self, BillError> {
        let at = |name: &str| names.iter().position(|it| it == name);
        let needed = |name: &'static str| {
            at(name).ok_or_else(|| BillError::MissingColumn { column: name.into() })
        };
        let direction_and_status = match form.direction_and_status {
            Some([direction, status]) => Some([needed(direction)?, needed(status)?]),
            None => None,
        };
        Ok(Self {
            width: names.len(),
            time: needed(form.time)?,
            amount: needed(form.amount)?,
            direction_and_status,
            number: at(form.number),
            payer: at(form.payer),
            account: at(form.account),
            memo: at(form.memo),
        })
    }

    /// The payment in a line; `Some(None)` when nothing has come in, `None` when it cannot be read.
    fn payment(&self, cells: &StringRecord, line: usize) -> Option<Option<Row>> {
        // A nickname with a comma of its own must not move another cell into a column.
        let fits = cells.len() >= self.width
            && cells.iter().skip(self.width).all(|it| it.trim().is_empty());
        if !fits {
            return None;
        }
        let cell = |at: usize| cells.get(at).unwrap_or_default().trim();
        let optional = |at: Option<usize>| {
            at.map(cell).filter(|it| !matches!(*it, "" | "/")).map(str::to_owned)
        };
        if let Some([direction, status]) = self.direction_and_status
            && (cell(direction), cell(status)) != ("收入", "交易成功")
        {
            return Some(None);
        }
        let fen = match amount::yuan(cell(self.amount)) {
            Ok(fen) => fen,
            Err(AmountError::Zero) => return Some(None),
            Err(_) if self.direction_and_status.is_none() && cell(self.amount).is_empty() => {
                return Some(None);
            }
            Err(_) => return None,
        };
        let (payer, account) = match (optional(self.payer), optional(self.account)) {
            // A merchant's bill has both in one cell: 李四 (166****7535).
            (None, Some(both)) if both.contains(['(', '（']) => {
                let name = both.split(['(', '（']).next().unwrap_or_default().trim();
                (Some(name.to_owned()), mask::split(&both).1)
            }
            apart => apart,
        };
        Some(Some(Row {
            line,
            at: moment(cell(self.time))?,
            fen,
            number: self.number.and_then(|at| BillNumber::of_any_day(cell(at)).ok()),
            payer,
            account,
            memo: optional(self.memo).unwrap_or_default(),
        }))
    }
}

impl Form {
    /// How many of its columns are among the names.
    fn known(&self, names: &[String]) -> usize {
        [self.time, self.amount, self.number, self.payer, self.account, self.memo]
            .into_iter()
            .chain(self.direction_and_status.into_iter().flatten())
            .filter(|known| names.iter().any(|it| it == known))
            .count()
    }
}

/// A line is a record, whatever its quotes say: a nickname must not swallow the lines below.
fn cells(line: &str) -> StringRecord {
    let mut record = StringRecord::new();
    let read = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(line.len().clamp(64, 4096))
        .from_reader(line.as_bytes())
        .read_record(&mut record);
    match read {
        Ok(_any) => record,
        Err(_) => StringRecord::new(), // no cells: such a line cannot be read
    }
}

/// The old web page's list ends in dashes, a merchant's in a line with `#`.
fn is_end(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("-----") || line.starts_with('#')
}

/// `支付宝账户：138****0000`, or `账号:[138****0000]`.
fn account(line: &str) -> Option<String> {
    let (label, account) = line.split_once(['：', ':'])?;
    let is_account = matches!(label.trim_matches(['#', ' ']), "支付宝账户" | "账号");
    let account = account.trim().trim_start_matches('[').trim_end_matches(']').trim();
    (is_account && !account.is_empty()).then(|| account.to_owned())
}

/// What the lines around the list say the bill covers; nothing after it was exported.
fn period<'a>(around: impl Iterator<Item = &'a str>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let (mut span, mut exported) = (None, None);
    for line in around {
        let mut moments = line.split('[').skip(1).filter_map(|it| moment(it.split(']').next()?));
        if line.contains("起始") {
            span = moments.next().zip(moments.next()).or(span);
        } else if line.contains("导出时间") {
            exported = moments.next().or(exported);
        }
    }
    span.map(|(from, until)| (from, exported.map_or(until, |it| until.min(it))))
}

/// A time in Shanghai, as Alipay writes it or as a spreadsheet writes it again.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    [
        "%Y-%m-%d %H:%M:%S",
        "%Y/%m/%d %H:%M:%S",
        "%Y-%m-%d %H:%M",
        "%Y/%m/%d %H:%M",
        "%Y年%m月%d日 %H:%M:%S",
    ]
    .iter()
    .find_map(|form| NaiveDateTime::parse_from_str(text.trim(), form).ok())
    .and_then(|it| it.checked_sub_signed(SHANGHAI))
    .map(|it| it.and_utc())
}
