//! Servers that are killed while clients write: what was answered is there, and nothing is there by half.
#![expect(clippy::panic, clippy::print_stderr, reason = "all of this file is a test, which can be watched")]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use ddbmock_engine::op::{DescribeTable, GetItem};
use ddbmock_engine::{AttributeValue, Config, Engine, Error, attributes};

use super::{DDBMOCK, Serving, head};

/// How often a server is killed, unless the environment says otherwise.
const KILLS: usize = 100;
const KILLS_VARIABLE: &str = "DDBMOCK_TEST_KILLS";
const CLIENTS: usize = 4;
/// How many items each client writes, again and again.
const SLOTS: usize = 6;
/// How many of them a batch writes.
const BATCH: usize = 3;
/// The most writes that are answered before a kill.
const ANSWERS_MAX: usize = 300;

/// What there is: the number that an item holds, by the item's id, and of a table that it is there.
type Found = BTreeMap<String, i64>;

/// What a write makes of some items: their numbers, or nothing where it removes them.
type Effect = Vec<(String, Option<i64>)>;

#[test]
fn what_was_answered_outlives_a_kill() {
    let kills = env::var(KILLS_VARIABLE).ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crash-{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let file = folder.join("tables.db");
    let mut random = 1;
    let mut before = Found::new();
    for kill in 0..kills {
        if kill > 0 && kill.is_multiple_of(KILLS) {
            eprint!("\r{kill} of {kills} kills"); // which is seen if it is asked for, by `cargo xtask soak`
        }
        let durability = ["normal", "full", "off"][kill % 3];
        let server = serving(&file, durability);
        if kill == 0 {
            assert!(asked(server.port(), "CreateTable", TABLE));
            assert!(asked(server.port(), "CreateTable", &TABLE.replace("songs", VAULTS)));
        }
        random = next(random);
        let clients = write_until_killed(server, random, &before);
        before = check(&file, &clients, kill);
        retry(&file, &clients, &mut before);
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Makes the transactions again that were not answered: with their tokens, they are done once.
fn retry(file: &Path, clients: &[Client], before: &mut Found) {
    let transactions = clients.iter().filter(|client| client.last.operation == "TransactWriteItems");
    let transactions: Vec<&Request> = transactions.map(|client| &client.last).collect();
    if transactions.is_empty() {
        return;
    }
    let mut server = serving(file, "normal");
    for Request { operation, body, effect } in transactions {
        assert!(asked(server.port(), operation, body));
        follow(before, effect);
    }
    server.process.kill().unwrap();
    server.process.wait().unwrap();
}

const TABLE: &str = r#"{"TableName":"songs","BillingMode":"PAY_PER_REQUEST",
    "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"}],
    "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],
    "GlobalSecondaryIndexes":[{"IndexName":"by_n","KeySchema":[{"AttributeName":"n","KeyType":"HASH"}],
    "Projection":{"ProjectionType":"ALL"}}]}"#;

/// The table of what clients have laid by: what is there and what is in hand comes to nothing together.
const VAULTS: &str = "vaults";

/// The id that stands for a table which comes and goes.
const ALBUMS: &str = "table albums";

fn serving(file: &Path, durability: &str) -> Serving {
    let mut command = Command::new(DDBMOCK);
    command.args(["serve", "--port", "0", "--json", "--durability", durability, "--db"]).arg(file);
    Serving::start(&mut command)
}

/// What a client knows at its end: what was answered, and what it last asked for, which was not.
struct Client {
    answered: Found,
    last: Request,
}

/// A write, and what it does.
struct Request {
    operation: &'static str,
    body: String,
    effect: Effect,
}

fn write_until_killed(mut server: Serving, random: u64, before: &Found) -> Vec<Client> {
    let port = server.port();
    let answers = AtomicUsize::new(0);
    let wanted = usize::try_from(random).unwrap() % ANSWERS_MAX;
    thread::scope(|scope| {
        let answers = &answers;
        let of = |client: usize| {
            let known = before.iter().filter(|(id, _)| is_of(id, client));
            let answered = known.map(|(id, number)| (id.clone(), *number)).collect();
            scope.spawn(move || write(port, client, random, answered, answers))
        };
        let clients: Vec<_> = (0..CLIENTS).map(of).collect();
        while answers.load(Ordering::SeqCst) < wanted && clients.iter().all(|client| !client.is_finished()) {
            thread::yield_now();
        }
        server.process.kill().unwrap(); // SIGKILL
        server.process.wait().unwrap();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    })
}

fn is_of(id: &str, client: usize) -> bool {
    if id == ALBUMS { client == 0 } else { id.starts_with(&format!("{client} ")) }
}

/// Writes until nobody answers.
fn write(port: u16, client: usize, mut random: u64, mut answered: Found, answers: &AtomicUsize) -> Client {
    random = next(random + client as u64);
    loop {
        random = next(random);
        let request = request(client, random, &answered);
        if !asked(port, request.operation, &request.body) {
            return Client { answered, last: request };
        }
        follow(&mut answered, &request.effect);
        answers.fetch_add(1, Ordering::SeqCst);
    }
}

fn follow(found: &mut Found, effect: &Effect) {
    for (id, number) in effect {
        match number {
            Some(number) => found.insert(id.clone(), *number),
            None => found.remove(id),
        };
    }
}

