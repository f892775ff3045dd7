//! Trees by their texts, so that an expression sent again is not read again.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::condition::ConditionTree;
use super::fault::Fault;
use super::projection::ProjectionTree;
use super::update::UpdateTree;
use crate::lock::Mutex;

/// The most trees that one generation of a shelf holds.
const GENERATION_MAX: usize = 256;

/// The trees of the expressions seen last, by grammar and text. Shared by all threads of an engine.
#[derive(Debug, Default)]
pub(crate) struct Cache {
    pub(super) conditions: Shelf<ConditionTree>,
    pub(super) updates: Shelf<UpdateTree>,
    pub(super) projections: Shelf<ProjectionTree>,
}

/// The trees of one grammar.
#[derive(Debug)]
pub(crate) struct Shelf<T> {
    generations: Mutex<Generations<T>>,
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self { generations: Mutex::default() }
    }
}

/// Trees come in young; once the young are many, they are the old, and the old of before are dropped. What is used
/// meanwhile becomes young again.
#[derive(Debug)]
struct Generations<T> {
    young: FxHashMap<Box<str>, Arc<T>>,
    old: FxHashMap<Box<str>, Arc<T>>,
}

impl<T> Default for Generations<T> {
    fn default() -> Self {
        Self { young: FxHashMap::default(), old: FxHashMap::default() }
    }
}

impl<T> Shelf<T> {
    /// The tree of a text: as it is kept, or else read now and kept if nothing is wrong with it.
    pub(crate) fn tree(&self, text: &str, read: impl FnOnce() -> Result<T, Fault>) -> Result<Arc<T>, Fault> {
        let kept = self.generations.lock().get(text);
        if let Some(tree) = kept {
            return Ok(tree);
        }
        let tree = Arc::new(read()?);
        self.generations.lock().insert(text.into(), Arc::clone(&tree));
        Ok(tree)
    }
}

impl<T> Generations<T> {
    fn get(&mut self, text: &str) -> Option<Arc<T>> {
        if let Some(tree) = self.young.get(text) {
            return Some(Arc::clone(tree));
        }
        let (text, tree) = self.old.remove_entry(text)?;
        self.insert(text, Arc::clone(&tree));
        Some(tree)
    }

    fn insert(&mut self, text: Box<str>, tree: Arc<T>) {
        if self.young.len() >= GENERATION_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(text, tree);
    }
}
