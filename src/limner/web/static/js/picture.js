// One delivered picture and what can be done with it: its address, a fresh link, its file name, the request
// that makes it again or another one like it. It knows no elements.

import { ApiError } from "./errors.js";

/** @typedef {import("./run.js").Run} Run @typedef {import("./run.js").Picture} Picture */
/**
 * What the stage gives out: a picture of a request, with the request. url: "" while only bytes are here.
 * @typedef {{jobId: string, index: number, url: string, size: string, seed: number|null, label: string,
 *   body: any}} UsedPicture
 */

const SEED_LIMIT = 2 ** 31;
const NAME_LENGTH = 48;
/** @type {WeakMap<Picture, string>} */
const addresses = new WeakMap();

/** Where an <img> finds it: the link, or an address of this page for bytes that came in base64. */
export function addressOf(/** @type {Picture} */ picture) {
  if (picture.url) return picture.url;
  let address = addresses.get(picture);
  if (!address) {
    address = URL.createObjectURL(new Blob([bytesOf(picture.b64)], { type: mediaTypeOf(picture.b64) }));
    addresses.set(picture, address);
    picture.b64 = ""; // The blob has it now, in three quarters of the memory.
  }
  return address;
}

/** Give back the memory of a picture that is shown no more. */
export function release(/** @type {Picture} */ picture) {
  const address = addresses.get(picture);
  if (address) URL.revokeObjectURL(address);
}

/** Whether a click can save it; a browser only opens what another host serves. */
export function isOwn(/** @type {Picture} */ picture) {
  const address = addressOf(picture);
  return address.startsWith("blob:") || new URL(address, location.href).origin === location.origin;
}

/**
 * A link to it that holds from now on. Throws ApiError when it is no longer kept.
 * @param {{pictures: (id: string) => Promise<any>}} api @param {Run} run @param {Picture} picture
 * @returns {Promise<string>}
 */
export async function freshLink(api, run, picture) {
  const kept = (await api.pictures(run.id)).data;
  const found = kept.find((/** @type {any} */ one) => one.image_index === picture.index);
  if (!found) throw new ApiError(410, { code: "PictureGone" });
  if (picture.url) picture.url = found.url;
  return found.url;
}

/** A file name that says what is on it. */
export function fileName(/** @type {Run} */ run, /** @type {Picture} */ picture) {
  const words =
    String(run.body.prompt ?? "")
      .normalize("NFC")
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const title = words.join("-").slice(0, NAME_LENGTH).replace(/-+$/, "") || "picture";
  const suffix = formatOf(run, picture);
  return picture.seed === null ? `${title}.${suffix}` : `${title}-${picture.seed}.${suffix}`;
}

/** The request that makes the same pictures again: with the seed that made them. */
export function againBody(/** @type {Run} */ run, /** @type {Picture} */ picture) {
  return seeded(run.body, firstSeed(picture));
}

/** The same request with the next seed that this one has not used. */
export function varyBody(/** @type {Run} */ run, /** @type {Picture} */ picture) {
  const first = firstSeed(picture);
  return seeded(run.body, first === null ? null : (first + run.total) % SEED_LIMIT);
}

/** Picture i of a request is made with its seed + i. */
function firstSeed(/** @type {Picture} */ picture) {
  return picture.seed === null ? null : (picture.seed - picture.index + SEED_LIMIT) % SEED_LIMIT;
}

function seeded(/** @type {any} */ body, /** @type {number | null} */ seed) {
  return seed === null ? { ...body } : { ...body, seed };
}

function formatOf(/** @type {Run} */ run, /** @type {Picture} */ picture) {
  const ending = picture.url.match(/\.(jpeg|png)(\?|$)/)?.[1];
  return ending ?? run.body.output_format ?? "jpeg";
}

function bytesOf(/** @type {string} */ base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

const mediaTypeOf = (/** @type {string} */ base64) =>
  base64.startsWith("iVBOR") ? "image/png" : "image/jpeg";
