// A source as it was read, opened at the passage that evidence names.

import { get } from "./api.js";
import { fill, h, tell } from "./dom.js";

/** Show a source of a run at a place: `{source, address, quote}`. `from` gets the focus back. */
export async function showSource(run, { source, address = "", quote = "" }, from) {
  const place = h("div", { class: "passages" }, h("p", { class: "hint" }, "Reading …"));
  const search = h("input", { type: "search", "aria-label": "Search in this source", placeholder: "Search in this source" });
  const dialog = h(
    "dialog",
    { class: "box source", "aria-label": `Source ${source}` },
    h("header", {}, h("h2", {}, source), h("button", { class: "close", "aria-label": "Close", onclick: () => dialog.close() }, "×")),
    search,
    place,
  );
  dialog.addEventListener("close", () => {
    dialog.remove();
    const back = from.isConnected ? from : document.querySelector("dialog.panel[open] button"); // it was drawn anew meanwhile
    back?.focus({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  try {
    const passages = await passagesOf(run, source);
    const rows = passages.map((passage) => row(passage, isAt(passage, address) ? quote : null));
    fill(place, rows);
    const named = place.querySelector("[aria-current]");
    named?.scrollIntoView({ block: "center" });
    named?.focus({ preventScroll: true });
    search.addEventListener("input", () => find(rows, passages, search.value.trim().toLowerCase()));
  } catch (fault) {
    fill(place, h("p", { class: "notice bad", role: "alert" }, fault.message));
  }
}

/** The passages of a source as they were read. */
export async function passagesOf(run, source) {
  return (await get(`/documents/${run}/sources/${source.split("/").map(encodeURIComponent).join("/")}`)).passages;
}

/** A passage and what stands around it: so many of them before and behind, the words of the evidence marked. */
export function around(passages, { address, quote }, count) {
  const at = passages.findIndex((passage) => isAt(passage, address));
  const from = Math.max(0, at - count);
  return at < 0 ? [] : passages.slice(from, at + count + 1).map((passage, n) => row(passage, from + n === at ? quote : null));
}

/** Whether an address names a passage: itself, one of its lines, or a cell of its row. */
function isAt({ address, lines }, named) {
  return named !== "" && (address === named || lines.some(([, line]) => line === named) || named.startsWith(`${address}, `));
}

function row({ address, text, kind }, quote) {
  const shown = quote === null ? text : marked(text, quote);
  return h(kind === "heading" ? "h3" : "p", { class: `passage ${kind}`, tabindex: quote === null ? null : "-1", "aria-current": quote === null ? null : "true" }, h("span", { class: "address" }, address), h("span", {}, shown));
}

/** The text with the words of the evidence marked; all of it where they stand otherwise. */
function marked(text, quote) {
  const at = text.indexOf(quote);
  return at < 0 ? h("mark", {}, text) : [text.slice(0, at), h("mark", {}, quote), text.slice(at + quote.length)];
}

function find(rows, passages, wanted) {
  const hits = rows.filter((element, n) => !(element.hidden = wanted !== "" && !passages[n].text.toLowerCase().includes(wanted)));
  tell(wanted ? `${hits.length} passages hold “${wanted}”` : "");
}
