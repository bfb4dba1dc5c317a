// The lanes of a run, a row each: who works, who waits for what, in which round.

import { h } from "./dom.js";
import { atWork, ordered, waitsFor } from "./lanes.js";
import { strip } from "./strip.js";

export function laneRows(run) {
  const from = run.started ? Date.parse(run.started) : 0;
  const until = run.over ? Date.parse(run.last) : Math.max(Date.now(), from + 1);
  return h("ol", { class: "board" }, ordered(run).map((lane) => row(run, lane, from, until)));
}

function row(run, lane, from, until) {
  return h(
    "li",
    { class: `lane ${lane.status}`, "data-lane": lane.id },
    h("a", { href: `#/documents/${run.id}/${lane.id}`, onclick: (e) => (e.preventDefault(), history.replaceState(null, "", e.currentTarget.href), reach(lane.id)) }, lane.title),
    h("span", { class: "doing" }, doing(run, lane)),
    h("span", { class: "count" }, counts(lane)),
    strip(lane, from, until),
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
  if (lane.status === "asked") return h("b", {}, "waits for you");
  if (lane.status === "waiting") {
    const missing = waitsFor(run, lane);
    return missing.length ? `waits for ${listed(missing)}` : "about to start";
  }
  if (lane.status !== "working") return lane.reason ? `${lane.status}: ${lane.reason}` : lane.status;
  return atWork(run, lane).join(", ") || "working";
}

function listed(names) {
  return names.length > 2 ? `${names[0]} and ${names.length - 1} others` : names.join(" and ");
}

function counts(lane) {
  const rounds = lane.drafts > 1 ? `${lane.drafts} drafts` : "";
  return [rounds, lane.epoch > 1 && `opened ${lane.epoch} times`, lane.words && `${lane.words} words`].filter(Boolean).join(" · ");
}
