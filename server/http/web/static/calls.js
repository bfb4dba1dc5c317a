// What models were asked, what came of it, and what it cost.

import { get } from "./api.js";
import { fill, h } from "./dom.js";
import { money, spent } from "./words.js";
import { listed } from "./tables.js";

/** Show the model calls of a run in a place. */
export async function showCalls(run, place) {
  const { calls, usage, models } = await get(`/documents/${run.id}/explanation`);
  if (!calls.length) return fill(place, h("p", { class: "hint" }, "No model was asked, so this document cost nothing."));
  const titles = (id) => run.lanes.get(id)?.title || "the document";
  const asked = calls.reduce((sum, one) => sum + one.calls, 0);
  fill(
    place,
    h("h2", {}, `In all: ${spent({ ...usage, calls: asked })}`),
    h("p", { class: "hint" }, `Answered by ${models.join(", ") || "no model"}.`),
    listed("By section", ["Section", "Calls", "Tokens read", "Tokens written", "Cost"], bySection(calls).map(([id, sum]) => [titles(id), sum.calls, sum.read.toLocaleString(), sum.written.toLocaleString(), money(sum.usd)])),
    listed("By agent and step", ["Section", "Agent", "Step", "Model", "Calls", "Ended", "Came to", "Tokens", "Cost"], calls.map((one) => [titles(one.section), one.agent, one.step, one.model, one.calls, tally(one.ended), tally(one.came_to), (one.usage.prompt_tokens + one.usage.completion_tokens).toLocaleString(), money(one.usage.usd)])),
  );
}

function tally(counts) {
  return Object.entries(counts).map(([what, n]) => `${n} ${what}`).join(", ");
}

function bySection(calls) {
  const sums = new Map();
  for (const { section, calls: n, usage } of calls) {
    const sum = sums.get(section) || { calls: 0, read: 0, written: 0, usd: 0 };
    sums.set(section, { calls: sum.calls + n, read: sum.read + usage.prompt_tokens, written: sum.written + usage.completion_tokens, usd: usage.usd === null || sum.usd === null ? null : sum.usd + usage.usd });
  }
  return [...sums];
}
