//! What is wrong with the indexes of a table that is to be created.
//!
//! The keys of all indexes are checked first, then what is defined and not used, then the rest. Source: production
//! captures, CreateTable; captures of October 2026 for the place of the unused definitions.

use ddbmock_model::op::CreateTable;
use ddbmock_model::{
    BillingMode, Enumeration, Error, GlobalSecondaryIndex, KeySchemaElement, LocalSecondaryIndex, Projection,
    ProjectionType, Rule,
};

use super::{check_defined, check_global_roles, invalid, keys, vectors};
use ddbmock_model::java_hash::{growing, sized};

/// The most local indexes of a table.
const LOCAL_INDEXES_MAX: usize = 5;
/// The most global indexes of a table.
pub(crate) const GLOBAL_INDEXES_MAX: usize = 20;
/// The most attributes that all indexes of a table list together. Source: developer guide, limits.
const NON_KEY_ATTRIBUTES_MAX: usize = 100;

/// Checks the indexes of a table whose own key was checked.
pub(super) fn check(request: &CreateTable, billing: BillingMode) -> Result<(), Error> {
    let (locals, globals) =
        (request.local_secondary_indexes.as_ref(), request.global_secondary_indexes.as_ref());
    if locals.is_none() && globals.is_none() && request.vector_indexes.is_none() {
        return Ok(());
    }
    check_local_keys(request, locals)?;
    check_global_keys(request, globals)?;
    vectors::check(request, billing)?;
    let (locals, globals) = (locals.map_or(&[][..], Vec::as_slice), globals.map_or(&[][..], Vec::as_slice));
    check_used(request, locals, globals)?;
    check_locals(locals)?;
    check_globals(locals, globals, billing)?;
    check_vector_names(request, locals, globals)?;
    let projections =
        || locals.iter().map(|index| &index.projection).chain(globals.iter().map(|index| &index.projection));
    projections().try_for_each(check_listed)?;
    let vectors = request.vector_indexes.iter().flatten();
    check_count_of_non_key_attributes(projections().chain(vectors.map(|index| &index.projection)))
}

fn check_local_keys(request: &CreateTable, locals: Option<&Vec<LocalSecondaryIndex>>) -> Result<(), Error> {
    let Some(locals) = locals else {
        return Ok(());
    };
    if locals.is_empty() {
        return Err(invalid(Rule("definition.no_local_index"), "List of LocalSecondaryIndexes is empty"));
    }
    let [table, _] = request.key_schema.as_slice() else {
        return Err(invalid(
            Rule("definition.local_table_sort"),
            "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
        ));
    };
    for LocalSecondaryIndex { index_name, key_schema, .. } in locals {
        check_defined(key_schema, &request.attribute_definitions)?;
        keys::check_roles(key_schema)?;
        let [own, _] = key_schema.as_slice() else {
            let text = format!("Index KeySchema does not have a range key for index: {index_name}");
            return Err(invalid(Rule("definition.local_sort"), text));
        };
        let (own, table) = (&own.attribute_name, &table.attribute_name);
        if own != table {
            let text = format!(
                "Index KeySchema does not have the same leading hash key as table KeySchema for index: {index_name}. \
                 index hash key: {own}, table hash key: {table}"
            );
            return Err(invalid(Rule("definition.local_partition"), text));
        }
    }
    Ok(())
}

fn check_global_keys(
    request: &CreateTable,
    globals: Option<&Vec<GlobalSecondaryIndex>>,
) -> Result<(), Error> {
    if globals.is_some_and(Vec::is_empty) {
        return Err(invalid(Rule("definition.no_global_index"), "List of GlobalSecondaryIndexes is empty"));
    }
    for index in globals.into_iter().flatten() {
        check_defined(&index.key_schema, &request.attribute_definitions)?;
        check_global_roles(&index.key_schema)?;
    }
    Ok(())
}

/// Every definition is of an attribute that a key uses.
fn check_used(
    request: &CreateTable,
    locals: &[LocalSecondaryIndex],
    globals: &[GlobalSecondaryIndex],
) -> Result<(), Error> {
    let used: Vec<&str> = names(&request.key_schema)
        .chain(locals.iter().flat_map(|index| names(&index.key_schema)))
        .chain(globals.iter().flat_map(|index| names(&index.key_schema)))
        .chain(searched(request))
        .collect();
    let defined = request.attribute_definitions.iter().map(|one| one.attribute_name.as_str());
    if defined.clone().all(|name| used.contains(&name)) {
        return Ok(());
    }
    let text = format!(
        "Some AttributeDefinitions are not used. AttributeDefinitions: [{}], keys used: [{}]",
        sized(defined).join(", "),
        growing(used).join(", ")
    );
    Err(invalid(Rule("definition.not_used"), text))
}

/// The attributes by which searches of vectors are narrowed.
fn searched(request: &CreateTable) -> impl Iterator<Item = &str> {
    let elements =
        request.vector_indexes.iter().flatten().flat_map(|index| index.search_schema.iter().flatten());
    elements.map(|element| element.attribute_name.as_str())
}

