//! Vector indexes that are created or deleted. There is nothing to change about one.
//!
//! Source: captures of 2026, vector indexes; the order of the checks is assumed, as is that what a search is narrowed
//! by is defined in the request, as the keys of a global index are.

use ddbmock_model::{BillingMode, Error, Rule, VectorIndex};

use super::indexes::{check_attribute_count, check_free};
use super::{Asked, Draft, no_such_index};
use crate::check::{
    Held, check_no_vector, check_undefined, check_vector, check_vector_billing, check_vector_count, invalid,
};
use crate::definition::Definition;
use crate::index::Index;

/// The attributes that hold vectors.
fn held(definition: &Definition) -> Vec<Held<'_>> {
    let vectors = definition.indexes.iter().filter_map(Index::vector);
    vectors
        .map(|vector| (vector.attribute.as_str(), i64::try_from(vector.dimensions).unwrap_or_default()))
        .collect()
}

impl<'a> Asked<'a> {
    /// Checks what is asked of vector indexes, and that global ones leave their attributes alone.
    pub(super) fn check_vectors(&self, draft: &Draft<'_>) -> Result<(), Error> {
        let indexes = &draft.before.indexes;
        let vectors = || indexes.iter().filter(|index| index.vector().is_some());
        if draft.billing == BillingMode::Provisioned && vectors().next().is_some() {
            let text = "Tables with vector indexes must be in PAY_PER_REQUEST mode";
            return Err(invalid(Rule("redefinition.vectors_provisioned"), text));
        }
        for name in self.vectors_deleted() {
            if vectors().all(|index| index.name != name) {
                return Err(no_such_index(name, &self.table.name));
            }
        }
        let mut held = held(draft.before);
        let definitions = &self.request.attribute_definitions;
        self.created().try_for_each(|global| check_no_vector(&global.key_schema, definitions, &held))?;
        for create in self.vectors_created() {
            check_free(indexes, &create.index_name)?;
            check_vector_billing(draft.billing)?;
            check_vector_count(held.len() + 1)?;
            check_vector(create, definitions, &held)?;
            check_attribute_count(indexes, &create.projection)?;
            held.push((&create.vector_attribute.attribute_name, create.dimensions));
            check_undefined(&held, &draft.before.attributes)?;
        }
        check_undefined(&held, definitions)
    }

    /// Adds the vector indexes that are created, with the definitions in the request.
    pub(super) fn create_vectors(&self, draft: &mut Draft<'_>) {
        for create in self.vectors_created() {
            self.create_index(draft, |part, types| Index::vectors(create, part, types));
        }
    }

    /// The indexes of any kind that are deleted.
    pub(super) fn gone(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.deleted().chain(self.vectors_deleted())
    }

    /// How many indexes of any kind are created.
    pub(super) fn new_count(&self) -> usize {
        self.created().count() + self.vectors_created().count()
    }

    fn vectors_created(&self) -> impl Iterator<Item = &'a VectorIndex> + use<'a> {
        let updates = self.request.vector_index_updates.iter().flatten();
        updates.filter_map(|update| update.create.as_ref()).map(|create| &create.0)
    }

    fn vectors_deleted(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let updates = self.request.vector_index_updates.iter().flatten();
        updates.filter_map(|update| update.delete.as_ref()).map(|delete| delete.index_name.as_str())
    }
}
