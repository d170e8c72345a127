"""The ids of the page Copilot's parts."""

QUESTION, ASK, CANCEL = "copilot-question", "copilot-ask-button", "copilot-cancel"
SESSION, TICK = "copilot-session", "copilot-tick"
RUNNING, JOB = "copilot-running", "copilot-job"
"""Ids of the job that was begun last, and of the one whose answer is shown."""
PROGRESS, ANSWER, HISTORY, STATE = (
    "copilot-progress",
    "copilot-answer",
    "copilot-history",
    "copilot-state",
)
STATE_TICK = "copilot-state-tick"
CHART_KIND, CHART = "copilot-chart-kind", "copilot-chart"
SQL, SQL_PAINT, RUN = "copilot-sql", "copilot-sql-paint", "copilot-run"
EXPORT, DOWNLOAD, PICTURE = "copilot-export", "copilot-download", "copilot-picture"
CONFIRM, WRONG, COMMENT = "copilot-confirm", "copilot-wrong", "copilot-comment"
FEEDBACK_NOTE = "copilot-feedback-note"
SAID, CHOICE = "copilot-said", "copilot-choice"
"""Types of the buttons that ask a given question, and that choose a reading."""


def said_id(place: str, question: str) -> dict[str, str]:
    """Return the id of a button that asks `question`; `place` tells two of them apart."""
    return {"type": SAID, "place": place, "question": question}


def choice_id(number: int) -> dict[str, str | int]:
    """Return the id of the button that chooses the reading of that number, from 0."""
    return {"type": CHOICE, "number": number}
