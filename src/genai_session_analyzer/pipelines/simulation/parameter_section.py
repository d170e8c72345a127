"""What all sections of the simulation's parameters share: frozen, and strict about names."""

from pydantic import BaseModel, ConfigDict, Field

Share = Field(ge=0, le=1)
Positive = Field(gt=0)


class Section(BaseModel):
    """A section of parameters."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TierRates(Section):
    """One rate per user tier."""

    free: float = Field(ge=0)
    pro: float = Field(ge=0)
    enterprise: float = Field(ge=0)

    def as_tuple(self) -> tuple[float, float, float]:
        """The rates in the order of `schema.values.USER_TIERS`."""
        return self.free, self.pro, self.enterprise
