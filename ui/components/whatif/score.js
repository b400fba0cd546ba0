// The engine's arithmetic, once more, for the time while a weight is dragged.
//
// Comes in: accounts as bytes, a rubric's weights. Goes out: weights that sum to 100, counts by score, rates by band.
// Separate from the drawing so that tests run exactly this file beside the engine (tests/browser/test_whatif.py):
// `icp_engine/rubric/weights.py` for weights, `icp_engine/whatif/step.py` for scores. Whole numbers throughout.

export const BANDS = ["Green", "Yellow", "Red", "Not rated"];
const NOT_RATED = 3, BINS = 20, TENTHS = 1001, UNITS = 20, UNKNOWN = 128, Z = 1.959963984540054, STEPS = 60;

// ------------------------------------------------------------------ accounts

/** Bytes → accounts: four bytes with the header's length, header, then one column after the other. */
export function readRows(bytes) {
  const copy = bytes.slice().buffer; // columns of four bytes must begin at a multiple of four
  const length = new DataView(copy).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(copy, 4, length)));
  let at = 4 + length;
  const take = (kind, size) => {
    const column = new kind(copy, at, size);
    at += column.byteLength;
    return column;
  };
  const rows = { ...header, good: {}, all: {}, shares: {} };
  for (const basis of header.bases) {
    rows.good[basis] = take(Uint32Array, header.n);
    rows.all[basis] = take(Uint32Array, header.n);
    rows.shares[basis] = Float64Array.from(rows.good[basis], (good, i) => good / Math.max(rows.all[basis][i], 1));
  }
  rows.codes = Array.from({ length: header.criteria }, () => take(Uint8Array, header.n));
  rows.cap = take(Uint8Array, header.n);
  rows.points = new Int32Array(header.n); // known weight above the sixteenth bit, num below
  return rows;
}

// ------------------------------------------------------------------ weights

/** Whole numbers that sum to `total`, in proportion to `weights` (alike where all are 0), by largest remainder. */
export function shareOut(total, weights) {
  if (!weights.length) return [];
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => total * (whole > 0 ? weight / whole : 1 / weights.length));
  const shares = exact.map((value) => Math.trunc(value + 1e-9));
  const rest = exact.map((value, i) => Math.trunc((value - shares[i]) * 1e9 + 0.5));
  const order = exact.map((_, i) => i).sort((a, b) => rest[b] - rest[a] || a - b);
  const left = total - shares.reduce((sum, share) => sum + share, 0);
  for (const i of order.slice(0, Math.max(0, left))) shares[i] += 1;
  return shares;
}

/** Set some weights (Map position → whole number); the others follow to 100. Throws where that cannot be. */
export function rebalance(rubric, asked) {
  const sum = (numbers) => [...numbers].reduce((total, one) => total + one, 0);
  if (sum(asked.values()) > 100) throw new RangeError("over 100");
  const totals = groupTotals(rubric, asked);
  const weights = rubric.weights.slice();
  for (const [key, total] of totals) {
    const members = rubric.weights.map((_, i) => i)
      .filter((i) => (key === null ? !totals.has(rubric.group[i]) : rubric.group[i] === key));
    within(rubric, members, asked, total).forEach((weight, i) => { weights[i] = weight; });
  }
  if (sum(weights) !== 100) throw new RangeError("no other criterion can take the rest");
  return weights;
}

/** Total of each held group, and of all other criteria together (key null). */
function groupTotals(rubric, asked) {
  const places = rubric.weights.map((_, i) => i);
  const sum = (some) => some.reduce((total, i) => total + (asked.get(i) ?? 0), 0);
  const members = new Map();
  for (const [key, held] of rubric.held) {
    const some = places.filter((i) => rubric.group[i] === key);
    if (held !== null && some.length) members.set(key, some);
  }
  const needed = new Map([...members].map(([key, some]) => [key, sum(some)]));
  let totals = new Map([...members].map(([key, some]) => [
    key, some.every((i) => asked.has(i)) ? needed.get(key) : Math.max(rubric.held.get(key), needed.get(key)),
  ]));
  const free = places.filter((i) => !members.has(rubric.group[i]));
  const least = sum(free);
  const left = 100 - least - [...totals.values()].reduce((total, one) => total + one, 0);
  if (left < 0 || (left > 0 && free.every((i) => asked.has(i)))) {
    totals = unheld(totals, needed, members, asked, 100 - least);
  }
  if (free.length) totals.set(null, 100 - [...totals.values()].reduce((total, one) => total + one, 0));
  return totals;
}

