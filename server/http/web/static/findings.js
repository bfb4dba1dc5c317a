// What a document leaves open: conflicts, what was struck, objections. Each leads to its place.

import { h } from "./dom.js";
import { showSource } from "./source.js";

const open = new Set(); // lists that somebody has opened: the page is drawn anew while a run goes on

/** The lists of a run, each folded. */
export function findings(run) {
  const { conflicts, struck, objections } = run.report;
  const lists = [
    ["Sources that conflict", conflicts.map((one) => conflict(run, one))],
    ["Statements that were struck", struck.map((one) => [place(run, one), ` “${one.text}”: ${one.reason}`])],
    ["Open objections", objections.map((one) => [place(run, one), ` ${one.text}`])],
  ];
  return h("div", { class: "findings" }, lists.filter(([, rows]) => rows.length).map(([title, rows]) => list(`${run.id} ${title}`, `${title} (${rows.length})`, rows)));
}

function list(key, title, rows) {
  const toggled = (event) => (event.currentTarget.open ? open.add(key) : open.delete(key));
  return h("details", { open: open.has(key), ontoggle: toggled }, h("summary", {}, title), h("ul", {}, rows.map((row) => h("li", {}, row))));
}

function place(run, { section }) {
  return h("a", { href: `#/documents/${run.id}/${section}` }, run.lanes.get(section)?.title || section);
}

function conflict(run, { quantity, period, values, holds }) {
  const value = (one) => [h("button", { class: "cell", onclick: (e) => showSource(run.id, { ...one, quote: one.text }, e.currentTarget) }, `${one.text} (${one.source}, ${one.address})`), holds === one.source && h("b", {}, " counts")];
  return [h("b", {}, [quantity, period].filter(Boolean).join(", ")), ": ", values.map((one, n) => [n > 0 && "; ", value(one)])];
}
