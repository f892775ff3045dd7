//! The shapes of vector indexes.

use ddbmock_model::{
    CreateVectorIndex, DeleteVectorIndex, SearchResult, SearchSchemaElement, VectorAttributeDefinition,
    VectorCapacity, VectorIndex, VectorIndexDescription, VectorIndexUpdate,
};

use crate::read::structure;
use crate::shape::shared;
use crate::write::written;

shared! { VectorAttributeDefinition is "VectorAttributeDefinition";
    required "AttributeName" => attribute_name,
}

shared! { SearchSchemaElement is "SearchSchemaElement";
    required "AttributeName" => attribute_name,
    required "SearchSchemaElementType" => search_schema_element_type,
}

structure! { VectorIndex is "VectorIndex";
    required "IndexName" => index_name,
    required "VectorAttribute" => vector_attribute,
    optional "SearchSchema" => search_schema,
    required "Projection" => projection,
    required "Dimensions" => dimensions,
    required "DistanceFunction" => distance_function,
}

structure! { VectorIndexUpdate is "VectorIndexUpdate";
    optional "Create" => create,
    optional "Delete" => delete,
}

structure! { DeleteVectorIndex is "DeleteVectorIndexAction";
    required "IndexName" => index_name,
}

structure! { CreateVectorIndex as VectorIndex is "CreateVectorIndexAction" }

written! { VectorIndexDescription;
    "IndexName" => definition.index_name,
    "SearchSchema" => definition.search_schema,
    "Projection" => definition.projection,
    "VectorAttribute" => definition.vector_attribute,
    "Dimensions" => definition.dimensions,
    "DistanceFunction" => definition.distance_function,
    "IndexStatus" => index_status,
    "Backfilling" => backfilling,
    "IndexSizeBytes" => index_size_bytes,
    "ItemCount" => item_count,
    "IndexArn" => index_arn,
}

written! { SearchResult;
    "Item" => item,
    "Score" => score,
}

written! { VectorCapacity;
    "VectorSearchRequestBytes" => vector_search_request_bytes,
    "VectorWriteRequestBytes" => vector_write_request_bytes,
}
