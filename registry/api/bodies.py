"""What the API reads of a request's body."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser


class Bodies(Parser):
    """JSON, but without NUL: nobody types it, and PostgreSQL takes no text that holds it."""

    def parse_body(self, request: HttpRequest) -> Any:
        body = super().parse_body(request)
        # Written out again a NUL is always escaped; a backslash before "u0000" is escaped itself.
        if "\\u0000" in json.dumps(body, ensure_ascii=False).replace("\\\\", ""):
            raise ValueError
        return body
