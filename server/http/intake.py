"""What comes in over HTTP: JSON and briefs, read strictly, and with nothing in them that names a file of ours.

A brief comes as JSON or YAML, its sources inline, or as multipart: a part ``brief`` and parts ``files``, which the
brief's ``sources`` name as the upload calls them. Its ``blueprint`` may name one too.
"""

import base64
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from fastapi import Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from quire.graphs.intake import brief
from quire.graphs.intake.agent_check import check_agents
from quire.graphs.intake.blueprint_models import Part
from quire.graphs.intake.brief_sources import MAX_SOURCES
from quire.nodes.decode import strict_json, strict_yaml
from quire.nodes.decode.located import Located, field_name, shown
from quire.nodes.decode.shaped import shaped
from quire.nodes.faults import BadInput, refuse
from quire.server.http.problems import UnknownMedia

JSON, MULTIPART = "application/json", "multipart/form-data"
YAML = frozenset({"application/yaml", "application/x-yaml", "text/yaml"})
MOST_EDITS = 1_000
"""Of a version, with which it begins."""
_MOST_BRIEF = 1_000_000
"""Bytes of the part ``brief``."""


class EditedClaim(Part):
    """A person's words in the place of a claim's, in a new version."""

    section: str
    claim: str
    text: str = Field(max_length=20_000)
    based_on: str = Field(default="", max_length=64)
    behind: bool = False
    by: str = Field(default="", max_length=200)


class Posted(NamedTuple):
    """What a request asks to be written."""

    brief: dict[str, Any] | None
    """Decoded; ``None``: the same as the version before."""
    follows: str = ""
    """The document that it is a new version of."""
    edits: tuple[EditedClaim, ...] = ()


async def posted(request: Request) -> Posted:
    """Read what a request asks to be written: a brief, or a new version of a document.

    Raises:
        BadInput: with every field that cannot be used.
        UnknownMedia: the body is something else.

    """
    given = await _given(request)
    if not isinstance(given, dict) or "from" not in given:
        return Posted(await run_in_threadpool(checked, given))
    version = {key: given.pop(key) for key in ("from", "edits") if key in given}
    if not isinstance(version["from"], str) or not version["from"]:
        raise BadInput("names no document", field="from", hint="give the id of a finished one")
    edits = version.get("edits", [])
    if not isinstance(edits, list) or len(edits) > MOST_EDITS:
        raise BadInput(f"must be a list of up to {MOST_EDITS}", field="edits")
    read = tuple(shaped(EditedClaim, Located({"edits": edits}).part("edits", n)) for n in range(len(edits)))
    brief = await run_in_threadpool(checked, given) if given else None
    return Posted(brief, version["from"], read)


async def brief_of(request: Request) -> dict[str, Any]:
    """Read, check and fill in the brief of a request.

    Raises:
        BadInput: with every field that cannot be used.
        UnknownMedia: the body is something else.

    """
    return await run_in_threadpool(checked, await _given(request))


async def _given(request: Request) -> Any:
    media = media_of(request.headers.get("content-type", ""))
    if media == MULTIPART:
        asked, files = await _form(request)
        return await run_in_threadpool(_with_files, *_with_template(*_with_blueprint(asked, files)))
    return await run_in_threadpool(_parsed, await request.body(), media)


async def json_of(request: Request) -> Any:
    """Read the JSON of a request.

    Raises:
        BadInput: it is none.
        UnknownMedia: the body is something else.

    """
    media = media_of(request.headers.get("content-type", ""))
    if media != JSON:
        raise UnknownMedia(f"send {JSON}, not {shown(media)}")
    return await run_in_threadpool(_parsed, await request.body(), media)


def media_of(content_type: str) -> str:
    """Give a media type without its parameters; who names none is taken to send JSON."""
    return content_type.partition(";")[0].strip().lower() or JSON


def _parsed(body: bytes, media: str) -> Any:
    if media != JSON and media not in YAML:
        raise UnknownMedia(f"send {JSON}, application/yaml or {MULTIPART}, not {shown(media)}")
    text = _text(body, "the body")
    parse = strict_json.parse if media == JSON else strict_yaml.parse
    return parse(text, "body").value


def _text(raw: bytes, what: str) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise BadInput(f"{what} is not UTF-8 text", hint="encode it as UTF-8") from None


def checked(given: Any) -> dict[str, Any]:
    """Check a brief that came over a network, its sources and the models that it chooses too, and fill it in.

    Raises:
        BadInput: with every field that cannot be used.

    """
    if not isinstance(given, dict):
        raise BadInput("a brief must be a mapping", hint="begin with blueprint, title and sources")
    asked = brief.decode(given, over_network=True)
    check_agents(asked)
    brief.check(asked)
    return asked


