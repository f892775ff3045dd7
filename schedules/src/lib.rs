//! The orders in which threads can take the engine's locks, tried one after the other: a scheduler chooses at each lock
//! who goes on, by chance and with few changes, so that rare orders come up; who waits for ever is found. Storage is in
//! memory, also where it commits in groups: the threads of a file are none that this scheduler knows.

#[cfg(test)]
mod grouped;
#[cfg(test)]
mod tests;
