"""The outcome of a question that has one of the forms."""

from collections.abc import Callable
from dataclasses import replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import PlanError, validate_plan
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.planning.forms.people.reading import read_people
from genai_session_analyzer.copilot.planning.forms.reading import read_form
from genai_session_analyzer.copilot.roles import Outcome, Question, Understood


def planned_by_form(
    text: str, plan: Callable[[Question], Outcome], catalogue: Catalogue, facts: DataFacts
) -> Understood | None:
    """Return the plan of a question with a form; None where it has none, or it has no meaning.

    Args:
        text: The question.
        plan: Plans the simpler question.
        catalogue: What plans may use.
        facts: Has the newest timestamp in the data.
    """
    form = read_form(text, facts.newest_at.date()) or read_people(text, facts)
    simpler = plan(Question(text=form.text)) if form else None
    if form is None or not isinstance(simpler, Understood):
        return None
    whole = form.complete(simpler.plan, catalogue)
    if whole is None:
        return None
    try:
        validate_plan(whole, catalogue)
    except PlanError:
        return None
    return replace(simpler, plan=whole)
