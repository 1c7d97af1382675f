"""What may be told of evaluations: figures of a year by base, course and question."""

from typing import Annotated, Any

from ninja import Query, Router, Schema
from pydantic import Field

from courses.models import Evaluation
from courses.queries import evaluation_results
from courses.queries.evaluations import Figures
from courses.views.evaluation_form import asked
from registry.models import TrainingBase
from registry.queries.lookup import one
from registry.requests import ActorRequest, today
from registry.rules.access import Permission, require_somewhere

router = Router(tags=["evaluations"])


class QuestionFigureOut(Schema):
    """`share` of those who are satisfied is null where it would tell of a few."""

    key: str
    question: str
    mean: float
    share: float | None


class FiguresOut(Schema):
    """Below five answers nothing but their number; `questions` is empty and `rate` null."""

    answers: int
    invited: int
    rate: float | None
    mean: float | None
    questions: list[QuestionFigureOut]


class BaseFiguresOut(Schema):
    base: str
    name: str
    figures: FiguresOut


class ResultsOut(Schema):
    year: int
    bases: list[BaseFiguresOut]
    total: FiguresOut


class CourseFiguresOut(Schema):
    course: str
    name: str
    figures: FiguresOut


class BaseResultsOut(Schema):
    year: int
    courses: list[CourseFiguresOut]
    total: FiguresOut


class YearIn(Schema):
    year: Annotated[int, Field(ge=2020, le=2199)] | None = None


@router.get("/evaluation-results", response=ResultsOut, operation_id="list_evaluation_results")
def list_evaluation_results(request: ActorRequest, asked_for: Query[YearIn]) -> Any:
    """A year's results by base, and in all; figures about fewer than five are joined or left out."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    year = asked_for.year or today().year
    found = evaluation_results.by_base(Evaluation.objects.visible_to(request.actor), year=year, on=today())
    return {
        "year": year,
        "bases": [
            {"base": row.base.public_id, "name": row.base.name, "figures": figures_out(row.figures)}
            for row in found.bases
        ],
        "total": figures_out(found.total),
    }


@router.get("/evaluation-results/{public_id}", response=BaseResultsOut, operation_id="get_base_results")
def get_base_results(request: ActorRequest, public_id: str, asked_for: Query[YearIn]) -> Any:
    """A year's results of one base by course, and in all."""
    require_somewhere(request.actor, Permission.COHORT_READ)
    base = one(TrainingBase.objects.visible_to(request.actor), public_id=public_id)
    year = asked_for.year or today().year
    seen = Evaluation.objects.visible_to(request.actor)
    found = evaluation_results.of_base(seen, base, year=year, on=today())
    return {
        "year": year,
        "courses": [
            {"course": row.course.public_id, "name": row.course.name, "figures": figures_out(row.figures)}
            for row in found.courses
        ],
        "total": figures_out(found.total),
    }


def figures_out(figures: Figures) -> dict[str, Any]:
    return {
        "answers": figures.answers,
        "invited": figures.invited,
        "rate": figures.rate,
        "mean": figures.mean,
        "questions": [
            {
                "key": one.question.key,
                "question": one.question.text or str(asked(one.question)),
                "mean": one.mean,
                "share": one.share,
            }
            for one in figures.questions
        ],
    }
