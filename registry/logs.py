"""Keeps personal numbers, secrets of links and line breaks out of the log, whatever a message carries."""

import logging
import re

from registry.rules.personal_numbers import NUMBERS

# What opens a personal link, in an address that was refused: 26 signs of base32, in any case.
_SECRETS = re.compile(r"(?<=/)[A-Za-z2-7]{26}(?![A-Za-z0-9])")


class WithoutPersonalData(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = _SECRETS.sub("[secret]", NUMBERS.sub("[number]", record.getMessage()))
        record.msg, record.args = message.replace("\r", "\\r").replace("\n", "\\n"), None
        return True
