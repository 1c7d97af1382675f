"""What every page has to hold, measured in the browser. Each check returns what is wrong, in words."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Only what is wrong is worked out and carried over; no rule of ours reads the style sheets themselves.
_ANSWER = {"resultTypes": ["violations", "incomplete"], "selectors": False, "preload": False}
RULES = {
    **_ANSWER,
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
# What can come out differently on the same page in another colour scheme, and in another width or size: the rules
# that look at colours, and those that look at boxes and scrolling. The others read only the elements.
RULES_OF_COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
RULES_OF_BOXES = ["scrollable-region-focusable", "target-size"]

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

# What has the focus: which of the stops it is, whether one sees it and its ring.
_STOP = """
  window.stopOf ||= (box) => {
    if (!box || box === document.body) return null;
    const size = box.getBoundingClientRect(), style = getComputedStyle(box);
    window.stops ||= new Map();
    if (!stops.has(box)) stops.set(box, stops.size);
    return {
      id: stops.get(box), what: box.outerHTML.slice(0, 80),
      outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
      inside: size.width > 1 && size.height > 1 && size.bottom > 0 && size.top < innerHeight
        && size.right > 0 && size.left < innerWidth,
    };
  };
"""
# The page itself notes where each press of Tab has led, so that many presses are asked about at once.
_NOTE_STOPS = (
    "() => {"
    + _STOP
    + """
  document.activeElement.blur();
  window.walked = [];
  window.noteStop ||= (event) => { if (event.key === 'Tab') walked.push(stopOf(document.activeElement)); };
  addEventListener('keyup', noteStop, true);
}"""
)
# Scripted focus is drawn as the keyboard's once the keyboard was the last to move it.
_FOCUS_EACH = (
    "() => {"
    + _STOP
    + """
  const boxes = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, '
    + 'summary, [tabindex]:not([tabindex="-1"])');
  return [...boxes].filter(box => !box.disabled && box.checkVisibility({visibilityProperty: true}))
    .map(box => {
      box.focus();
      return {...stopOf(box), focused: document.activeElement === box, what: box.outerHTML.slice(0, 80)};
    });
}"""
)
_PRESSES = 12  # between two looks at where they led


def assert_accessible(page: Page, where: str = "") -> None:
    """axe's rules A to AA and best practice, contrast 7:1, targets, no sideways scrolling, as it is now."""
    _none_wrong([*violations(page), *page.evaluate(_SMALL_TARGETS), *page.evaluate(_SIDEWAYS)], page, where)


def assert_still_accessible(page: Page, where: str = "") -> None:
    """As `assert_accessible`, after a change of looks only: the rules that such a change can break."""
    found = violations(page, only(RULES_OF_COLOURS + RULES_OF_BOXES))
    _none_wrong([*found, *page.evaluate(_SMALL_TARGETS), *page.evaluate(_SIDEWAYS)], page, where)


def assert_boxes_fit(page: Page, where: str = "", axe: bool = False) -> None:
    """After a change of size only: targets as large as they must be, no sideways scrolling."""
    found = violations(page, only(RULES_OF_BOXES)) if axe else []
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


def only(rules: list[str]) -> dict[str, Any]:
    return {**_ANSWER, "runOnly": {"type": "rule", "values": rules}}


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Where axe cannot tell (a colour behind a picture, one id twice), we do not let it pass.
    found = page.evaluate(
        "rules => axe.run(rules).then(ran => [...ran.violations, ...ran.incomplete])", rules
    )
    return [_in_words(rule, node) for rule in found for node in rule["nodes"]]


def _in_words(rule: dict[str, Any], node: dict[str, Any]) -> str:
    why = "; ".join(check["message"] for check in [*node["any"], *node["all"], *node["none"]])
    return f"{rule['id']}: {node['html'][:120]}: {why}"


def assert_keyboard_reaches_all(page: Page, where: str = "") -> None:
    """Tab from the top comes round; each stop is in view with a ring of at least 2 px (2.4.13)."""
    stops: list[int] = []
    page.evaluate(_NOTE_STOPS)
    for _pressed in range(_PRESSES, 401, _PRESSES):
        for _press in range(_PRESSES):
            page.keyboard.press("Tab")
        walked = page.evaluate("walked.splice(0)")
        for stop in walked:
            if stop is None or (len(stops) > 1 and stop["id"] == stops[0]):
                return
            # A date is four stops in one input: year, month, day, calendar.
            if stops[-1:] == [stop["id"]] and stops[-4:] != [stop["id"]] * 4:
                stops.append(stop["id"])
                continue
            assert stop["id"] not in stops, f"{where}: focus is trapped at {stop['what']}"
            _seen(stop, where)
            stops.append(stop["id"])
        if len(walked) < _PRESSES:
            return  # the focus has left the page, and with it the keys
    raise AssertionError(f"{where}: no end after 400 tab stops")


def assert_each_stop_is_seen(page: Page, where: str = "") -> None:
    """In this look or state too, whatever takes the focus is in view with its ring. Of a page that Tab goes through."""
    page.keyboard.press("Tab")
    for stop in page.evaluate(_FOCUS_EACH):
        assert stop["focused"], f"{where}: cannot take the focus: {stop['what']}"
        _seen(stop, where)


def _seen(stop: dict[str, Any], where: str) -> None:
    assert stop["inside"], f"{where}: focus goes out of view at {stop['what']}"
    assert stop["outline"] >= 2, f"{where}: no focus ring at {stop['what']}"
