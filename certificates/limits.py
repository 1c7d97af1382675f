"""How often the public may try; pages and API count together."""

from registry.limits import Limit

MISSES: Limit = {"purpose": "certificate-code", "limit": 60, "seconds": 60}
"""Wrong codes a minute from one address. Right ones do not count: a school's whole class shares an address,
and 50 random bits are not guessed at this rate in a lifetime."""
BATCH_MISSES: Limit = {"purpose": "certificate-codes", "limit": 1_000, "seconds": 3600}
"""Wrong codes an hour from one address in batches: an employer's whole list from another system fits once."""
BATCHES: Limit = {"purpose": "certificate-batches", "limit": 60, "seconds": 60}
"""Batches a minute from one address, right or wrong: 60,000 certificates."""
NAME_TRIES: Limit = {"purpose": "certificate-name", "limit": 10, "seconds": 60}
"""Name checks a minute from one address."""
WRONG_NAMES: Limit = {"purpose": "certificate-wrong-name", "limit": 5, "seconds": 3600}
"""Wrong names an hour for one certificate, from wherever they come."""
NUMBER_TRIES: Limit = {"purpose": "certificate-number", "limit": 10, "seconds": 60}
"""Look-ups by number a minute from one address: numbers follow one another, so they can be guessed."""
WRONG_NUMBER_NAMES: Limit = {"purpose": "certificate-number-name", "limit": 5, "seconds": 3600}
"""Wrong names an hour for one number, whether or not there is such a certificate."""
REPORTS: Limit = {"purpose": "certificate-reports", "limit": 5, "seconds": 3600}
"""Reports an hour from one address."""
REPORTS_OF_ONE: Limit = {"purpose": "certificate-reports-of-one", "limit": 20, "seconds": 24 * 3600}
"""Reports a day about one code, from wherever they come: nobody floods a federation's work list."""
HOLDER_TRIES: Limit = {"purpose": "holder", "limit": 10, "seconds": 60}
"""Wrong tries a minute from one address to open one's own certificates. Right ones do not count: a class that
was just given its slips shares an address."""
WRONG_HOLDERS: Limit = {"purpose": "holder-wrong", "limit": 5, "seconds": 3600}
"""Wrong tries an hour for one number or one slip, whether or not there is such a number."""
WRONG_HOLDERS_MONTH: Limit = {"purpose": "holder-wrong-month", "limit": 20, "seconds": 30 * 24 * 3600}
"""Wrong tries in 30 days for one number or one slip. Who has the paper needs only the last four signs of the
ID, about 5,000 possibilities: at this rate they last ten years."""
LINK_MISSES: Limit = {"purpose": "personal-link", "limit": 30, "seconds": 60}
"""Links a minute from one address that lead to no slip and no share. Right ones do not count."""
HOLDER_FILES: Limit = {"purpose": "holder-file", "limit": 30, "seconds": 3600}
"""Files an hour that one holder has made: a PDF costs as much as a hundred pages."""
NEW_SHARES: Limit = {"purpose": "share", "limit": 30, "seconds": 24 * 3600}
"""Links a day that one holder makes."""
SCANS: Limit = {"purpose": "certificate-scans", "limit": 20, "seconds": 60}
"""Photos and PDFs a minute from one address: reading one takes a process half a second."""
