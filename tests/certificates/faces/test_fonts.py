"""Which characters the embedded fonts show; checked with a font library we did not write."""

import pytest
from fontTools.ttLib import TTFont

from certificates.faces import fonts
from certificates.faces.errors import MissingGlyph
from tests.certificates.faces import samples


@pytest.mark.parametrize("path", [fonts.SANS, fonts.SERIF], ids=["sans", "serif"])
def test_coverage_agrees_with_fonttools(path):
    with TTFont(path, lazy=True) as font:
        assert fonts.covered(path) == set(font.getBestCmap()) - {fonts.SOFT_HYPHEN}


def test_every_word_of_the_samples_can_be_shown():
    for face in (samples.FACE, samples.ENGLISH_FACE, samples.WORST):
        fonts.require_glyphs(face.texts())


def test_missing_characters_are_named_once_each_in_order():
    with pytest.raises(MissingGlyph) as refusal:
        fonts.require_glyphs(["王𮯰梅", "\ue000", "𮯰"])
    assert refusal.value.facts == {"characters": ["𮯰", "\ue000"], "code_points": ["U+2EBF0", "U+E000"]}


@pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u00ad", "\n", "\t", "\0", "\ufeff"])
def test_an_unseen_character_is_refused(unseen):
    with pytest.raises(MissingGlyph):
        fonts.require_glyphs([f"王{unseen}梅"])


def test_a_character_that_one_font_lacks_is_taken_from_the_other():
    assert fonts.runs("张𰻝面", fonts.SERIF) == [
        (fonts.SERIF, "张"),
        (fonts.SANS, "𰻝"),
        (fonts.SERIF, "面"),
    ]
    assert fonts.runs("\u9ff0", fonts.SANS) == [(fonts.SERIF, "\u9ff0")]
