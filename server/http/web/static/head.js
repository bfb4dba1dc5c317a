// The head of a document: what it is, how it stands, and what can be done with it.

import { download, get, post } from "./api.js";
import { addSection, cancelRun } from "./changes.js";
import { h, tell } from "./dom.js";
import { progress } from "./lanes.js";
import { livingOn, versionNotes } from "./versions.js";
import { runState, spent } from "./words.js";

const FORMATS = { html: "HTML", pdf: "PDF", docx: "Word", md: "Markdown", json: "JSON" };
const OVER = ["done", "partial", "failed", "cancelled"];

/** Whether a run has come to its end. */
export const isOver = (run) => OVER.includes(run.report.status);

/** Make the head of a run as it stands. */
export function head(run) {
  const { written, closed, all } = progress(run);
  const status = run.report.status;
  return [
    h("p", { class: "kicker" }, run.kind || "Document"),
    h("h1", {}, run.title || run.report.title || run.id),
    h(
      "p",
      { class: "standing" },
      h("span", { class: `state ${status}` }, runState(status)),
      h("span", {}, all ? `${written} of ${all} sections written` : "nothing is written yet"),
      h("span", {}, spent(run.report.usage)),
      run.state === "waiting" && !isOver(run) && h("span", { class: "hint" }, "connecting …"),
    ),
    !isOver(run) && h("progress", { max: Math.max(1, all), value: closed, "aria-label": "Sections that have ended" }),
    isOver(run) && run.over?.reason && h("p", { class: "notice bad" }, run.over.reason),
    h("div", { class: "buttons" }, isOver(run) ? has(run) && [downloads(run), livingOn(run)] : working(run)),
    isOver(run) && has(run) && run.template && inTemplate(run.template),
    versionNotes(run),
    status === "interrupted" && h("p", { class: "notice" }, "Nobody works on it any more: its process has ended. ", h("button", { class: "small", onclick: (event) => ((event.currentTarget.disabled = true), post(`/documents/${run.id}/resume`)) }, "Carry on")),
  ];
}

/** Whether there is something to download: a document, or what was approved in a run that was stopped. */
export function has(run) {
  const refused = run.log.some((event) => ["DocumentFailed", "PlanRejected"].includes(event.type));
  return run.published > 0 || (!refused && run.report.sections.some((section) => ["approved", "stub"].includes(section.status)));
}

function downloads(run) {
  const fetched = (format) => download(`/documents/${run.id}/content?format=${format}`).catch((fault) => tell(fault.message));
  return h("div", { class: "group", role: "group", "aria-label": "Download" }, h("span", { class: "hint" }, "Download"), Object.entries(FORMATS).map(([format, name]) => h("button", { onclick: () => fetched(format) }, name)));
}

/** Whose looks the Word file has, and what could not be had of them. */
function inTemplate({ name, remarks }) {
  const whose = `The Word file has the looks of ${name}`;
  if (!remarks.length) return h("p", { class: "hint" }, `${whose}.`);
  return h("div", { class: "notice template", role: "note" }, h("p", {}, `${whose}, but for this:`), h("ul", {}, remarks.map((remark) => h("li", {}, remark))));
}

function working(run) {
  return [h("button", { onclick: () => addSection(run.id) }, "Add a section"), h("button", { class: "bad", onclick: () => cancelRun(run.id) }, "Stop")];
}

/** Take the text of a finished document, which may be in other words than its sections were approved in. */
export async function takePublished(run) {
  const { sections } = await get(`/documents/${run.id}/content?format=json`);
  for (const { id, content, struck = [] } of sections) {
    const lane = run.lanes.get(id);
    if (lane && content) Object.assign(lane, { content, struck, standing: true });
  }
}
