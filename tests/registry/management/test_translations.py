"""Every message of every app is translated, and the catalogues are those of the sources."""

import os
import shutil
from pathlib import Path

import polib
import pytest
from django.utils import translation

from registry import catalogues, words
from registry.management.commands.check_translations import disagreements, faults, problems
from registry.management.commands.make_zh_hant import traditional
from registry.management.commands.update_translations import merged

needs_gettext = pytest.mark.skipif(
    shutil.which("xgettext") is None and not os.environ.get("CI"), reason="GNU gettext: apt install gettext"
)


@needs_gettext
def test_no_message_is_untranslated_fuzzy_or_left_over() -> None:
    assert "\n".join(problems()) == ""


@pytest.mark.parametrize(
    ("translated", "problem"),
    [
        ({"msgstr": ""}, "untranslated"),
        ({"msgstr": "Ended", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgstr": "Ended on %(day)s"}, "other placeholders than"),
        ({"msgstr": "Ended on %(date)s"}, None),
    ],
)
def test_a_faulty_translation_is_found(translated: dict[str, object], problem: str | None) -> None:
    entry = polib.POEntry(msgid="%(date)s 结束", **translated)
    assert list(faults(entry)) == ([problem] if problem else [])


def test_a_message_that_two_apps_translate_differently_is_found() -> None:
    held = {
        "registry": [
            polib.POEntry(msgid="单位", msgstr="Organisation"),
            polib.POEntry(msgid="人", msgstr="one"),
        ],
        "goals": [
            polib.POEntry(msgid="单位", msgstr="Unit"),
            polib.POEntry(msgid="单位", msgstr="Unit of measure", msgctxt="figure"),
            polib.POEntry(msgid="人", msgstr="one"),
        ],
    }
    (found,) = disagreements(held)
    assert "'单位'" in found
    assert "registry 'Organisation', goals 'Unit'" in found


def test_updating_keeps_translations_and_never_guesses() -> None:
    held = polib.POEntry(msgid="基地", msgstr="Base")
    assert merged(polib.POEntry(msgid="基地"), held).msgstr == "Base"
    assert merged(polib.POEntry(msgid="新的", msgstr="Base", flags=["fuzzy"]), None).msgstr == ""


def test_traditional_chinese_is_made_of_the_message_ids_with_hand_made_corrections() -> None:
    english = polib.POFile()
    english.extend(
        [
            polib.POEntry(msgid="登录后显示在这里"),
            polib.POEntry(msgid="共 %(n)s 个", msgid_plural="共 %(n)s 个"),
            polib.POEntry(msgid="看不见或不便签字的人，可以录音，或由见证人在场确认。"),
        ]
    )
    one, many, corrected = traditional(english)
    assert one.msgstr == "登錄後顯示在這裡"
    assert many.msgstr_plural == {0: "共 %(n)s 個"}
    assert "簽字" in corrected.msgstr


def test_a_catalogue_is_compiled_only_when_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    catalogues.write([polib.POEntry(msgid="基地", msgstr="Base")], path, "en")
    assert catalogues.compile_to_mo(path)
    assert not catalogues.compile_to_mo(path)
    assert polib.mofile(str(path.with_suffix(".mo")))[0].msgstr == "Base"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-hans", "身份证号应有 18 位，这里有 17 位。"),
        ("zh-hant", "身份證號應有 18 位，這裡有 17 位。"),
        ("en", "A citizen ID has 18 characters; this has 17."),
    ],
)
def test_a_refusal_is_said_in_the_readers_language(language: str, sentence: str) -> None:
    with translation.override(language):
        assert words.say("citizen_id_length", {"expected": 18, "length": 17}) == sentence
