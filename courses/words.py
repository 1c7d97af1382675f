"""Words for the refusals and problems of `courses` (see registry/words.py)."""

from django.utils.functional import Promise

WORDS: dict[str, Promise] = {}
