"""How often the public may try to check in; pages and API count together."""

from registry.limits import Limit

CODE_MISSES: Limit = {"purpose": "check-in-code", "limit": 30, "seconds": 600}
"""Wrong check-in codes in ten minutes from one address. Right ones do not count: a whole class shares an address. With
a hundred windows open at once, one address meets one of them once in half a day of trying."""
UNKNOWN_TRAINEES: Limit = {"purpose": "check-in-who", "limit": 30, "seconds": 600}
"""Wrong last four signs in ten minutes from one address: people mistype, and nobody may try them all."""
UNKNOWN_AT_ONE: Limit = {"purpose": "check-in-who-one", "limit": 100, "seconds": 3600}
"""Wrong last four signs an hour in one window, from wherever they come."""
