"""What the public page says first."""

import re
from typing import Any


def answer(response: Any) -> str:
    """The heading, which the title repeats and the first sentence explains."""
    html = response.content.decode()
    heading = re.findall(r"<h1>(.*?)</h1>", html, re.DOTALL)
    assert len(heading) == 1
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title
    assert title[1].startswith(heading[0])
    return str(heading[0])
