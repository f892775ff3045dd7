//! Statements as people write them, from their trees.

use std::fmt::{self, Display, Formatter};

use ddbmock_model::ReturnValues;

use crate::partiql::keyword::TypeName;
use crate::partiql::tree::{Edit, Expression, Kind, Select, Source, StatementTree, Step};

/// Several with something between them.
fn separated<T>(all: &[T], between: &str, print: impl Fn(&T) -> String) -> String {
    all.iter().map(print).collect::<Vec<_>>().join(between)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn text(content: &str) -> String {
    format!("'{}'", content.replace('\'', "''"))
}

/// An operand: in parentheses if it is not a single thing.
fn operand(expression: &Expression) -> String {
    match expression.kind {
        Kind::Infix(..) | Kind::Not(_) | Kind::Between(..) | Kind::In(..) | Kind::Is(..) => {
            format!("({expression})")
        }
        _ => expression.to_string(),
    }
}

impl Display for Expression {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let list = |all: &[Self]| separated(all, ", ", ToString::to_string);
        let not = |negated: &bool| if *negated { "NOT " } else { "" };
        match &self.kind {
            Kind::Null => out.write_str("NULL"),
            Kind::Missing => out.write_str("Missing"),
            Kind::Bool(boolean) => write!(out, "{boolean}"),
            Kind::Number(number) => out.write_str(number),
            Kind::Text(content) => out.write_str(&text(content)),
            Kind::Ion(content) => write!(out, "`{content}`"),
            Kind::Parameter(_) => out.write_str("?"),
            Kind::Name(name) => out.write_str(&quoted(name)),
            Kind::Path(head, steps) => {
                write!(out, "{head}")?;
                steps.iter().try_for_each(|step| match step {
                    Step::Name(name) => write!(out, ".{}", quoted(name)),
                    Step::Index(index) => write!(out, "[{index}]"),
                    Step::Any(_) => out.write_str(".*"),
                })
            }
            Kind::List(elements) => write!(out, "[{}]", list(elements)),
            Kind::Map(entries) => {
                write!(out, "{{{}}}", separated(entries, ", ", |(name, entry)| format!("{name}: {entry}")))
            }
            Kind::Bag(members) => write!(out, "<<{}>>", list(members)),
            Kind::Call(name, operands) => write!(out, "{name}({})", list(operands)),
            Kind::Infix(infix, operands) => {
                out.write_str(&separated(operands, &format!(" {} ", infix.text()), operand))
            }
            Kind::Not(negated) => write!(out, "NOT {}", operand(negated)),
            Kind::Between(negated, operands) => {
                let [first, low, high] = &**operands;
                let (first, low, high) = (operand(first), operand(low), operand(high));
                write!(out, "{first} {}BETWEEN {low} AND {high}", not(negated))
            }
            Kind::In(negated, operands) => {
                write!(out, "{} {}IN {}", operand(&operands[0]), not(negated), operands[1])
            }
            Kind::Is(negated, one, name) => {
                write!(out, "{} IS {}{}", operand(one), not(negated), word(*name))
            }
            Kind::Case(_) => out.write_str("CASE"),
            Kind::Select(select) => write!(out, "({select})"),
        }
    }
}

fn word(name: TypeName) -> &'static str {
    match name {
        TypeName::Missing => "MISSING",
        TypeName::Of("NULL") => "NULL",
        TypeName::Of("S") => "string",
        TypeName::Of(_) => "LIST",
        TypeName::Other(_) => "INT",
    }
}

impl Display for Source {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(&separated(&self.names, ".", |(name, _)| quoted(name)))
    }
}

impl Display for Select {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let list = self.list.as_ref().map(|list| separated(list, ", ", ToString::to_string));
        write!(out, "SELECT {} FROM {}", list.as_deref().unwrap_or("*"), self.from)?;
        condition(self.condition.as_ref(), out)?;
        if self.order.is_empty() {
            return Ok(());
        }
        let order = separated(&self.order, ", ", |term| {
            format!("{} {}", operand(&term.by), if term.descending { "DESC" } else { "ASC" })
        });
        write!(out, " ORDER BY {order}")
    }
}

fn condition(condition: Option<&Expression>, out: &mut Formatter<'_>) -> fmt::Result {
    condition.map_or(Ok(()), |condition| write!(out, " WHERE {condition}"))
}

fn returning(returning: ReturnValues, out: &mut Formatter<'_>) -> fmt::Result {
    out.write_str(match returning {
        ReturnValues::None => "",
        ReturnValues::AllOld => " RETURNING ALL OLD *",
        ReturnValues::AllNew => " RETURNING ALL NEW *",
        ReturnValues::UpdatedOld => " RETURNING MODIFIED OLD *",
        ReturnValues::UpdatedNew => " RETURNING MODIFIED NEW *",
    })
}

impl Display for StatementTree {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Select(select) => write!(out, "{select}"),
            Self::Insert { into, item } => write!(out, "INSERT INTO {into} VALUE {item}"),
            Self::Update { table, edits, condition: of, returning: what } => {
                write!(out, "UPDATE {table}")?;
                edits.iter().try_for_each(|edit| match edit {
                    Edit::Set(path, value) => write!(out, " SET {path} = {value}"),
                    Edit::Remove(path) => write!(out, " REMOVE {path}"),
                })?;
                condition(of.as_ref(), out)?;
                returning(*what, out)
            }
            Self::Delete { from, condition: of, returning: what } => {
                write!(out, "DELETE FROM {from}")?;
                condition(of.as_ref(), out)?;
                returning(*what, out)
            }
            Self::Exists(select) => write!(out, "EXISTS({select})"),
            Self::Edits => out.write_str("SET a = 1"),
            Self::Expression(expression) => write!(out, "{expression}"),
        }
    }
}
