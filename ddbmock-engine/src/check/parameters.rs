//! The parameters around expressions: which go together, and what is wrong with them.
//!
//! Order: expressions beside legacy parameters; names or values without an expression; then, after the operation's own
//! checks, the maps of names and of values, the expressions, and last what no expression used. Source: production
//! captures, expression parameters.

use ddbmock_model::op::Names;
use ddbmock_model::{Attributes, Error, Item, LEVELS_MAX, Rule, Wording};

use super::Voice;
use super::value::strict_placeholders;
use crate::expression::{Fault, check_keys};

/// The expression parameters of a request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Parameters<'r> {
    /// The expressions that may use names, by the names of their members.
    pub(crate) expressions: &'r [(&'static str, Option<&'r str>)],
    /// Whether the parameters are given that expressions have replaced, by the names of their members.
    pub(crate) legacy: &'r [(&'static str, bool)],
    /// The names.
    pub(crate) names: Option<&'r Names>,
    /// The values.
    pub(crate) values: Option<&'r Attributes>,
}

impl Parameters<'_> {
    /// Expressions do not go together with what they replaced; names and values need one that may use them.
    pub(crate) fn check_presence(&self, voice: Voice) -> Result<(), Error> {
        self.check_mixed(voice)?;
        let given = |(_, expression): &(_, Option<&str>)| expression.is_some();
        if self.names.is_some() && !self.expressions.iter().any(given) {
            let text = "ExpressionAttributeNames can only be specified when using expressions";
            return Err(voice.refuse(Rule("parameters.names_alone"), text));
        }
        if self.values.is_none() || self.with_values().any(given) {
            return Ok(());
        }
        let text = "ExpressionAttributeValues can only be specified when using expressions";
        let tail = match voice.wording {
            Wording::Current => String::new(),
            Wording::Classic => self.null_expressions(),
        };
        Err(voice.refuse(Rule("parameters.values_alone"), format!("{text}{tail}")))
    }

    fn check_mixed(&self, voice: Voice) -> Result<(), Error> {
        let expressions = self.expressions.iter().filter(|(_, expression)| expression.is_some());
        let expressions: Vec<&str> = expressions.map(|(member, _)| *member).collect();
        let legacy: Vec<&str> =
            self.legacy.iter().filter(|(_, given)| *given).map(|(member, _)| *member).collect();
        if expressions.is_empty() || legacy.is_empty() {
            return Ok(());
        }
        let text = format!(
            "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: \
             {{{}}} Expression parameters: {{{}}}",
            legacy.join(", "),
            expressions.join(", ")
        );
        Err(voice.refuse(Rule("parameters.mixed"), text))
    }

    /// The expressions that may use values: all but projections.
    fn with_values(&self) -> impl Iterator<Item = &(&'static str, Option<&str>)> {
        self.expressions.iter().filter(|(member, _)| *member != "ProjectionExpression")
    }

    fn null_expressions(&self) -> String {
        let members: Vec<&str> = self.with_values().map(|(member, _)| *member).collect();
        let verb = if members.len() == 1 { "is" } else { "are" };
        format!(": {} {verb} null", members.join(" and "))
    }
}

/// The values of expressions, strict, once the keys of the names and of the values are in order.
pub(crate) fn placeholder_values(
    names: Option<&Names>,
    values: Option<&Attributes>,
    voice: Voice,
) -> Result<Option<Item>, Error> {
    placeholder_values_within(names, values, voice, LEVELS_MAX)
}

/// The same with so many maps and lists around a value at the most.
pub(crate) fn placeholder_values_within(
    names: Option<&Names>,
    values: Option<&Attributes>,
    voice: Voice,
    levels_max: usize,
) -> Result<Option<Item>, Error> {
    check_keys(names, values).map_err(|fault| voice.refuse_expression(fault))?;
    strict_values_within(values, voice, levels_max)
}

/// The values of expressions, strict, whatever their keys are.
pub(crate) fn strict_values(values: Option<&Attributes>, voice: Voice) -> Result<Option<Item>, Error> {
    strict_values_within(values, voice, LEVELS_MAX)
}

fn strict_values_within(
    values: Option<&Attributes>,
    voice: Voice,
    levels_max: usize,
) -> Result<Option<Item>, Error> {
    let strict = |values: &Attributes| values.strict_by(|sent| strict_placeholders(sent, voice, levels_max));
    values.map(strict).transpose()
}

/// Parses an expression, if there is one.
pub(crate) fn parse<T>(
    expression: Option<&str>,
    voice: Voice,
    parse: impl FnOnce(&str) -> Result<T, Fault>,
) -> Result<Option<T>, Error> {
    expression.map(|text| parse(text).map_err(|fault| voice.refuse_expression(fault))).transpose()
}
