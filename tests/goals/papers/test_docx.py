"""The docx of a report: opened with python-docx, and its XML looked at."""

import io
import zipfile

import docx
from docx.oxml.ns import qn

from goals.papers import docx as papers
from tests.goals.papers.samples import TABLE, a_paper


def opened(**values):
    return docx.Document(io.BytesIO(papers.made(a_paper(**values))))


def test_headings_are_headings_and_every_word_is_in_it():
    file = opened()
    headings = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "秦州区 2024 年落实情况报告"),
        ("Heading 2", "一、落实情况"),
        ("Heading 2", "二、数据"),
    ]
    words = [one.text for one in file.paragraphs]
    assert words[0] == "内部"
    assert "送教上门 3 期。" in words
    assert "#panic() *不是* 格式" in words


def test_a_table_has_a_header_row_that_repeats_and_a_title():
    (table,) = opened().tables
    assert [cell.text for cell in table.rows[0].cells] == list(TABLE.header)
    assert [cell.text for cell in table.rows[40].cells] == list(TABLE.rows[39])
    marked = [
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows
    ]
    assert marked == [True] + [False] * 40
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "任务完成情况"


def test_it_says_its_title_language_and_author_and_not_what_made_it():
    file = opened(language="en")
    about = file.core_properties
    assert (about.title, about.author, about.language) == (
        "秦州区 2024 年落实情况报告",
        "秦州区残疾人联合会",
        "en-US",
    )
    assert about.comments == ""
    styles = zipfile.ZipFile(io.BytesIO(papers.made(a_paper()))).read("word/styles.xml").decode()
    assert '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"' in styles
