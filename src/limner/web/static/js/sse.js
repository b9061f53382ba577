// Server-sent events out of a byte stream. It knows the format and no event of ours.

/** @typedef {{id: string, name: string, data: string}} ServerEvent id: "" when the event has none. */

/**
 * Each event of a stream, as soon as its blank line is there.
 * @param {ReadableStream<Uint8Array>} bytes
 * @param {() => void} [onBytes] called for every chunk, keep-alives included
 * @returns {AsyncGenerator<ServerEvent>}
 */
export async function* serverEvents(bytes, onBytes = () => {}) {
  let fields = newEvent();
  for await (const line of lines(bytes, onBytes)) {
    if (line === "") {
      if (fields.data.length) yield { id: fields.id, name: fields.name, data: fields.data.join("\n") };
      fields = newEvent();
    } else {
      addField(fields, line);
    }
  }
}

const newEvent = () => ({ id: "", name: "message", data: /** @type {string[]} */ ([]) });

/** @param {ReturnType<typeof newEvent>} fields @param {string} line */
function addField(fields, line) {
  const colon = line.indexOf(":");
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
  if (name === "id") fields.id = value;
  else if (name === "event") fields.name = value;
  else if (name === "data") fields.data.push(value);
}

/** Only what is new is searched for a line's end: a picture in base64 is one line of many megabytes. */
async function* lines(/** @type {ReadableStream<Uint8Array>} */ bytes, /** @type {() => void} */ onBytes) {
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  let pieces = /** @type {string[]} */ ([]);
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      onBytes();
      const parts = decoder.decode(value, { stream: true }).split("\n");
      pieces.push(parts[0]);
      for (const part of parts.slice(1)) {
        yield pieces.join("").replace(/\r$/, "");
        pieces = [part];
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
