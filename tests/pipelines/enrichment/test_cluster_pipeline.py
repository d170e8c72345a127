"""The nodes wired by Kedro: tables in a warehouse in, tables and the report out."""

import pytest
from cluster_rows import (
    CountingEncoder,
    RememberingTracker,
    embeddings_table,
    planted,
    prompts_table,
)
from kedro.io import DataCatalog, MemoryDataset
from kedro.runner import SequentialRunner
from pydantic import ValidationError

import rows
from genai_session_analyzer.datasets.arrow_table import ArrowTableDataset
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.clusters.describing import DIM_CLUSTERS
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import ClusterParameters
from genai_session_analyzer.pipelines.enrichment.clusters.pipeline import create_pipeline

TWO_TOPICS = [0, 0, 0, 0, 1, 1, 1, 1, 1]


def test_a_run_writes_the_tables_and_a_second_run_over_them_changes_nothing(tmp_path):
    connection = {"backend": "duckdb", "database": str(tmp_path / "warehouse.duckdb")}
    members = ArrowTableDataset(table_name="ftr_prompt_clusters", connection=connection)
    described = ArrowTableDataset(table_name="dim_clusters", connection=connection)
    backend = members.connection
    prompts, groups = planted(TWO_TOPICS)
    names = prompts.ids.to_pylist()
    generations = [rows.generation(n, prompt_id=name) for n, name in enumerate(names)]
    given = {
        "ftr_prompt_embeddings": embeddings_table(prompts, backend),
        "dim_prompts": prompts_table(prompts, groups, backend),
        "fct_generations": rows.table("fct_generations", generations, backend),
        "fct_sessions": rows.table(
            "fct_sessions", [{"session_id": "ann-1", "friction_score": 12.5}], backend
        ),
        "text_encoder": CountingEncoder(),
        "tracker": RememberingTracker(),
        "params:clusters": ClusterParameters.model_validate({"grouping": {"cluster_count": 2}}),
    }
    with ResultStore(tmp_path / "results.db") as store:
        given["result_store"] = store
        datasets = {name: MemoryDataset(value, "assign") for name, value in given.items()}
        datasets["language_model"] = NoModelDataset()
        tables = []
        for _ in range(2):
            catalog = DataCatalog(
                datasets | {"ftr_prompt_clusters": members, "dim_clusters": described}
            )
            report = SequentialRunner().run(create_pipeline(), catalog)["cluster_report"].load()
            tables.append([each.load().to_pyarrow() for each in (members, described)])
    assert tables[0] == tables[1]
    assert given["text_encoder"].encoded == 2
    assert tuple(tables[0][1].column_names) == DIM_CLUSTERS
    assert tables[0][1]["generation_count"].to_pylist() == [5, 4]
    assert tables[0][1]["mean_friction_score"].to_pylist() == [12.5, 12.5]
    assert report.startswith("<!doctype html>")


class NoModelDataset(MemoryDataset):
    """Where no language model is configured."""

    def load(self):
        return None

    def exists(self):
        return True


@pytest.mark.parametrize(
    "section",
    [
        {"grouping": {"algorithm": "optics"}},
        {"grouping": {"cluster_count": 3}, "description": {"parent_count": 4}},
        {"maps": {}},
        {"map": {"max_new_share": 1.5}},
    ],
)
def test_wrong_parameters_are_refused(section):
    with pytest.raises(ValidationError):
        ClusterParameters.model_validate(section)


def test_the_pipeline_asks_for_what_the_catalog_has_and_gives_the_declared_tables():
    pipeline = create_pipeline()
    assert pipeline.inputs() == {
        "ftr_prompt_embeddings",
        "dim_prompts",
        "fct_generations",
        "fct_sessions",
        "text_encoder",
        "language_model",
        "result_store",
        "tracker",
        "params:clusters",
    }
    assert pipeline.all_outputs() >= {"ftr_prompt_clusters", "dim_clusters", "cluster_report"}
