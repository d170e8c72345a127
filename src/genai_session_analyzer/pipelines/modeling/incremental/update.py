"""One update: for each table, the inputs its node needs and the keys it replaces."""

from dataclasses import dataclass, field
from typing import Any

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from genai_session_analyzer.pipelines.modeling.facts import build_fct_generations
from genai_session_analyzer.pipelines.modeling.incremental import changes
from genai_session_analyzer.pipelines.modeling.parameters import ModelingParameters
from genai_session_analyzer.pipelines.modeling.staging import build_stg_prompts

Inputs = dict[str, Any]
_KEPT = "update_"


@dataclass(frozen=True)
class Step:
    """What a node gets instead of whole tables; `keys` None: its table is replaced as a whole."""

    inputs: dict[str, ir.Table]
    keys: ir.Table | None = None


@dataclass
class Update:
    """The steps of an update, asked for in the order of the nodes.

    Attributes:
        backend: The warehouse.
        raw_rows_before: Rows of `raw_generations` that the tables hold already.
        modeling: How sessions are cut and churn is told.
        keys: What was replaced so far: table -> one column.
    """

    backend: Backend
    raw_rows_before: int
    modeling: ModelingParameters
    keys: dict[str, ir.Table] = field(default_factory=dict)
    _tables: dict[str, ir.Table] = field(default_factory=dict, init=False)

    def step(self, table: str, inputs: Inputs) -> Step:
        """What is to be done for a table; nothing special for tables that are made anew."""
        steps = {
            "stg_generations": self._stg_generations,
            "stg_users": self._stg_users,
            "fct_generations": self._fct_generations,
            "fct_sessions": self._fct_sessions,
            "dim_users": self._dim_users,
            "dim_prompts": self._dim_prompts,
            "daily_metrics": self._daily_metrics,
        }
        if table not in steps:
            return Step({})
        step = steps[table](inputs)
        if step.keys is not None:
            self.keys[table] = step.keys
        return step

    def _stg_generations(self, inputs: Inputs) -> Step:
        new = self._new(inputs["raw_generations"])
        return Step({"raw_generations": new}, self._kept("new_raw_ids", new.select("raw_id")))

    def _stg_users(self, inputs: Inputs) -> Step:
        generations = inputs["stg_generations"]
        new = self._new(generations).select("user_id", "requested_at", "prompt_id")
        users = self._kept("new_generations", new).select("user_id").distinct()
        users = self._kept("concerned_users", users)
        before = self.backend.table("stg_users").select("user_id", *changes.PROFILE)
        before = self._kept("profiles_before", before.semi_join(users, "user_id"))
        telling = changes.generations_telling_profiles(generations, before, self.raw_rows_before)
        return Step({"stg_generations": telling}, users)

    def _fct_generations(self, inputs: Inputs) -> Step:
        sessions = self.backend.table("fct_sessions")
        moved = changes.users_with_other_profile(self._of("profiles_before"), inputs["stg_users"])
        reached = changes.touched_sessions(
            self._of("new_generations"), sessions, self.modeling.session_gap_minutes
        )
        touched = reached.union(sessions.semi_join(moved, "user_id"), distinct=True)
        touched = touched.select("session_id", "user_id", "started_at", "ended_at", "session_date")
        generations = changes.generations_of(
            inputs["stg_generations"], self._kept("touched_sessions", touched), self.raw_rows_before
        )
        concerned = self._kept("concerned_generations", generations)
        return Step({"stg_generations": concerned}, concerned.select("generation_id"))

    def _fct_sessions(self, inputs: Inputs) -> Step:
        generations, touched = inputs["fct_generations"], self._of("touched_sessions")
        rebuilt = self._kept("rebuilt_sessions", self._rebuilt_sessions())
        before = self.backend.table("fct_sessions")
        again = changes.sessions_to_look_at_again(
            before.anti_join(touched, "session_id"),
            rebuilt,
            self.modeling.churn_days,
        )
        made = self._kept("made_sessions", rebuilt.select(*again.columns).union(again))
        replaced = made.select("session_id").union(touched.select("session_id"), distinct=True)
        return Step(
            {"fct_generations": changes.generations_in(generations, made)},
            self._kept("replaced_sessions", replaced),
        )

    def _rebuilt_sessions(self) -> ir.Table:
        """One row per session that the concerned generations make up now."""
        concerned, users = self._of("concerned_generations"), self.backend.table("stg_users")
        rows = build_fct_generations(concerned, users, self.modeling)  # few: sooner made than found
        sessions = rows.group_by("session_id", "user_id").aggregate(
            started_at=rows.requested_at.min(), ended_at=rows.requested_at.max()
        )
        return sessions.mutate(session_date=sessions.started_at.date())

    def _dim_users(self, inputs: Inputs) -> Step:
        users = self._of("concerned_users")
        return Step(
            {name: table.semi_join(users, "user_id") for name, table in inputs.items()}, users
        )

    def _dim_prompts(self, inputs: Inputs) -> Step:
        new = self._of("new_generations")
        prompts = new.filter(new.prompt_id.notnull()).select("prompt_id").distinct()
        prompts = self._kept("concerned_prompts", prompts)
        used = inputs["fct_generations"].semi_join(prompts, "prompt_id")
        texts = build_stg_prompts(self._new(self.backend.table("raw_generations")))
        return Step({"stg_prompts": texts, "fct_generations": used}, prompts)

    def _daily_metrics(self, inputs: Inputs) -> Step:
        sessions = inputs["fct_sessions"]
        days = changes.days_to_count_again(
            self._of("touched_sessions"),
            self._of("rebuilt_sessions"),
            sessions,
            self.backend.table("daily_metrics"),
        )
        days = self._kept("concerned_days", days)
        return Step({"fct_sessions": changes.sessions_of_days(sessions, days)}, days)

    def _new(self, rows: ir.Table) -> ir.Table:
        return rows.filter(rows.raw_id > self.raw_rows_before)

    def _kept(self, name: str, rows: ir.Table) -> ir.Table:
        """The rows, evaluated into a table that lives as long as the connection."""
        sql = self.backend.compile(rows)
        self.backend.con.execute(f'CREATE OR REPLACE TEMP TABLE "{_KEPT}{name}" AS {sql}')
        self._tables[name] = self.backend.table(_KEPT + name)
        return self._of(name)

    def _of(self, name: str) -> ir.Table:
        return self._tables[name]
