"""The library for the browser: as anyone sees it, and as it is kept."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from tests.browser.visits import Visit
from tests.courses.resource_factories import a_resource
from tests.registry.factories import a_base, an_account


def library(query: str = "", status: int = 0) -> Visit:
    base = a_base()
    a_resource(base)
    a_resource(
        base, title="怎样包装水果礼盒", format="text", data=b"", text_alternative="一二三", minutes=None
    )
    a_resource(base, title="给商品拍照", text_alternative="", accessible_formats=())
    return Visit(None, reverse("courses:library") + query, status=status)


def resource(**values: Any) -> Visit:
    return Visit(None, reverse("courses:resource", args=[a_resource(**values).public_id]))


def kept(name: str, post: Mapping[str, Any] | None = None, query: str = "", **values: Any) -> Visit:
    """A page of somebody who keeps one resource of a base."""
    base = a_base()
    held = a_resource(base, **values)
    args = [held.public_id] if name == "edit-resource" else []
    return Visit(an_account("base_manager", base), reverse(f"courses:{name}", args=args) + query, post)


VISITS = {
    "courses:library": library,
    "courses:library, nothing fits": lambda: library("?accessible=braille"),
    "courses:library, no such format": lambda: library("?format=smell", status=422),
    "courses:resource": resource,
    "courses:resource, without a text alternative": lambda: resource(text_alternative="", minutes=None),
    "courses:resource, a link": lambda: resource(
        format="link", data=b"", link="https://example.cn/lessons/1", accessible_formats=()
    ),
    "courses:resources": lambda: kept("resources"),
    "courses:resources, without a text alternative": lambda: kept(
        "resources", query="?waiting=text", text_alternative=""
    ),
    "courses:new-resource": lambda: kept("new-resource"),
    "courses:new-resource, nothing filled in": lambda: kept("new-resource", {}),
    "courses:edit-resource": lambda: kept("edit-resource"),
    "courses:edit-resource, a draft without text": lambda: kept(
        "edit-resource", published=False, text_alternative="", data=b""
    ),
    "courses:edit-resource, nothing filled in": lambda: kept("edit-resource", {}),
}
