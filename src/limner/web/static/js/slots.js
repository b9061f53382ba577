// So many at once and no more; who waits may look round, and go on without a place.

/** @param {number} most */
export function createSlots(most) {
  let taken = 0;
  /** @type {(() => void)[]} */
  const waiting = [];

  function leave() {
    const next = waiting.shift();
    if (next) next();
    else taken--;
  }

  /**
   * Wait for a place, and give the function that leaves it. Meanwhile look() is called again and again; once
   * it says true no place is needed any more.
   * @param {number} everyMs @param {() => Promise<boolean>} look
   * @returns {Promise<() => void>}
   */
  function enter(everyMs, look) {
    if (taken < most) {
      taken++;
      return Promise.resolve(leave);
    }
    return new Promise((resolve) => {
      const go = (/** @type {() => void} */ left) => (clearInterval(timer), resolve(left));
      const called = () => go(leave);
      const timer = setInterval(async () => {
        const needsNone = await look().catch(() => false);
        const place = waiting.indexOf(called);
        if (needsNone && place >= 0) {
          waiting.splice(place, 1);
          go(() => {});
        }
      }, everyMs);
      waiting.push(called);
    });
  }
  return { enter };
}
