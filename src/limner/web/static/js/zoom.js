// Looking closer: a stage on which something of fixed size is scaled and shifted by wheel, drag, pinch,
// double click and keys. View is the pure part; createZoom() puts it on elements.

/**
 * @typedef {{width: number, height: number}} Size
 * @typedef {{x: number, y: number}} Point
 * @typedef {{scale: number, x: number, y: number}} View the thing's middle is x, y off the stage's middle
 */

const MOST = 8;
const WHEEL = 0.0015;
const KEY_STEP = 1.25;
const SHIFT_PX = 60;

/** The scale at which all of a thing is seen; small ones are not blown up.
 * @param {Size} thing @param {Size} stage */
export function fitScale(thing, stage) {
  return Math.min(1, stage.width / thing.width, stage.height / thing.height) || 1;
}

/** The view after zooming by factor about a point (off the stage's middle), which stays where it is.
 * @param {View} view @param {number} factor @param {Point} point @param {Size} thing @param {Size} stage
 * @returns {View} */
export function zoomed(view, factor, point, thing, stage) {
  const least = fitScale(thing, stage);
  const scale = Math.min(Math.max(MOST, least), Math.max(least, view.scale * factor));
  const ratio = scale / view.scale;
  const x = point.x - (point.x - view.x) * ratio;
  const y = point.y - (point.y - view.y) * ratio;
  return held({ scale, x, y }, thing, stage);
}

/** The nearest view that leaves no empty margin where there is more to see.
 * @param {View} view @param {Size} thing @param {Size} stage @returns {View} */
export function held({ scale, x, y }, thing, stage) {
  const roomX = Math.max(0, (thing.width * scale - stage.width) / 2);
  const roomY = Math.max(0, (thing.height * scale - stage.height) / 2);
  return { scale, x: clamp(x, roomX), y: clamp(y, roomY) };
}

const clamp = (/** @type {number} */ value, /** @type {number} */ most) =>
  Math.min(most, Math.max(-most, value)) + 0;

/**
 * @param {HTMLElement} stage @param {HTMLElement} thing is given its natural size and a transform
 * @param {(view: View, isFit: boolean) => void} onView
 */
export function createZoom(stage, thing, onView) {
  let size = { width: 1, height: 1 };
  /** @type {View} */
  let view = { scale: 1, x: 0, y: 0 };
  let isFit = true;
  const room = () => ({ width: stage.clientWidth, height: stage.clientHeight });

  function show(/** @type {View} */ next) {
    view = next;
    isFit = view.scale <= fitScale(size, room()) * 1.001;
    thing.style.transform = `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale})`;
    stage.classList.toggle("is-zoomed", !isFit);
    onView(view, isFit);
  }

  const fit = () => show({ scale: fitScale(size, room()), x: 0, y: 0 });
  const by = (/** @type {number} */ factor, point = { x: 0, y: 0 }) =>
    show(zoomed(view, factor, point, size, room()));
  const shift = (/** @type {number} */ x, /** @type {number} */ y) =>
    show(held({ ...view, x: view.x + x, y: view.y + y }, size, room()));

  function at(/** @type {{clientX: number, clientY: number}} */ event) {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  }

  stage.addEventListener(
    "wheel",
    (event) => (event.preventDefault(), by(Math.exp(-event.deltaY * WHEEL), at(event))),
    { passive: false },
  );
  stage.addEventListener("dblclick", (event) => (isFit ? by(1 / view.scale, at(event)) : fit()));
  followPointers(stage, at, { by, shift });
  new ResizeObserver(() => (isFit ? fit() : shift(0, 0))).observe(stage);
  return {
    /** A thing of another size, seen whole; the same view when it is as large as the one before. */
    setSize(/** @type {Size} */ next) {
      const isSame = next.width === size.width && next.height === size.height;
      size = next;
      Object.assign(thing.style, { width: `${next.width}px`, height: `${next.height}px` });
      if (isSame) show(view);
      else fit();
    },
    fit,
    actual: () => by(1 / view.scale),
    closer: () => by(KEY_STEP),
    farther: () => by(1 / KEY_STEP),
    shift: (/** @type {number} */ stepsX, /** @type {number} */ stepsY) =>
      shift(stepsX * SHIFT_PX, stepsY * SHIFT_PX),
  };
}

/** One pointer drags, two pinch. */
function followPointers(
  /** @type {HTMLElement} */ stage,
  /** @type {(event: PointerEvent) => Point} */ at,
  /** @type {{by: (factor: number, point: Point) => void, shift: (x: number, y: number) => void}} */ {
    by,
    shift,
  },
) {
  /** @type {Map<number, Point>} */
  const down = new Map();
  const spread = () => {
    const [a, b] = [...down.values()];
    return {
      length: Math.hypot(a.x - b.x, a.y - b.y) || 1,
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
    };
  };
  function move(/** @type {PointerEvent} */ event) {
    const before = down.get(event.pointerId);
    if (!before) return;
    const point = at(event);
    const wide = down.size === 2 ? spread() : null;
    down.set(event.pointerId, point);
    if (!wide) return shift(point.x - before.x, point.y - before.y);
    const now = spread();
    by(now.length / wide.length, now.middle);
    shift(now.middle.x - wide.middle.x, now.middle.y - wide.middle.y);
  }
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || down.size === 2) return;
    stage.setPointerCapture(event.pointerId);
    down.set(event.pointerId, at(event));
  });
  stage.addEventListener("pointermove", move);
  for (const name of ["pointerup", "pointercancel"])
    stage.addEventListener(name, (event) => down.delete(/** @type {PointerEvent} */ (event).pointerId));
}
