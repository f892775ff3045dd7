//! Vector indexes: what is searched for is what is nearest of all that there is, worked out from the items each time
//! again.

use std::collections::BTreeMap;

use ddbmock_engine::op::{CreateTable, DeleteItem, DescribeTable, PutItem, SearchVectors, UpdateTable};
use ddbmock_engine::{
    AttributeDefinition, AttributeMap, AttributeValue, Config, CreateVectorIndex, DeleteVectorIndex, Engine,
    Item, Projection, ProjectionType, ScalarType, SearchResult, SearchSchemaElement, SearchSchemaElementType,
    VectorAttributeDefinition, VectorDistanceFunction, VectorIndex, VectorIndexUpdate, attributes,
};
use proptest::prelude::*;

use crate::lasting::Lasting;
use crate::storages::ON_EACH;
use crate::table::keyed_by_id;

const TABLE: &str = "sounds";
const DIMENSIONS: usize = 3;
const FUNCTIONS: [VectorDistanceFunction; 3] =
    [VectorDistanceFunction::Cosine, VectorDistanceFunction::Euclidean, VectorDistanceFunction::DotProduct];

/// An item: its vector as texts, and what searches are narrowed by.
#[derive(Debug, Clone)]
struct Sound {
    vector: Option<Vec<String>>,
    genre: Option<String>,
    year: Option<i32>,
}

impl Sound {
    fn item(&self, id: u8) -> AttributeMap {
        let mut item = attributes! { "id" => id.to_string() };
        item.extend(self.genre.iter().map(|genre| ("genre".to_owned(), genre.as_str().into())));
        item.extend(self.year.map(|year| ("year".to_owned(), year.into())));
        let list = |texts: &Vec<String>| AttributeValue::L(texts.iter().map(AttributeValue::n).collect());
        item.extend(self.vector.as_ref().map(|texts| ("sound".to_owned(), list(texts))));
        item
    }

    /// Its vector, if it is in the index.
    fn indexed(&self) -> Option<Vec<f64>> {
        self.genre.as_ref()?;
        Some(self.vector.as_ref()?.iter().map(|text| f64::from(text.parse::<f32>().unwrap())).collect())
    }
}

type Naive = BTreeMap<u8, Sound>;

fn score(function: VectorDistanceFunction, one: &[f64], other: &[f64]) -> f64 {
    let dot = |one: &[f64], other: &[f64]| one.iter().zip(other).map(|(a, b)| a * b).sum::<f64>();
    match function {
        VectorDistanceFunction::DotProduct => dot(one, other),
        VectorDistanceFunction::Euclidean => {
            one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
        }
        VectorDistanceFunction::Cosine => {
            let length = (dot(one, one) * dot(other, other)).sqrt();
            if length == 0.0 { 1.0 } else { 1.0 - dot(one, other) / length }
        }
    }
}

fn index(function: VectorDistanceFunction) -> VectorIndex {
    let element = |name: &str, search_schema_element_type| SearchSchemaElement {
        attribute_name: name.into(),
        search_schema_element_type,
    };
    VectorIndex {
        index_name: format!("by-{function:?}"),
        vector_attribute: VectorAttributeDefinition { attribute_name: "sound".into() },
        search_schema: Some(vec![
            element("genre", SearchSchemaElementType::Hash),
            element("year", SearchSchemaElementType::InlineFilter),
        ]),
        projection: Projection { projection_type: Some(ProjectionType::All), non_key_attributes: None },
        dimensions: 3,
        distance_function: function,
    }
}

fn definitions() -> Vec<AttributeDefinition> {
    let of = |name: &str, attribute_type| AttributeDefinition { attribute_name: name.into(), attribute_type };
    vec![of("id", ScalarType::S), of("genre", ScalarType::S), of("year", ScalarType::N)]
}

fn table() -> CreateTable {
    CreateTable {
        attribute_definitions: definitions(),
        vector_indexes: Some(FUNCTIONS.map(index).into()),
        ..keyed_by_id(TABLE)
    }
}

/// A search, and the items that it is among.
#[derive(Debug, Clone)]
struct Sought {
    function: VectorDistanceFunction,
    vector: Vec<String>,
    genre: String,
    year: Option<i32>,
    top_k: usize,
}

