"""The truth is for grading: no pipeline but the simulation touches it."""

import pytest

from genai_session_analyzer.pipeline_registry import register_pipelines
from genai_session_analyzer.pipelines.publish.nodes import PUBLISHED_TABLES
from genai_session_analyzer.pipelines.simulation.pipeline import TRUTH_TABLES

PIPELINES = register_pipelines()
ANALYSES = sorted(set(PIPELINES) - {"ingestion", "simulation", "core", "__default__"})


@pytest.mark.parametrize("name", ANALYSES)
def test_no_analysis_reads_the_truth(name):
    read = {dataset for node in PIPELINES[name].nodes for dataset in node.inputs}
    assert not read & {*TRUTH_TABLES, "corpus_truth"}


def test_the_simulation_writes_it_and_reads_only_what_the_corpus_meant():
    nodes = PIPELINES["simulation"].nodes
    assert {*TRUTH_TABLES} <= {dataset for node in nodes for dataset in node.outputs}
    assert not {dataset for node in nodes for dataset in node.inputs} & {*TRUTH_TABLES}


def test_it_is_not_published():
    assert not {*PUBLISHED_TABLES} & {*TRUTH_TABLES, "corpus_truth"}
