"""Days in what the API is sent."""

from datetime import date
from typing import Annotated

from pydantic import Field

from registry.rules.days import FIRST_DAY, LAST_DAY

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day from 1900 to 2199; others are refused like any wrong value, with 422."""
