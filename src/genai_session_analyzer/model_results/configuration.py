"""What decides a model's result besides the item it is given."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Configuration:
    """A step and everything its results depend on; another value of any of it is another result.

    Attributes:
        step: Name of the step, for example `embed_prompts`.
        model: Name of the model.
        revision: What tells versions of the model apart.
        settings: Whatever else decides the result: taxonomy and template digests, parameters;
            JSON values. What only decides the speed (batch sizes, threads) does not belong here.
    """

    step: str
    model: str
    revision: str
    settings: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the configuration as JSON: keys sorted, so equal ones have equal texts."""
        content = {
            "step": self.step,
            "model": self.model,
            "revision": self.revision,
            "settings": dict(self.settings),
        }
        return json.dumps(content, sort_keys=True, ensure_ascii=False)

    @property
    def digest(self) -> str:
        """SHA-256 of the JSON, 64 hexadecimal digits."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()
