// Two pictures in one place: the other one lies over the first, cut at a line that can be moved.

import { h, replace } from "./dom.js";
import { addressOf } from "./picture.js";
import { t } from "./words.js";

/** @typedef {import("./viewer.js").Entry} Entry */
const LOCAL = /^(data:image\/|blob:)/;

/**
 * @param {HTMLElement} stage gets the slider
 * @param {HTMLElement} canvas holds the first picture, gets the other
 * @returns {{element: HTMLElement, offer: (entries: Entry[], index: number) => void, stop: () => void}}
 */
export function createCompare(stage, canvas) {
  const other = h("img", {
    class: "viewer-picture viewer-other",
    tAlt: "viewer.otherPicture",
    draggable: "false",
    hidden: true,
  });
  const line = h("div", { class: "viewer-line", hidden: true });
  const slider = h("input", {
    type: "range",
    class: "viewer-slider",
    min: 0,
    max: 100,
    step: 0.5,
    value: 50,
    tLabel: "viewer.slider",
    hidden: true,
    onInput: cut,
  });
  const choice = h("select", { class: "viewer-choice", tLabel: "viewer.compare", onChange: choose });
  canvas.append(other, line);
  stage.after(slider);

  function cut() {
    other.style.clipPath = `inset(0 0 0 ${slider.value}%)`;
    line.style.left = `${slider.value}%`;
  }

  function choose() {
    const isOn = choice.value !== "";
    other.hidden = line.hidden = slider.hidden = !isOn;
    if (isOn) other.src = choice.value;
    cut();
  }

  /** Keep the choice while leafing, as long as it is still another picture. */
  function offer(/** @type {Entry[]} */ entries, /** @type {number} */ index) {
    const offered = [...references(entries[index]), ...others(entries, index)];
    const kept = offered.some((one) => one.address === choice.value) ? choice.value : "";
    const none = h("option", { value: "", t: "viewer.compareNone" });
    replace(
      choice,
      none,
      offered.map((one) => h("option", { value: one.address }, one.label)),
    );
    choice.value = kept;
    choice.hidden = offered.length === 0;
    choose();
  }

  function stop() {
    choice.value = "";
    choose();
  }

  return { element: choice, offer, stop };
}

/** What it was made from, as far as the page may show it: pictures of this page and of this server. */
function references(/** @type {Entry} */ { run }) {
  const images = [run.body.image ?? []].flat();
  return images.flatMap((image, at) => {
    const isShown = LOCAL.test(image) || image.startsWith(`${location.origin}/`);
    return isShown ? [{ address: image, label: t("viewer.referenceNumber", { number: at + 1 }) }] : [];
  });
}

function others(/** @type {Entry[]} */ entries, /** @type {number} */ index) {
  return entries.flatMap(({ run, picture }, at) => {
    const title = `${at + 1} · ${String(run.body.prompt ?? "").slice(0, 32)}`;
    return at === index ? [] : [{ address: addressOf(picture), label: title }];
  });
}
