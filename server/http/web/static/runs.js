// The list of documents.

import { get } from "./api.js";
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
  return h("p", { class: "notice" }, "There is no document yet. ", h("a", { href: "#/new" }, "Start one"), ".");
}
