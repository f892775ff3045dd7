//! What a condition says of some attributes, be it one of keys or not: in each way in which it can hold.

use super::key::{KeyClause, KeyComparison, comparison};
use super::tree::{Node, Operand, Operator, Test};
use crate::expression::lexer::Comparator;
use crate::expression::placeholders::Scope;

/// The most ways that are told apart.
const BRANCHES_MAX: usize = 1024;

/// One way in which a condition can hold: all that is said of the attributes then.
#[derive(Debug, Clone, Default)]
pub(crate) struct Branch<'b> {
    /// How they are compared, in the order written.
    pub(crate) clauses: Vec<KeyClause<'b>>,
    /// Whether more must hold than that.
    pub(crate) more: bool,
    /// Which of the attributes are excluded from something.
    pub(crate) excluded: Vec<&'b str>,
}

/// The ways in which a condition can hold; none if they are too many to be told apart.
pub(super) fn of<'b>(
    node: &'b Node,
    scope: Scope<'b>,
    is_asked: &impl Fn(&str) -> bool,
) -> Option<Vec<Branch<'b>>> {
    match node {
        Node::All(nodes) => {
            let mut all = vec![Branch::default()];
            for node in nodes {
                all = product(all, of(node, scope, is_asked)?)?;
            }
            Some(all)
        }
        Node::Any(nodes) => {
            let mut all = Vec::new();
            for node in nodes {
                all.extend(of(node, scope, is_asked)?);
            }
            if all.iter().all(|branch: &Branch<'_>| branch.clauses.is_empty()) {
                let excluded = all.into_iter().flat_map(|branch| branch.excluded).collect();
                return Some(vec![Branch { more: true, excluded, ..Branch::default() }]);
            }
            (all.len() <= BRANCHES_MAX).then_some(all)
        }
        Node::Not(node) => {
            let mut excluded = Vec::new();
            mentioned(node, scope, &mut excluded);
            excluded.retain(|name| is_asked(name));
            Some(vec![Branch { more: true, excluded, ..Branch::default() }])
        }
        Node::Test(test) => Some(of_test(test, scope, is_asked)),
    }
}

/// What holds if one of these does and one of those.
fn product<'b>(left: Vec<Branch<'b>>, right: Vec<Branch<'b>>) -> Option<Vec<Branch<'b>>> {
    if left.len() * right.len() > BRANCHES_MAX {
        return None;
    }
    if let [single] = &right[..] {
        return Some(left.into_iter().map(|one| one.and(single)).collect());
    }
    let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
    Some(pairs.map(|(one, other)| one.clone().and(other)).collect())
}

impl<'b> Branch<'b> {
    fn and(mut self, other: &Self) -> Self {
        self.clauses.extend_from_slice(&other.clauses);
        self.more |= other.more;
        self.excluded.extend_from_slice(&other.excluded);
        self
    }

    /// How an attribute is compared, in the order written.
    pub(crate) fn of_attribute<'s>(&'s self, name: &'s str) -> impl Iterator<Item = KeyComparison<'b>> + 's {
        self.clauses
            .iter()
            .filter(move |clause| clause.attribute == name)
            .filter_map(|clause| clause.comparison)
    }
}

fn of_test<'b>(test: &'b Test, scope: Scope<'b>, is_asked: &impl Fn(&str) -> bool) -> Vec<Branch<'b>> {
    let more = || vec![Branch { more: true, ..Branch::default() }];
    let Some(attribute) = attribute(test, scope).filter(|name| is_asked(name)) else {
        return more();
    };
    let clause = |comparison| KeyClause { attribute, comparison: Some(comparison) };
    let single = |comparison| Branch { clauses: vec![clause(comparison)], ..Branch::default() };
    match (test.operator, &*test.operands) {
        (Operator::Compare(Comparator::NotEqual), _) => {
            vec![Branch { more: true, excluded: vec![attribute], ..Branch::default() }]
        }
        (Operator::In, [Operand::Path(_), choices @ ..]) => {
            let values = choices.iter().map(|choice| match choice {
                Operand::Value(value) => Some(single(KeyComparison::Equal(scope.value(*value)))),
                Operand::Path(_) | Operand::Call(_) => None,
            });
            values.collect::<Option<_>>().unwrap_or_else(more)
        }
        _ => comparison(test, scope).map_or_else(more, |comparison| vec![single(comparison)]),
    }
}

/// The attribute that a test is about, if it is about one as a whole.
fn attribute<'b>(test: &'b Test, scope: Scope<'b>) -> Option<&'b str> {
    let mut paths = test.operands.iter().filter_map(|operand| match operand {
        Operand::Path(path) => Some(scope.path(*path)),
        Operand::Value(_) | Operand::Call(_) => None,
    });
    let path = paths.next().filter(|path| !path.is_nested())?;
    paths.next().is_none().then(|| path.head())
}

/// The attributes that any test in it mentions.
fn mentioned<'b>(node: &'b Node, scope: Scope<'b>, names: &mut Vec<&'b str>) {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| mentioned(node, scope, names)),
        Node::Not(node) => mentioned(node, scope, names),
        Node::Test(test) => names.extend(attribute(test, scope)),
    }
}
