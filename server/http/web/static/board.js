// The sections of a run, a row each: how each stands, who works on it, and what it waits for.

import { h } from "./dom.js";
import { atWork, ordered, waitsFor } from "./lanes.js";
import { counted, sectionState } from "./words.js";

export function laneRows(run) {
  return h("ol", { class: "board" }, ordered(run).map((lane) => row(run, lane)));
}

function row(run, lane) {
  return h(
    "li",
    { class: `lane ${lane.status}`, "data-lane": lane.id },
    h("a", { href: `#/documents/${run.id}/${lane.id}` }, h("span", { class: "number" }, run.numbers.section(lane.id) || ""), ` ${lane.title}`),
    h("span", { class: "doing" }, doing(run, lane)),
    h("span", { class: "count" }, counts(lane)),
  );
}

/** Go to a section's text; whether it is there. */
export function reach(id) {
  const section = document.getElementById(`section-${id}`);
  section?.scrollIntoView({ block: "start" });
  section?.focus({ preventScroll: true });
  return section !== null;
}

function doing(run, lane) {
  if (lane.status === "waiting") {
    const missing = waitsFor(run, lane);
    return missing.length ? `waits for ${listed(missing)}` : "about to start";
  }
  if (lane.status === "working") return atWork(run, lane).join(", ") || "working";
  const said = lane.status === "asked" ? "waits for you" : sectionState(lane.status).toLowerCase();
  return lane.reason ? `${said}: ${lane.reason}` : said;
}

function listed(names) {
  return names.length > 2 ? `${names[0]} and ${names.length - 1} others` : names.join(" and ");
}

function counts(lane) {
  return [lane.drafts > 1 && counted(lane.drafts, "draft"), lane.epoch > 1 && `revision ${lane.epoch}`, lane.words > 0 && counted(lane.words, "word")].filter(Boolean).join(" · ");
}
