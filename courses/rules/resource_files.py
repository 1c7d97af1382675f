"""What a file of the library is, read from its first bytes and never from its name."""

from collections.abc import Mapping

MOST_BYTES = 20 * 1024 * 1024
"""Half an hour of speech, or a short film; longer films are linked."""

PLAIN_TEXT = "text/plain"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TYPES: Mapping[str, tuple[str, ...]] = {
    "video": ("video/mp4", "video/webm"),
    "audio": ("audio/mpeg", "audio/mp4"),
    "text": (PLAIN_TEXT, "application/pdf"),
    "slides": ("application/pdf", SLIDES),
    "link": (),
}
"""The media types that each format may have."""
ENDINGS: Mapping[str, str] = {
    "video/mp4": "mp4",
    "video/webm": "webm",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    PLAIN_TEXT: "txt",
    "application/pdf": "pdf",
    SLIDES: "pptx",
}

_STARTS = {b"%PDF-": "application/pdf", b"\x1a\x45\xdf\xa3": "video/webm", b"ID3": "audio/mpeg"}


def media_type(data: bytes) -> str:
    """The media type of these bytes, "" for what the library does not keep."""
    found = next((kind for start, kind in _STARTS.items() if data.startswith(start)), "")
    if found:
        return found
    if data[4:8] == b"ftyp":
        return "audio/mp4" if data[8:11] == b"M4A" else "video/mp4"
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xE6 == 0xE2:  # a frame of MPEG audio, layer III
        return "audio/mpeg"
    # A presentation without macros; vbaProject.bin is where they are kept.
    if data.startswith(b"PK\x03\x04") and b"ppt/presentation.xml" in data and b"vbaProject" not in data:
        return SLIDES
    return PLAIN_TEXT if _is_text(data) else ""


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    start = text[:1024].lstrip().lower()
    # A page could carry scripts: text is what has no tags at its beginning.
    return not start.startswith("<") and all(
        sign.isprintable() or sign in "\t\r\n\u3000\u00a0" for sign in text
    )
