"""What a paper holds, whichever file it becomes: facts, sections, tables; all as texts in one language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Table:
    """A table with one row of column headings; `numeric` are the columns whose figures stand right."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Section:
    """A heading with its paragraphs, then tables, then closing lines such as who is below the line."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """`language` as zh-Hans, zh-Hant or en; `mark` stands over the title ("内部"); `day` dates the file."""

    language: str
    title: str
    author: str
    day: date
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    mark: str = ""
    footer: str = ""

    def texts(self) -> Iterator[str]:
        """Every text in it, in reading order."""
        yield from (self.mark, self.title, self.footer)
        for label, value in self.facts:
            yield from (label, value)
        for section in self.sections:
            yield section.title
            yield from section.paragraphs
            for table in section.tables:
                yield table.caption
                yield from table.header
                for row in table.rows:
                    yield from row
