"""The glossary lists what there is, in words."""

import subprocess
import sys

from genai_session_analyzer.semantic import (
    GENERATIONS,
    PROMPTS,
    SESSIONS,
    USERS,
    FrictionParameters,
)
from genai_session_analyzer.semantic.friction import friction_formula
from genai_session_analyzer.semantic.glossary import glossary, glossary_markdown


def test_every_measure_and_dimension_is_listed_once() -> None:
    listed = [(e.table_name, e.kind, e.name) for e in glossary(FrictionParameters())]
    expected = [
        (model.table_name, kind, term.name)
        for model in (GENERATIONS, SESSIONS, USERS, PROMPTS)
        for kind, terms in (("measure", model.measures), ("dimension", model.dimensions))
        for term in terms
    ]
    assert listed == [*expected, ("fct_sessions", "score", "friction_score")]


def test_an_entry_says_what_how_and_in_which_unit() -> None:
    entries = {(e.table_name, e.name): e for e in glossary(FrictionParameters())}
    rate = entries["fct_generations", "success_rate"]
    assert (rate.unit, rate.formula) == ("rate", "success_count / known_status_count")
    assert not rate.additive
    assert entries["fct_sessions", "session_count"].additive
    assert entries["fct_sessions", "friction_band"].values == ("low", "medium", "high")


def test_friction_shows_the_parameters_in_use() -> None:
    parameters = FrictionParameters(error_weight=60, latency_weight=23)
    assert glossary(parameters)[-1].formula == friction_formula(parameters)
    assert "60 x error_rate + 23 x" in glossary_markdown(parameters)


def test_the_markdown_has_one_row_a_term() -> None:
    lines = glossary_markdown(FrictionParameters()).splitlines()
    assert len(lines) == 2 + len(glossary(FrictionParameters()))
    assert {line.count(" | ") for line in lines[2:]} == {5}


def test_the_semantic_layer_loads_nothing_heavy() -> None:
    code = (
        "import sys, genai_session_analyzer.semantic.glossary;"
        "heavy = {'kedro', 'torch', 'dash', 'plotly', 'mlx', 'mlflow', 'sentence_transformers'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
