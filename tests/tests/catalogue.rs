//! The catalogue of all refusals: one file to go through, made from what the recordings reach.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use ddbmock_engine::{Clock, Config, Engine, Timestamp};
use ddbmock_tests::compare::Json;
use ddbmock_tests::recording::{Recording, home, load};
use ddbmock_tests::replay::{InProcess, replay};

/// How many texts of a rule are listed: where they are more, they differ in what is named.
const TEXTS_MAX: usize = 4;
/// How much of a text is shown: some print all of a request.
const TEXT_LETTERS_MAX: usize = 400;

/// The texts of a rule, in their order, with the operations that gave them.
type Texts = BTreeMap<String, BTreeSet<String>>;

#[test]
fn all_refusals() {
    let recordings = load(&home()).unwrap();
    let mut catalogue: BTreeMap<&str, Texts> = BTreeMap::new();
    for recording in &recordings {
        collect(recording, &mut catalogue);
    }
    let mut out = String::new();
    for (rule, texts) in &catalogue {
        let _ = writeln!(out, "{rule}");
        for (text, operations) in texts.iter().take(TEXTS_MAX) {
            let operations: Vec<&str> = operations.iter().map(String::as_str).collect();
            let _ = writeln!(out, "  {text}\n    {}", operations.join(", "));
        }
        if let Some(more) = texts.len().checked_sub(TEXTS_MAX + 1) {
            let _ = writeln!(out, "  and {} more", more + 1);
        }
    }
    insta::assert_snapshot!("refusals", out);
}

fn collect(recording: &Recording, catalogue: &mut BTreeMap<&str, Texts>) {
    for wording in recording.wordings.iter().copied() {
        // Some texts tell the time: it is that of recordings that let time pass.
        let clock = Clock::manual(Timestamp(1_795_435_200_000));
        let engine = Engine::new(Config { clock, ..recording.config(wording) });
        let outcome = replay(recording, &InProcess::with(engine));
        for replayed in outcome.replayed {
            let refused = replayed.reply.and_then(|reply| Some((reply.rule?, text(&reply.body))));
            if let Some((rule, text)) = refused {
                catalogue.entry(rule.0).or_default().entry(text).or_default().insert(replayed.operation);
            }
        }
    }
}

/// The type of a refusal, and its message.
fn text(body: &[u8]) -> String {
    let body = Json::parse(&String::from_utf8_lossy(body)).unwrap();
    let member = |name: &str| body.member(name).and_then(Json::as_str);
    let kind = member("__type").unwrap().rsplit('#').next().unwrap_or_default();
    let message = member("message").or_else(|| member("Message")).unwrap_or("(no message)");
    let shown: String = message.chars().take(TEXT_LETTERS_MAX).collect();
    let rest = if shown.len() < message.len() { " ..." } else { "" };
    format!("{kind}: {shown}{rest}").replace('\n', "\\n")
}