fn request(client: usize, random: u64, known: &Found) -> Request {
    let number = i64::try_from(random % 1000).unwrap();
    let slot = |at: u64| format!("{client} {}", at % SLOTS as u64);
    let id = slot(random / 7);
    let item = |id: &str| format!(r#"{{"id":{{"S":"{id}"}},"n":{{"N":"{number}"}}}}"#);
    let (operation, body, effect) = match random / 1000 % 10 {
        0 | 1 => {
            let ids: Vec<String> = (0..BATCH as u64).map(|more| slot(random / 7 + more)).collect();
            let puts: Vec<String> =
                ids.iter().map(|id| format!(r#"{{"PutRequest":{{"Item":{}}}}}"#, item(id))).collect();
            let body = format!(r#"{{"RequestItems":{{"songs":[{}]}}}}"#, puts.join(","));
            ("BatchWriteItem", body, ids.into_iter().map(|id| (id, Some(number))).collect())
        }
        2 => {
            let body = format!(r#"{{"TableName":"songs","Key":{{"id":{{"S":"{id}"}}}}}}"#);
            ("DeleteItem", body, vec![(id, None)])
        }
        3 if client == 0 => albums(known.contains_key(ALBUMS)),
        8 | 9 => transfer(client, number, known),
        4 | 5 => {
            let body = format!(
                r#"{{"TableName":"songs","Key":{{"id":{{"S":"{id}"}}}},"UpdateExpression":"ADD n :n",
                "ExpressionAttributeValues":{{":n":{{"N":"{number}"}}}}}}"#
            );
            let sum = known.get(&id).copied().unwrap_or_default() + number;
            ("UpdateItem", body, vec![(id, Some(sum))])
        }
        _ => {
            let body = format!(r#"{{"TableName":"songs","Item":{}}}"#, item(&id));
            ("PutItem", body, vec![(id, Some(number))])
        }
    };
    Request { operation, body, effect }
}

/// A transaction over two tables: so much is taken from the one item and added to the other.
fn transfer(client: usize, number: i64, known: &Found) -> (&'static str, String, Effect) {
    static TOKENS: AtomicUsize = AtomicUsize::new(0);
    let token = TOKENS.fetch_add(1, Ordering::Relaxed);
    let [hand, vault] = accounts(client);
    let add = |table: &str, id: &str, number: i64| {
        format!(
            r#"{{"Update":{{"TableName":"{table}","Key":{{"id":{{"S":"{id}"}}}},"UpdateExpression":"ADD n :n",
            "ExpressionAttributeValues":{{":n":{{"N":"{number}"}}}}}}}}"#
        )
    };
    let both = [add("songs", &hand, -number), add(VAULTS, &vault, number)].join(",");
    let body = format!(r#"{{"TransactItems":[{both}],"ClientRequestToken":"{token}"}}"#);
    let sum = |id: &str, number| known.get(id).copied().unwrap_or_default() + number;
    let effect = vec![(hand.clone(), Some(sum(&hand, -number))), (vault.clone(), Some(sum(&vault, number)))];
    ("TransactWriteItems", body, effect)
}

/// The ids of what a client has in hand, and of what it has laid by.
fn accounts(client: usize) -> [String; 2] {
    [format!("{client} hand"), format!("{client} vault")]
}

fn albums(is_there: bool) -> (&'static str, String, Effect) {
    if is_there {
        return ("DeleteTable", r#"{"TableName":"albums"}"#.to_owned(), vec![(ALBUMS.to_owned(), None)]);
    }
    let body = TABLE.replace("songs", "albums");
    ("CreateTable", body, vec![(ALBUMS.to_owned(), Some(0))])
}

/// Whether a request was answered well before nobody answered any more.
fn asked(port: u16, operation: &str, body: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    let _ = stream.write_all((head(operation, body.len()) + body).as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(answer.is_empty() || answer.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&answer));
    !answer.is_empty()
}

/// Checks what is in the file, and returns it.
fn check(file: &PathBuf, clients: &[Client], kill: usize) -> Found {
    let engine = Engine::open(Config::sqlite(file)).unwrap();
    assert_eq!(engine.check().unwrap(), Vec::<String>::new(), "after kill {kill}");
    let mut found = Found::new();
    let slots = (0..CLIENTS).flat_map(|client| (0..SLOTS).map(move |slot| format!("{client} {slot}")));
    for id in slots.chain((0..CLIENTS).flat_map(accounts)).chain([ALBUMS.to_owned()]) {
        if let Some(number) = stored(&engine, &id) {
            found.insert(id, number);
        }
    }
    for (number, client) in clients.iter().enumerate() {
        let is = |(id, _): &(&String, &i64)| is_of(id, number);
        let here: Found = found.iter().filter(is).map(|(id, number)| (id.clone(), *number)).collect();
        let mut after = client.answered.clone();
        follow(&mut after, &client.last.effect);
        assert!(
            here == client.answered || here == after,
            "after kill {kill} there is {here:?}; answered was {:?}, and asked for {:?}",
            client.answered,
            client.last.effect
        );
        let balances = accounts(number).map(|id| here.get(&id).copied().unwrap_or_default());
        assert_eq!(balances[0] + balances[1], 0, "after kill {kill}");
    }
    found
}

/// The number of an item, or 0 for a table that is there.
fn stored(engine: &Engine, id: &str) -> Option<i64> {
    if id == ALBUMS {
        return match engine.describe_table(DescribeTable { table_name: "albums".into() }) {
            Ok(_) => Some(0),
            Err(Error::ResourceNotFound(_)) => None,
            Err(error) => panic!("{error}"),
        };
    }
    let table_name = if id.ends_with("vault") { VAULTS } else { "songs" }.to_owned();
    let key = attributes! { "id" => id }.into();
    let item = engine.get_item(GetItem { table_name, key, ..Default::default() }).unwrap().item;
    match item?.to_map().get("n") {
        Some(AttributeValue::N(number)) => Some(number.parse().unwrap()),
        other => panic!("{other:?}"),
    }
}

/// Numbers that look random enough: an xorshift.
fn next(mut random: u64) -> u64 {
    random ^= random << 13;
    random ^= random >> 7;
    random ^= random << 17;
    random
}
