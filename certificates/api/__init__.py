"""The API of `certificates`."""

from ninja import Router

router = Router()
