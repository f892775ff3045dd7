//! What is wrong with the operands of an operator or a function, in the words that conditions and updates share.

use ddbmock_model::Rule;

use super::fault::Fault;

/// A function has too many operands, or too few.
pub(crate) fn wrong_count(function: &str, count: usize) -> Fault {
    let text = format!(
        "Incorrect number of operands for operator or function; operator or function: {function}, number of operands: \
         {count}"
    );
    Fault::new(Rule("expression.operand_count"), text)
}

/// An operand is of a type, or may be of types, that the operator does not take.
pub(super) fn wrong_type(operator: &str, name: &str) -> Fault {
    let text = format!(
        "Incorrect operand type for operator or function; operator or function: {operator}, operand type: {name}"
    );
    Fault::new(Rule("expression.operand_type"), text)
}

/// An operand is no path.
pub(super) fn path_needed(function: &str) -> Fault {
    let text = format!("Operator or function requires a document path; operator or function: {function}");
    Fault::new(Rule("expression.operand_path"), text)
}
