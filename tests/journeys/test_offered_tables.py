"""A writer is offered the table that its section's questions need, in place of one that says what nobody asks."""

import re

from model_server import ModelServer
from open_plans import WET, events_with, open_brief, plan, planned, planner

_PUMPS = [(f"Pump {name}", "Northgate" if n > 12 else "Southmoor") for n, name in enumerate("ABCDEFGHIJKLMNOP")]
_ROWS = "".join(f"{pump},{depot},{4 + n},{n % 3}\n" for n in range(12) for pump, depot in _PUMPS)


async def test_a_section_that_asks_for_one_depot_is_offered_its_rows(online: ModelServer) -> None:
    asks = {"purpose": "Say how many failures a start each pump of Northgate had."}
    online.reply = planner(plan(planned("damage", ["Q1"]), planned("pumps", ["Q2"], **asks)))
    brief = open_brief()
    table = f"pump,depot,starts,failures\n{_ROWS}"
    brief["sources"] = [{**WET, "name": "wet.csv", "text": table}, *brief["sources"][1:]]
    brief["blueprint"]["offers"] = "general.counts"

    await events_with(brief)

    asked = next(a.prompt for a in online.asked if "Write the section “The pumps”" in a.prompt)
    shown = asked.partition("by “pump”, where “depot” is “Northgate”")[2].partition("<<")[0]
    assert "failures / starts" in shown
    assert ["Pump N", "Pump O", "Pump P"] == sorted(re.findall(r"^V\d+: (Pump \w)", shown, re.MULTILINE))
    assert "depot” is “Southmoor" not in asked
