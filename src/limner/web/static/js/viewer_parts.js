// The elements of the viewer, and where they stand in it.

import { h } from "./dom.js";
import { icon } from "./icons.js";

/** The dialog and all in it that changes or can be pressed. */
export function viewerParts() {
  const image = h("img", { class: "viewer-picture", alt: "", draggable: "false" });
  const canvas = h("div", { class: "viewer-canvas" }, image);
  const stage = h("div", { class: "viewer-stage" }, canvas);
  const [before, after] = [tool("left", "viewer.before"), tool("right", "viewer.after")];
  const [closer, farther, fit, actual] = [
    tool("plus", "viewer.closer"),
    tool("minus", "viewer.farther"),
    tool("fit", "viewer.fit"),
    h("button", { type: "button", class: "button button-quiet button-small", t: "viewer.actual" }),
  ];
  const [factsButton, close] = [tool("info", "viewer.facts"), tool("close", "viewer.close")];
  factsButton.setAttribute("aria-pressed", "false");
  const count = h("span", { class: "viewer-count" });
  const scale = h("span", { class: "viewer-scale" });
  const compare = h("div", { class: "viewer-compare" });
  const facts = h("dl", { class: "viewer-facts" });
  const actions = h("div", { class: "viewer-actions", role: "group", tLabel: "viewer.actions" });
  const note = h("p", { class: "viewer-note", role: "status" });
  const head = h(
    "header",
    { class: "viewer-head" },
    h("div", { class: "row" }, before, count, after),
    h("div", { class: "row viewer-zoom" }, farther, scale, closer, fit, actual),
    h("div", { class: "row" }, compare, factsButton, close),
  );
  const dialog = h(
    "dialog",
    { class: "viewer", tabindex: -1, tLabel: "viewer.title" },
    head,
    stage,
    h("aside", { class: "viewer-side", tLabel: "viewer.facts" }, facts),
    h("footer", { class: "viewer-foot" }, note, actions),
  );
  return {
    dialog,
    image,
    canvas,
    stage,
    before,
    after,
    closer,
    farther,
    fit,
    actual,
    factsButton,
    close,
    count,
    scale,
    compare,
    facts,
    actions,
    note,
  };
}

function tool(/** @type {string} */ name, /** @type {string} */ key) {
  return h(
    "button",
    { type: "button", class: "button button-quiet button-icon", tLabel: key, tTitle: key },
    icon(name),
  );
}
