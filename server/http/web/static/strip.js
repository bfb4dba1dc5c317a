// A lane over time, as a strip: when it waited, when it was worked on, when it was drafted.

import { h } from "./dom.js";

const MARKS = { SectionDrafted: "draft", SectionApproved: "approved", SectionFailed: "failed", RevisionRequested: "back" };
const SAID = { draft: "drafted", approved: "approved", failed: "failed", back: "sent back" };

/** Draw a lane between two moments (milliseconds). */
export function strip(lane, from, until) {
  const share = (at) => `${(((at ? Date.parse(at) : until) - from) / Math.max(1, until - from)) * 100}%`;
  const spans = lane.spans.map((span) => positioned(h("span", { class: `span ${span.status}` }), share(span.from), share(span.until)));
  const dots = lane.dots.filter((dot) => MARKS[dot.type]).map((dot) => {
    const mark = h("span", { class: `dot ${MARKS[dot.type]}`, title: SAID[MARKS[dot.type]] });
    mark.style.left = share(dot.at);
    return mark;
  });
  return h("div", { class: "strip", "aria-hidden": "true" }, spans, dots);
}

function positioned(element, left, right) {
  element.style.left = left;
  element.style.width = `calc(${right} - ${left})`;
  return element;
}
