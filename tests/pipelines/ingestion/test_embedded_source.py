from ingest_logs import (
    balance,
    rows_of,
)

from genai_session_analyzer.pipelines.ingestion import sources
from genai_session_analyzer.pipelines.ingestion.contract.generation_contract import (
    ContractLimits,
    generation_contract,
    judged,
)
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.embedded import ingest_corpus


def test_the_embedded_corpus_replaces_itself_and_numbers_its_rows(tmp_path):
    ingest_corpus(CorpusParameters(generation_count=30), 7, tmp_path)
    parts = ingest_corpus(CorpusParameters(generation_count=20), 8, tmp_path)
    rows = rows_of(parts.accepted)
    assert [row["raw_id"] for row in rows] == list(range(1, 21))
    assert rows[4]["generation_id"] == "embedded:8:5"
    assert balance(parts) == [(20, 20, 0, 0)]
    assert rows_of(parts.rejected) == []
    assert len(list(tmp_path.rglob("*-accepted-*.parquet"))) == 1
    again = ingest_corpus(CorpusParameters(generation_count=20), 8, tmp_path)
    assert rows_of(again.accepted) == rows


def test_the_embedded_corpus_fulfils_the_contract(tmp_path):
    parts = ingest_corpus(CorpusParameters(generation_count=3000), 7, tmp_path)
    with sources.working_connection(tmp_path / "spill") as connection:
        rows = connection.read_parquet(parts.accepted, hive_partitioning=False)
        contract = generation_contract(ContractLimits(as_of="2026-01-01"))
        reasons = judged(rows, contract).reasons.to_pyarrow().to_pylist()
    assert reasons == [[]] * 3000
