"""The libraries in use are those in which known holes are closed, and the project asks for no older ones."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
CLOSED_IN = {
    "langgraph": ("1.0.10", "CVE-2026-28277: the switch that keeps msgpack from rebuilding any type"),
    "langgraph-checkpoint": ("4.0.0", "CVE-2025-64439 and CVE-2026-27794: code run by a stored row"),
    "langgraph-checkpoint-sqlite": ("3.1.1", "CVE-2025-67644, CVE-2025-8709, CVE-2026-71433: filters and namespaces"),
    "langgraph-checkpoint-postgres": ("3.1.1", "CVE-2026-71433: namespaces that cross tenants"),
    "langgraph-sdk": ("0.3.15", "CVE-2026-48776: paths made of identifiers"),
    "langchain-core": ("1.2.11", "CVE-2025-68664, CVE-2025-65106, CVE-2026-26013: injection, attributes, requests"),
    "langchain-openai": ("1.1.14", "CVE-2026-41488: requests to inner addresses while counting tokens"),
    "starlette": ("0.49.1", "CVE-2025-62727 and CVE-2025-54121: ranges and forms that block the loop"),
    "python-multipart": ("0.0.30", "CVE-2026-53539 and before: denial of service, paths"),
    "pypdf": ("6.16.1", "CVE-2026-84309 and others: loops and memory"),
    "pyyaml": ("5.4", "CVE-2020-14343: code run by a full load"),
    "jinja2": ("3.1.6", "CVE-2025-27516: ways out of the sandbox"),
    "h11": ("0.16.0", "CVE-2025-43859: requests smuggled in chunks"),
}
"""By library: the first version without the hole, and which hole."""
NEVER = {"weasyprint": "fetches and embeds what a document names", "markdown": "quadratic, and keeps raw HTML"}


def project() -> list[Requirement]:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    every = [*told["dependencies"], *(line for lines in told["optional-dependencies"].values() for line in lines)]
    return [Requirement(line) for line in every]


def pinned_versions() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    pinned = [match for line in lines if (match := re.fullmatch(r"([\w.-]+)==(\S+)", line))]
    return {canonicalize_name(match[1]): Version(match[2]) for match in pinned}


@pytest.mark.parametrize("name", CLOSED_IN)
def test_the_version_that_is_tested_has_the_hole_closed(name: str) -> None:
    least, hole = CLOSED_IN[name]
    if name not in pinned_versions():
        assert name not in {canonicalize_name(r.name) for r in project()}, "a dependency has a tested version"
        return

    assert pinned_versions()[name] >= Version(least), hole
    assert Version(version(name)) >= Version(least), hole


@pytest.mark.parametrize(
    "asked", [r for r in project() if canonicalize_name(r.name) in CLOSED_IN], ids=lambda r: r.name
)
def test_no_version_with_the_hole_may_be_installed(asked: Requirement) -> None:
    least, hole = CLOSED_IN[canonicalize_name(asked.name)]
    bounds = [Version(s.version) for s in asked.specifier if s.operator in {">=", "=="}]

    assert bounds, f"{asked} has no lower bound"
    assert max(bounds) >= Version(least), hole


@pytest.mark.parametrize("name", NEVER)
def test_what_cannot_be_made_safe_is_not_used(name: str) -> None:
    assert name not in pinned_versions(), NEVER[name]
