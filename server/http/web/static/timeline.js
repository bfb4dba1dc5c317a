// Who worked when, what waited for what, and what the length of it hung on.

import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { scaleOf } from "./scale.js";
import { listed } from "./tables.js";
import { duration } from "./words.js";

const LEGEND = { critical: "on the critical path", work: "being worked on", wait: "waits for other sections", person: "waits for a person", pause: "nobody worked (drawn short)" };

/** Draw a run's timeline into a place. */
export async function showTimeline(run, place) {
  const told = await get(`/documents/${run.id}/timeline`);
  if (!told.lanes.length) return fill(place, h("p", { class: "hint" }, "Nothing has happened yet."));
  const titles = new Map(told.lanes.map((row) => [row.section, row.title]));
  const named = (section) => (section === null ? "the document" : titles.get(section) || section);
  fill(
    place,
    h("h2", {}, length(told)),
    h("ul", { class: "legend", "aria-hidden": "true" }, Object.entries(LEGEND).filter(([kind]) => kind !== "pause" || told.pauses.length).map(([kind, text]) => h("li", {}, h("span", { class: `swatch ${kind}` }), text))),
    h("ol", { class: "timeline" }, told.lanes.map((row) => rowOf(run, row, told))),
    listed("Critical path", ["Began after", "Took", "Section", "Agents"], path(told.critical_path, named), "Each step waited for the one before it, and for nothing else."),
    listed("Waits", ["Waited", "Section", "For"], waits(told.lanes, named), "What sections waited for before they began."),
    listed("What would have made it shorter", ["Shorter by", "If"], told.shorter.map((one) => [duration(one.seconds), ifOnly(one, named)])),
  );
}

function length(told) {
  const idle = told.seconds - told.worked;
  return `${told.over ? "Took" : "Has taken"} ${duration(told.seconds)}${told.pauses.length ? `; for ${duration(idle)} of that, nobody worked` : ""}`;
}

function rowOf(run, row, told) {
  const share = scaleOf(told.seconds, told.pauses);
  const bar = (kind, start, end, title) => {
    const element = h("span", { class: `span ${kind}`, title });
    element.style.left = `${share(start) * 100}%`;
    element.style.width = `${(share(end) - share(start)) * 100}%`;
    return element;
  };
  const kind = (span) => `${span.critical && span.kind === "work" ? "critical" : span.kind}${span.open ? " open" : ""}`;
  const worked = row.spans.filter((span) => span.kind === "work").reduce((sum, span) => sum + span.end - span.start, 0);
  const title = `${row.title}${row.epoch > 1 ? `, revision ${row.epoch}` : ""}`;
  return h(
    "li",
    {},
    row.section === null ? h("span", { class: "name" }, title) : h("a", { class: "name", href: `#/documents/${run.id}/${row.section}` }, title),
    h("span", { class: "bars", "aria-hidden": "true" }, told.pauses.map((pause) => bar("pause", pause.start, pause.end, `nobody worked: ${duration(pause.end - pause.start)}`)), row.spans.map((span) => bar(kind(span), span.start, span.end, `${span.agent || "under way"}: ${duration(span.end - span.start)}`))),
    h("span", { class: "count" }, worked ? `worked ${duration(worked)}` : row.spans.some((span) => span.open) ? "waiting" : "no work"),
  );
}

/** Put the steps of one stay in a section together. */
function path(steps, named) {
  const stays = [];
  for (const step of steps) {
    const last = stays.at(-1);
    if (last && last[0].section === step.section && last[0].epoch === step.epoch) last.push(step);
    else stays.push([step]);
  }
  return stays.map((stay) => [duration(stay[0].start), duration(stay.reduce((sum, step) => sum + step.seconds, 0)), named(stay[0].section), [...new Set(stay.map(who))].join(", ")]);
}

function who({ kind, agent }) {
  return { gate: "wait", person: "a person answered", outside: "a change from outside" }[kind] || agent;
}

function waits(lanes, named) {
  const longest = (row) => Math.max(...row.gate.map((one) => one.seconds));
  const waiting = lanes.filter((row) => row.gate.length).sort((one, other) => longest(other) - longest(one));
  return waiting.map((row) => [duration(longest(row)), row.title, row.gate.map((one) => `${named(one.section)}${one.event === null ? " (not there yet)" : one.event === "SectionDrafted" ? " (its draft)" : ""}`).join(", ")]);
}

function ifOnly({ kind, section, agent, on, took }, named) {
  if (kind === "draft") return `${named(section)} began on the draft of ${named(on)} (after: [${on}.drafted]), and that draft was approved`;
  if (kind === "person") return `the question on ${named(section)} was answered at once (it took ${duration(took)})`;
  return `the ${agent} of ${named(section)} took no time (it took ${duration(took)})`;
}
