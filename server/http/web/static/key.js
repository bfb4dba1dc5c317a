// Asks the person for a key.

import { h } from "./dom.js";

/** Resolve to the key that was typed, or to null. */
export function askForKey() {
  return new Promise((resolve) => {
    const input = h("input", { id: "key", type: "password", autocomplete: "off", required: true });
    const dialog = h(
      "dialog",
      { class: "box", "aria-labelledby": "key-title" },
      h(
        "form",
        { method: "dialog" },
        h("h2", { id: "key-title" }, "This server wants a key"),
        h("label", { for: "key" }, "Key"),
        input,
        h("p", { class: "hint" }, "It is kept until this tab is closed."),
        h("div", { class: "buttons" }, h("button", { class: "main", value: "use" }, "Use this key"), h("button", { value: "", formnovalidate: true }, "Cancel")),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue ? input.value.trim() : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
