// What to know before relying on a document: warnings, what was left out or struck, conflicts, objections, each with its place.

import { h } from "./dom.js";
import { showSource } from "./source.js";

const turned = new Set(); // lists that somebody has opened or folded: the page is drawn anew while a run goes on

const UNFOLDED = ["Warnings", "Sections left out"];

/** The lists of a run, each folded, but for what the document lacks. */
export function findings(run) {
  const { conflicts, struck, objections, left_out: leftOut } = run.report;
  const warnings = run.report.warnings.filter((warning) => !run.template?.remarks.includes(warning)); // they stand at the download
  const lists = [
    ["Warnings", warnings.length, warnings],
    ["Sections left out", leftOut.length, byReason(leftOut)],
    ["Sources that conflict", conflicts.length, conflicts.map((one) => conflict(run, one))],
    ["Statements that were struck", struck.length, struck.map((one) => [place(run, one), ` “${one.text}”: ${one.reason}`])],
    ["Open objections", objections.length, objections.map((one) => [place(run, one), ` ${one.text}`])],
  ].filter(([, count]) => count);
  return lists.length > 0 && h("section", { class: "findings", "aria-label": "Before you rely on it" }, lists.map(([title, count, rows]) => list(`${run.id} ${title}`, title, count, rows)));
}

/** What applies and was not to be written, by reason. */
function byReason(sections) {
  const reasons = [...new Set(sections.map((section) => section.reason))];
  return reasons.map((reason) => [h("b", {}, sections.filter((section) => section.reason === reason).map((section) => section.title).join("; ")), `: ${reason}`]);
}

function list(key, title, count, rows) {
  const unfolded = UNFOLDED.includes(title);
  const toggled = (event) => (event.currentTarget.open === unfolded ? turned.delete(key) : turned.add(key));
  return h("details", { open: turned.has(key) !== unfolded, ontoggle: toggled }, h("summary", {}, title, h("span", { class: "badge caution" }, count)), h("ul", {}, rows.map((row) => h("li", {}, row))));
}

function place(run, { section }) {
  return h("a", { href: `#/documents/${run.id}/${section}` }, run.lanes.get(section)?.title || section);
}

function conflict(run, { quantity, period, values, holds }) {
  const value = (one) => [h("button", { class: "cell", onclick: (e) => showSource(run.id, { ...one, quote: one.text }, e.currentTarget) }, `${one.text} (${one.source}, ${one.address})`), holds === one.source && h("b", {}, " counts")];
  return [h("b", {}, [quantity, period].filter(Boolean).join(", ")), ": ", values.map((one, n) => [n > 0 && "; ", value(one)])];
}
