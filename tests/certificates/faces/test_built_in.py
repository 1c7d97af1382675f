"""The words every certificate without a template of its own has: printed again, they must read as they read."""

import hashlib
import json
from dataclasses import asdict

from certificates.faces import built_in, fonts
from certificates.rules import wording


def test_no_word_changes_unnoticed() -> None:
    everything = [
        built_in.TITLES,
        {tag: asdict(words) for tag, words in built_in.WORDS.items()},
        built_in.LEVELS,
    ]
    digest = hashlib.sha256(json.dumps(everything, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    assert digest == "f419c64e4a6d3151faf77bb9cb6b6c44e3a832eb39e019156a39d8d26aaf2385", (
        "old certificates print these: give new words to a new template instead"
    )


def test_every_word_can_be_printed_and_discloses_nothing() -> None:
    for title in built_in.TITLES.values():
        assert not wording.disclosing_word(title)
        assert not wording.misleading_word(title)
    for words in built_in.WORDS.values():
        fonts.require_glyphs(asdict(words).values())
        assert not any(wording.disclosing_word(text) for text in asdict(words).values())
