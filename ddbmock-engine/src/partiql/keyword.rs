//! The words that are no names unless they are quoted.

use crate::words::Words;

/// The keywords. Source: captures of 2026, PartiQL.
const KEYWORDS: Words = Words([
    "absolute action add all allocate alter and any are as asc assertion at authorization avg",
    "bag begin between bigint bit bit_length blob bool boolean by",
    "can_cast can_lossless_cast cascade cascaded case cast catalog char char_length character \
     character_length check clob close coalesce collate collation column commit conflict connect \
     connection constraint constraints continue convert corresponding count create cross current \
     current_date current_time current_timestamp current_user cursor",
    "date date_add date_diff deallocate dec decimal declare default deferrable deferred delete desc \
     describe descriptor diagnostics disconnect distinct do domain double drop",
    "else end escape except exception exec execute exists external extract",
    "false fetch first float for foreign found from full",
    "get global go goto grant group",
    "having",
    "identity immediate in index indicator initially inner input insensitive insert int integer \
     intersect interval into is isolation",
    "join",
    "key",
    "language last left let level like limit list local lower",
    "match max min missing modified module",
    "names national natural nchar new next no not nothing null nullif nulls numeric",
    "octet_length of offset old on only open option or order outer output overlaps",
    "pad partial pivot position precision prepare preserve primary prior privileges procedure public",
    "",
    "read real references relative remove restrict returning revoke right rollback rows",
    "schema scroll section select session session_user set sexp size smallint some space sql sqlcode \
     sqlerror sqlstate string struct substring sum symbol system_user",
    "table temporary then time timestamp to transaction translate trim true tuple",
    "union unique unknown unpivot update upper usage user using",
    "value values varchar varying view",
    "when whenever where with work write",
    "",
    "",
    "zone",
]);

/// The keyword that a word is, in whatever case.
pub(super) fn keyword(word: &str) -> Option<&'static str> {
    KEYWORDS.find(word)
}

/// What a type of `IS` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeName {
    /// Nothing is there.
    Missing,
    /// A type of attributes, by its short name.
    Of(&'static str),
    /// A type that no attribute has, as the service calls it.
    Other(&'static str),
}

/// The types by the words for them. Those that are refused are not captured but for the first.
const TYPES: &[(&str, TypeName)] = &[
    ("missing", TypeName::Missing),
    ("null", TypeName::Of("NULL")),
    ("boolean", TypeName::Of("BOOL")),
    ("bool", TypeName::Of("BOOL")),
    ("blob", TypeName::Of("B")),
    ("string", TypeName::Of("S")),
    ("numeric", TypeName::Of("N")),
    ("struct", TypeName::Of("M")),
    ("tuple", TypeName::Of("M")),
    ("list", TypeName::Of("L")),
    ("int", TypeName::Other("IntegerType")),
    ("integer", TypeName::Other("IntegerType")),
    ("smallint", TypeName::Other("SmallintType")),
    ("bigint", TypeName::Other("BigintType")),
    ("float", TypeName::Other("FloatType")),
    ("real", TypeName::Other("RealType")),
    ("decimal", TypeName::Other("DecimalType")),
    ("dec", TypeName::Other("DecimalType")),
    ("timestamp", TypeName::Other("TimestampType")),
    ("char", TypeName::Other("CharacterType")),
    ("character", TypeName::Other("CharacterType")),
    ("varchar", TypeName::Other("CharacterVaryingType")),
    ("symbol", TypeName::Other("SymbolType")),
    ("clob", TypeName::Other("ClobType")),
    ("sexp", TypeName::Other("SexpType")),
    ("bag", TypeName::Other("BagType")),
    ("date", TypeName::Other("DateType")),
    ("time", TypeName::Other("TimeType")),
    ("any", TypeName::Other("AnyType")),
];

/// The type of a keyword.
pub(super) fn type_name(keyword: &str) -> Option<TypeName> {
    TYPES.iter().find(|(word, _)| *word == keyword).map(|(_, name)| *name)
}

/// The functions whose names are keywords.
pub(super) const FUNCTIONS: &[&str] = &[
    "avg",
    "bit_length",
    "can_cast",
    "cast",
    "char_length",
    "character_length",
    "coalesce",
    "count",
    "date_add",
    "date_diff",
    "exists",
    "extract",
    "lower",
    "max",
    "min",
    "nullif",
    "octet_length",
    "position",
    "size",
    "substring",
    "sum",
    "translate",
    "trim",
    "upper",
];
