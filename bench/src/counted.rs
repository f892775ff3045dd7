//! A fixed program whose instructions are counted: JSON in, JSON out, no sockets; the clock stands still.

use ddbmock_engine::{Clock, Config, Engine, Timestamp, World};
use ddbmock_protocol::Answer;
use fastrand::Rng;

use crate::documents::{self, BATCH, PAGE};
use crate::in_process::{ask, tell};
use crate::template::Template;

/// A workload whose instructions are counted.
#[derive(Debug)]
pub(crate) struct Counted {
    /// What it is called in the list of counts.
    pub(crate) name: &'static str,
    operation: &'static str,
    body: fn() -> String,
    /// How many keys, or places, there are to choose from; and where they begin.
    keys: u64,
    first: u64,
    /// The status of its answers.
    status: u16,
}

/// The function whose instructions are counted, as the profiler knows it.
pub(crate) const COUNTED_FUNCTION: &str = "ddbmock_bench::counted::answer_all";

/// How often each operation is done while it is counted.
pub(crate) const REPEATS: usize = 200;
/// And before, so that what is made once has been made.
const WARM_UP: usize = 20;

const ITEMS: u64 = 2_000;

/// All of them, in the order in which they are counted.
pub(crate) const COUNTED: &[Counted] = &[
    Counted { body: || documents::get("songs"), ..Counted::new("get", "GetItem") },
    Counted { body: || documents::put("songs"), ..Counted::new("put", "PutItem") },
    Counted { body: || documents::count("counters"), ..Counted::new("update", "UpdateItem") },
    Counted { status: 400, body: || documents::put_absent("songs"), ..Counted::new("cond_fail", "PutItem") },
    Counted { body: || documents::put("indexed"), ..Counted::new("put_gsi2", "PutItem") },
    Counted { body: || documents::put("streamed"), ..Counted::new("put_stream", "PutItem") },
    Counted { body: || documents::query("plays", 0), ..Counted::PLAYS },
    Counted { name: "query_filter", body: || documents::query_filter("plays", 0, 3), ..Counted::PLAYS },
    Counted { body: || documents::scan("plays", None), ..Counted::new("scan", "Scan") },
    Counted { body: || documents::batch_songs("songs"), ..Counted::new("batch_write", "BatchWriteItem") },
    Counted { body: || documents::batch_get("songs"), ..Counted::new("batch_get", "BatchGetItem") },
    Counted {
        body: || documents::transact("transactions", "counter", "songs"),
        ..Counted::new("transact", "TransactWriteItems")
    },
    Counted { body: || documents::statement("songs"), ..Counted::new("statement", "ExecuteStatement") },
];

impl Counted {
    const PLAYS: Self =
        Self { keys: ITEMS - PAGE, first: documents::FIRST_SORT_KEY, ..Self::new("query", "Query") };

    const fn new(name: &'static str, operation: &'static str) -> Self {
        Self { name, operation, body: String::new, keys: ITEMS - PAGE, first: 0, status: 200 }
    }
}

/// Does them all.
pub(crate) fn run() -> Result<(), String> {
    let world = filled();
    let mut random = Rng::with_seed(1);
    for counted in COUNTED {
        let target = format!("DynamoDB_20120810.{}", counted.operation);
        let mut template = Template::new(counted.operation, &(counted.body)());
        let mut bodies: Vec<Vec<u8>> = (0..WARM_UP + REPEATS)
            .map(|version| {
                template.fill(counted.first + random.u64(..counted.keys), version as u64);
                template.body().to_owned()
            })
            .collect();
        let rest = bodies.split_off(WARM_UP);
        for body in &bodies {
            check(counted, &ask(&world, &target, body))?;
        }
        let mut answers = Vec::with_capacity(REPEATS);
        answer_all(&world, &target, &rest, &mut answers);
        answers.iter().try_for_each(|answer| check(counted, answer))?;
    }
    Ok(())
}

/// What is counted. Answers are kept, so that they are looked at, and dropped, elsewhere.
#[inline(never)]
fn answer_all(world: &dyn World, target: &str, bodies: &[Vec<u8>], answers: &mut Vec<Answer>) {
    for body in bodies {
        answers.push(ask(world, target, body));
    }
}

fn check(counted: &Counted, answer: &Answer) -> Result<(), String> {
    if answer.status == counted.status {
        return Ok(());
    }
    let body = String::from_utf8_lossy(&answer.body);
    Err(format!("{} was answered with {}: {body}", counted.name, answer.status))
}

/// A world with songs, with a stream and without, empty tables, and plays of one listener.
fn filled() -> Engine {
    let config = Config { clock: Clock::manual(Timestamp(1_000)), seed: Some(1), ..Config::default() };
    let engine = Engine::new(config);
    for table in ["songs", "counters", "transactions"] {
        tell(&engine, "CreateTable", documents::keyed_by_id(table).as_bytes());
    }
    tell(&engine, "CreateTable", documents::indexed("indexed").as_bytes());
    tell(&engine, "CreateTable", documents::streamed("streamed").as_bytes());
    tell(&engine, "CreateTable", documents::keyed_by_listener("plays").as_bytes());
    let mut songs = Template::new("BatchWriteItem", &documents::batch_songs("songs"));
    let mut streamed = Template::new("BatchWriteItem", &documents::batch_songs("streamed"));
    for batch in 0..ITEMS / BATCH {
        songs.fill(batch * BATCH, 0);
        tell(&engine, "BatchWriteItem", songs.body());
        streamed.fill(batch * BATCH, 0);
        tell(&engine, "BatchWriteItem", streamed.body());
        let plays = (batch * BATCH..(batch + 1) * BATCH).map(|nth| documents::play(0, nth));
        tell(&engine, "BatchWriteItem", documents::batch("plays", plays).as_bytes());
    }
    engine
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_counted_is_answered_well() {
        super::run().unwrap();
    }
}