fn names(key: &[KeySchemaElement]) -> impl Iterator<Item = &str> {
    key.iter().map(|element| element.attribute_name.as_str())
}

fn check_locals(locals: &[LocalSecondaryIndex]) -> Result<(), Error> {
    for (at, index) in locals.iter().enumerate() {
        check_projection(&index.projection)?;
        check_name(&index.index_name, locals[..at].iter().map(|earlier| &earlier.index_name))?;
    }
    if locals.len() > LOCAL_INDEXES_MAX {
        let text = format!("Number of LocalSecondaryIndexes exceeds per-table limit of {LOCAL_INDEXES_MAX}");
        return Err(invalid(Rule("definition.local_indexes"), text));
    }
    Ok(())
}

fn check_globals(
    locals: &[LocalSecondaryIndex],
    globals: &[GlobalSecondaryIndex],
    billing: BillingMode,
) -> Result<(), Error> {
    for (at, index) in globals.iter().enumerate() {
        let name = &index.index_name;
        check_projection(&index.projection)?;
        if billing == BillingMode::PayPerRequest && index.provisioned_throughput.is_some() {
            let text = format!(
                "ProvisionedThroughput should not be specified for index: {name} when BillingMode is PAY_PER_REQUEST"
            );
            return Err(invalid(Rule("definition.index_units"), text));
        }
        let earlier = globals[..at].iter().map(|earlier| &earlier.index_name);
        check_name(name, locals.iter().map(|local| &local.index_name).chain(earlier))?;
    }
    if globals.len() > GLOBAL_INDEXES_MAX {
        let text = format!("GlobalSecondaryIndex count exceeds the per-table limit of {GLOBAL_INDEXES_MAX}");
        return Err(invalid(Rule("definition.global_indexes"), text));
    }
    let lacking = globals.iter().find(|index| index.provisioned_throughput.is_none());
    match lacking.filter(|_| billing == BillingMode::Provisioned) {
        Some(index) => {
            let text = format!("ProvisionedThroughput is not specified for index: {}", index.index_name);
            Err(invalid(Rule("definition.index_units_missing"), text))
        }
        None => Ok(()),
    }
}

fn check_vector_names(
    request: &CreateTable,
    locals: &[LocalSecondaryIndex],
    globals: &[GlobalSecondaryIndex],
) -> Result<(), Error> {
    let vectors = request.vector_indexes.as_deref().unwrap_or_default();
    vectors.iter().enumerate().try_for_each(|(at, index)| {
        let others = locals.iter().map(|local| &local.index_name);
        let others = others.chain(globals.iter().map(|global| &global.index_name));
        check_name(&index.index_name, others.chain(vectors[..at].iter().map(|earlier| &earlier.index_name)))
    })
}

/// Indexes of all kinds share their names.
fn check_name<'n>(name: &str, mut others: impl Iterator<Item = &'n String>) -> Result<(), Error> {
    if others.any(|other| other == name) {
        return Err(invalid(Rule("definition.index_twice"), format!("Duplicate index name: {name}")));
    }
    Ok(())
}

/// What an index holds has a type, and lists attributes only where that type does, each once.
pub(crate) fn check_projection(projection: &Projection) -> Result<(), Error> {
    let Some(kind) = projection.projection_type else {
        return Err(invalid(Rule("definition.projection_type"), "Unknown ProjectionType: null"));
    };
    let Some(names) = &projection.non_key_attributes else {
        return Ok(());
    };
    if kind != ProjectionType::Include {
        let text = format!("ProjectionType is {}, but NonKeyAttributes is specified", kind.as_str());
        return Err(invalid(Rule("definition.projection_list"), text));
    }
    match (0..names.len()).find(|at| names[..*at].contains(&names[*at])) {
        Some(at) => {
            let text = format!("Duplicate element in NonKeyAttributes: {}", names[at]);
            Err(invalid(Rule("definition.projection_twice"), text))
        }
        None => Ok(()),
    }
}

/// An index that holds listed attributes lists some.
pub(crate) fn check_listed(projection: &Projection) -> Result<(), Error> {
    if projection.projection_type == Some(ProjectionType::Include) && projection.non_key_attributes.is_none()
    {
        let text = "ProjectionType is INCLUDE, but NonKeyAttributes is not specified";
        return Err(invalid(Rule("definition.projection_no_list"), text));
    }
    Ok(())
}

/// All indexes of a table together list at most so many attributes.
pub(crate) fn check_count_of_non_key_attributes<'p>(
    projections: impl Iterator<Item = &'p Projection>,
) -> Result<(), Error> {
    let count = projections.flat_map(|projection| projection.non_key_attributes.iter().flatten()).count();
    if count > NON_KEY_ATTRIBUTES_MAX {
        let text = format!("Number of NonKeyAttributes exceeds the limit of {NON_KEY_ATTRIBUTES_MAX}");
        return Err(invalid(Rule("definition.non_key_attributes"), text));
    }
    Ok(())
}
