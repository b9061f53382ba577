// The pictures of one past request, small; or in their place how it stands, why there are none, or that they
// were deleted. Links are asked for when they are needed, and made anew when they are old or do not work.

import { h, replace } from "./dom.js";
import { icon } from "./icons.js";

const MOST_SHOWN = 4;
const LINKS_OLD_MS = 60 * 60 * 1000;
const REQUEST_ID_SUFFIX = /\s*Request id: \w+\s*$/i;
const UNFINISHED = new Set(["queued", "running"]);

/** @typedef {import("./job_card.js").PastJob} PastJob */

export const isUnfinished = (/** @type {PastJob} */ job) => UNFINISHED.has(job.state);

/**
 * An element for the pictures of a job; empty until show() is called, which may be often; again: whatever is
 * known. onNone: what was made is no longer kept.
 * @param {PastJob} job @param {{api: any, onOpen: () => void, onNone: () => void}} options
 * @returns {{element: HTMLElement, show: (again?: boolean) => Promise<void>}}
 */
export function createJobPictures(job, { api, onOpen, onNone }) {
  const element = h("div", { class: "job-pictures" });
  let kept = /** @type {any[]} */ ([]);
  let askedMs = 0;

  async function load() {
    kept = (await api.pictures(job.id)).data;
    askedMs = Date.now();
    if (!kept.length) onNone();
  }

  async function show(again = false) {
    const isOld = again || Date.now() - askedMs > LINKS_OLD_MS;
    try {
      if (isOld && job.pictures_done && !isUnfinished(job)) await load();
      draw();
    } catch {
      replace(element, note("alert", "history.noPictures"));
    }
  }

  function draw() {
    const hadFocus = element.contains(document.activeElement);
    element.dataset.count = String(Math.min(kept.length, MOST_SHOWN));
    replace(element, inside());
    if (hadFocus) element.querySelector("button")?.focus();
  }

  function inside() {
    if (isUnfinished(job)) return standing(job, onOpen);
    if (!job.pictures_done) return ending(job);
    if (!kept.length) return note("trash", "history.gone");
    const more = kept.length - MOST_SHOWN;
    return [kept.slice(0, MOST_SHOWN).map(thumbnail), more > 0 && h("span", { class: "job-more", "aria-hidden": "true" }, `+${more}`)];
  }

  function thumbnail(/** @type {any} */ picture) {
    const image = h("img", { src: picture.thumbnail_url, alt: "", loading: "lazy", decoding: "async", onError: () => retry(image, picture.image_index) });
    const values = { number: picture.image_index + 1, count: kept.length };
    return h("button", { type: "button", class: "job-picture", tLabel: "history.open", values, onClick: onOpen }, image);
  }

  /** A link that does not work: once more with a fresh one, and then no more. */
  async function retry(/** @type {HTMLImageElement} */ image, /** @type {number} */ index) {
    const broken = () => image.replaceWith(note("alert", "history.broken"));
    if (image.dataset.retried) return broken();
    image.dataset.retried = "yes";
    await load().catch(() => {});
    const fresh = kept.find((picture) => picture.image_index === index);
    if (fresh) image.src = fresh.thumbnail_url;
    else if (kept.length) broken();
    else draw();
  }

  return { element, show };
}

const note = (/** @type {string} */ name, /** @type {string} */ key) =>
  h("div", { class: "job-note" }, icon(name), h("span", { t: key }));

/** A request that is not done yet, with the way to where it can be watched. */
function standing(/** @type {PastJob} */ job, /** @type {() => void} */ onOpen) {
  const percent = Math.round((job.progress ?? 0) * 100);
  return h(
    "button",
    { type: "button", class: "job-note job-standing", onClick: onOpen },
    h("span", { t: `history.${job.state}`, values: { count: job.position ?? 0, percent } }),
    job.state === "running" && h("progress", { max: 100, value: percent, tLabel: "history.progress" }),
  );
}

/** A request that came to nothing. */
function ending(/** @type {PastJob} */ job) {
  if (job.state === "cancelled") return note("close", "history.cancelled");
  if (!job.error) return note("alert", "history.none");
  const message = job.error.message.replace(REQUEST_ID_SUFFIX, "");
  return h(
    "div",
    { class: "job-note job-failed" },
    icon("alert"),
    h("strong", {}, job.error.code),
    h("span", { class: "job-error", title: message }, message),
  );
}
