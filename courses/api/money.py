"""Amounts in what the API is sent: 元, at most two decimals."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

Money = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]
