"""What can stop a certificate from being drawn.

Facts hold characters, counts and limits; never a whole name or a URL.
"""

from registry.errors import RegistryError


class FaceError(RegistryError):
    """A certificate cannot be drawn as it stands; nothing was made."""

    code = "face_not_drawn"
    status = 422


class MissingGlyph(FaceError):
    """The embedded fonts have no shape for some characters, so the print would show a gap in a name.

    `characters` lists each one once, in the order met; `code_points` names them as `U+2EBF0`.
    """

    code = "missing_glyph"

    def __init__(self, *, characters: list[str]) -> None:
        super().__init__(
            characters=characters,
            code_points=[f"U+{ord(character):04X}" for character in characters],
        )


class FaceTooLong(FaceError):
    """The words do not fit one sheet even at the smallest size that low-vision readers can use.

    `position` is the place of the certificate in the batch, counted from 1.
    """

    code = "face_too_long"

    def __init__(self, *, position: int) -> None:
        super().__init__(position=position)


class QrTooLong(FaceError):
    """The text does not fit any QR symbol; `length` is in characters."""

    code = "qr_too_long"

    def __init__(self, *, length: int) -> None:
        super().__init__(length=length)


class QrUnreadable(FaceError):
    """The QR just drawn does not read back as what was asked for. This is our fault, not the reader's."""

    code = "qr_unreadable"
    status = 500


class PictureUnfit(FaceError):
    """What was uploaded as a logo or seal cannot be taken; `reason` says why, `limit` what is allowed.

    Reasons: `format` (no PNG or JPEG), `bytes` (limit in MB), `pixels` (limit of a side), `small` (limit of a side),
    `broken`, `empty` (nothing in the picture can be seen).
    """

    code = "picture_unfit"
