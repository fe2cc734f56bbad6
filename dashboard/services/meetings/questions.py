"""Keeps questions asked at meetings: noted, answered, opened again."""

from __future__ import annotations

from datetime import UTC, datetime

from dashboard.services.access.person import signature
from dashboard.services.context import Context
from dashboard.store import questions
from dashboard.store.questions import Question


class Questions:
    """The follow-up list of all meetings. Thread-safe."""

    def __init__(self, context: Context) -> None:
        """Keep the questions in the store of this context."""
        self._engine = context.engine

    def all(self) -> list[Question]:
        """The open ones first, by due date, those without one last; then the answered."""
        return questions.read_questions(self._engine)

    def of_meeting(self, name: str) -> list[Question]:
        """Those asked in a meeting, in the order in which they were asked."""
        asked = [question for question in self.all() if question.meeting == name]
        return sorted(asked, key=lambda question: question.raised)

    def ask(self, asked: Question) -> None:
        """Notes a question; its id and moment are set here. Raises StoreError for an empty one."""
        questions.note_question(
            self._engine,
            asked._replace(raised=datetime.now(UTC), raised_by=signature(asked.raised_by)),
        )

    def close(self, number: int, by: str, answer: str) -> None:
        """The question is answered; raises StoreError without a name or an answer."""
        questions.close_question(self._engine, number, signature(by), answer)

    def reopen(self, number: int) -> None:
        """The question is open again; what was answered stays beside it."""
        questions.open_question(self._engine, number)
