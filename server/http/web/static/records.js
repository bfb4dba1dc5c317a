// The records of a document: what code compares, type by type, each value beside its place in the source.

import { get } from "./api.js";
import { fill, h, tell } from "./dom.js";
import { around, passagesOf, showSource } from "./source.js";
import { listed } from "./tables.js";
import { counted } from "./words.js";

const READ_BY = { code: "read by code", model: "read by a model, verified by code", person: "given with the brief, verified by code" };
const AROUND = 3; // passages that are shown before and behind the one that is meant

const shown = new WeakMap(); // by place: what it shows, so that it is drawn anew only where that has changed

/** Show the records of a run in a place. */
export async function showRecords(run, place) {
  const { types } = await get(`/documents/${run.id}/records`);
  if (shown.get(place) === JSON.stringify(types)) return;
  shown.set(place, JSON.stringify(types));
  const some = types.filter(({ records, refused }) => records.length || refused.length);
  if (!some.length) return fill(place, h("p", { class: "hint" }, types.length ? "No records stand in its sources." : "This kind of document has no records: its sections are written from the passages themselves."));
  const beside = besideOf(run);
  const parts = some.map((type) => h("div", { class: "type", tabindex: "-1" }, ofType(type, beside.show)));
  const reach = (n) => (parts[n].scrollIntoView({ block: "start" }), parts[n].focus({ preventScroll: true }));
  const kinds = h("select", { id: "records-of", onchange: () => reach(kinds.selectedIndex) }, some.map(({ title, records }) => h("option", {}, `${title} (${records.length})`)));
  const ways = h("div", { class: "field choose" }, h("label", { for: "records-of" }, "Go to"), kinds);
  fill(place, some.length > 1 && ways, h("div", { class: "records" }, h("div", {}, parts), beside.element));
}

function ofType(type, show) {
  const { title, records, refused } = type;
  const row = (record) => type.fields.map(({ name, label }) => value(record, name, label, show));
  const hint = [counted(records.length, "record"), READ_BY[type.read_by]].join(", ");
  return [
    listed(title, type.fields.map(({ label }) => label), records.map(row), hint) || h("section", {}, h("h2", {}, title), h("p", { class: "hint" }, hint)),
    refused.length > 0 && h("section", { class: "refused", "aria-label": `${title}: not accepted` }, h("h3", {}, `Not accepted: ${refused.length}`), h("ul", {}, refused.map((one) => h("li", {}, one.source ? leading(one.why, { ...one, quote: one.text }, one.why, show) : one.why)))),
  ];
}

/** A value as its source writes it; what a person corrected, and what is said elsewhere, stands below it. */
function value(record, name, label, show) {
  const field = record.fields[name];
  if (!field) return "";
  const was = record.corrected[name];
  return [
    leading(field.text, field.evidence, `${label}: ${field.text}`, show),
    was && h("p", { class: "hint" }, h("span", { class: "badge caution" }, "corrected"), ` code reads “${was}” there`),
    !field.value && h("p", { class: "hint" }, "is not computed with"),
    (field.otherwise || []).map((other) => h("p", { class: "hint" }, "elsewhere ", leading(other.text, other.evidence, `${label}, elsewhere: ${other.text}`, show))),
  ];
}

function leading(text, evidence, label, show) {
  return h("button", { class: "cell", "aria-pressed": "false", "aria-label": `${label}. Show its place in the source`, onclick: (event) => show(evidence, event.currentTarget) }, text);
}

/** What stands beside the records: the place in a source that a value was read at. */
function besideOf(run) {
  const read = new Map(); // by source: its passages, asked for once
  const element = h("aside", { class: "beside", "aria-label": "Its place in the source", hidden: true, onkeydown: (event) => event.key === "Escape" && close() });
  let opener = null;
  const close = () => {
    element.hidden = true;
    opener?.setAttribute("aria-pressed", "false");
    opener?.focus({ preventScroll: true });
  };
  const show = async (evidence, from) => {
    opener?.setAttribute("aria-pressed", "false");
    opener = from;
    from.setAttribute("aria-pressed", "true");
    const { source, address, quote } = evidence;
    if (!read.has(source)) read.set(source, passagesOf(run.id, source));
    const passages = await read.get(source).catch((fault) => (read.delete(source), fault));
    if (opener !== from) return; // another was asked for since
    const there = passages instanceof Error ? [h("p", { class: "notice bad", role: "alert" }, passages.message)] : around(passages, evidence, AROUND);
    fill(
      element,
      h("header", {}, h("h2", {}, source), h("button", { class: "close", "aria-label": "Close", onclick: close }, "×")),
      h("p", { class: "hint" }, address),
      h("div", { class: "passages", tabindex: "0", role: "region", "aria-label": `${source}, ${address}` }, there),
      h("button", { class: "small", onclick: (event) => showSource(run.id, evidence, event.currentTarget) }, "Show the whole source"),
    );
    element.hidden = false;
    element.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    tell(`${source}, ${address}: ${quote}`);
  };
  return { element, show };
}
