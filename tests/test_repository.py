"""The repository keeps its own rules: what a reviewer would otherwise have to look for each time."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("registry", "courses", "certificates", "goals")


def tracked(*patterns: str) -> list[Path]:
    """Files that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return [ROOT / name for name in listed if (ROOT / name).exists()]


def sources() -> list[Path]:
    return [path for path in tracked("*.py") if "migrations" not in path.parts]


LONGER = {
    "tests/certificates/proof/make_trust_vectors.py": "one list of frozen vectors",
    "tests/certificates/proof/make_vectors.py": "one list of frozen vectors",
    "tests/certificates/views/test_open_badges.py": "one badge before four verifiers and as many forgers",
    "tests/courses/access_table.py": "one table",
    "tests/goals/registries.py": "one world, counted by hand",
}


def test_no_source_file_grows_past_300_lines() -> None:
    long = {
        name: count
        for path in sources()
        if (name := str(path.relative_to(ROOT))).split("/")[0] in (*APPS, "tests")
        and (count := len(path.read_text().splitlines())) > 300
        and name not in LONGER
    }
    assert long == {}


def test_no_room_is_called_utils() -> None:
    banned = {"utils", "helpers", "common", "services", "misc"}
    assert [path for path in sources() if banned & {part.removesuffix(".py") for part in path.parts}] == []


def test_nothing_is_left_unfinished_in_words() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX)\b")
    here = Path(__file__)
    assert [path for path in sources() if path != here and unfinished.search(path.read_text())] == []


def test_every_template_is_used() -> None:
    # Relative: the checkout itself may lie in a folder called templates.
    templates = [path for path in tracked("*.html") if "templates" in path.relative_to(ROOT).parts]
    texts = [path.read_text() for path in [*sources(), *templates]]
    unused = []
    for path in templates:
        parts = path.relative_to(ROOT).parts
        name = "/".join(parts[parts.index("templates") + 1 :])
        if name.startswith("django/"):
            continue  # overrides of Django's own form templates are found by name
        if not any(name in text for text in texts):
            unused.append(name)
    assert unused == []


def test_lock_files_pin_with_hashes_and_name_no_host() -> None:
    for path in tracked("requirements*.txt"):
        text = path.read_text()
        assert "://" not in text, path.name
        pinned = re.findall(r"^[a-z0-9][^\s=]*==\S+", text, re.MULTILINE | re.IGNORECASE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (ROOT / "pyproject.toml").read_text().splitlines()
    named = [line for line in lines if re.match(r'\s+"[A-Za-z0-9_.\[\],-]+[>=<]', line)]
    assert named
    assert [line for line in named if not re.search(r'",\s*#\s*\S', line)] == []


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "docs/operating.md"])
def test_make_targets_and_commands_in_the_docs_exist(page: str) -> None:
    text = (ROOT / page).read_text()
    makefile = (ROOT / "Makefile").read_text()
    for target in re.findall(r"\bmake ([a-z][a-z-]*)\b", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"make {target}"
    commands = {path.stem for path in tracked("*/management/commands/*.py")}
    commands |= {"migrate", "check", "collectstatic", "help"}
    for line in re.findall(r"manage\.py ([a-z_`, ]+)", text):
        first = line.strip("` ,").split()[0].strip("`,")
        assert first in commands, f"manage.py {first}"


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for page in tracked("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")
    assert broken == []


def test_what_code_cites_of_the_domain_is_there() -> None:
    domain = (ROOT / "docs" / "domain.md").read_text()
    headings = set(re.findall(r"^#+ (\d(?:\.\d)?)", domain, re.MULTILINE))
    requirements = set(re.findall(r"^\| (C\d\d) ", domain, re.MULTILINE))
    cited, missing = 0, []
    for path in sources():
        for section, ids in re.findall(r"domain\.md §(\d(?:\.\d)?)((?:,? (?:to )?C\d\d)*)", path.read_text()):
            cited += 1
            missing += [f"{path.name}: §{section}"] if section not in headings else []
            missing += [f"{path.name}: {one}" for one in re.findall(r"C\d\d", ids) if one not in requirements]
    assert cited
    assert missing == []
