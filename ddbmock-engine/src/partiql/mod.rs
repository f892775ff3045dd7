//! PartiQL: another spelling of what the operations on items do.
//!
//! A text becomes a statement ([`syntax`]), and that the trees that expressions become too ([`lower`]): conditions,
//! updates, projections. What is read so is kept by its text. A request then *binds* it to its parameters
//! ([`Prepared`]); once the table is known its condition says which item a statement is about, or which part of the
//! table it reads ([`keys`]). What is evaluated, walked, written and charged is what every other operation has.

mod expressions;
mod extent;
mod fault;
mod keys;
mod keyword;
mod lexer;
mod literal;
mod lower;
mod next_token;
mod order;
mod parser;
mod prepared;
mod select;
mod several;
mod statement;
mod syntax;
mod terms;
#[cfg(test)]
mod tests;
mod tree;
mod update;
mod write;

pub(crate) use prepared::{Bound, Deed, Parameters, Prepared, check_elsewhere};
pub(crate) use select::{Asked, KeyedRead, select};
pub(crate) use several::{Several, all_read};
pub(crate) use statement::Statement;
pub(crate) use write::StatementWrite;
