// Where a statement comes from: a panel beside the document.

import { h, fill } from "./dom.js";
import { showSource } from "./source.js";

const BASIS = {
  source: "Your sources say so.",
  computed: "It was computed.",
  brief: "The brief says so.",
  inference: "It is a conclusion, drawn from what follows.",
  fixed: "Wording of the blueprint.",
  open: "It could not be determined.",
  unsupported: "Nothing was found that carries it.",
};

/** What was found when it was held against its evidence, and by whom. */
function judged(claim) {
  const verdict = claim.verdict;
  if (!verdict) return null;
  if (claim.quoted) return "These are its source's own words, as nobody could judge the author's.";
  const who = verdict.by === "model" ? "A model" : "Code";
  if (!verdict.sure) return `${who} found nothing against it; nobody judged it.`;
  const words = claim.kind !== "gap" && verdict.words ? `, by the words “${verdict.words}”` : "";
  return `${who} held it against its evidence: ${verdict.verdict}${words}.`;
}

let panel = null;
let opener = null;
let spot = null; // where the opener stands: its section and its place among the buttons there
const GROUNDS = "button.mark, button.cell";
const SIBLINGS = new WeakMap(); // by claim: the claims of its section by their ids

/** Remember the claims of a section, so that a conclusion can show those that it rests on. */
export function together(claims) {
  const byId = new Map(claims.filter((claim) => claim.id).map((claim) => [claim.id, claim]));
  for (const claim of claims) SIBLINGS.set(claim, byId);
}

/** Show what a claim rests on. `from` gets the focus back. */
export function showEvidence(claim, from) {
  unmark();
  const section = from.closest("section");
  opener = from;
  spot = { section: section?.id, place: [...(section?.querySelectorAll(GROUNDS) || [])].indexOf(from) };
  panel ||= made();
  placeOf(from)?.classList.add("shown");
  const run = /^#\/documents\/([^/]+)/.exec(location.hash)?.[1];
  fill(
    panel.querySelector(".evidence"),
    h("p", { class: "said" }, claim.text),
    h("p", { class: "basis" }, BASIS[claim.basis] || ""),
    claim.looked && h("p", { class: "how" }, `Looked for in: ${claim.looked}`),
    judged(claim) && h("p", { class: "judged" }, judged(claim)),
    claim.how && h("p", { class: "how" }, claim.how),
    premises(claim),
    claim.evidence.map((evidence) =>
      h(
        "figure",
        {},
        h("blockquote", {}, evidence.quote),
        h("figcaption", {}, h("b", {}, evidence.source), `, ${evidence.address}`, evidence.heading && `, under “${evidence.heading}”`),
        evidence.source !== "brief" && run && h("button", { class: "small", onclick: (e) => showSource(run, evidence, e.currentTarget) }, "Show it in its source"),
      ),
    ),
  );
  if (!panel.open) panel.show();
  panel.querySelector("button").focus({ preventScroll: true });
}

/** What a conclusion rests on, each with a way to its place. */
function premises(claim) {
  const known = (claim.premises || []).map((id) => SIBLINGS.get(claim)?.get(id)).filter(Boolean);
  const section = opener.closest("section");
  return known.length > 0 && [
    h("h3", {}, "It rests on"),
    h("ul", { class: "premises" }, known.map((one) => h("li", {}, h("button", { class: "cell", onclick: () => reachClaim(section, one.id) }, one.text)))),
  ];
}

function reachClaim(section, id) {
  const claim = section?.querySelector(`[data-claim="${CSS.escape(id)}"]`);
  claim?.scrollIntoView({ block: "center" });
  claim?.querySelector("button")?.click();
}

/** Mark the statement whose evidence is shown again, after its section was drawn anew. */
export function markAgain() {
  if (!panel?.open || opener.isConnected) return;
  const again = document.getElementById(spot.section)?.querySelectorAll(GROUNDS)[spot.place];
  if (!again) return;
  opener = again;
  placeOf(again)?.classList.add("shown");
}

function placeOf(from) {
  return from.closest(".claim, td, dd");
}

function unmark() {
  for (const marked of document.querySelectorAll(".shown")) marked.classList.remove("shown");
}

/** Close the panel, as when another document is shown. */
export function closeEvidence() {
  panel?.close();
}

function made() {
  const dialog = h(
    "dialog",
    { class: "panel", "aria-label": "Evidence", onkeydown: (e) => e.key === "Escape" && dialog.close() },
    h("header", {}, h("h2", {}, "Evidence"), h("button", { class: "close", "aria-label": "Close", onclick: () => dialog.close() }, "×")),
    h("div", { class: "evidence" }),
  );
  dialog.addEventListener("close", unmark);
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus({ preventScroll: true }));
  document.body.append(dialog);
  return dialog;
}
