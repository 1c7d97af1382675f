"""What a file is refused for."""

import pytest

from courses.workbooks import reading
from courses.workbooks.errors import WorkbookError
from courses.workbooks.limits import Limits


def refusal(data: bytes, name: str = "roster.xlsx", limits: Limits | None = None) -> WorkbookError:
    with pytest.raises(WorkbookError) as caught:
        reading.read(data, name, limits=limits or Limits())
    return caught.value
