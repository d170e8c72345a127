"""Fields that are the days between two days: from signup to the first generation, and so on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from genai_session_analyzer.copilot.catalogue.distance import Distance
from genai_session_analyzer.copilot.catalogue.terms import FieldTerm
from genai_session_analyzer.copilot.plan import Entity

_SIGNUP = "dim_users.signup_date"
_OF: Mapping[str, str] = {
    "days_to_first_generation": "first_generation_at",
    "days_since_last_generation": "last_generation_at",
    "days_after_signup": "requested_date",
}
"""By the field's name: the field whose entity and unknown values it shares."""


def distance_fields(
    entity: Entity, fields: Mapping[str, FieldTerm], today: date
) -> Iterator[FieldTerm]:
    """Yield the fields of an entity that are a number of days.

    Args:
        entity: What a row is.
        fields: The entity's columns.
        today: The day of the newest timestamp in the data.
    """
    if entity == "users":
        yield _days(
            fields, "days_to_first_generation", Distance(_SIGNUP, "dim_users.first_generation_at"),
            "days from signup to the first generation, 0 = the same day",
        )  # fmt: skip
        yield _days(
            fields, "days_since_last_generation", Distance("dim_users.last_generation_at", today),
            f"days from the last generation to {today}, the newest day of the data",
        )  # fmt: skip
    if entity == "generations":
        yield _days(
            fields, "days_after_signup", Distance(_SIGNUP, "fct_generations.requested_date"),
            "days from the user's signup to the generation, 0 = the same day",
        )  # fmt: skip


def _days(
    fields: Mapping[str, FieldTerm], name: str, distance: Distance, description: str
) -> FieldTerm:
    return replace(
        fields[_OF[name]], name=name, kind="number", unit="days", description=description,
        synonyms=(), values=(), distance=distance, is_nullable=True,
    )  # fmt: skip