impl Sought {
    fn found(&self, engine: &Engine) -> Vec<SearchResult> {
        let mut values = attributes! { ":g" => self.genre.as_str() };
        let mut names = BTreeMap::from([("#g".to_owned(), "genre".to_owned())]);
        let mut condition = "#g = :g".to_owned();
        if let Some(year) = self.year {
            values.insert(":y".into(), year.into());
            names.insert("#y".into(), "year".into());
            condition += " AND :y = #y";
        }
        let request = SearchVectors {
            table_name: TABLE.into(),
            index_name: index(self.function).index_name,
            search_vector: self.vector.iter().map(AttributeValue::n).collect(),
            top_k: i64::try_from(self.top_k).unwrap(),
            search_condition_expression: Some(condition),
            expression_attribute_names: Some(names),
            expression_attribute_values: Some(values.into()),
            ..Default::default()
        };
        engine.search_vectors(request).unwrap().search_results
    }

    fn check(&self, naive: &Naive, found: &[SearchResult]) {
        let wanted: Vec<f64> =
            self.vector.iter().map(|text| f64::from(text.parse::<f32>().unwrap())).collect();
        let is_among = |sound: &Sound| {
            sound.genre.as_ref() == Some(&self.genre) && (self.year.is_none() || sound.year == self.year)
        };
        let scores = naive.iter().filter(|(_, sound)| is_among(sound));
        let scores: BTreeMap<String, f64> = scores
            .filter_map(|(id, sound)| {
                Some((id.to_string(), score(self.function, &sound.indexed()?, &wanted)))
            })
            .collect();
        let mut expected: Vec<f64> = scores.values().copied().collect();
        expected.sort_by(f64::total_cmp);
        if self.function == VectorDistanceFunction::DotProduct {
            expected.reverse();
        }
        expected.truncate(self.top_k);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-9;
        assert_eq!(found.len(), expected.len(), "{self:?}");
        for (result, expected) in found.iter().zip(expected) {
            let AttributeValue::S(id) = &result.item["id"] else { panic!("{result:?}") };
            assert!(near(result.score, expected) && near(result.score, scores[id]), "{self:?}: {found:?}");
        }
    }
}

/// A number of few values, so that there are ties and vectors without a direction, or of any.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => (-2..3_i32).prop_map(|whole| whole.to_string()),
        1 => (-1e6..1e6_f64).prop_map(|float| float.to_string()),
    ]
}

fn vector() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(number(), DIMENSIONS)
}

fn genre() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["jazz".to_owned(), "folk".to_owned()])
}

fn year() -> impl Strategy<Value = Option<i32>> {
    prop::option::of(1964..1966_i32)
}

fn sound() -> impl Strategy<Value = Sound> {
    let parts = (prop::option::weighted(0.9, vector()), prop::option::weighted(0.9, genre()), year());
    parts.prop_map(|(vector, genre, year)| Sound { vector, genre, year })
}

fn sought() -> impl Strategy<Value = Sought> {
    let parts = (prop::sample::select(FUNCTIONS.to_vec()), vector(), genre(), year(), 1..8_usize);
    parts.prop_map(|(function, vector, genre, year, top_k)| Sought { function, vector, genre, year, top_k })
}

#[derive(Debug, Clone)]
enum Step {
    Put(u8, Sound),
    Delete(u8),
    /// An index goes, and is filled again.
    Refill(VectorDistanceFunction),
    Search(Sought),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..20_u8, sound()).prop_map(|(id, sound)| Step::Put(id, sound)),
        2 => (0..20_u8).prop_map(Step::Delete),
        1 => prop::sample::select(FUNCTIONS.to_vec()).prop_map(Step::Refill),
        4 => sought().prop_map(Step::Search),
    ]
}

fn update(engine: &Engine, update: VectorIndexUpdate) {
    let request = UpdateTable {
        table_name: TABLE.into(),
        attribute_definitions: definitions(),
        vector_index_updates: Some(vec![update]),
        ..Default::default()
    };
    engine.update_table(request).unwrap();
}

