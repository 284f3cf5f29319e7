// Numbers in words.

/** @param {number | null | undefined} x @param {number} digits @returns {string} */
export function formatNumber(x, digits = 3) {
  if (x === null || x === undefined || Number.isNaN(x)) return "–";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text = size >= 1e-2 && size < 1e4 ? x.toPrecision(digits) : x.toExponential(digits - 1);
  return text.replace("e+", "e");
}

/** @param {number} rate @returns {string} */
export function formatRate(rate) {
  if (!rate) return "–";
  return rate < 10 ? rate.toFixed(1) : String(Math.round(rate));
}

/** @param {number} seconds @returns {string} */
export function formatTime(seconds) {
  const s = Math.floor(seconds);
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
}

/** @param {number} x @returns {string} two digits, short */
export const brief = (x) => Math.abs(x) >= 10 && Math.abs(x) < 1000 ? String(Math.round(x)) : formatNumber(x, 2);

/** @param {number} x @returns {string} as short as it can be read back */
export function typed(x) {
  const plain = String(x);
  const short = x.toExponential().replace("e+", "e");
  return short.length < plain.length ? short : plain;
}
