"""The parts of the OpenAPI document that FastAPI cannot tell by itself: bodies read by us, and what is streamed."""

from typing import Any

from fastapi import FastAPI
from pydantic import TypeAdapter

from quire.nodes.language.catalogue import LANGUAGES
from quire.server.http.intake import JSON, MULTIPART, EditedClaim
from quire.server.http.routes.answers import Problem
from quire.server.http.routes.telling import TELLINGS

_SOURCE = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "text": {"type": "string"},
        "base64": {"type": "string"},
        "mcp": {
            "description": "What a tool replies, of a server that the operator has released for the caller.",
            "type": "object",
            "properties": {
                "server": {"type": "string"},
                "tool": {"type": "string"},
                "arguments": {"type": "object"},
            },
            "required": ["server", "tool"],
            "additionalProperties": False,
        },
        "personal": {
            "description": "Columns and labels whose values are withheld.",
            "type": "array",
            "items": {"type": "string"},
        },
    },
    "required": ["name"],
    "additionalProperties": False,
}
_BRIEF: dict[str, Any] = {
    "type": "object",
    "properties": {
        "blueprint": {
            "description": "The name of one that ships, or the blueprint itself. A path is refused.",
            "anyOf": [{"type": "string"}, {"type": "object"}],
        },
        "title": {"type": "string", "maxLength": 300},
        "facts": {"type": "object"},
        "sources": {"type": "array", "items": _SOURCE, "maxItems": 500},
        "locale": {"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,4}){0,2}$"},
        "records": {
            "description": "Records that a person has looked through, as `POST /extract` gives them.",
            "type": "object",
            "additionalProperties": {"type": "array", "items": {"type": "object"}},
        },
        "plan": {
            "description": "Sections to write in the place of the blueprint's, as `POST /plan` gives them.",
            "type": "object",
            "properties": {"sections": {"type": "array", "items": {"type": "object"}}},
            "required": ["sections"],
            "additionalProperties": False,
        },
        "options": {
            "type": "object",
            "properties": {
                "approve": {"type": "array", "items": {"type": "string"}},
                "max_rounds": {"type": "integer", "minimum": 1, "maximum": 10},
                "budget": {"type": "object"},
                "batch": {
                    "type": "object",
                    "description": "What all documents of a batch may spend together.",
                    "properties": {"id": {"type": "string", "maxLength": 64}, "budget": {"type": "object"}},
                    "additionalProperties": False,
                },
                "model": {"type": "string", "description": "For all agents, one of those that the server has set."},
                "template": {
                    "type": "object",
                    "description": "A Word file that lends the Word edition its styles, cover, heads and feet.",
                    "properties": {"name": {"type": "string"}, "base64": {"type": "string"}},
                    "required": ["name", "base64"],
                    "additionalProperties": False,
                },
                "models": {"type": "object", "additionalProperties": {"type": "string"}, "description": "By agent."},
            },
            "additionalProperties": False,
        },
        "left_out": {
            "description": "Files that stay out of the sources, each with the reason; the document names them.",
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "reason": {"type": "string"}},
                "required": ["name", "reason"],
                "additionalProperties": False,
            },
            "maxItems": 1_000,
        },
        "language": {
            "description": "Of the document; if left out, that of most sources.",
            "enum": list(LANGUAGES),
        },
        "from": {
            "type": "string",
            "description": "A finished document: a new version of it is written. Of the brief nothing need be sent.",
        },
        "edits": {
            "type": "array",
            "items": TypeAdapter(EditedClaim).json_schema(),
            "description": "Persons' words, with which a new version begins.",
        },
    },
    "anyOf": [{"required": ["blueprint"]}, {"required": ["from"]}],
    "additionalProperties": False,
}
EXAMPLE_BRIEF = {
    "blueprint": {
        "name": "notice",
        "title": "Notice",
        "sections": [{"id": "height", "title": "Height"}, {"id": "yards", "title": "Yards", "after": ["height"]}],
    },
    "title": "Height and yards, 41 Mill Lane",
    "sources": [
        {
            "name": "code.md",
            "text": "## 1.01 Height\n\nThe height of a building shall not exceed 40 feet.\n\n"
            "## 1.02 Yards\n\nThe front yard shall be at least 20 feet deep.\n",
        }
    ],
}
_PARTS = {
    "type": "object",
    "properties": {
        "brief": {"type": "string", "description": "The brief, as JSON or YAML."},
        "files": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "Files that the brief's sources name.",
        },
    },
    "required": ["brief"],
}
BRIEF_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": _BRIEF, "examples": {"notice": {"value": EXAMPLE_BRIEF}}},
            MULTIPART: {"schema": _PARTS},
        },
    }
}
BATCH_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {
                    "type": "object",
                    "properties": {
                        "brief": _BRIEF,
                        "rows": {
                            "type": "array",
                            "items": {"type": "object"},
                            "minItems": 1,
                            "maxItems": 1_000,
                            "description": "Facts of each document, by name. `title` gives it its title.",
                        },
                    },
                    "required": ["brief", "rows"],
                    "additionalProperties": False,
                },
                "examples": {
                    "notices": {"value": {"brief": EXAMPLE_BRIEF, "rows": [{"title": "Height, 41 Mill Lane"}]}}
                },
            }
        },
    }
}
TELLING_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {"oneOf": [TypeAdapter(kind).json_schema() for kind in TELLINGS.values()]},
                "examples": {
                    "answer": {"value": {"type": "answer", "question": "release", "decision": "approve"}},
                    "conflict": {"value": {"type": "answer", "question": "conflict:1", "holds": "survey.csv"}},
                    "plan": {"value": {"type": "answer", "question": "plan", "decision": "approve", "drop": ["yards"]}},
                    "fact": {"value": {"type": "fact", "name": "stories", "value": 3}},
                    "section_changed": {
                        "value": {"type": "section_changed", "section": "height", "changes": {"words": 80}}
                    },
                    "section_cancelled": {"value": {"type": "section_cancelled", "section": "yards"}},
                },
            }
        },
    }
}
EVENT_STREAM: dict[str, Any] = {
    "description": "Server-sent events: `id` is the event's number, `event` its type, `data` the event as JSON. "
    "While a draft is written, unnumbered `token` events carry its text as it comes; they are not replayed. "
    "With `Accept: application/json`, a page of events.",
    "content": {
        "text/event-stream": {},
        JSON: {"schema": {"$ref": "#/components/schemas/EventPage"}},
    },
}
CONTENT: dict[str, Any] = {
    "description": "The document.",
    "content": {
        "text/html": {"schema": {"type": "string"}},
        "text/markdown": {"schema": {"type": "string"}},
        "application/pdf": {"schema": {"type": "string", "format": "binary"}},
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
            "schema": {"type": "string", "format": "binary"}
        },
        JSON: {"schema": {"type": "object"}},
    },
}


def describe(app: FastAPI) -> None:
    """Add to the application's OpenAPI document the shapes that no route declares, and how keys are sent."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        for operation in _operations(document):
            _answer_in_problems(operation["responses"])
        components = document.setdefault("components", {})
        for name, shape in _SHAPES.items():
            components.setdefault("schemas", {}).setdefault(name, shape)
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        document["security"] = [{"key": []}]
        document["paths"]["/health"]["get"]["security"] = []
        return document

    app.openapi = openapi  # type: ignore[method-assign] # FastAPI's way to extend it


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for methods in document["paths"].values() for operation in methods.values()]


def _answer_in_problems(responses: dict[str, Any]) -> None:
    """Take out the answer that FastAPI describes for what does not validate: ours is a problem document."""
    if "422" in responses:
        responses["422"]["content"] = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


_SHAPES: dict[str, Any] = {}
for _shape in (Problem,):
    _schema = TypeAdapter(_shape).json_schema(ref_template="#/components/schemas/{model}")
    _SHAPES |= {**_schema.pop("$defs", {}), _shape.__name__: _schema}
