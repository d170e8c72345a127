"""One ask, and what a person said of its answer, into MLflow's store."""

from pathlib import Path
from typing import Any

from genai_session_analyzer.copilot.memory import Feedback
from genai_session_analyzer.copilot.tracing import AskTrace

EXPERIMENT = "copilot"
JUDGED_BY = "dashboard"


def write_trace(store: Path, trace: AskTrace) -> str:
    """Write one trace; return its id once it is in the store.

    Args:
        store: MLflow's SQLite file.
        trace: What to write; its rows of data are none.

    Raises:
        mlflow.exceptions.MlflowException: The store cannot be written.
    """
    import mlflow  # noqa: PLC0415  (seconds)

    experiment = _experiment(store)
    root = mlflow.start_span_no_context(
        "ask",
        span_type="CHAIN",
        inputs={"question": trace.question},
        tags={f"gsa.{name}": value for name, value in trace.tags.items()},
        experiment_id=experiment,
        start_time_ns=trace.started_ns,
    )
    for span in trace.spans:
        child = mlflow.start_span_no_context(
            span.name,
            span_type="LLM" if span.name == "generate" else "CHAIN",
            parent_span=root,
            attributes={name: str(value) for name, value in span.details.items()},
            start_time_ns=span.started_ns,
        )
        child.end(
            outputs=span.error, status="ERROR" if span.error else "OK", end_time_ns=span.ended_ns
        )
    root.set_attributes(_token_usage(trace))
    failed = trace.outcome in ("failed", "cancelled")
    root.end(
        outputs={"outcome": trace.outcome, "answer": trace.response},
        status="ERROR" if failed else "OK",
        end_time_ns=trace.ended_ns,
    )
    return str(root.trace_id)


def write_verdict(store: Path, trace_id: str, said: Feedback) -> None:
    """Add to a trace what a person said: a thumb as feedback, an edit as the SQL expected.

    Args:
        store: MLflow's SQLite file.
        trace_id: Of the ask that was answered.
        said: The verdict on its answer.

    Raises:
        mlflow.exceptions.MlflowException: The store cannot be written.
    """
    import mlflow  # noqa: PLC0415  (seconds)
    from mlflow.entities import AssessmentSource, AssessmentSourceType  # noqa: PLC0415

    _point_at(store)
    person = AssessmentSource(source_type=AssessmentSourceType.HUMAN, source_id=JUDGED_BY)
    if said.verdict == "edited":
        mlflow.log_expectation(trace_id=trace_id, name="sql", value=said.sql, source=person)
        return
    mlflow.log_feedback(
        trace_id=trace_id,
        name="is_right",
        value=said.verdict == "up",
        rationale=said.comment or None,
        source=person,
    )


def _experiment(store: Path) -> str:
    """Point MLflow at the store; return the id of the copilot's experiment, made if missing."""
    from mlflow.tracking import MlflowClient  # noqa: PLC0415

    address = _point_at(store)
    client: Any = MlflowClient(tracking_uri=address)
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(EXPERIMENT, (store.parent / "artifacts").as_uri()))


def _point_at(store: Path) -> str:
    """Have MLflow write to the store, on the thread that asks it to; return its address."""
    import mlflow  # noqa: PLC0415
    from mlflow.environment_variables import MLFLOW_ENABLE_ASYNC_TRACE_LOGGING  # noqa: PLC0415

    setting: Any = MLFLOW_ENABLE_ASYNC_TRACE_LOGGING
    setting.set(False)
    address = f"sqlite:///{store}"
    if mlflow.get_tracking_uri() != address:
        mlflow.set_tracking_uri(address)
        tracing: Any = mlflow.tracing
        tracing.reset()  # the exporter keeps the store it was made for
    return address


def _token_usage(trace: AskTrace) -> dict[str, dict[str, int]]:
    if not trace.prompt_tokens and not trace.completion_tokens:
        return {}
    usage = {
        "input_tokens": trace.prompt_tokens,
        "output_tokens": trace.completion_tokens,
        "total_tokens": trace.prompt_tokens + trace.completion_tokens,
    }
    return {"mlflow.chat.tokenUsage": usage}