fn take(engine: &Engine, naive: &mut Naive, step: &Step) -> Vec<SearchResult> {
    match step {
        Step::Put(id, sound) => {
            let item = sound.item(*id).into();
            engine.put_item(PutItem { table_name: TABLE.into(), item, ..Default::default() }).unwrap();
            naive.insert(*id, sound.clone());
        }
        Step::Delete(id) => {
            let key = attributes! { "id" => id.to_string() }.into();
            engine.delete_item(DeleteItem { table_name: TABLE.into(), key, ..Default::default() }).unwrap();
            naive.remove(id);
        }
        Step::Refill(function) => {
            let index = index(*function);
            let delete = Some(DeleteVectorIndex { index_name: index.index_name.clone() });
            update(engine, VectorIndexUpdate { delete, create: None });
            update(engine, VectorIndexUpdate { create: Some(CreateVectorIndex(index)), delete: None });
        }
        Step::Search(sought) => {
            let found = sought.found(engine);
            sought.check(naive, &found);
            return found;
        }
    }
    Vec::new()
}

/// The table and its indexes are as large as their items, with four bytes for each number of a vector.
fn check_sizes(engine: &Engine, naive: &Naive) {
    let bytes = |sound: &Sound, id: u8| {
        let without = Sound { vector: None, ..sound.clone() };
        let vector = sound.vector.as_ref().map_or(0, |_| "sound".len() + 4 * DIMENSIONS);
        (Item::strict(&without.item(id)).unwrap().bytes() + vector) as u64
    };
    let described = engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table;
    let total: u64 = naive.iter().map(|(id, sound)| bytes(sound, *id)).sum();
    assert_eq!((described.item_count, described.table_size_bytes), (naive.len() as u64, total));
    let indexed = naive.iter().filter(|(_, sound)| sound.indexed().is_some());
    let indexed: Vec<u64> = indexed.map(|(id, sound)| bytes(sound, *id)).collect();
    assert_eq!(described.vector_indexes.len(), FUNCTIONS.len());
    for index in described.vector_indexes {
        let held = (index.item_count, index.index_size_bytes);
        assert_eq!(held, (indexed.len() as u64, indexed.iter().sum()));
    }
    assert_eq!(engine.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_score_of_nothing_has_no_sign() {
    let of = |text: &str| vec![text.to_owned(); DIMENSIONS];
    let (engine, mut naive) = (Engine::default(), Naive::new());
    engine.create_table(table()).unwrap();
    let sound = Sound { vector: Some(of("0")), genre: Some("jazz".into()), year: None };
    let _ = take(&engine, &mut naive, &Step::Put(1, sound));
    let function = VectorDistanceFunction::DotProduct;
    let sought = Sought { function, vector: of("-1"), genre: "jazz".into(), year: None, top_k: 1 };
    assert_eq!(format!("{:?}", take(&engine, &mut naive, &Step::Search(sought))[0].score), "0.0");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_nearest_are_found_whatever_happened(steps in prop::collection::vec(step(), 0..60)) {
        let mut answers = Vec::new();
        for storage in ON_EACH {
            let (engine, mut naive) = (storage(Config { seed: Some(1), ..Config::default() }), Naive::new());
            engine.create_table(table()).unwrap();
            let answered: Vec<_> = steps.iter().map(|step| take(&engine, &mut naive, step)).collect();
            check_sizes(&engine, &naive);
            answers.push(answered);
        }
        prop_assert_eq!(&answers[0], &answers[1]);
    }

    #[test]
    fn what_is_indexed_outlives_a_restart(steps in prop::collection::vec(step(), 0..30), sought in sought()) {
        let lasting = Lasting::default();
        let mut naive = Naive::new();
        let engine = Engine::with_storage(Config::default(), lasting.clone()).unwrap();
        engine.create_table(table()).unwrap();
        for step in &steps {
            let _ = take(&engine, &mut naive, step);
        }
        let described = |engine: &Engine| {
            engine.describe_table(DescribeTable { table_name: TABLE.into() }).unwrap().table
        };
        let (found, before) = (sought.found(&engine), described(&engine));
        drop(engine);
        let engine = Engine::with_storage(Config::default(), lasting).unwrap();
        prop_assert_eq!((sought.found(&engine), described(&engine)), (found, before));
        check_sizes(&engine, &naive);
    }
}
