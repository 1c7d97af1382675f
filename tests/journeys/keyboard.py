"""A reader who has only a keyboard. Every stop on the way must show where it is, and let go again."""

from datetime import date

from playwright.sync_api import Page

_STOP = """() => {
  const box = document.activeElement;
  if (!box || box === document.body) return null;
  const size = box.getBoundingClientRect(), style = getComputedStyle(box);
  const labels = box.labels && box.labels.length ? [...box.labels].map(label => label.innerText).join(' ') : '';
  if (!window.stopNumbers) window.stopNumbers = new Map();
  if (!stopNumbers.has(box)) stopNumbers.set(box, stopNumbers.size);
  return {
    number: stopNumbers.get(box), label: box.getAttribute('aria-label') || labels || box.innerText,
    value: box.type === 'checkbox' ? '' : box.value, html: box.outerHTML.slice(0, 90),
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen: size.width > 1 && size.height > 1 && size.bottom > 0 && size.top < innerHeight
      && size.right > 0 && size.left < innerWidth,
  };
}"""
FARTHEST = 250
PARTS_OF_A_DATE = 4


class Keyboard:
    """Goes to things by their label with Tab, and uses them as the keys do."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, label: str, key: str = "Tab") -> None:
        """Press Tab (or Shift+Tab) until the thing called so has the focus."""
        pressed_here, last = 0, None
        for _press in range(FARTHEST):
            stop = self.page.evaluate(_STOP)
            if stop is not None:
                assert stop["seen"], f"{self.page.url}: the focus is out of view at {stop['html']}"
                assert stop["ring"] >= 2, f"{self.page.url}: no focus ring at {stop['html']}"
                if label in stop["label"]:
                    return
                pressed_here = pressed_here + 1 if stop["number"] == last else 0
                assert pressed_here < PARTS_OF_A_DATE, f"{self.page.url}: trapped at {stop['html']}"
            last = stop and stop["number"]
            self.page.keyboard.press(key)
        raise AssertionError(f"{self.page.url}: no key leads to “{label}”")

    def press(self, label: str) -> None:
        """Follow a link or press a button, and wait for the page it leads to."""
        self.go_to(label)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, label: str, text: str) -> None:
        """Type into a field, over what stands in it."""
        self.go_to(label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        self.go_to(label)
        self.page.keyboard.press("Space")

    def choose(self, label: str, value: str) -> None:
        """Arrow down in a list to an option."""
        self.go_to(label)
        for _press in range(100):
            if self.page.evaluate(_STOP)["value"] == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: “{label}” does not offer {value}")

    def pick_file(self, label: str, name: str, content: bytes) -> None:
        """The dialogue for files is the system's own: here it only opens by the field that has the focus."""
        self.go_to(label)
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator(":focus").set_input_files(file)

    def day(self, label: str, day: date) -> None:
        """Type a day into its three parts, in the order the browser shows them (here month, day, year)."""
        self.go_to(label)
        self.page.keyboard.type(f"{day:%m%d%Y}")
        assert self.page.evaluate(_STOP)["value"] == str(day)
