// Views of one thing, one shown at a time, by the pattern that screen readers know (WAI-ARIA tabs).

import { h } from "./dom.js";

/**
 * Make tabs. `views` are `{id, title, panel, shown}`: `shown()` is called when a view comes up. `chosen(id)` is called
 * when a person chooses one.
 */
export function tabs(label, views, chosen) {
  const buttons = views.map(({ id, title }) => h("button", { role: "tab", id: `tab-${id}`, "aria-controls": `view-${id}`, onclick: () => chosen(id) }, title));
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label, onkeydown: (event) => step(event, buttons) }, buttons);
  for (const { id, panel } of views) Object.assign(panel, { id: `view-${id}`, hidden: true }).setAttribute("role", "tabpanel");
  for (const { id, panel } of views) panel.setAttribute("aria-labelledby", `tab-${id}`);
  const select = (wanted) => {
    views.forEach(({ id, panel }, n) => {
      buttons[n].setAttribute("aria-selected", String(id === wanted));
      buttons[n].tabIndex = id === wanted ? 0 : -1;
      panel.hidden = id !== wanted;
    });
    views.find(({ id }) => id === wanted).shown?.();
  };
  return { list, select, current: () => views.find(({ panel }) => !panel.hidden)?.id };
}

function step(event, buttons) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const at = buttons.indexOf(document.activeElement);
  if (!by || at < 0) return;
  event.preventDefault();
  const next = buttons[(at + by + buttons.length) % buttons.length];
  next.focus();
  next.click();
}
