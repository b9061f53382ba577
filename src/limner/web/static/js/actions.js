// What a user can do with a picture, as buttons and as what they do.

import { copyText } from "./clipboard.js";
import { h } from "./dom.js";
import { ApiError } from "./errors.js";
import { icon } from "./icons.js";
import { addressOf, againBody, fileName, freshLink, isOwn, varyBody } from "./picture.js";
import { problemText } from "./problems.js";
import { t } from "./words.js";

/**
 * @typedef {import("./run.js").Run} Run @typedef {import("./run.js").Picture} Picture
 * @typedef {"reference"|"edit"|"vary"|"again"} Use
 * @typedef {(text: string, kind?: "info"|"error") => void} Say
 * @typedef {{api: any, onUse: (action: Use, picture: import("./picture.js").UsedPicture) => void}} Outside
 * @typedef {{run: Run, picture: Picture, outside: Outside, say: Say}} Deed
 */

/** @type {Record<string, {icon: string, act: (deed: Deed) => Promise<void>}>} */
const ACTIONS = {
  download: { icon: "download", act: download },
  link: { icon: "link", act: copyLink },
  reference: { icon: "image", act: (deed) => hand(deed, "reference") },
  edit: { icon: "pencil", act: (deed) => hand(deed, "edit") },
  vary: { icon: "vary", act: (deed) => repeat(deed, "vary", varyBody) },
  again: { icon: "again", act: (deed) => repeat(deed, "again", againBody) },
};
const SAVED_MS = 60_000;
const REPEATING = new Set(["vary", "again"]);

/**
 * A button for each action. onActed is told when something was handed to the form.
 * @param {Run} run @param {Picture} picture @param {Outside} outside
 * @param {{say: Say, onActed?: () => void, withText?: boolean}} options
 * @returns {HTMLElement[]}
 */
export function actionButtons(run, picture, outside, { say, onActed = () => {}, withText = false }) {
  return Object.entries(ACTIONS).map(([name, action]) => {
    const isLost = REPEATING.has(name) && Boolean(run.lostReferences);
    const perform = async () => {
      try {
        await action.act({
          run,
          picture,
          outside: { ...outside, onUse: (...use) => (onActed(), outside.onUse(...use)) },
          say,
        });
      } catch (error) {
        say(problemText(/** @type {any} */ (error)), "error");
      }
    };
    const key = isLost ? "results.referencesLost" : `results.${name}`;
    return h(
      "button",
      {
        type: "button",
        class: `button button-quiet button-small${withText ? "" : " button-icon"}`,
        "data-action": name,
        disabled: isLost,
        tTitle: key,
        tLabel: withText && !isLost ? null : key,
        onClick: perform,
      },
      icon(action.icon),
      withText && h("span", { t: `results.${name}Short` }),
    );
  });
}

async function download(/** @type {Deed} */ { run, picture, outside }) {
  if (!isOwn(picture)) return follow({ href: addressOf(picture), target: "_blank", rel: "noopener" });
  const address = addressOf(picture);
  if (address.startsWith("blob:")) return follow({ href: address, download: fileName(run, picture) });
  // Fetched first: the name in the server's header would win over this one, which says what is on the picture.
  const answer = await fetch(await freshLink(outside.api, run, picture));
  if (!answer.ok) throw new ApiError(answer.status, { code: "PictureGone" });
  const kept = URL.createObjectURL(await answer.blob());
  follow({ href: kept, download: fileName(run, picture) });
  setTimeout(() => URL.revokeObjectURL(kept), SAVED_MS);
}

function follow(/** @type {Record<string, string>} */ place) {
  const link = h("a", place);
  document.body.append(link);
  link.click();
  link.remove();
}

async function copyLink(/** @type {Deed} */ { run, picture, outside, say }) {
  const copied = await copyText(await freshLink(outside.api, run, picture));
  say(t(copied ? "results.linkCopied" : "results.linkNotCopied"), copied ? "info" : "error");
}

/** Give a picture to the form by its link: the server reads its own links from storage. */
async function hand(/** @type {Deed} */ { run, picture, outside }, /** @type {Use} */ action) {
  const url = await freshLink(outside.api, run, picture);
  outside.onUse(action, used(run, picture, url, run.body));
}

async function repeat(
  /** @type {Deed} */ { run, picture, outside },
  /** @type {Use} */ action,
  /** @type {(run: Run, picture: Picture) => any} */ bodyOf,
) {
  outside.onUse(action, used(run, picture, picture.url, bodyOf(run, picture)));
}

/** @returns {import("./picture.js").UsedPicture} */
function used(
  /** @type {Run} */ run,
  /** @type {Picture} */ picture,
  /** @type {string} */ url,
  /** @type {any} */ body,
) {
  const { index, size, seed } = picture;
  return {
    jobId: run.id,
    index,
    url,
    size,
    seed,
    label: t("results.pictureNumber", { number: index + 1 }),
    body,
  };
}
