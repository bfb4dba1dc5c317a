// The open questions of a run: above the text, or beside the section that they are about.

import { post } from "./api.js";
import { h, tell } from "./dom.js";
import { ordered } from "./lanes.js";
import { againBoxes, planBoxes, question, valueButtons } from "./questions.js";

/** Draw the open questions; a card in which somebody may be writing stays as it is. */
export function drawQuestions(run, place) {
  const open = run.report.questions;
  const shown = [...document.querySelectorAll("main .question")];
  for (const card of shown) if (!open.some((asked) => asked.id === card.dataset.question)) card.remove();
  for (const asked of open) {
    if (asked.id === "plan" && !run.log.some((event) => event.type === "PlanProposed")) continue; // it comes with its sections
    if (asked.id.startsWith("conflict:") && !run.log.some((event) => event.data.question === asked.id)) continue; // with its values
    const beside = isOfSection(asked) ? document.getElementById(`asked-${asked.section}`) : place;
    if (beside && !shown.some((card) => card.isConnected && card.dataset.question === asked.id)) beside.append(card(run, asked));
  }
  waitingSections(run, place);
}

/** Where several sections wait: all of them at once, and a way to each. */
function waitingSections(run, place) {
  const places = ordered(run).map((lane) => lane.id);
  const waiting = run.report.questions.filter(isOfSection).sort((one, other) => places.indexOf(one.section) - places.indexOf(other.section));
  const known = place.querySelector(".together");
  const titled = (asked) => run.lanes.get(asked.section)?.title || asked.section;
  const ids = waiting.map((asked) => `${asked.id} ${titled(asked)}`).join("; ");
  if (known?.dataset.waiting === ids) return;
  known?.remove();
  if (!waiting.length) return;
  const links = waiting.map((asked, n) => [n > 0 && ", ", h("a", { href: `#/documents/${run.id}/${asked.section}` }, titled(asked))]);
  const all = async (event) => {
    event.currentTarget.disabled = true;
    for (const asked of waiting) await post(`/documents/${run.id}/events`, { type: "answer", question: asked.id, decision: "approve" }).catch((fault) => tell(fault.message));
  };
  place.prepend(h("section", { class: "notice together", "data-waiting": ids, "aria-label": "Sections that wait for you" }, h("p", {}, "For you to approve: ", links), waiting.length > 1 && h("button", { class: "main", onclick: all }, `Approve all ${waiting.length}`)));
}

function card(run, asked) {
  const plan = asked.id === "plan" && run.log.findLast((event) => event.type === "PlanProposed");
  const boxes = plan && planBoxes(plan.data.sections);
  const conflict = run.log.find((event) => event.type === "ConflictFound" && event.data.question === asked.id);
  const values = conflict && valueButtons(run.id, asked.id, conflict.data.told);
  const noRevision = isProposal(asked) ? "it is only proposed" : run.report.no_revision;
  const written = run.report.sections.filter((section) => ["approved", "stub"].includes(section.status));
  const backed = asked.id === "release" && !noRevision && againBoxes(written);
  const { element = null, ...chosen } = boxes || values || backed || {};
  return question(run.id, asked, element, { ...chosen, noRevision });
}

function isOfSection(asked) {
  return Boolean(asked.section) && !isProposal(asked);
}

function isProposal(asked) {
  return asked.id.startsWith("section-proposed:") || asked.id === "rewordings";
}
