// Picture files that are dropped or pasted anywhere on the page. A miss must not open the file in its place.

import { toast } from "./dom.js";
import { t } from "./words.js";

const HEIF_NAME = /\.hei[cf]$/i;

/**
 * Tell of picture files, while they are wanted; the body's class is-dropping shows where a drag would end.
 * @param {(files: File[]) => void} onFiles
 * @param {() => boolean} isWanted
 */
export function watchFiles(onFiles, isWanted) {
  const { classList } = document.body;
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    classList.toggle("is-dropping", isWanted());
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? classList.remove("is-dropping"));
  document.addEventListener("drop", (event) => {
    classList.remove("is-dropping");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const files = pictures(event.dataTransfer);
    if (!isWanted()) return;
    if (files.length) onFiles(files);
    else toast(t("references.noPicture"), "error");
  });
  document.addEventListener("paste", (event) => {
    const files = pictures(event.clipboardData);
    if (!files.length || !isWanted()) return;
    event.preventDefault();
    onFiles(files);
  });
}

function carriesFiles(/** @type {DragEvent} */ event) {
  return Boolean(event.dataTransfer?.types.includes("Files"));
}

/** Some systems know no media type for HEIC. */
function pictures(/** @type {DataTransfer | null} */ data) {
  return [...(data?.files ?? [])].filter(
    (file) => file.type.startsWith("image/") || HEIF_NAME.test(file.name),
  );
}
