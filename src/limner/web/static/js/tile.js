// One picture of a request on the stage: waiting, growing, there, or what became of it instead.

import { actionButtons } from "./actions.js";
import { h, replace, setText } from "./dom.js";
import { icon } from "./icons.js";
import { addressOf, freshLink } from "./picture.js";
import { problemOf } from "./problems.js";
import { partOf } from "./run.js";

/** @typedef {import("./run.js").Run} Run @typedef {import("./run.js").Picture} Picture */
const IS_SIZE = /^(\d+)x(\d+)$/i;

/**
 * @param {Run} run @param {Picture} picture
 * @param {{outside: import("./actions.js").Outside, say: import("./actions.js").Say,
 *   onOpen: (picture: Picture) => void}} options
 * @returns {{element: HTMLElement, draw: () => void}} draw: after the picture has changed
 */
export function createTile(run, picture, options) {
  const element = h("li", { class: "tile", "data-index": picture.index });
  let shown = "";
  let growing = /** @type {ReturnType<typeof growingPicture> | null} */ (null);
  function draw() {
    if (picture.state !== shown) {
      shown = picture.state;
      element.dataset.state = shown;
      growing = shown === "waiting" || shown === "working" ? (growing ?? growingPicture(picture)) : null;
      replace(
        element,
        growing ? growing.element : shown === "done" ? delivered(run, picture, options) : refused(picture),
      );
    }
    growing?.draw();
    element.style.setProperty("--ratio", String(ratioOf(run, picture)));
  }
  draw();
  return { element, draw };
}

/** Width to height as far as it is known; until then square. */
function ratioOf(/** @type {Run} */ run, /** @type {Picture} */ picture) {
  const size = [picture.size, run.size, run.body.size].map((text) => IS_SIZE.exec(text ?? "")).find(Boolean);
  return size ? Number(size[1]) / Number(size[2]) || 1 : 1;
}

function growingPicture(/** @type {Picture} */ picture) {
  const preview = h("img", { class: "tile-preview", alt: "", hidden: true });
  const steps = h("span", { class: "tile-steps" });
  const bar = h("progress", {
    max: 1,
    tLabel: "results.pictureProgress",
    values: { number: picture.index + 1 },
  });
  const element = h(
    "div",
    { class: "tile-frame tile-growing" },
    preview,
    h("div", { class: "tile-progress" }, steps, bar),
  );
  function draw() {
    if (picture.preview && preview.src !== picture.preview) preview.src = picture.preview;
    preview.hidden = !picture.preview;
    if (picture.stepsTotal > 1) {
      bar.value = partOf(picture);
      setText(steps, "t", "results.step", { done: picture.stepsDone, total: picture.stepsTotal });
    }
    bar.hidden = picture.stepsTotal <= 1;
  }
  return { element, draw };
}

function delivered(
  /** @type {Run} */ run,
  /** @type {Picture} */ picture,
  /** @type {Parameters<typeof createTile>[2]} */ { outside, say, onOpen },
) {
  const values = {
    number: picture.index + 1,
    total: Math.max(run.total, run.pictures.length),
    prompt: run.body.prompt ?? "",
  };
  const image = h("img", {
    class: "tile-picture",
    src: addressOf(picture),
    tAlt: "results.alt",
    values,
    decoding: "async",
    draggable: "true",
  });
  image.addEventListener("error", () => renew(image, run, picture, outside), { once: true });
  const open = h(
    "button",
    { type: "button", class: "tile-frame tile-open", tTitle: "results.open", onClick: () => onOpen(picture) },
    image,
  );
  const bar = h(
    "div",
    { class: "tile-actions", role: "group", tLabel: "results.actions", values },
    actionButtons(run, picture, outside, { say }),
  );
  return [open, bar];
}

/** A link that has expired is asked for anew, once; what is deleted says so. */
async function renew(
  /** @type {HTMLImageElement} */ image,
  /** @type {Run} */ run,
  /** @type {Picture} */ picture,
  /** @type {import("./actions.js").Outside} */ outside,
) {
  try {
    image.src = await freshLink(outside.api, run, picture);
  } catch (error) {
    image.closest("li")?.replaceChildren(refused({ ...picture, error: /** @type {any} */ (error) }));
  }
}

function refused(/** @type {Picture} */ picture) {
  const { key, detail } = problemOf(picture.error ?? { code: "", message: "" });
  return h(
    "div",
    { class: "tile-frame tile-refused" },
    icon("alert"),
    h("p", { class: "tile-problem", t: key }),
    detail && h("p", { class: "hint" }, detail),
    h("code", { class: "tile-code" }, picture.error?.code),
  );
}
