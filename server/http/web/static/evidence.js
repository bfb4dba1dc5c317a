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
  if (verdict.reasons.length) return `${who} held it against its evidence: ${verdict.verdict}, because ${verdict.reasons.join("; ")}.`;
  const words = claim.kind !== "gap" && verdict.words ? `, by the words “${verdict.words}”` : "";
  return `${who} held it against its evidence: ${verdict.verdict}${words}.`;
}

let panel = null;
let opener = null;
let spot = null; // where the opener stands: its section and its place among the buttons there
let shownClaim = null;
const GROUNDS = "button.mark, button.cell";
const LEADS = new WeakMap(); // by button: the claim whose evidence it shows
const SIBLINGS = new WeakMap(); // by claim: the claims of its section by their ids

/** Remember the claims of a section, so that a conclusion can show those that it rests on. */
export function together(claims) {
  const byId = new Map(claims.filter((claim) => claim.id).map((claim) => [claim.id, claim]));
  for (const claim of claims) SIBLINGS.set(claim, byId);
}

/** Make a button lead to the evidence of a claim. */
export function leading(button, claim) {
  LEADS.set(button, claim);
  button.addEventListener("click", () => showEvidence(claim, button));
  return button;
}

/** Show what a claim rests on. `from` gets the focus back. */
function showEvidence(claim, from) {
  panel ||= made();
  standAt(from);
  tellOf(claim);
  if (!panel.open) panel.show();
  panel.querySelector("button").focus({ preventScroll: true });
}

function standAt(button) {
  unmark();
  opener = button;
  spot = { section: button.closest("section")?.id, place: buttonsOf(button.closest("section")).indexOf(button) };
  placeOf(button)?.classList.add("shown");
}

function buttonsOf(section) {
  return [...(section?.querySelectorAll(GROUNDS) || [])].filter((button) => LEADS.has(button));
}

/** Fill the panel. What has the focus in it keeps it: the panel follows its claim while somebody reads. */
function tellOf(claim) {
  shownClaim = claim;
  const place = [...panel.querySelectorAll("button")].indexOf(document.activeElement);
  const run = /^#\/documents\/([^/]+)/.exec(location.hash)?.[1];
  fill(
    panel.querySelector(".evidence"),
    h("p", { class: "said" }, claim.text),
    h("p", { class: "basis" }, BASIS[claim.basis] || ""),
    claim.looked && h("p", { class: "how" }, `Looked for in: ${claim.looked}`),
    h("p", { class: "judged", role: "status" }, judged(claim)),
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
  if (place > 0) panel.querySelectorAll("button")[place]?.focus({ preventScroll: true });
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

/** Follow the statement whose evidence is shown, after its section was drawn anew: what was found of it may have come since. */
export function followShown() {
  if (!panel?.open || opener.isConnected) return;
  const buttons = buttonsOf(document.getElementById(spot.section));
  const says = (button) => button !== undefined && LEADS.get(button).text === shownClaim.text;
  const again = says(buttons[spot.place]) ? buttons[spot.place] : buttons.find(says);
  if (!again) return rewritten();
  standAt(again);
  if (JSON.stringify(LEADS.get(again)) !== JSON.stringify(shownClaim)) tellOf(LEADS.get(again));
}

/** Say in the panel that its statement no longer stands in the section. */
function rewritten() {
  fill(panel.querySelector(".judged"), "The section was rewritten since: this statement no longer stands in it.");
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
