// A dialog with a form in it.

import { h } from "./dom.js";

/** Ask for something in a dialog and send it; the dialog stays open, with the reason, if the server refuses. */
export function form(title, inputs, button, send) {
  const problem = h("p", { class: "problem", role: "alert" });
  const dialog = h(
    "dialog",
    { class: "box", "aria-label": title },
    h(
      "form",
      {
        onsubmit: async (event) => {
          event.preventDefault();
          try {
            await send(new FormData(event.currentTarget));
            dialog.close();
          } catch (fault) {
            problem.textContent = fault.message;
          }
        },
      },
      h("h2", {}, title),
      [inputs].flat().filter(Boolean),
      problem,
      h("div", { class: "buttons" }, h("button", { class: "main" }, button), h("button", { type: "button", onclick: () => dialog.close() }, "Not now")),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** A field for words; `rows` more than 0: for several lines. */
export function text(name, label, value = "", rows = 0, required = true) {
  const id = `change-${name}`;
  const input = rows ? h("textarea", { id, name, rows, required }, value) : h("input", { id, name, value, required, autocomplete: "off" });
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}
