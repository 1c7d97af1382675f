"""A reader who has only a keyboard. Every stop on the way must show where it is, and let go again."""

from datetime import date

from playwright.sync_api import Page

_STOP = """() => {
  const box = document.activeElement;
  if (!box || box === document.body) return null;
  const size = box.getBoundingClientRect(), style = getComputedStyle(box);
  const labels = box.labels && box.labels.length ? [...box.labels].map(label => label.textContent).join(' ') : '';
  if (!window.stopNumbers) window.stopNumbers = new Map();
  if (!stopNumbers.has(box)) stopNumbers.set(box, stopNumbers.size);
  return {
    number: stopNumbers.get(box), html: box.outerHTML.slice(0, 90), value: box.value,
    label: (box.getAttribute('aria-label') || labels || box.textContent).replace(/\\s+/g, ' ').trim(),
    chosen: box.selectedOptions?.[0]?.text ?? '',
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen: size.width > 1 && size.height > 1 && size.bottom > 0 && size.top < innerHeight
      && size.right > 0 && size.left < innerWidth,
  };
}"""
FARTHEST = 250
STOPS_OF_A_DATE = 4
"""Year, month, day and the calendar are parts of one field."""


class Keyboard:
    """Goes to things by their label with Tab, and uses them as the keys do; counts its presses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def go_to(self, label: str) -> None:
        """Press Tab until what has exactly this label has the focus, over the end of the page if need be."""
        times_here, last = 0, None
        for _press in range(FARTHEST):
            stop = self._stop()
            if stop is not None:
                where = f"{self.page.url}: {stop['html']}"
                assert stop["seen"], f"the focus is out of view at {where}"
                assert stop["ring"] >= 2, f"no focus ring at {where}"
                times_here = times_here + 1 if stop["number"] == last else 1
                assert times_here <= STOPS_OF_A_DATE, f"trapped at {where}"
                if label == stop["label"]:
                    return
            last = stop and stop["number"]
            self._press("Tab")
        raise AssertionError(f"{self.page.url}: Tab does not lead to “{label}”")

    def press(self, label: str) -> None:
        """Follow a link or press a button, and wait for the page it leads to."""
        self.go_to(label)
        with self.page.expect_navigation():
            self._press("Enter")

    def jump(self, label: str, to: str) -> None:
        """Follow a link of an error summary to the field it is about."""
        self.go_to(label)
        self._press("Enter")
        assert self._stop()["label"] == to

    def type(self, label: str, text: str) -> None:
        """Type into a field, over what stands in it."""
        self.go_to(label)
        self._press("Control+A")
        self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        """Arrow down in a list to an option."""
        self.go_to(label)
        for _press in range(100):
            if self._stop()["chosen"] == option:
                return
            self._press("ArrowDown")
        raise AssertionError(f"{self.page.url}: “{label}” does not offer {option}")

    def pick_file(self, label: str, name: str, content: bytes) -> None:
        """The dialogue for files is the system's own; its answer goes to the field that has the focus."""
        self.go_to(label)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator(":focus").set_input_files(file)

    def day(self, label: str, day: date) -> None:
        """Type a day into its three parts, in the order in which this browser shows them."""
        self.go_to(label)
        self.page.keyboard.type(f"{day:%m%d%Y}")
        assert self._stop()["value"] == str(day)

    def _press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def _stop(self) -> dict[str, object]:
        return self.page.evaluate(_STOP)
