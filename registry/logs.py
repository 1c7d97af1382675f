"""Keeps personal numbers, secrets of links and line breaks out of the log, whatever a message carries."""

import logging
import re

# Citizen IDs (15 or 18), 残疾人证 numbers (20 to 22) and mobile numbers.
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx](?:\d{2}(?:[Bb]\d?)?)?|\d{15}|1[3-9]\d{9})(?![\dXx])")
# What opens a personal link, in an address that was refused: 26 signs of base32, in any case.
_SECRETS = re.compile(r"(?<=/)[A-Za-z2-7]{26}(?![A-Za-z0-9])")


class WithoutPersonalData(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = _SECRETS.sub("[secret]", _NUMBERS.sub("[number]", record.getMessage()))
        record.msg, record.args = message.replace("\r", "\\r").replace("\n", "\\n"), None
        return True
