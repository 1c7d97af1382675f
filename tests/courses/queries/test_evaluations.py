"""What may be told of an evaluation: from five answers on, once closed, and nothing by subtraction."""

import pytest

from courses.models import Evaluation
from courses.queries import evaluation_results, evaluations
from registry.rules.access import SYSTEM
from tests.conftest import TODAY
from tests.courses.evaluation_factories import CLOSED, a_running_cohort, an_evaluation, answered
from tests.courses.factories import a_course
from tests.registry.factories import a_base, a_federation, an_actor

pytestmark = pytest.mark.django_db
YEAR = CLOSED.year


def shares(figures):
    return {one.share for one in figures.questions}


def of_base(base):
    return evaluation_results.of_base(Evaluation.objects.all(), base, year=YEAR, on=CLOSED)


def a_class(base, given, course=None):
    return answered(an_evaluation(a_running_cohort(len(given), base=base, course=course)), given)


def test_five_answers_are_told_once_it_is_closed():
    held = answered(an_evaluation(size=10), [5, 5, 5, 5, 5, 1, 1, 1, 1, 1])
    held.refresh_from_db()
    assert evaluations.of_cohort(held, on=TODAY).questions == ()
    told = evaluations.of_cohort(held, on=CLOSED)
    assert (told.answers, told.rate) == (10, 1.0)
    assert {(one.mean, one.share) for one in told.questions} == {(3.0, 0.5)}


def test_four_answers_tell_their_number_only():
    held = answered(an_evaluation(size=6), [5, 5, 4, 3])
    told = evaluations.of_cohort(held, on=CLOSED)
    assert (told.answers, told.is_told, told.rate, told.questions) == (4, False, None, ())


def test_a_share_that_tells_of_a_few_is_left_out():
    told = evaluations.of_cohort(answered(an_evaluation(size=8), [5] * 7 + [1]), on=CLOSED)
    assert shares(told) == {None}
    assert {round(one.mean, 2) for one in told.questions} == {4.5}


def test_what_was_written_is_read_from_five_answers_on_and_not_in_their_order():
    few = answered(an_evaluation(size=4), [5] * 4, comment="很好")
    assert evaluations.comments(few, on=CLOSED) == []
    many = answered(an_evaluation(size=6), [5] * 6, comment="很好")
    assert evaluations.comments(many, on=TODAY) == []
    assert evaluations.comments(many, on=CLOSED) == ["很好"] * 6


def test_a_small_class_does_not_show_in_the_total_beside_a_large_one():
    base = a_base()
    a_class(base, [5] * 10, a_course(base))
    a_class(base, [1] * 3, a_course(base))
    told = of_base(base)
    assert [one.figures.answers for one in told.courses] == [10, 0]
    assert told.total.answers == 10
    assert {one.mean for one in told.total.questions} == {5.0}


def test_small_classes_show_together():
    base = a_base()
    for given in ([1] * 3, [5] * 3):
        a_class(base, given, a_course(base))
    told = of_base(base)
    assert [one.figures.answers for one in told.courses] == [0, 0]
    assert (told.total.answers, {one.mean for one in told.total.questions}) == (6, {3.0})


def test_a_share_is_left_out_of_the_total_where_it_would_tell_a_rows():
    base = a_base()
    a_class(base, [5] * 5 + [1] * 5, a_course(base))
    a_class(base, [5] * 6 + [1] * 2, a_course(base))
    told = of_base(base)
    assert [shares(one.figures) for one in told.courses] == [{0.5}, {None}]
    assert shares(told.total) == {None}


def test_bases_are_listed_with_what_all_come_to(django_assert_num_queries):
    first, second = a_base(), a_base()
    a_class(first, [5] * 6)
    a_class(first, [4] * 2)
    a_class(second, [3] * 3)
    with django_assert_num_queries(2):
        told = evaluation_results.by_base(Evaluation.objects.visible_to(SYSTEM), year=YEAR, on=CLOSED)
    assert [one.figures.answers for one in told.bases] == [6, 0]
    assert told.total.answers == 11
    empty = evaluation_results.by_base(Evaluation.objects.all(), year=YEAR - 1, on=CLOSED)
    assert (empty.bases, empty.total.answers) == ([], 0)


def test_only_those_who_read_the_cohort_see_its_evaluation():
    held = an_evaluation(a_running_cohort(1))
    region = held.cohort.region.code
    for actor, sees in [
        (an_actor("base_manager", held.cohort.base), True),
        (an_actor("auditor", a_federation(region)), True),
        (an_actor("base_manager", a_base()), False),
        (an_actor("auditor", a_federation("620600")), False),
    ]:
        assert Evaluation.objects.visible_to(actor).exists() == sees
