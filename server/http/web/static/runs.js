// The list of documents.

import { get, post } from "./api.js";
import { fill, h } from "./dom.js";

const EVERY = 3_000; // milliseconds
const OVER = ["done", "partial", "failed", "cancelled"];

export async function showRuns(main, signal) {
  const draw = async () => {
    const { documents } = await get("/documents");
    if (!signal.aborted) fill(main, h("h1", {}, "Documents"), documents.length ? list(documents) : nothing());
    return documents.some((run) => !OVER.includes(run.status));
  };
  while (!signal.aborted) {
    const live = await draw();
    await new Promise((resolve) => setTimeout(resolve, live ? EVERY : EVERY * 5));
  }
}

function list(documents) {
  return h(
    "ul",
    { class: "runs" },
    documents.map((run) =>
      h(
        "li",
        {},
        h("a", { href: `#/documents/${run.id}` }, h("span", { class: "name" }, run.title || run.id), h("span", { class: `state ${run.status}` }, run.status)),
        h("span", { class: "when" }, new Date(run.started).toLocaleString(), " · ", h("code", {}, run.id)),
      ),
    ),
  );
}

function nothing() {
  const said = h("p", { class: "problem", role: "alert" });
  const open = async (event) => {
    event.currentTarget.disabled = true;
    try {
      const brief = await get("/web/sample.json");
      location.hash = `#/documents/${(await post("/documents", brief)).id}`;
    } catch (fault) {
      said.textContent = fault.message;
    }
  };
  return h(
    "section",
    { class: "welcome" },
    h("p", {}, "Give Quire your sources and it writes a document in which every statement leads to the place that it rests on."),
    h("div", { class: "buttons" }, h("a", { href: "#/new", class: "button main" }, "Write a document"), h("button", { onclick: open }, "Open a sample")),
    h("p", { class: "hint" }, "The sample is written before your eyes, from eleven notes on incidents. No model is needed, and nothing leaves this machine but what a model is asked, if one is set up."),
    said,
  );
}
