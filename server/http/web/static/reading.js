// The document as it grows. A section is drawn again only when it has changed, so that nobody loses their place.

import { cancelSection, instruct } from "./changes.js";
import { blocks } from "./content.js";
import { h, refill, tell } from "./dom.js";
import { followShown } from "./evidence.js";
import { ordered } from "./lanes.js";
import { edit } from "./versions.js";
import { sectionState } from "./words.js";

/** Keep the text of a run up to date in `place`. */
export function readingView(run, place) {
  const shown = new Map();
  return {
    /** Add words of a draft that is being written, or take them back. A section in parts grows at several places. */
    grow({ section, epoch, round, step, text, void: takenBack }) {
      const lane = run.lanes.get(section);
      if (!lane) return;
      const draft = `${epoch}.${round}`;
      if (lane.growingDraft !== draft) Object.assign(lane, { growing: {}, growingDraft: draft });
      lane.growing[step] = takenBack ? "" : (lane.growing[step] || "") + text;
    },
    draw() {
      const leftOut = new Set(run.report.left_out.map((section) => section.id));
      const lanes = ordered(run).filter((lane) => lane.status !== "skipped" || leftOut.has(lane.id));
      lanes.forEach((lane, n) => {
        const key = JSON.stringify([lane.status, lane.drafts, lane.epoch, lane.standing, grown(lane).length, lane.reason, run.over !== null, run.report.no_revision, run.numbers.version, lane.struck.length, lane.judged, n]);
        const known = shown.get(lane.id);
        if (known?.key === key) return;
        const section = known?.section || h("section", { id: `section-${lane.id}`, tabindex: "-1" }, h("div", {}), h("div", { id: `asked-${lane.id}` }));
        refill(section.firstChild, sectionParts(run, lane));
        if (!known) place.insertBefore(section, place.children[n] || null);
        shown.set(lane.id, { key, section });
      });
      followShown();
    },
  };
}

function sectionParts(run, lane) {
  const fixed = lane.spec?.kind === "template" ? "" : run.report.no_revision;
  return [
    h("h3", {}, h("span", { class: "number" }, run.numbers.section(lane.id) || ""), ` ${lane.title} `, h("span", { class: `state ${lane.status}` }, standing(lane)), h("a", { class: "anchor", href: `#/documents/${run.id}/${lane.id}`, "aria-label": `Link to ${lane.title}` }, "#")),
    lane.reason && h("p", { class: "notice" }, lane.status === "skipped" ? `This section was left out: ${lane.reason}.` : lane.reason),
    body(run, lane, run.over === null && lane.spec && !fixed ? beside(run.id, lane) : undefined),
    lane.spec && h(
      "p",
      { class: "acts" },
      editable(run, lane) && h("button", { class: "small", "aria-label": `Edit ${lane.title}`, onclick: () => edit(run, lane).catch((fault) => tell(fault.message)) }, "Edit"),
      run.over === null && h("button", { class: "small", onclick: () => instruct(run.id, lane), disabled: fixed !== "", title: fixed }, "Ask for a change"),
      run.over === null && ["waiting", "working", "asked"].includes(lane.status) && h("button", { class: "small", onclick: () => cancelSection(run.id, lane) }, "Leave out"),
      run.over === null && fixed && h("span", { class: "hint" }, "A change takes a model."),
    ),
  ];
}

/** Whether there are words that a person could put others in place of. */
function editable(run, lane) {
  return lane.content && (run.over === null || ["approved", "stub"].includes(lane.status));
}

function standing(lane) {
  if (lane.status === "asked") return "Draft, waiting for you";
  if (lane.status === "working" && lane.content) return "Draft";
  return sectionState(lane.status);
}

/** At a paragraph: a way to ask for a change of it. */
function beside(run, lane) {
  return (text) => h("button", { class: "small here", "aria-label": `Change this: ${text.slice(0, 80)}`, title: "Ask for a change here", onclick: () => instruct(run, lane, text.slice(0, 200)) }, "✎");
}

function body(run, lane, beside) {
  if (grown(lane) && lane.status === "working") return h("p", { class: "growing" }, grown(lane));
  if (!lane.content) return ["waiting", "working"].includes(lane.status) && h("p", { class: "hint" }, "Nothing written yet.");
  return h("div", { class: lane.standing ? "text" : "text draft" }, blocks(lane, run.numbers, beside), lane.objections.map((text) => h("aside", { class: "note caution" }, `A reader objected, and it was not mended: ${text}`)), lane.remarks.map((text) => h("aside", { class: "note" }, `A reader remarked (not in the document): ${text}`)));
}

function grown(lane) {
  return Object.keys(lane.growing).sort().map((step) => lane.growing[step]).filter(Boolean).join("\n\n");
}
