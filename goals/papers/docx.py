"""A paper as docx: real headings, tables whose header row repeats, language tags, the document's title."""

from datetime import UTC, datetime, time
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from goals.papers.paper import Paper, Table

LANGUAGES = {"zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "en": "en-US"}
BODY, HEADINGS = "宋体", "黑体"
"""Every Chinese office machine has them; where they are missing, Word takes another of the kind."""


def made(paper: Paper) -> bytes:
    document = docx.Document()
    _prepare(document, paper)
    if paper.mark:
        document.add_paragraph(paper.mark).runs[0].bold = True
    document.add_heading(paper.title, level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for label, value in paper.facts:
        line = document.add_paragraph()
        line.add_run(f"{label}  ").bold = True
        line.add_run(value)
    for section in paper.sections:
        document.add_heading(section.title, level=2)
        for words in section.paragraphs:
            for text in words.split("\n"):
                document.add_paragraph(text)
        for table in section.tables:
            _add_table(document, table)
    document.sections[0].footer.paragraphs[0].text = paper.footer
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _prepare(document: Document, paper: Paper) -> None:
    """Page, properties, and the language and fonts of every style."""
    about = document.core_properties
    about.title, about.author, about.language = paper.title, paper.author, LANGUAGES[paper.language]
    about.comments, about.last_modified_by = "", paper.author
    about.created = about.modified = datetime.combine(paper.day, time(), UTC)
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    defaults = document.styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:rPr"))
    language = defaults.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.append(language)
    # Latin text is read in the first language, Chinese in the second.
    language.set(qn("w:val"), LANGUAGES[paper.language])
    language.set(qn("w:eastAsia"), "zh-TW" if paper.language == "zh-Hant" else "zh-CN")
    fonts = {"Normal": BODY, "Heading 1": HEADINGS, "Heading 2": HEADINGS, "Caption": HEADINGS}
    for name, font in fonts.items():
        style = document.styles[name]
        found = style.element.get_or_add_rPr().get_or_add_rFonts()
        # The themes of the template would win over the names.
        for key in [key for key in found.attrib if key.endswith("Theme")]:
            del found.attrib[key]
        found.set(qn("w:eastAsia"), font)
        found.set(qn("w:ascii"), "Times New Roman" if font == BODY else "Arial")
        found.set(qn("w:hAnsi"), "Times New Roman" if font == BODY else "Arial")
    document.styles["Normal"].font.size = Pt(12)


def _add_table(document: Document, table: Table) -> None:
    document.add_paragraph(table.caption, style="Caption").paragraph_format.keep_with_next = True
    held = document.add_table(rows=1, cols=len(table.header), style="Table Grid")
    _describe(held, table.caption)
    _fill(held.rows[0].cells, table.header, table, is_header=True)
    # Marks the row as the table's header: it repeats on every page, and voices name a cell by it.
    properties = held.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        _fill(held.add_row().cells, row, table)
    document.add_paragraph()


def _describe(held: DocxTable, caption: str) -> None:
    """The table's title for voices, and its first row as header in the style."""
    title = OxmlElement("w:tblCaption")
    title.set(qn("w:val"), caption)
    held._tbl.tblPr.append(title)


def _fill(cells: tuple, texts: tuple[str, ...], table: Table, *, is_header: bool = False) -> None:  # type: ignore[type-arg]
    for number, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph: Paragraph = cell.paragraphs[0]
        paragraph.add_run(text).bold = is_header
        if number in table.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
