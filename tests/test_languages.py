"""Every page can speak three languages: its own words go through gettext, and when it is drawn, not when it is loaded."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = ("registry", "courses", "certificates", "goals")
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Those that makemessages collects; under another name a text is never translated.
LAZY = {"gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy", "gettext_noop"}
AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext", "_now"}
MARKED = re.compile(
    r"\{% blocktranslate.*?\{% endblocktranslate %\}|\{% translate .*?%\}|_\(\"[^\"]*\"\)"
    r"|\{% comment.*?\{% endcomment %\}|\{#.*?#\}"
    r"|<(\w+)[^>]* lang=\"zh-\w+\"[^>]*>[^<]*</\1>|(?<=lang=\"zh-Hans\">)[^<]*",
    re.DOTALL,
)
CHINESE_FOR_EVERYBODY = {
    "certificates/views/public.py": "a name that nobody has",
    "certificates/views/specimens.py": "what a specimen of a Chinese certificate prints",
    "courses/views/other_funding.py": "a Chinese sheet for other offices",
    "courses/views/project_notices.py": "a notice, kept as it was published",
    "courses/views/rates.py": "a Chinese sheet for other offices",
    "courses/views/subsidy_batches.py": "the name of a Chinese sheet for the treasury",
    "goals/views/plans.py": "the name of a Chinese sheet",
    "goals/views/sheets.py": "a Chinese sheet for other offices",
    "registry/views/fields.py": "how a day may be typed",
}


def templates() -> list[Path]:
    found = sorted(path for app in APPS for path in (ROOT / app / "templates").rglob("*.html"))
    return [
        path for path in found if path.name != "verifier.html"
    ]  # words by script, in its own three tables


def doors() -> list[Path]:
    return sorted(path for app in APPS for path in (ROOT / app / "views").rglob("*.py"))


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def bare(source: str) -> Iterator[str]:
    """Chinese texts of a module that makemessages does not find; its docstrings are for us."""
    tree = ast.parse(source)
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in LAZY | AT_ONCE | {"_"}:
            passed |= {id(each) for argument in node.args for each in ast.walk(argument)}
        if isinstance(node, ast.Expr):
            passed.add(id(node.value))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in passed else ""
        if isinstance(text, str) and CHINESE.search(text):
            yield text


def too_early(source: str) -> Iterator[str]:
    """Texts translated while the module is loaded: they stay in whatever language that was."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in AT_ONCE
    }
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and called(node) in names:
            yield ast.unparse(node)
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            waiting += ast.iter_child_nodes(node)


@pytest.mark.parametrize("app", APPS)
def test_no_template_has_chinese_of_ours_outside_a_translation(app: str) -> None:
    found = {
        path.name: left
        for path in templates()
        if path.is_relative_to(ROOT / app)
        and (
            left := [
                line for line in MARKED.sub("", path.read_text("utf-8")).split("\n") if CHINESE.search(line)
            ]
        )
    }
    assert found == {}


def test_no_view_has_chinese_outside_a_translation_but_what_is_chinese_for_everybody() -> None:
    found = {
        str(path.relative_to(ROOT)): left for path in doors() if (left := list(bare(path.read_text("utf-8"))))
    }
    assert {name: left for name, left in found.items() if name not in CHINESE_FOR_EVERYBODY} == {}
    assert set(CHINESE_FOR_EVERYBODY) - set(found) == set()


def test_no_text_is_translated_while_a_module_is_loaded() -> None:
    sources = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    found = {
        str(path.relative_to(ROOT)): left
        for path in sources
        if (left := list(too_early(path.read_text("utf-8"))))
    }
    assert found == {}


def test_each_of_them_would_be_found() -> None:
    assert MARKED.sub("", '<p>{% translate "好" %}</p><p>不好</p>') == "<p></p><p>不好</p>"
    assert list(bare('"""说明"""\nx = [_("好"), gettext("好"), _mine("不好")]')) == ["不好"]
    early = (
        "from django.utils.translation import gettext as _\nWORDS = {1: _('早')}\ndef later(): return _('晚')"
    )
    assert list(too_early(early)) == ["_('早')"]
