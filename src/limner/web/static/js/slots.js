// So many at once and no more.

/**
 * enter() waits for a place, looking round by onWait meanwhile, and gives the function that leaves it.
 * @param {number} most
 */
export function createSlots(most) {
  let taken = 0;
  /** @type {(() => void)[]} */
  const waiting = [];
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else taken--;
  };
  /** @param {number} everyMs @param {() => Promise<void>} onWait */
  async function enter(everyMs, onWait) {
    if (taken < most) {
      taken++;
      return leave;
    }
    const timer = setInterval(() => onWait().catch(() => {}), everyMs);
    await new Promise((resolve) => waiting.push(() => resolve(undefined)));
    clearInterval(timer);
    return leave;
  }
  return { enter };
}
