// Looks for words in the document and in all its sources.

import { get } from "./api.js";
import { fill, h, tell } from "./dom.js";
import { ordered } from "./lanes.js";
import { showSource } from "./source.js";
import { counted } from "./words.js";

const LEAST = 2; // characters from which on it is worth looking
const PAUSE = 250; // milliseconds after the last key

/** Make a search field and the place of what it finds. `reach(section, claim)` goes to a statement. */
export function search(run, reach) {
  const found = h("div", { class: "found", hidden: true, role: "region", "aria-label": "What was found" });
  const input = h("input", { type: "search", "aria-label": "Search in document and sources", placeholder: "Search in document and sources" });
  let due = null;
  let asked = 0;
  const look = async () => {
    const words = input.value.trim();
    const turn = ++asked;
    found.hidden = words.length < LEAST;
    if (found.hidden) return fill(found);
    const said = inDocument(run, words.toLowerCase());
    const read = await get(`/documents/${run.id}/passages?words=${encodeURIComponent(words)}`).catch((fault) => ({ passages: [], problem: fault.message }));
    if (turn !== asked) return; // other words were typed since
    const close = () => ((input.value = ""), look());
    fill(found, group(`In the document: ${counted(said.length, "statement")}`, said.map((hit) => item(hit.text, words, hit.title, () => (close(), reach(hit.section, hit.claim))))), group(inSources(read), read.passages.map((hit) => item(hit.text, words, `${hit.source}, ${hit.address}`, (event) => showSource(run.id, { ...hit, quote: written(hit.text, words) }, event.currentTarget)))));
    tell(`${counted(said.length, "statement")} and ${counted(read.passages.length, "passage")} found`);
  };
  input.addEventListener("input", () => (clearTimeout(due), (due = setTimeout(look, PAUSE))));
  return { input, found };
}

function inSources({ passages, more, problem }) {
  return problem ? `In the sources: ${problem}` : `In the sources: ${counted(passages.length, "passage")}${more ? ", and more" : ""}`;
}

/** The statements that hold some words: of paragraphs and lists, and cells of tables. */
function inDocument(run, wanted) {
  return ordered(run).flatMap((lane) => {
    const claims = (lane.content?.blocks || []).flatMap((block) => [...(block.claims || []), ...(block.rows || []).flat()]);
    return claims.filter((claim) => claim.text.toLowerCase().includes(wanted)).map((claim) => ({ section: lane.id, title: lane.title, text: claim.text, claim }));
  });
}

function group(title, items) {
  return h("section", {}, h("h2", {}, title), items.length > 0 && h("ul", {}, items));
}

function item(text, words, place, onclick) {
  const at = text.toLowerCase().indexOf(words.toLowerCase());
  const from = Math.max(0, at - 60);
  const shown = [from > 0 && "… ", text.slice(from, at), h("mark", {}, text.slice(at, at + words.length)), text.slice(at + words.length, at + words.length + 120), text.length > at + words.length + 120 && " …"];
  return h("li", {}, h("button", { onclick }, h("span", {}, shown), h("span", { class: "hint" }, place)));
}

/** Some words as they are written in a text. */
function written(text, words) {
  const at = text.toLowerCase().indexOf(words.toLowerCase());
  return text.slice(at, at + words.length);
}
