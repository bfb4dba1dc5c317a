// A section's content as it is written: blocks of claims, each a click away from its evidence.

import { h } from "./dom.js";
import { leading, together } from "./evidence.js";
import { counted } from "./words.js";

const TONES = { conforming: "good", approved: "good", complies: "good", nonconforming: "bad", fails: "bad", indeterminate: "unknown" };

/**
 * Make the blocks of a section, with the document's `numbers`. `beside(text)` gives what stands beside a block that says
 * something.
 */
export function blocks({ id, content, struck }, numbers, beside = () => null) {
  const made = content.blocks || [];
  const claims = made.flatMap((block) => [...(block.claims || []), ...(block.rows || []).flat()]);
  together(claims);
  for (const claim of claims) SIGNS.set(claim, signOf(claim, numbers));
  const parts = [...numbers.parts(id)];
  const elements = made.map((block) => {
    const number = HAS_NUMBER.includes(block.kind) ? parts.shift() || "" : "";
    const element = (MADE[block.kind] || MADE.paragraph)(block, number);
    return block.claims ? h("div", { class: "block" }, element, beside(block.claims.map((claim) => claim.text).join(" "))) : element;
  });
  return elements.flatMap((element, n) => [element, leftOutAt(struck, n, elements.length)]).concat(elements.length ? [] : leftOutAt(struck, 0, 0));
}

const HAS_NUMBER = ["heading", "table", "chart"];
const SIGNS = new WeakMap(); // by claim: what its mark says

/** The numbers of a claim's evidence, the letter of its derivation, or that it is a gap. */
function signOf(claim, numbers) {
  const cited = numbers.citations(claim);
  const shown = cited.length > MOST ? [...cited.slice(0, MOST - 1), `+${cited.length - MOST + 1}`] : cited;
  const sign = [...shown, claim.how && numbers.computation(claim.how)].filter(Boolean).join(", ");
  return `${claim.kind === "inference" ? "→" : ""}${sign || (claim.kind === "gap" ? "∅" : "•")}`;
}

const MOST = 4; // numbers beside one statement

/** That statements were left out behind a block, or at the end. */
function leftOutAt(struck, n, count) {
  const here = struck.filter((one) => Math.min(one.block, Math.max(count - 1, 0)) === n).length;
  return here > 0 && h("aside", { class: "note caution" }, `${counted(here, "statement")} of the draft ${here === 1 ? "is" : "are"} left out here, because the evidence does not carry ${here === 1 ? "it" : "them"}.`);
}

const MADE = {
  paragraph: (block) => h("p", {}, sentences(block)),
  heading: (block, number) => h(`h${Math.min((block.depth || 3) + 1, 6)}`, {}, h("span", { class: "number" }, number), ` ${block.text}`),
  list: (block) => h(block.ordered ? "ol" : "ul", {}, items(block).map((item) => h("li", {}, item.flatMap((claim) => [sentence(claim), " "])))),
  quote: (block) => h("blockquote", {}, sentences(block)),
  note: (block) => h("aside", { class: `note ${block.level === "warning" ? "caution" : ""}` }, sentences(block)),
  facts: (block) => h("dl", { class: "facts" }, block.rows.map(([label, ...values]) => h("div", {}, h("dt", {}, label.text), values.map((v) => h("dd", {}, cell(v)))))),
  table: (block, number, called = "Table") =>
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": block.caption || "Table" },
      h(
        "table",
        {},
        (number || block.caption) && h("caption", {}, number && h("b", {}, `${called} ${number}${block.caption ? ": " : ""}`), block.caption),
        h("thead", {}, h("tr", {}, block.columns.map((column) => (column.title ? h("th", { scope: "col", class: column.align }, column.title) : h("td"))))),
        h("tbody", {}, block.rows.map((row) => h("tr", {}, row.map((claim, n) => h("td", { class: block.columns[n]?.align }, cell(claim)))))),
      ),
    ),
  chart: (block, number) => h("figure", { class: "chart" }, MADE.table(block, number, "Figure")),
};

function sentences(block) {
  return (block.claims || []).flatMap((claim) => [sentence(claim), " "]);
}

/** The claims of a list by item: one that says several things has a number. */
function items(block) {
  const found = [];
  for (const claim of block.claims) {
    const last = found[found.length - 1];
    if (last && claim.item && last[0].item === claim.item) last.push(claim);
    else found.push([claim]);
  }
  return found;
}

/** A sentence and the mark that leads to its evidence. */
function sentence(claim) {
  return h("span", { class: "claim", "data-claim": claim.id }, claim.lead && [h("b", {}, claim.lead), " "], h("span", { class: claim.basis }, claim.text), looked(claim), badge(claim), hasGrounds(claim) && mark(claim));
}

/** A cell: the text itself leads to its evidence, as a mark for each would crowd the table. */
function cell(claim) {
  const told = claim.status === claim.text ? [badge({ ...claim, text: "" })] : [claim.text];
  const rest = claim.status === claim.text ? null : badge(claim);
  if (!hasGrounds(claim) || !claim.text) return [told, rest];
  return [leading(h("button", { class: "cell" }, told), claim), rest];
}

function mark(claim) {
  const names = claim.evidence.map((e) => `${e.source}, ${e.address}`).join("; ") || claim.how || claim.looked || "none";
  const sign = SIGNS.get(claim), what = claim.kind === "inference" ? "Concluded from" : "Evidence";
  return leading(h("button", { class: "mark", title: names, "aria-label": `${what}: ${names}${sign ? ` · ${sign}` : ""}` }, sign), claim);
}

function badge(claim) {
  const verdict = !claim.person && claim.verdict?.verdict; // a person's words say in their status how they stand
  if (verdict === "contradicted" || verdict === "insufficient") return [" ", h("span", { class: "badge bad" }, verdict === "contradicted" ? "contradicted by its evidence" : "not carried by its evidence")];
  if (claim.basis === "unsupported") return [" ", h("span", { class: "badge caution" }, "not supported")];
  return claim.status && [claim.text ? " " : "", h("span", { class: `badge ${TONES[claim.status.toLowerCase()] || ""}` }, claim.status)];
}

/** Of a gap: where was looked. */
function looked(claim) {
  return claim.looked ? h("span", { class: "looked" }, ` (looked for in: ${claim.looked})`) : null;
}

function hasGrounds(claim) {
  return claim.evidence.length > 0 || Boolean(claim.how) || claim.kind === "gap";
}
