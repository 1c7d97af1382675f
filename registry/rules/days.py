"""Which days the registry knows: a year outside is a slip of the finger, and date arithmetic stays in bounds."""

from datetime import date

# Nobody who is trained was born before; certificate numbers hold the years to 2199 (certificates/proof/codes.py).
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
