"""The API of `courses`."""

from ninja import Router

router = Router()
