"""A kind that ships is a folder with all of its own, found by entry points as an installed package's is."""

import tomllib
from pathlib import Path

import pytest

from quire.graphs.intake.installed_kinds import installed
from quire.nodes.plugins.entry_points import SHIPPED, Group, entries
from quire.nodes.plugins.functions import function_of

ROOT = Path(__file__).parents[2]


def test_the_entries_of_a_checkout_are_those_that_are_installed() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        declared = tomllib.load(file)["project"]["entry-points"]

    assert declared == SHIPPED


@pytest.mark.parametrize("group", SHIPPED)
def test_an_entry_is_listed_once_whether_quire_is_installed_or_not(group: Group) -> None:
    own = [entry.value for entry in entries(group) if entry.value.startswith("quire.")]

    assert list(SHIPPED[group].values()) == own


@pytest.mark.parametrize(
    ("group", "name", "inside", "kind"),
    [
        ("quire.computations", "general.figures", ("compute",), "general_report"),
        ("quire.computations", "zoning.designation", ("compute",), "site_zoning_report"),
        ("quire.checks", "zoning_document.figures_agree", (), "site_zoning_report"),
        ("quire.checks", "zoning_standards.required_cites_code", (), "site_zoning_report"),
    ],
)
def test_a_function_of_a_kind_stands_in_its_folder_under_the_name_that_older_runs_have(
    group: Group, name: str, inside: tuple[str, ...], kind: str
) -> None:
    found = function_of(group, name, *inside)

    assert found is not None
    assert found.__module__.startswith(f"quire.graphs.kinds.{kind}.")


@pytest.mark.parametrize("group", ["quire.computations", "quire.checks"])
def test_every_family_but_the_common_ones_stands_in_the_folder_of_a_kind(group: Group) -> None:
    folders = {name.replace("-", "_") for name, kind in installed().items() if not kind.package}

    homes = {value.split(".")[3] for name, value in SHIPPED[group].items() if name != "quire"}

    assert homes
    assert homes <= folders
