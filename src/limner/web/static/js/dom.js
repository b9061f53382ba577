// Building elements. Text only ever becomes text: nothing here, or anywhere on the page, parses markup.
// Attributes t, tLabel, tTitle and tPlaceholder take a key of words.js, and follow a change of language.

import { t } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const SAFE_LINK = /^(https?:|blob:|data:image\/|#|\.{0,2}\/|[\w-]+(\/|$))/i;
const LINKS = new Set(["href", "src"]);
const TRANSLATED = { t: "", tLabel: "aria-label", tTitle: "title", tPlaceholder: "placeholder", tAlt: "alt" };

/**
 * An element with attributes and children; null, false and undefined are left out, arrays are flattened.
 * Functions under on* are listeners; `values` fills the blanks of translated texts.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...any} children
 * @returns {any}
 */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. @param {string} tag @param {Record<string, any>} [attributes] @param {...any} children @returns {any} */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes))
    setAttribute(element, name, value, attributes.values);
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

function setAttribute(element, name, value, values) {
  if (value == null || value === false || name === "values") return;
  if (name in TRANSLATED) setText(element, name, value, values);
  else if (typeof value === "function")
    element.addEventListener(name.replace(/^on/, "").toLowerCase(), value);
  else if (LINKS.has(name) && !SAFE_LINK.test(String(value))) return;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Give an element a translated text (what = "t") or attribute, now and after a change of language.
 * @param {Element} element @param {string} what @param {string} key @param {Record<string, any>} [values]
 */
export function setText(element, what, key, values) {
  /** @type {any} */ (element).words = { .../** @type {any} */ (element).words, [what]: { key, values } };
  element.setAttribute("data-words", "");
  const attribute = TRANSLATED[what];
  if (attribute) element.setAttribute(attribute, t(key, values));
  else element.textContent = t(key, values);
}

/** Put every translated text below root into the language of now. @param {ParentNode} [root] */
export function translate(root = document) {
  for (const element of root.querySelectorAll("[data-t]"))
    setText(element, "t", element.getAttribute("data-t") ?? "");
  for (const element of root.querySelectorAll("[data-t-label]"))
    setText(element, "tLabel", element.getAttribute("data-t-label") ?? "");
  for (const element of root.querySelectorAll("[data-words]"))
    for (const [what, { key, values }] of Object.entries(/** @type {any} */ (element).words ?? {}))
      setText(element, what, key, values);
}

/** The element with this id, which must be there. @param {string} id @returns {any} */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`there is no #${id}`);
  return element;
}

/** Put children in the place of all that an element holds. @param {Element} element @param {...any} children */
export function replace(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child != null && child !== false));
}

/** Say something to screen readers without moving the focus. @param {string} text */
export function announce(text) {
  const region = byId("announcements");
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

/** A short note at the page's edge that goes by itself. @param {string} text @param {"info"|"error"} [kind] */
export function toast(text, kind = "info") {
  const note = h("div", { class: `toast toast-${kind}` }, text);
  byId("toasts").append(note);
  announce(text);
  setTimeout(() => note.remove(), kind === "error" ? 8000 : 3500);
}
