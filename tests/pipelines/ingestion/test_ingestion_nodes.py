import ibis
import pytest
from ingest_logs import rows_of, tree_of, write_csv, write_mapping
from kedro.io import DataCatalog, MemoryDataset
from kedro.runner import SequentialRunner
from pydantic import ValidationError

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.pipelines.ingestion import create_pipeline
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.nodes import ingest_generations
from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters
from genai_session_analyzer.schema.sources import INGESTED_FILES, RAW_GENERATIONS, REJECTED_ROWS

OUTPUTS = ("raw_generations", "rejected_rows", "ingested_files")


def run(**parameters):
    """Runs the pipeline on a catalog in memory and returns what its outputs would save."""
    values = {"corpus": {"generation_count": 40}, "simulation.profile": "realistic"}
    values |= {"simulation.seed": 7, "dry_run": False, **parameters}
    catalog = DataCatalog({f"params:{name}": MemoryDataset(v) for name, v in values.items()})
    catalog["params:noise"] = MemoryDataset(NoiseParameters())
    catalog["params:corpus"] = MemoryDataset(CorpusParameters(**values["corpus"]))
    catalog["params:source"] = MemoryDataset(SourceParameters(**values["source"]))
    outputs = SequentialRunner().run(create_pipeline(), catalog)
    return {name: outputs[name].load() for name in OUTPUTS}


def logs(tmp_path, **source):
    """Parameters of a log below the folder."""
    mapping = {"dataset": "t", "columns": {"generation_id": "id", "prompt_text": "prompt"}}
    path = write_csv(tmp_path / "log.csv", "id,prompt", "a,x", "b,y", "c,z", "d,")
    return {
        "kind": "logs",
        "path": str(path),
        "mapping": write_mapping(tmp_path, mapping),
        "store": str(tmp_path / "store"),
        "max_rejected_share": 0.3,
        **source,
    }


@pytest.mark.parametrize("kind", ["embedded", "logs"])
def test_the_outputs_are_parts_in_the_declared_columns(tmp_path, kind):
    source = {"store": str(tmp_path / "store")} if kind == "embedded" else logs(tmp_path)
    parts = run(source=source)
    schemas = (RAW_GENERATIONS, REJECTED_ROWS, INGESTED_FILES)
    for name, schema in zip(OUTPUTS, schemas, strict=True):
        assert all(isinstance(path, str) for path in parts[name])
        assert parts[name]
        for row in rows_of(parts[name]):
            assert tuple(row) == schema.column_names
            assert all(row[column] is not None for column in schema.required_columns)
    assert len(rows_of(parts["raw_generations"])) == (40 if kind == "embedded" else 3)


def test_empty_parts_have_the_declared_types(tmp_path):
    parts = run(source={"store": str(tmp_path / "store")})
    rejected = ibis.duckdb.connect().read_parquet(parts["rejected_rows"])
    assert rejected.schema() == REJECTED_ROWS.ibis_schema()


@pytest.mark.parametrize("kind", ["embedded", "logs"])
def test_a_dry_run_saves_nothing_and_writes_nothing(tmp_path, kind, capsys):
    source = {"store": str(tmp_path / "store")} if kind == "embedded" else logs(tmp_path)
    before = tree_of(tmp_path)
    assert run(source=source, dry_run=True) == {name: [] for name in OUTPUTS}
    assert tree_of(tmp_path) == before
    assert "nothing was written" in capsys.readouterr().out


def test_switching_the_source_and_back_loses_nothing(tmp_path):
    first = run(source=logs(tmp_path))
    run(source={"store": str(tmp_path / "store")})
    assert run(source=logs(tmp_path)) == first


def test_the_classic_profile_has_no_repeated_ideas(tmp_path):
    corpus = {"generation_count": 400}
    classic, realistic = (
        rows_of(
            run(
                source={"store": str(tmp_path / profile)},
                corpus=corpus,
                **{"simulation.profile": profile},
            )["raw_generations"]
        )
        for profile in ("classic", "realistic")
    )
    assert len({row["thread_id"] for row in classic}) == 400
    assert len({row["thread_id"] for row in realistic}) < 300


def test_logs_need_a_path():
    with pytest.raises(ValidationError, match=r"set source\.path"):
        SourceParameters(kind="logs", mapping="discord_jobs")


def test_a_path_is_not_silently_ignored():
    with pytest.raises(ValidationError, match="--env logs"):
        SourceParameters(path="log.csv")


def test_an_unknown_mapping_is_told_before_anything_is_read(tmp_path):
    source = SourceParameters(**logs(tmp_path, mapping="discord_jobz"))
    with pytest.raises(UnknownNameError, match="discord_jobs"):
        ingest_generations(source, CorpusParameters(), 7, "classic", dry_run=False)


def test_as_of_bounds_the_future_and_is_utc(tmp_path):
    zoned = SourceParameters(as_of="2022-08-06T18:00:00+02:00")
    assert zoned.as_of.isoformat() == "2022-08-06T16:00:00"
