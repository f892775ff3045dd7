//! Several threads: as many requests are worked on at once.

use super::client::{Client, operation};
use super::world::{Slow, has_begun};
use super::{run, settings};
use crate::Settings;

#[tokio::test]
async fn a_request_that_is_worked_on_holds_up_no_other_thread() {
    let (mut world, begun, go) = Slow::new();
    world.may_block = false;
    // The first two clients are those of the threads beside the one that the test runs on.
    let server = run(world, Settings { threads: 3, ..settings() });
    let mut first = Client::connect(server.address).await;
    first.send(operation("ListTables", "{}")).await;
    let begun = has_begun(begun).await;
    let mut second = Client::connect(server.address).await;
    second.send(operation("ListTables", "{}")).await;
    has_begun(begun).await;
    for client in [&mut first, &mut second] {
        go.send(()).unwrap();
        assert_eq!(client.answer().await.status, 200);
    }
    server.end().await;
}
