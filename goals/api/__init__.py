"""The API of `goals`."""

from ninja import Router

router = Router()
