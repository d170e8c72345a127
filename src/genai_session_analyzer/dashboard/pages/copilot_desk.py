"""The copilot as the page uses it: asks by job, what was said of answers in files."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from genai_session_analyzer.copilot.answering.answer import Answer, Answered, AskedBack
from genai_session_analyzer.copilot.answering.copilot import Ask, Copilot
from genai_session_analyzer.copilot.answering.watch import Watch
from genai_session_analyzer.copilot.memory import Feedback, record_feedback
from genai_session_analyzer.dashboard.pages.copilot_jobs import Job, Jobs
from genai_session_analyzer.errors import AnalyzerError

FEEDBACK_FILE = "feedback.jsonl"
CONFIRMED_BY = "a person, in the dashboard"


def utc_now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Visit:
    """Who is at the desk, as the page tells of it.

    Attributes:
        asker: Names the browser session.
        shown: Id of the job whose answer the page shows; None before the first.
        running: Id of the job it began last; a new one takes its place.
    """

    asker: str
    shown: str | None = None
    running: str | None = None


@dataclass(frozen=True)
class CopilotDesk:
    """Where the page takes its questions.

    Attributes:
        copilot: Answers them.
        folder: Where confirmed queries and feedback are kept.
        jobs: The asks of this process.
        clock: Gives the moment something was said.
    """

    copilot: Copilot
    folder: Path
    jobs: Jobs = field(default_factory=Jobs)
    clock: Callable[[], datetime] = utc_now

    def ask(self, question: str, visit: Visit) -> Job:
        """Begin to answer a question, which may follow up the answer shown.

        Raises:
            AnalyzerError: Too many are being answered.
        """
        previous = self._answered(visit.shown)
        plan = None if previous is None else previous.plan

        def work(watch: Watch) -> Answer:
            """Answer the words."""
            return self.copilot.ask(question, Ask(asker=visit.asker, previous=plan, watch=watch))

        return self.jobs.start(question, work, visit.running)

    def choose(self, number: int, visit: Visit) -> Job:
        """Begin to answer by what a person chose of the readings shown.

        Args:
            number: Of the reading, from 0; one more than the last is the model's own SQL.
            visit: Whose page shows them.

        Raises:
            AnalyzerError: The readings are forgotten, or too many are being answered.
        """
        job = self.jobs.find(visit.shown)
        answer = None if job is None else job.answer
        if job is None or not isinstance(answer, AskedBack):
            raise AnalyzerError("These readings are no longer known. Ask the question again.")

        def work(watch: Watch) -> Answer:
            """Answer the reading, or run the model's SQL."""
            ask = Ask(asker=visit.asker, watch=watch)
            if number < len(answer.choices):
                plan = answer.choices[number].plan
                return self.copilot.answer_plan(answer.question, plan, ask)
            sql, model = answer.fallback or "", answer.model or ""
            return self.copilot.answer_fallback(answer.question, sql, model, ask)

        return self.jobs.start(job.question, work, visit.running)

    def run_edited(self, sql: str, visit: Visit) -> Job:
        """Begin to run SQL that a person edited below the answer shown.

        Raises:
            AnalyzerError: Too many are being answered.
        """
        before = self._answered(visit.shown)
        question = "" if before is None else before.question

        def work(watch: Watch) -> Answer:
            """Run it; keep what was changed."""
            answer = self.copilot.run_sql(sql, Ask(asker=visit.asker, watch=watch), question)
            if before is not None and before.sql.strip() != sql.strip():
                self._say(answer, "edited", before=before)
            return answer

        return self.jobs.start(question, work, visit.running)

    def confirm(self, job_id: str | None) -> str:
        """Keep a job's question and SQL as right; return where.

        Raises:
            AnalyzerError: The answer is no longer known, or the file cannot be written.
        """
        answer = self._needed(job_id)
        path = self.copilot.confirm(answer, CONFIRMED_BY, self.clock().date())
        self._say(answer, "up")
        return f"Kept in {path.name}."

    def call_wrong(self, job_id: str | None, comment: str) -> str:
        """Note that a job's answer is wrong; return what to say.

        Raises:
            AnalyzerError: The answer is no longer known, or the file cannot be written.
        """
        self._say(self._needed(job_id), "down", comment=comment)
        return "Noted. Edit the SQL and confirm it, or ask in other words."

    def _answered(self, job_id: str | None) -> Answered | None:
        job = self.jobs.find(job_id)
        answer = None if job is None else job.answer
        return answer if isinstance(answer, Answered) else None

    def _needed(self, job_id: str | None) -> Answered:
        answer = self._answered(job_id)
        if answer is None:
            raise AnalyzerError("This answer is no longer known. Ask the question again.")
        return answer

    def _say(
        self,
        answer: Answer,
        verdict: Literal["up", "down", "edited"],
        comment: str = "",
        before: Answered | None = None,
    ) -> None:
        if not isinstance(answer, Answered):
            return
        said = Feedback(
            question=answer.question,
            verdict=verdict,
            sql=answer.sql,
            sql_before=None if before is None else before.sql,
            comment=comment,
            planner=answer.made.planner,
            build=answer.origin.build,
            said_at=self.clock(),
        )
        record_feedback(self.folder / FEEDBACK_FILE, said)
        self.copilot.judge(before or answer, said)
