from datetime import date

import pytest
from django.core.exceptions import ValidationError

from registry.views.fields import DayField


@pytest.mark.parametrize("typed", ["2024-06-03", "2024/6/3", "2024.6.3", "2024年6月3日", "20240603"])
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == date(2024, 6, 3)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("六月三日", "2024-06-03 的样子"), ("2024-02-30", "2024-06-03 的样子"), ("0204-06-03", "1900 到 2199")],
)
def test_what_is_no_day_is_refused_with_an_example(typed: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        DayField().clean(typed)
