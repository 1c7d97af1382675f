"""The cells that a person is counted under."""

from tests.goals.by_hand.days import age, card_on
from tests.goals.by_hand.goal import classes
from tests.goals.by_hand.lives import Life
from tests.goals.by_hand.span import Span

BANDS = [
    (0, 15, "0-15"),
    (16, 24, "16-24"),
    (25, 34, "25-34"),
    (35, 44, "35-44"),
    (45, 54, "45-54"),
    (55, 59, "55-59"),
    (60, 200, "60+"),
]


def cells(life: Life, span: Span) -> set[str]:
    years = age(life.person["birth_date"], span.first)
    card = card_on(life, span.until)
    found = {
        f"sex:{life.person['sex']}",
        *(f"age:{band}" for least, most, band in BANDS if least <= max(years, 0) <= most),
        f"residence:{life.person['residence'] or 'unknown'}",
        f"disability:{card['category'] if card else 'none'}",
        f"grade:{card['grade'] if card else 'none'}",
    }
    held = classes(life, span)
    return found | ({f"hardship:{kind}" for kind in held} if held else {"hardship:none"})
