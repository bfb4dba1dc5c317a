// The sources of a document: what was read of each, how often it is cited, and a way into it.

import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { showSource } from "./source.js";
import { listed } from "./tables.js";
import { counted } from "./words.js";

/** List the sources of a run in a place. */
export async function showSources(run, place) {
  const { sources } = await get(`/documents/${run.id}/sources`);
  if (!sources.length) return fill(place, h("p", { class: "hint" }, "It has no sources."));
  const row = (one) => [
    h("button", { class: "cell", onclick: (event) => showSource(run.id, one, event.currentTarget) }, one.source),
    one.title === one.source ? "" : one.title,
    one.passages.toLocaleString(),
    cited(run.numbers.cited(one.source)),
    one.warnings.join("; "),
  ];
  fill(place, listed(counted(sources.length, "source"), ["Source", "Title", "Passages read", "Cited", "Not read"], sources.map(row)));
}

function cited(places) {
  return places ? `at ${counted(places, "place")}` : "not cited";
}
