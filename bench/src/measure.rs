//! All servers in turn, workload by workload and round by round: whatever drifts on the machine hits all alike.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use indicatif::ProgressBar;
use serde::Serialize;

use crate::constant_server;
use crate::drive::{Tally, Window, drive, prove};
use crate::pin::Pins;
use crate::server::{Server, Target, own_processor_time};
use crate::tables;
use crate::workload::{Cast, Constant, Plan, Seat, Table, Workload};

/// What the server of a constant answer is called.
pub(crate) const CONSTANT: &str = "constant";

/// How to measure.
#[derive(Debug)]
pub(crate) struct Manner {
    /// How long each server is measured with each workload.
    pub(crate) window: Window,
    /// How many connections ask.
    pub(crate) connections: u64,
    /// How often; the median is taken.
    pub(crate) rounds: u64,
    /// Where servers and clients run.
    pub(crate) pins: Option<Pins>,
}

/// What was measured of a server with a workload.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    /// The name of the workload.
    pub(crate) workload: &'static str,
    /// The name of the server.
    pub(crate) server: String,
    /// The round of the median, or what was wrong.
    pub(crate) found: Result<Figures, String>,
}

/// How a server did in a round.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Figures {
    /// Operations a second.
    pub(crate) rate: f64,
    /// What half of the operations took at most, in microseconds.
    pub(crate) p50_micros: f64,
    /// What 99 of 100 took at most.
    pub(crate) p99_micros: f64,
    /// The processor's time that an operation took of the server, in microseconds.
    pub(crate) processor_micros: Option<f64>,
    /// The same of the client: where it is the greater of the two, the client is what is measured.
    pub(crate) client_micros: Option<f64>,
    /// The memory that the server held after.
    pub(crate) resident_bytes: Option<u64>,
}

/// Measures servers, and beside the first of them one that answers a constant of the same size.
pub(crate) fn measure(
    manner: &Manner,
    targets: &[Target],
    plans: &[&'static Plan],
    progress: &ProgressBar,
) -> Vec<Row> {
    let mut contenders: Vec<Contender> =
        targets.iter().map(|target| Contender::start(target, manner.pins)).collect();
    let mut rounds = Rounds { cells: Vec::new(), progress };
    for round in 1..=manner.rounds {
        for plan in plans {
            in_turn(manner, plan, round, &mut contenders, &mut rounds);
        }
    }
    rounds.rows()
}

/// Measures one workload in one round: our server, the constant one, and then the others.
fn in_turn(
    manner: &Manner,
    plan: &'static Plan,
    round: u64,
    contenders: &mut [Contender],
    rounds: &mut Rounds<'_>,
) {
    for (nth, contender) in contenders.iter_mut().enumerate() {
        rounds.begin(plan, &contender.name);
        let found = contender.cell(manner, plan, round);
        let shape = found.as_ref().map_or(Shape::default(), |(_, shape)| *shape);
        rounds.add(plan, &contender.name, found.map(|(figures, _)| figures));
        if nth == 0 {
            rounds.begin(plan, CONSTANT);
            rounds.add(plan, CONSTANT, constant_cell(manner, plan, round, shape));
        }
    }
}

/// A server that takes part.
pub(crate) struct Contender {
    name: String,
    /// It, or why it is not there.
    server: Result<Server, String>,
    /// The tables that it has been told to make, and what came of it.
    tables: Vec<(Table, Result<(), String>)>,
    /// What asks it, by workload.
    casts: BTreeMap<&'static str, Cast>,
    /// The workloads that it answered wrongly: it is not asked again.
    wrong: BTreeMap<&'static str, String>,
}

/// What the answers of a workload are like.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shape {
    /// How many requests an operation takes.
    requests: u64,
    /// How many bytes the body of an answer has.
    bytes: usize,
}

impl Shape {
    fn of(tally: &Tally) -> Self {
        let bytes = tally.bytes / tally.requests.max(1);
        let requests = tally.requests.div_ceil(tally.operations.max(1));
        Self { requests, bytes: usize::try_from(bytes).unwrap_or(usize::MAX) }
    }
}

impl Contender {
    /// Starts it, or keeps why that failed.
    pub(crate) fn start(target: &Target, pins: Option<Pins>) -> Self {
        let server = Server::start(target, pins).inspect(Server::pause);
        let (tables, casts, wrong) = Default::default();
        Self { name: target.name.clone(), server, tables, casts, wrong }
    }

    /// It, if it is there.
    pub(crate) fn server(&self) -> Option<&Server> {
        self.server.as_ref().ok()
    }

    /// Kills it, and starts it again with the tables that it made.
    pub(crate) fn restart(&mut self, target: &Target) -> Result<(), String> {
        self.server = Err("it was killed".to_owned());
        self.server = Ok(Server::start(target, None).inspect(Server::pause)?);
        Ok(())
    }

    /// Measures one workload in one round.
    pub(crate) fn cell(
        &mut self,
        manner: &Manner,
        plan: &'static Plan,
        round: u64,
    ) -> Result<(Figures, Shape), String> {
        if let Some(wrong) = self.wrong.get(plan.name) {
            return Err(wrong.clone());
        }
        let _ = self.server.as_ref().inspect(|server| server.resume());
        let found = self.try_cell(manner, plan, round);
        let _ = self.server.as_ref().inspect(|server| server.pause());
        if let Err(error) = &found {
            self.wrong.insert(plan.name, error.clone());
        }
        found
    }