async def _form(request: Request) -> tuple[Any, dict[str, bytes]]:
    try:
        async with request.form(max_files=MAX_SOURCES + 1, max_fields=1, max_part_size=_MOST_BRIEF) as form:
            return await _parts(form)
    except HTTPException as fault:
        if fault.status_code != HTTPStatus.BAD_REQUEST:
            raise
        raise BadInput(f"the form cannot be read: {fault.detail}", hint=f"send {MULTIPART}, RFC 7578") from None


async def _parts(form: FormData) -> tuple[Any, dict[str, bytes]]:
    """Take the parts apart: the brief as it was written, the files by the name that the upload gives them."""
    unknown = sorted(set(form) - {"brief", "files"})
    if unknown:
        raise BadInput("there is no such part", field=shown(unknown[0]).strip('"'), hint="send brief and files")
    briefs = form.getlist("brief")
    if len(briefs) != 1:
        raise BadInput(f"one part holds the brief, not {len(briefs)}", field="brief", hint="send it as brief")
    files: dict[str, bytes] = {}
    for place, part in enumerate(form.getlist("files")):
        if not isinstance(part, UploadFile) or not part.filename:
            raise BadInput("has no file name", field=f"files[{place}]", hint="sources name files by it")
        if part.filename in files:
            raise BadInput(f"{shown(part.filename)} is there twice", field=f"files[{place}]", hint="rename one")
        files[part.filename] = await part.read()
    return await _written(briefs[0]), files


async def _written(part: UploadFile | str) -> Any:
    """Read the part ``brief``: as JSON if it says so, else as YAML, of which JSON is a part."""
    if isinstance(part, str):
        return strict_yaml.parse(part, "brief").value
    media, name = media_of(part.content_type or ""), part.filename or ""
    is_json = media == JSON or name.endswith(".json")
    raw = await part.read(_MOST_BRIEF + 1)
    if len(raw) > _MOST_BRIEF:
        raise BadInput(f"is larger than {_MOST_BRIEF // 1_000_000} MB", field="brief", hint="send sources as files")
    return await run_in_threadpool(_parsed, raw, JSON if is_json else "application/yaml")


def _with_blueprint(given: Any, files: Mapping[str, bytes]) -> tuple[Any, Mapping[str, bytes]]:
    """Put a blueprint that was sent as a file in the place of its name, and give the files that are left."""
    name = given.get("blueprint") if isinstance(given, dict) else None
    if not isinstance(name, str) or name not in files:
        return given, files
    own = strict_yaml.parse(_text(files[name], name), name).value  # JSON is a part of YAML
    return {**given, "blueprint": own}, {other: content for other, content in files.items() if other != name}


def _with_template(given: Any, files: Mapping[str, bytes]) -> tuple[Any, Mapping[str, bytes]]:
    """Put a Word template that was sent as a file in the place of its name, and give the files that are left."""
    options = given.get("options") if isinstance(given, dict) else None
    name = options.get("template") if isinstance(options, dict) else None
    if not isinstance(name, str) or name not in files:
        return given, files
    own = {**given, "options": {**given["options"], "template": _inline(name, files[name])}}
    return own, {other: content for other, content in files.items() if other != name}


def _with_files(given: Any, files: Mapping[str, bytes]) -> Any:
    """Put the files into the brief, where its sources name them."""
    if not isinstance(given, dict) or not isinstance(given.get("sources", []), list):
        return given
    sources: Sequence[Any] = given.get("sources", [])
    named = {name for source in sources if (name := _named(source)) is not None}
    unnamed = [name for name in files if name not in named]
    absent = [(n, name) for n, s in enumerate(sources) if (name := _named(s)) is not None and name not in files]
    refuse([*(_absent(place, name, files) for place, name in absent), *map(_unnamed, unnamed)])
    return {**given, "sources": [_with_file(source, files) for source in sources]}


def _named(source: Any) -> str | None:
    """Give the file that a source of the brief names, if it names one."""
    if isinstance(source, dict) and isinstance(source.get("path"), str):
        return str(source["path"])
    return source if isinstance(source, str) else None


def _with_file(source: Any, files: Mapping[str, bytes]) -> Any:
    """Put a file in the place of its name; what else the source says of it holds."""
    name = _named(source)
    if name is None:
        return source
    said = {key: value for key, value in source.items() if key != "path"} if isinstance(source, dict) else {}
    return {**said, **_inline(name, files[name])}


def _absent(place: int, name: str, files: Mapping[str, bytes]) -> BadInput:
    there = f"the files sent are {', '.join(map(shown, files))}" if files else "send it as a part named files"
    return BadInput(f"{shown(name)} is none of the files sent", field=field_name(("sources", place)), hint=there)


def _unnamed(name: str) -> BadInput:
    return BadInput(f"{shown(name)} is named by no source", field="files", hint="add its name to sources")


def _inline(name: str, content: bytes) -> dict[str, str]:
    return {"name": name, "base64": base64.b64encode(content).decode("ascii")}
