"""The PDF of a report: read as text and tags, and by checkers we did not write."""

import io
from functools import cache

import outloud
import pdfua
import pypdf
import pytest

from goals.papers import pdf
from tests.goals.papers.samples import TABLE, a_paper


@cache
def drawn(language):
    return pdf.made(a_paper(language=language))


def kinds(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [kind for kid in node for kind in kinds(kid)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])[1:]] if "/S" in node else []
    return own + kinds(node.get("/K"))


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_two_checkers_find_nothing(language, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(drawn(language))
    assert [(one.rule_id, one.message) for one in pdfua.validate(file).findings] == []
    result = outloud.check(str(file))
    assert not result.error
    assert (result.errors, result.warnings) == (0, 0)


def test_it_is_tagged_with_headings_pairs_and_a_table_whose_header_is_one():
    file = pypdf.PdfReader(io.BytesIO(drawn("zh-Hans")))
    root = file.trailer["/Root"]
    found = kinds(root["/StructTreeRoot"])
    assert [found.count(kind) for kind in ("H1", "H2", "Table", "TH", "LI")] == [1, 2, 1, 5, 2]
    assert found.count("TD") == len(TABLE.rows) * 5
    assert (root["/Lang"], file.metadata.title) == ("zh-CN", "秦州区 2024 年落实情况报告")


def test_every_word_is_in_it_markup_is_only_characters_and_the_header_repeats():
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(drawn("zh-Hans"))).pages]
    assert len(pages) == 2
    text = "".join("".join(pages).split())
    for words in a_paper().texts():
        assert "".join(words.split()) in text
    assert "完成率" in pages[1], "whoever turns the page still knows the columns"


def test_a_character_without_a_shape_is_a_box_and_stops_nothing():
    made = pdf.made(a_paper(title="报告\ue123"))
    assert pypdf.PdfReader(io.BytesIO(made)).metadata.title == "报告□"
    assert made == pdf.made(a_paper(title="报告\ue123")), "the same paper gives the same bytes"
