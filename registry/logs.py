"""Keeps personal numbers and line breaks out of the log, whatever a message carries."""

import logging
import re

# Citizen IDs (15 or 18), 残疾人证 numbers (20 to 22) and mobile numbers.
_NUMBERS = re.compile(r"(?<!\d)(?:\d{17}[\dXx](?:\d{2}(?:[Bb]\d?)?)?|\d{15}|1[3-9]\d{9})(?![\dXx])")


class WithoutPersonalData(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = _NUMBERS.sub("[number]", record.getMessage())
        record.msg, record.args = message.replace("\r", "\\r").replace("\n", "\\n"), None
        return True
