// Input pictures held against a model's card, and how a file becomes what the API takes. Pure: no elements.

/**
 * @typedef {import("./models.js").ReferenceLimits} ReferenceLimits
 * @typedef {{key: string, values?: Record<string, any>}} Problem
 * @typedef {{source: string, format?: string, bytes?: number, width?: number, height?: number}} Reference
 *   source: URL or data URI; the rest as far as it is known
 */

const MIB = 1 << 20;
const FORMATS = {
  "x-ms-bmp": "bmp",
  "vnd.microsoft.icon": "ico",
  jpg: "jpeg",
  tif: "tiff",
  "svg+xml": "svg",
};
const DATA = /^data:image\/([\w.+-]+);base64,/;
const LINK = /^https?:\/\/[^\s]+$/i;

/** Whether a text is what the API takes as a picture. @param {string} text */
export function isSource(text) {
  return LINK.test(text) || DATA.test(text);
}

/** The format's name as cards have it, by the media type, else by the file's name. @param {File} file */
export function formatOf(file) {
  const [kind, subtype = ""] = file.type.toLowerCase().split("/");
  const name = kind === "image" ? subtype : (file.name.toLowerCase().match(/\.(\w+)$/)?.[1] ?? "");
  return FORMATS[/** @type {keyof typeof FORMATS} */ (name)] ?? name;
}

/** What a source says of itself. @param {string} source @returns {Reference} */
export function referenceOf(source) {
  const match = DATA.exec(source);
  if (!match) return { source };
  return {
    source,
    format: FORMATS[/** @type {keyof typeof FORMATS} */ (match[1])] ?? match[1],
    bytes: bytesOf(source, match[0].length),
  };
}

function bytesOf(/** @type {string} */ source, /** @type {number} */ start) {
  const padding = source.endsWith("==") ? 2 : source.endsWith("=") ? 1 : 0;
  return ((source.length - start) / 4) * 3 - padding;
}

/** A file as a data URI. @param {File} file @returns {Promise<string>} */
export function dataUri(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([file], { type: `image/${formatOf(file)}` }));
  });
}

/** The rule that one picture breaks, as far as it can be told here. @param {Reference} reference @param {ReferenceLimits} limits @returns {Problem | null} */
export function referenceProblem({ format, bytes = 0, width, height }, limits) {
  if (format && !limits.formats.includes(format))
    return { key: "references.format", values: { format, formats: limits.formats.join(", ") } };
  if (bytes > limits.max_bytes)
    return { key: "references.bytes", values: { limit: Math.floor(limits.max_bytes / MIB) } };
  if (!width || !height) return null;
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (short < limits.min_side) return { key: "references.small", values: { limit: limits.min_side } };
  if (short * long > limits.max_pixels)
    return { key: "references.pixels", values: { limit: Math.round(limits.max_pixels / 1e6) } };
  if (long > short * limits.max_ratio) return { key: "references.long", values: { ratio: limits.max_ratio } };
  return null;
}

/** The rule that their number breaks. @param {number} count @param {ReferenceLimits} limits @returns {Problem | null} */
export function countProblem(count, limits) {
  if (count > limits.max) return { key: "references.tooMany", values: { count: limits.max } };
  if (count < limits.min) return { key: "references.tooFew", values: { count: limits.min } };
  return null;
}

/** A list with one entry moved. @template T @param {T[]} list @param {number} from @param {number} to @returns {T[]} */
export function moved(list, from, to) {
  if (from < 0 || to < 0 || from >= list.length || to >= list.length) return list;
  const rest = list.filter((_, index) => index !== from);
  return [...rest.slice(0, to), list[from], ...rest.slice(to)];
}
