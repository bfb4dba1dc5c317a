// What a person may change while the document is made: a section's instructions, a fact, a section more, an end.

import { post } from "./api.js";
import { form, text } from "./dialog.js";
import { h } from "./dom.js";

/** Ask for a change of a section, or of a place in it: `about` is what stands there. */
export function instruct(run, lane, about = "") {
  const quoted = about && h("blockquote", {}, about);
  const where = about && `Where it says “${about}”:`;
  form(`What should be different about “${lane.title}”?`, [quoted, text("more", "Instruction", "", 4)], "Have it written again", (data) =>
    post(`/documents/${run}/events`, {
      type: "section_changed",
      section: lane.id,
      changes: { instructions: [lane.spec.instructions, [where, data.get("more")].filter(Boolean).join(" ")].filter(Boolean).join("\n\n") },
    }),
  );
}

export function changeFact(run, name, value) {
  form(`Change ${name.replaceAll("_", " ")}`, text("value", name, String(value)), "Change it", (data) =>
    post(`/documents/${run}/events`, { type: "fact", name, value: data.get("value") }),
  );
}

export function addSection(run) {
  form("Add a section", [text("title", "Title"), text("instructions", "What it is to say", "", 4)], "Add it", (data) =>
    post(`/documents/${run}/events`, {
      type: "section_added",
      section: { id: idOf(data.get("title")), title: data.get("title"), instructions: data.get("instructions") },
    }),
  );
}

export function cancelSection(run, lane) {
  form(`Leave “${lane.title}” out?`, text("reason", "Why"), "Leave it out", (data) =>
    post(`/documents/${run}/events`, { type: "section_cancelled", section: lane.id, reason: data.get("reason") }),
  );
}

export function cancelRun(run) {
  form("Stop writing this document?", h("p", {}, "What was approved so far can be downloaded; nothing more is written."), "Stop it", () => post(`/documents/${run}/cancel`));
}

function idOf(title) {
  return title.toLowerCase().normalize("NFKD").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 64) || "section";
}
