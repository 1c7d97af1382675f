"""The API of `registry`."""

from ninja import Router

router = Router()
