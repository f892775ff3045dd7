//! `QueryFilter`, `ScanFilter` and `KeyConditions`: attributes, each with an operator and its values.

use ddbmock_model::{
    self as model, ComparisonOperator, Condition, ConditionalOperator, Conditions, Error, LEVELS_MAX, Rule,
    Said,
};

use super::comparison::{check, check_all};
use super::expectations::{Compared, Expectations, check_comparison_word};
use super::strict_values_within;
use crate::check::Voice;
use crate::expression::{Comparison, KeyClause, KeyComparison};
use crate::look_up::POSITIONS;
use crate::schema::KeySchema;

/// The most lists and maps that may stand around a value of `ScanFilter`: one more than anywhere else. Source: captures
/// of 2026, nesting, in seven of ten Regions.
const SCAN_FILTER_LEVELS_MAX: usize = LEVELS_MAX + 1;

/// The filter of a query or a scan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Filter<'r> {
    /// Whether it is a scan's.
    pub(crate) of_scan: bool,
    /// Its conditions.
    pub(crate) conditions: Option<&'r Conditions>,
    /// How they go together.
    pub(crate) operator: Option<ConditionalOperator>,
}

impl<'r> Filter<'r> {
    /// Checks the conditions, one attribute after the other.
    pub(crate) fn strict(self, said: &Said, voice: Voice) -> Result<Expectations<'r>, Error> {
        let (member, levels_max) =
            if self.of_scan { ("scanFilter", SCAN_FILTER_LEVELS_MAX) } else { ("queryFilter", LEVELS_MAX) };
        let compared = |(name, condition): (&'r String, &Condition)| {
            let compared = compared(name, condition, voice, levels_max)?;
            check_comparison_word(member, name, said, voice)?;
            check(&compared.comparison(), voice)?;
            Ok(compared)
        };
        let compared: Result<Vec<_>, Error> = self.conditions.into_iter().flatten().map(compared).collect();
        Ok(Expectations { compared: compared?, any: self.operator == Some(ConditionalOperator::Or) })
    }
}

/// The key conditions of a query, checked. Whether they are on the key's attributes is not known yet; where they are on
/// places in a key, these stand for their names.
#[derive(Debug)]
pub(crate) struct KeyConditions<'r> {
    compared: Vec<Compared<'r>>,
}

impl<'r> KeyConditions<'r> {
    /// Checks the conditions: each check looks at all of them before the next one does; last how many they are. Keys of
    /// several attributes are for key conditions that are expressions. Source: captures of 2026, legacy parameters;
    /// production captures and developer guide, KeyConditions, for how many.
    pub(crate) fn strict(
        conditions: &'r model::KeyConditions,
        said: &Said,
        voice: Voice,
    ) -> Result<Self, Error> {
        let compared =
            |(name, condition): (&'r str, &Condition)| compared(name, condition, voice, LEVELS_MAX);
        let compared: Vec<_> = match conditions {
            model::KeyConditions::Named(named) => {
                let named = named.iter().map(|(name, condition)| (name.as_str(), condition));
                named.map(compared).collect::<Result<_, Error>>()?
            }
            model::KeyConditions::Positional(partition, sort) => {
                let attribute_value_list = vec![partition.clone()];
                let equal = Condition { comparison_operator: ComparisonOperator::Eq, attribute_value_list };
                let both = POSITIONS.into_iter().zip([Some(&equal), sort.as_ref()].into_iter().flatten());
                both.map(compared).collect::<Result<_, Error>>()?
            }
        };
        let mut names = compared.iter().map(|compared| compared.name);
        names.try_for_each(|name| check_comparison_word("keyConditions", name, said, voice))?;
        let comparisons: Vec<_> = compared.iter().map(Compared::comparison).collect();
        check_all(&comparisons, voice)?;
        if !(1..=2).contains(&compared.len()) {
            let text = "Conditions can be of length 1 or 2 only";
            return Err(voice.refuse(Rule("legacy.key_conditions_count"), text));
        }
        Ok(Self { compared })
    }

    /// What they say of keys.
    pub(crate) fn clauses(&self) -> impl Iterator<Item = KeyClause<'_>> {
        self.compared.iter().map(|compared| KeyClause {
            attribute: compared.name,
            comparison: key_comparison(&compared.comparison()),
        })
    }
}

/// What conditions on places in a key say of a table's key. Only tables with a sort key can be asked so. Source: texts
/// of 2012.
pub(crate) fn placed<'q>(
    clauses: Vec<KeyClause<'q>>,
    schema: &'q KeySchema,
) -> Result<Vec<KeyClause<'q>>, Error> {
    if schema.sort.is_empty() {
        let text = "Query can be performed only on a table with a HASH,RANGE key schema";
        return Err(Error::validation(Rule("query.no_sort_key"), text));
    }
    let names = schema.attributes().map(|attribute| attribute.name.as_str());
    Ok(names.zip(clauses).map(|(attribute, clause)| KeyClause { attribute, ..clause }).collect())
}

fn compared<'r>(
    name: &'r str,
    condition: &Condition,
    voice: Voice,
    levels_max: usize,
) -> Result<Compared<'r>, Error> {
    let values = strict_values_within(&condition.attribute_value_list, voice, levels_max)?;
    Ok(Compared { name, operator: condition.comparison_operator, values })
}

/// How a key's attribute is compared, if keys can be compared so.
fn key_comparison<'b>(comparison: &Comparison<'b>) -> Option<KeyComparison<'b>> {
    Some(match (comparison.operator, &*comparison.values) {
        (ComparisonOperator::Eq, [value]) => KeyComparison::Equal(*value),
        (ComparisonOperator::Lt, [value]) => KeyComparison::Less(*value),
        (ComparisonOperator::Le, [value]) => KeyComparison::LessOrEqual(*value),
        (ComparisonOperator::Gt, [value]) => KeyComparison::Greater(*value),
        (ComparisonOperator::Ge, [value]) => KeyComparison::GreaterOrEqual(*value),
        (ComparisonOperator::Between, [low, high]) => KeyComparison::Between(*low, *high),
        (ComparisonOperator::BeginsWith, [value]) => KeyComparison::BeginsWith(*value),
        _ => return None,
    })
}
