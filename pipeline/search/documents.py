"""What all search documents share: how their words are told, the same way as PostgreSQL tells them."""

from typing import Any

from elasticsearch.dsl import analyzer, normalizer, token_filter, tokenizer

# Runs of letters, digits and marks on letters are words, whatever stands between.
RUNS = tokenizer("backlot_runs", "pattern", pattern=r"[^\p{L}\p{N}\p{M}]+")
# The same algorithm as PostgreSQL's english_stem, and no word is left out.
STEM = token_filter("backlot_stem", "snowball", language="English")
STEMS = analyzer("backlot_stems", tokenizer=RUNS, filter=["lowercase", STEM])
WORDS = analyzer("backlot_words", tokenizer=RUNS, filter=["lowercase"])
# Texts that are found by any part of them, case aside.
FOLDED = normalizer("backlot_folded", filter=["lowercase"])

SETTINGS: dict[str, Any] = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    # How long a deleted document is remembered, so that no late event brings it back.
    "gc_deletes": "1h",
}
