"""What binds a draft's words to the names of one entity."""

from dataclasses import dataclass

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import TimeRange
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import (
    field_name,
    is_missing,
    measure_name,
)
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea


@dataclass(frozen=True)
class Binder:
    """A draft, the entity it is bound to, and that entity's names."""

    draft: Draft
    entity: str
    catalogue: Catalogue

    @property
    def time(self) -> TimeRange | None:
        """The plan's range of time: of users when they signed up, else when it happened."""
        if self.entity == "users" and self.draft.is_signup_part:
            return None
        if self.entity == "users" and self.draft.signup:
            return self.draft.signup
        return self.draft.tagged.times.range

    def field(self, name: str) -> str:
        """Return what the plan calls a field, or raise BindError where it cannot be reached."""
        found = field_name(name, self.entity, self.catalogue)
        if found:
            return found
        missing = is_missing(name, self.catalogue)
        raise BindError(missing or f"{self.entity} have no {name.replace('_', ' ')}")

    def measure(self, idea: Idea) -> str:
        """Return the measure an idea means, or raise BindError where the entity has none."""
        found = measure_name(idea, self.entity, self.catalogue)
        if found is None:
            how = f"{idea.how} " if idea.how else ""
            words = idea.key.removeprefix("measure ").replace("_", " ")
            raise BindError(f"there is no {how}{words} of {self.entity}")
        return found
