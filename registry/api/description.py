"""The description of the API (OpenAPI), with how it refuses."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

REFUSAL = {
    "type": "object",
    "title": "Refusal",
    "description": "`code` is permanent, `facts` hold no personal data, `message` is in the reader's language.",
    "properties": {
        "code": {"type": "string"},
        "facts": {"type": "object", "additionalProperties": True},
        "message": {"type": "string"},
    },
    "required": ["code", "facts", "message"],
}
REFUSED = {
    "description": "Refused, and nothing was changed: 400 unreadable, 401 not signed in, 403 not permitted, "
    "404 not found, 405 wrong method, 409 conflict, 413 too large, 422 invalid, 429 too often.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
}


class DescribedApi(NinjaAPI):
    """An API where each operation may refuse; the refusal looks the same everywhere."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Refusal"] = REFUSAL
        for operations in schema["paths"].values():
            for operation in operations.values():
                # Statuses are numbers here, and only names can be sorted together with "4XX".
                answers = {str(status): answer for status, answer in operation["responses"].items()}
                operation["responses"] = {**answers, "4XX": REFUSED}
        return schema
