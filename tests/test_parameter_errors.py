"""Wrong parameters are named as a user wrote them."""

import pytest
from kedro.validation import ParameterValidationError
from kedro.validation.model_factory import instantiate_model

from genai_session_analyzer.parameter_errors import describe_parameter_errors
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters


def report(section, values, model):
    """Kedro's own words for these values."""
    with pytest.raises(ParameterValidationError) as caught:
        instantiate_model(section, values, model)
    return f"Parameter validation failed:\n- Parameter '{section}': {caught.value}"


def test_an_unknown_parameter_is_named():
    words = describe_parameter_errors(report("corpus", {"genration_count": 5}, CorpusParameters))
    assert words == (
        "corpus.genration_count: there is no such parameter; see conf/base/parameters_*.yml"
    )


def test_several_errors_are_a_line_each():
    wrong = {"generation_count": -1, "unsafe_share": 2}
    lines = describe_parameter_errors(report("corpus", wrong, CorpusParameters)).splitlines()
    assert lines[0].startswith("corpus.generation_count: Input should be greater than or equal")
    assert lines[1].startswith("corpus.unsafe_share: Input should be less than or equal to 1")


def test_an_error_of_the_whole_section_keeps_its_words(simulation_section):
    wrong = simulation_section | {"profile": "clasic"}
    words = describe_parameter_errors(report("simulation", wrong, SimulationParameters))
    assert words == (
        "simulation: Unknown simulation.profile 'clasic'. Did you mean 'classic'? "
        "Known: classic, realistic."
    )


def test_a_report_in_another_form_is_kept():
    assert describe_parameter_errors("something else") == "something else"
