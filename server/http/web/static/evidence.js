// Where a statement comes from: a panel beside the document.

import { h, fill } from "./dom.js";

const BASIS = {
  source: "Your sources say so.",
  computed: "It was computed.",
  brief: "The brief says so.",
  fixed: "Wording of the blueprint.",
  open: "It could not be determined.",
  unsupported: "Nothing was found that carries it.",
};

let panel = null;
let opener = null;

/** Show what a claim rests on. `from` gets the focus back. */
export function showEvidence(claim, from) {
  opener = from;
  panel ||= made();
  fill(
    panel.querySelector(".evidence"),
    h("p", { class: "said" }, claim.text),
    h("p", { class: "basis" }, BASIS[claim.basis] || ""),
    claim.how && h("p", { class: "how" }, claim.how),
    claim.evidence.map((evidence) =>
      h("figure", {}, h("blockquote", {}, evidence.quote), h("figcaption", {}, h("b", {}, evidence.source), `, ${evidence.address}`)),
    ),
  );
  if (!panel.open) panel.show();
  panel.querySelector("button").focus({ preventScroll: true });
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
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus({ preventScroll: true }));
  document.body.append(dialog);
  return dialog;
}