    fn try_cell(
        &mut self,
        manner: &Manner,
        plan: &'static Plan,
        round: u64,
    ) -> Result<(Figures, Shape), String> {
        let server = self.server.as_ref().map_err(Clone::clone)?;
        for wanted in plan.tables {
            if !self.tables.iter().any(|(table, _)| table == wanted) {
                self.tables.push((*wanted, tables::make(server.address, *wanted)));
            }
            let made = self.tables.iter().find(|(table, _)| table == wanted);
            made.map_or(Ok(()), |(_, made)| made.clone())?;
        }
        let cast = self.casts.entry(plan.name).or_insert_with(plan.cast);
        cell(manner, server, cast(&seats(manner, round)), round == 1)
    }
}

fn constant_cell(manner: &Manner, plan: &Plan, round: u64, shape: Shape) -> Result<Figures, String> {
    if shape.requests == 0 {
        return Err("the size of the answers is not known".to_owned());
    }
    let server = Server::start(&constant_target(shape.bytes)?, manner.pins)?;
    let body = constant_server::body(shape.bytes).into();
    let constant = |asked| -> Box<dyn Workload> {
        Box::new(Constant::new(asked, std::rc::Rc::clone(&body), shape.requests))
    };
    let workloads = (plan.cast)()(&seats(manner, round)).into_iter().map(constant).collect();
    cell(manner, &server, workloads, false).map(|(figures, _)| figures)
}

/// The server of a constant answer, of so many bytes: another process of this program.
pub(crate) fn constant_target(bytes: usize) -> Result<Target, String> {
    let program = env::current_exe().map_err(|error| format!("where is this program? {error}"))?;
    let words = ["constant", "--port", "{port}", "--bytes", &bytes.to_string()].map(str::to_owned);
    let command = [program.to_string_lossy().into_owned()].into_iter().chain(words).collect();
    Ok(Target { name: CONSTANT.to_owned(), command })
}

fn seats(manner: &Manner, round: u64) -> Vec<Seat> {
    (0..manner.connections).map(|index| Seat { index, of: manner.connections, round }).collect()
}

/// How much longer the first round warms up: answers that are not known yet are read in full.
const LESSON: Duration = Duration::from_secs(1);

/// Measures what some connections do, and has them prove what they wrote.
fn cell(
    manner: &Manner,
    server: &Server,
    workloads: Vec<Box<dyn Workload>>,
    is_new: bool,
) -> Result<(Figures, Shape), String> {
    let mut window = manner.window;
    window.warm_up += if is_new { LESSON } else { Duration::ZERO };
    let before = [server.processor_time(), own_processor_time()];
    let (tally, proofs) = drive(server.address, workloads, window)?;
    let after = [server.processor_time(), own_processor_time()];
    prove(server.address, &proofs, window.patience)?;
    let micros = |nth: usize| {
        let used = after[nth]?.saturating_sub(before[nth]?);
        Some(used.as_secs_f64() * 1e6 / tally.operations as f64)
    };
    let figures = Figures {
        rate: tally.rate(),
        p50_micros: tally.micros(0.5),
        p99_micros: tally.micros(0.99),
        processor_micros: micros(0),
        client_micros: micros(1),
        resident_bytes: server.resident(),
    };
    Ok((figures, Shape::of(&tally)))
}

/// What was found in each round.
struct Rounds<'a> {
    /// In the order in which they came first.
    cells: Vec<Cell>,
    progress: &'a ProgressBar,
}

/// What was found of a server with a workload, a round each.
struct Cell {
    workload: &'static str,
    server: String,
    rounds: Vec<Result<Figures, String>>,
}

impl Rounds<'_> {
    fn begin(&self, plan: &Plan, server: &str) {
        self.progress.set_message(format!("{} {server}", plan.name));
    }

    fn add(&mut self, plan: &'static Plan, server: &str, found: Result<Figures, String>) {
        self.progress.inc(1);
        let same = |cell: &&mut Cell| cell.workload == plan.name && cell.server == server;
        if let Some(cell) = self.cells.iter_mut().find(same) {
            cell.rounds.push(found);
            return;
        }
        self.cells.push(Cell { workload: plan.name, server: server.to_owned(), rounds: vec![found] });
    }

    fn rows(self) -> Vec<Row> {
        let row =
            |cell: Cell| Row { workload: cell.workload, server: cell.server, found: median(cell.rounds) };
        self.cells.into_iter().map(row).collect()
    }
}

/// The round of the median rate; the first error, if there is one: then no number counts.
fn median(rounds: Vec<Result<Figures, String>>) -> Result<Figures, String> {
    let mut rounds = rounds.into_iter().collect::<Result<Vec<Figures>, String>>()?;
    rounds.sort_unstable_by(|one, other| one.rate.total_cmp(&other.rate));
    rounds.get(rounds.len() / 2).copied().ok_or_else(|| "it was not measured".to_owned())
}