/** Totals of held groups that cannot all hold: what is asked for, the rest in proportion to what was spare. */
function unheld(totals, needed, members, asked, room) {
  const movable = [...totals.keys()].filter((key) => members.get(key).some((i) => !asked.has(i)));
  const taken = [...needed.values()].reduce((total, one) => total + one, 0);
  const spare = shareOut(Math.max(0, room - taken), movable.map((key) => totals.get(key) - needed.get(key)));
  return new Map([...totals.keys()].map((key) => {
    const place = movable.indexOf(key);
    return [key, needed.get(key) + (place < 0 ? 0 : spare[place])];
  }));
}

/** Weights of some criteria: the asked ones, locked ones where they fit, the rest in proportion. */
function within(rubric, members, asked, total) {
  const fixed = new Map(members.filter((i) => asked.has(i)).map((i) => [i, asked.get(i)]));
  let locked = new Map(members.filter((i) => !fixed.has(i) && rubric.locked[i]).map((i) => [i, rubric.weights[i]]));
  let free = members.filter((i) => !fixed.has(i) && !locked.has(i));
  const sum = (some) => [...some.values()].reduce((all, one) => all + one, 0);
  const left = total - sum(fixed);
  if (sum(locked) > left || (!free.length && sum(locked) !== left)) {
    free = [...free, ...locked.keys()];
    locked = new Map();
  }
  const shares = shareOut(left - sum(locked), free.map((i) => rubric.weights[i]));
  return new Map([...fixed, ...locked, ...free.map((i, place) => [i, shares[place]])]);
}

/** One criterion's weight set; the others follow. */
export function withWeight(rubric, place, weight) {
  return { ...rubric, weights: rebalance(rubric, new Map([[place, weight]])) };
}

/** One group's total set: its criteria keep their proportions, other groups follow; a lock moves along. */
export function withGroup(rubric, key, total) {
  const members = rubric.weights.map((_, i) => i).filter((i) => rubric.group[i] === key);
  const shares = shareOut(total, members.map((i) => rubric.weights[i]));
  const held = new Map(rubric.held);
  if ((held.get(key) ?? null) !== null) held.set(key, total);
  const next = { ...rubric, held };
  return { ...next, weights: rebalance(next, new Map(members.map((i, place) => [i, shares[place]]))) };
}

// ------------------------------------------------------------------ scores

/** Points of every account: num = Σ weight·level in twentieths, and its known weight, added up in one number. */
function addUp(rubric, rows) {
  const { points } = rows;
  points.fill(0);
  const table = new Int32Array(256);
  rubric.weights.forEach((weight, j) => {
    if (!weight) return;
    for (let code = 0; code < 256; code += 1) {
      const unknown = code >= UNKNOWN, level = unknown ? code - UNKNOWN : code;
      table[code] = unknown ? (rubric.policy === "average" ? weight * level : 0) : weight * level + (weight << 16);
    }
    const codes = rows.codes[j];
    for (let i = 0; i < codes.length; i += 1) points[i] += table[codes[i]];
  });
  return points;
}

