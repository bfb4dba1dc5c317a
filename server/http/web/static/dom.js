// Makes elements. Text is always text: nothing here ever parses HTML.

/** Make an element: `h("a", { href, class: "x", onclick }, "text", child)`. Absent and false values are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "value") element.value = value;
  else element.setAttribute(name, value === true ? "" : value);
}

/** Put new children into an element, in place of the old. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(Boolean));
  return element;
}

/** The same, where somebody may be at work: a control that has the focus and is there again keeps it. */
export function refill(element, ...children) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  fill(element, ...children);
  const again = focused && [...element.querySelectorAll(focused.tagName)].find((one) => one.textContent === focused.textContent);
  again?.focus({ preventScroll: true });
  return element;
}

/** Say something to who listens to the page instead of looking at it. */
export function tell(text) {
  document.getElementById("told").textContent = text;
}

/** Run a function once per frame, however often it is asked for. */
export function onceAFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
