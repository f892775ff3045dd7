//! Scans from the beginning of a table to its end: every page is one that is known, or is read in full.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value;

use super::known::Known;
use super::{Progress, Workload, expect_status, parsed, shown};
use crate::connection::Answer;
use crate::documents;
use crate::template::Template;

/// The pages of earlier walks that were right, in order; all connections share them.
type Pages = Rc<RefCell<Vec<Rc<Page>>>>;

/// A connection that walks through a table of plays of one listener, and must meet each of them once.
#[derive(Debug)]
pub(super) struct Walk {
    table: &'static str,
    items: u64,
    known: Pages,
    /// The pages of this walk.
    walked: Vec<Rc<Page>>,
    request: Vec<u8>,
}

#[derive(Debug)]
pub(super) struct Page {
    body: RefCell<Known>,
    /// Which items are on it.
    items: BTreeSet<u64>,
    /// The request for the page behind it, if there is one.
    next: Option<Vec<u8>>,
}

impl Walk {
    /// Walks through a table that holds so many items.
    pub(super) fn new(table: &'static str, items: u64, known: Pages) -> Self {
        Self { table, items, known, walked: Vec::new(), request: first_page(table) }
    }

    /// The page that was answered: one that is known, and belongs behind those of this walk, or one to be read.
    fn page(&self, body: &[u8]) -> Result<Rc<Page>, String> {
        let at = self.walked.len();
        let mut known = self.known.borrow_mut();
        let is_on_known =
            known.len() >= at && known.iter().zip(&self.walked).all(|(one, other)| Rc::ptr_eq(one, other));
        if let Some(page) = known.get(at).filter(|page| is_on_known && page.body.borrow_mut().is(body)) {
            return Ok(Rc::clone(page));
        }
        let page = Rc::new(self.read(body)?);
        if !is_on_known {
            return Ok(page);
        }
        if let Some(same) = known.get(at).filter(|known| known.items == page.items && known.next == page.next)
        {
            return Ok(Rc::clone(same)); // it was written in another order
        }
        known.truncate(at);
        known.push(Rc::clone(&page));
        Ok(page)
    }

    fn read(&self, body: &[u8]) -> Result<Page, String> {
        let page = parsed(body)?;
        let items = page["Items"].as_array().ok_or_else(|| format!("no items: {}", shown(body)))?;
        let count = Some(items.len() as u64);
        // Servers differ in whether they count an item that was read and had no room; all that were met count here.
        if page["Count"].as_u64() != count || page["ScannedCount"].as_u64() < count {
            return Err(format!("counts that are not those of the items: {}", shown(body)));
        }
        let items = items.iter().map(|item| self.place(item)).collect::<Result<_, String>>()?;
        let next = page.get("LastEvaluatedKey").map(|key| {
            let body = documents::scan(self.table, Some(key));
            Template::new("Scan", &body).request().to_owned()
        });
        Ok(Page { body: RefCell::new(Known::new(body)), items, next })
    }

    /// Which play an item is: it must be the one that was stored.
    fn place(&self, item: &Value) -> Result<u64, String> {
        let sort_key: u64 = item["played"]["N"].as_str().and_then(|text| text.parse().ok()).unwrap_or(0);
        let nth = sort_key.wrapping_sub(documents::sort_key(0));
        let is_new = self.walked.iter().all(|page| !page.items.contains(&nth));
        let expected = documents::stored_play(0, nth);
        if nth < self.items && is_new && super::same(&expected, item).is_ok() {
            Ok(nth)
        } else {
            Err(format!("an item that is not what was stored, or comes twice: {item}"))
        }
    }
}

fn first_page(table: &str) -> Vec<u8> {
    Template::new("Scan", &documents::scan(table, None)).request().to_owned()
}

impl Workload for Walk {
    fn request(&mut self) -> &[u8] {
        &self.request
    }

    fn answered(&mut self, answer: &Answer<'_>) -> Result<Progress, String> {
        expect_status(answer, 200)?;
        let page = self.page(answer.body)?;
        self.walked.push(Rc::clone(&page));
        if let Some(next) = &page.next {
            self.request.clone_from(next);
            return Ok(Progress::More);
        }
        let met: u64 = self.walked.drain(..).map(|page| page.items.len() as u64).sum();
        if met != self.items {
            return Err(format!("{met} items were met, not {}", self.items));
        }
        self.request = first_page(self.table);
        Ok(Progress::Done)
    }
}
