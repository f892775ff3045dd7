//! The shapes that several operations share.

mod at_rest;
mod cancellation;
mod capacity;
mod enumeration;
mod index;
mod key;
mod legacy;
mod stream;
mod table;
mod vector;

pub use at_rest::*;
pub use cancellation::*;
pub use capacity::*;
pub use enumeration::*;
pub use index::*;
pub use key::*;
pub use legacy::*;
pub use stream::*;
pub use table::*;
pub use vector::*;
