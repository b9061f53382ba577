// The request that is being written, kept for a reload of this tab; without its pictures, which are large.

const NAME = "limner.draft";

/** What was kept; null if there is nothing that can be read. @returns {any} */
export function readDraft() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
  } catch {
    return null;
  }
}

/** Keep a body. @param {any} body */
export function writeDraft(body) {
  const { image, ...rest } = body;
  try {
    sessionStorage.setItem(NAME, JSON.stringify(rest));
  } catch {
    // A browser that keeps nothing forgets it.
  }
}
