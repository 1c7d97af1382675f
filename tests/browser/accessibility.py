"""What every page has to hold, measured in the browser. Each check returns what is wrong, in words."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    },
    "rules": {
        "color-contrast-enhanced": {"enabled": True},
        "target-size": {"enabled": True},
        # 4.5:1 holds wherever 7:1 does, and measuring colours is what takes the time.
        "color-contrast": {"enabled": False},
    },
}
# What can come out differently on the same page in another width, size or colour scheme: the rules that look
# at colours, boxes and scrolling. The others read only the elements.
RULES_OF_LOOKS = {
    "resultTypes": ["violations", "incomplete"],
    "runOnly": {
        "type": "rule",
        "values": [
            "color-contrast-enhanced",
            "link-in-text-block",
            "scrollable-region-focusable",
            "target-size",
        ],
    },
}

# The boxes one presses. Links inside sentences are as high as their line (2.5.5 excepts them).
_SMALL_TARGETS = """() => {
  const need = parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--target'));
  const boxes = document.querySelectorAll('nav a, header a, button, .button, .button-plain, '
    + 'select, textarea, summary, .choice, td a, tbody th a, '
    + 'input:not([type=hidden], [type=checkbox], [type=radio])');
  return [...boxes].filter(box => box.checkVisibility()).map(box => [box, box.getBoundingClientRect()])
    .filter(([box, size]) => size.height < need - 0.5 || size.width < 24)
    .map(([box, size]) => `${box.outerHTML.slice(0, 70)}: ${size.width | 0} x ${size.height | 0}`);
}"""

_SIDEWAYS = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= innerWidth) return [];
  const outside = [...document.querySelectorAll('body *')].filter(e => !e.closest('.table-scroll')
    && e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.outerHTML.slice(0, 80));
  return [`${wide} px wide in ${innerWidth}`, ...outside.slice(0, 3)];
}"""

_FOCUS = """() => {
  const box = document.activeElement;
  if (!box || box === document.body) return null;
  const size = box.getBoundingClientRect(), style = getComputedStyle(box);
  if (!window.stops) window.stops = new Map();
  if (!window.stops.has(box)) window.stops.set(box, window.stops.size);
  return {
    id: window.stops.get(box), what: box.outerHTML.slice(0, 80),
    outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    inside: size.width > 1 && size.height > 1 && size.bottom > 0 && size.top < innerHeight
      && size.right > 0 && size.left < innerWidth,
  };
}"""


def assert_accessible(page: Page, where: str = "") -> None:
    """axe's rules A to AA and best practice, contrast 7:1, targets, no sideways scrolling, as it is now."""
    _none_wrong([*violations(page), *page.evaluate(_SMALL_TARGETS), *page.evaluate(_SIDEWAYS)], page, where)


def assert_still_accessible(page: Page, where: str = "") -> None:
    """As `assert_accessible`, after a change of looks only: the rules that such a change can break."""
    found = violations(page, RULES_OF_LOOKS)
    _none_wrong([*found, *page.evaluate(_SMALL_TARGETS), *page.evaluate(_SIDEWAYS)], page, where)


def assert_fits(page: Page, where: str = "") -> None:
    """No sideways scrolling as it is, nor with the letter, word and line spacing of WCAG 1.4.12."""
    _none_wrong(page.evaluate(_SIDEWAYS), page, where)
    page.evaluate(
        "Object.assign(document.body.style, {letterSpacing: '.12em', wordSpacing: '.16em', lineHeight: 1.8})"
    )
    _none_wrong(page.evaluate(_SIDEWAYS), page, f"{where}, spaced")
    page.evaluate("document.body.removeAttribute('style')")


def _none_wrong(wrong: list[str], page: Page, where: str) -> None:
    assert not wrong, "\n".join([f"{where or page.url} ({page.viewport_size}):", *wrong])


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Where axe cannot tell (a colour behind a picture, one id twice), we do not let it pass.
    results = page.evaluate("rules => axe.run(rules)", rules)
    found = [*results["violations"], *results["incomplete"]]
    return [_in_words(rule, node) for rule in found for node in rule["nodes"]]


def _in_words(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
    return f"{rule['id']}: {node['html'][:120]}: {why}"


def assert_keyboard_reaches_all(page: Page, where: str = "") -> None:
    """Tab from the top comes round; each stop is in view with a ring of at least 2 px (2.4.13)."""
    stops: list[int] = []
    page.evaluate("document.activeElement.blur()")
    for _press in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop is None or (len(stops) > 1 and stop["id"] == stops[0]):
            return
        # A date is four stops in one input: year, month, day, calendar.
        if stops[-1:] == [stop["id"]] and stops[-4:] != [stop["id"]] * 4:
            stops.append(stop["id"])
            continue
        assert stop["id"] not in stops, f"{where}: focus is trapped at {stop['what']}"
        assert stop["inside"], f"{where}: focus goes out of view at {stop['what']}"
        assert stop["outline"] >= 2, f"{where}: no focus ring at {stop['what']}"
        stops.append(stop["id"])
    raise AssertionError(f"{where}: no end after 400 tab stops")