/** Score all rows and count by score and band; `tenths` and `band` of each account only where asked for. */
export function whatIf(rubric, rows, basis, keep = false) {
  const points = addUp(rubric, rows), good = rows.good[basis], all = rows.all[basis], share = rows.shares[basis];
  const leaveOut = rubric.policy === "leave_out", floor = rubric.floor;
  const found = {
    good: new Array(BINS).fill(0), bad: new Array(BINS).fill(0), won: new Float64Array(TENTHS),
    lost: new Float64Array(TENTHS), bands: BANDS.map((band) => ({ band, accounts: 0, deals: 0, won: 0, weight: 0 })),
  };
  if (keep) Object.assign(found, { tenths: new Int32Array(rows.n), band: new Int32Array(rows.n) });
  for (let i = 0; i < rows.n; i += 1) {
    const known = points[i] >> 16, num = points[i] & 0xffff, den = leaveOut ? known * UNITS : 100 * UNITS;
    const tenths = den ? Math.floor((2000 * num + den) / (2 * den)) : 500;
    const whole = den ? Math.floor((200 * num + den) / (2 * den)) : 50;
    let band = whole >= rubric.green ? 0 : whole >= rubric.yellow ? 1 : 2;
    if (rows.cap[i] > band) band = rows.cap[i];
    if (known < floor) band = NOT_RATED;
    if (keep) { found.tenths[i] = tenths; found.band[i] = band; }
    if (!all[i]) continue;
    const bin = tenths >= 1000 ? BINS - 1 : Math.floor(tenths / 50), one = found.bands[band];
    found.good[bin] += good[i];
    found.bad[bin] += all[i] - good[i];
    found.won[tenths] += share[i];
    found.lost[tenths] += 1 - share[i];
    one.accounts += 1;
    one.deals += all[i];
    one.won += good[i];
    one.weight += share[i];
  }
  return finish(found, rows, basis);
}

function finish(found, rows, basis) {
  const accounts = found.bands.reduce((sum, band) => sum + band.accounts, 0);
  for (const band of found.bands) {
    band.share = accounts ? band.accounts / accounts : 0;
    band.win_rate = band.accounts ? band.weight / band.accounts : null;
    [band.low, band.high] = band.accounts ? wilson(band.weight, band.accounts) : [null, null];
  }
  rows.numbers ??= {};
  rows.numbers[basis] ??= effectiveNumbers(rows.shares[basis], rows.all[basis]);
  const value = histogramAuc(found.won, found.lost);
  found.auc = Number.isFinite(value) ? [value, ...newcombe(value, ...rows.numbers[basis])] : [null, null, null];
  return found;
}

/** Limits of a share, 95 %. Source: Wilson 1927, as `icp_engine/stats/proportions.py`. */
export function wilson(hits, n) {
  const share = hits / n, square = Z * Z;
  const middle = (share + square / (2 * n)) / (1 + square / n);
  const spread = (square * Math.max(share * (1 - share), 0)) / n + (square / (2 * n)) ** 2;
  const half = Math.sqrt(spread) / (1 + square / n);
  return [share <= 0 ? 0 : Math.max(0, middle - half), share >= 1 ? 1 : Math.min(1, middle + half)];
}

function histogramAuc(won, lost) {
  let below = 0, pairs = 0, allWon = 0;
  for (let i = 0; i < won.length; i += 1) {
    pairs += won[i] * (below + lost[i] / 2);
    below += lost[i];
    allWon += won[i];
  }
  return pairs / (allWon * below);
}

function effectiveNumbers(share, all) {
  const sums = [0, 0, 0, 0];
  for (let i = 0; i < share.length; i += 1) {
    if (!all[i]) continue;
    const won = share[i], lost = 1 - won;
    sums[0] += won; sums[1] += won * won; sums[2] += lost; sums[3] += lost * lost;
  }
  return [sums[1] ? (sums[0] * sums[0]) / sums[1] : 0, sums[3] ? (sums[2] * sums[2]) / sums[3] : 0];
}

/** Limits of an AUC. Source: Newcombe 2006, method 5, as `icp_engine/stats/auc.py`. */
export function newcombe(auc, won, lost) {
  const others = Math.max((won + lost) / 2 - 1, 0);
  const variance = (a) =>
    (a * (1 - a) * (1 + (others * (1 - a)) / (2 - a) + (others * a) / (1 + a))) / (won * lost);
  const limit = (end) => {
    let near = auc, far = end;
    for (let step = 0; step < STEPS; step += 1) {
      const middle = (near + far) / 2;
      if ((auc - middle) ** 2 <= Z * Z * variance(middle)) near = middle; else far = middle;
    }
    return near;
  };
  return [limit(0), limit(1)];
}
