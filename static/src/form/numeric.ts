/**
 * Powers, logarithms and angles, equal to the bit in every browser and in Python. The same steps as forms/numeric.py.
 *
 * Rules: platforms differ in the last digit of these functions, and a score must not. So each is worked out in pairs of
 * doubles (a number and what rounding took from it, after Dekker and Knuth), with nothing but + - * / and square roots,
 * which IEEE 754 fixes, and is rounded once at the end.
 */
type Pair = readonly [number, number];

const LN2: Pair = [Math.LN2, 2.3190468138462996e-17];
const LN10: Pair = [Math.LN10, -2.1707562233822494e-16];
const HALF_PI = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591698e-33] as const;
const [QUARTER, QUARTER_REST] = HALF_PI;
const FARTHEST_ANGLE = 134_217_728;
const SPLIT = 134_217_729;
const ONE: Pair = [1, 0];

function sum(a: number, b: number): Pair {
  const total = a + b;
  const part = total - a;
  const lost = a - (total - part) + (b - part);
  return [total, Number.isFinite(lost) ? lost : 0];
}

function product(a: number, b: number): Pair {
  const total = a * b;
  const [big, other] = [SPLIT * a, SPLIT * b];
  const [high, top] = [big - (big - a), other - (other - b)];
  const [low, rest] = [a - high, b - top];
  const lost = high * top - total + high * rest + low * top + low * rest;
  return [total, Number.isFinite(lost) ? lost : 0];
}

function add(a: Pair, b: Pair): Pair {
  const [high, low] = sum(a[0], b[0]);
  return sum(high, low + (a[1] + b[1]));
}

function times(a: Pair, b: Pair): Pair {
  const [high, low] = product(a[0], b[0]);
  if (!Number.isFinite(high)) return [high, 0];
  return sum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

function over(a: Pair, b: Pair): Pair {
  const first = a[0] / b[0];
  const rest = add(a, minus(times(b, [first, 0])));
  return sum(first, (rest[0] + rest[1]) / b[0]);
}

function minus(a: Pair): Pair {
  return [-a[0], -a[1]];
}

function root(a: Pair): Pair {
  const first = Math.sqrt(a[0]);
  if (first === 0) return [0, 0];
  const rest = add(a, minus(product(first, first)));
  return sum(first, rest[0] / (2 * first));
}

/** Exact: 2 to a whole number from -1074 to 1023. */
function twoTo(count: number): number {
  let result = 1;
  for (let left = Math.abs(count); left > 0; left--) result *= count > 0 ? 2 : 0.5;
  return result;
}

/** x^first / first! with every second power after it: sine from 1, cosine from 0. */
function series(x: Pair, first: 0 | 1): Pair {
  const square = times(x, x);
  let term = first === 1 ? x : ONE;
  let total = term;
  for (let place = 1; place < 15; place++) {
    const count = (2 * place + first) * (2 * place + first - 1);
    term = times(over(times(term, square), [count, 0]), [-1, 0]);
    total = add(total, term);
  }
  return total;
}

/** e^x as a pair and a power of 2 beside it. */
function expPair(x: Pair): [Pair, number] {
  const count = Math.floor(x[0] / LN2[0] + 0.5);
  const rest = times(add(x, minus(times(LN2, [count, 0]))), [1 / 512, 0]);
  let [term, more] = [rest, rest];
  for (let place = 2; place < 10; place++) {
    term = times(over(term, [place, 0]), rest);
    more = add(more, term);
  }
  for (let again = 0; again < 9; again++) more = add(times(more, [2, 0]), times(more, more));
  return [add(ONE, more), count];
}

function scaled([[high, low], count]: [Pair, number]): number {
  const half = Math.floor(count / 2);
  return (high + low) * twoTo(half) * twoTo(count - half);
}

/** Of a finite number above 0. */
function logPair(x: number): Pair {
  let [count, rest] = [0, x];
  for (; rest >= 1.5; count++) rest *= 0.5;
  for (; rest < 0.75; count--) rest *= 2;
  const slope = (rest - 1) / (rest + 1);
  let guess = 0;
  for (let place = 19; place > 0; place--) guess = guess * slope * slope + 1 / (2 * place - 1);
  guess *= 2 * slope;
  const [near, power] = expPair([-guess, 0]);
  const off = add(times(near, [twoTo(power) * rest, 0]), [-1, 0]);
  const found = add([guess, 0], add(off, times(times(off, off), [-0.5, 0])));
  return add(times(LN2, [count, 0]), found);
}

export function exp(x: number): number {
  if (Number.isNaN(x) || x > 709.8) return Number.isNaN(x) ? x : Number.POSITIVE_INFINITY;
  return x < -745.2 ? 0 : scaled(expPair([x, 0]));
}

/** The natural logarithm; NaN below 0. */
export function log(x: number): number {
  if (x > 0 && x < Number.POSITIVE_INFINITY) return logPair(x)[0];
  return x === 0 ? Number.NEGATIVE_INFINITY : x > 0 ? x : Number.NaN;
}

export function log10(x: number): number {
  return x > 0 && x < Number.POSITIVE_INFINITY ? over(logPair(x), LN10)[0] : log(x);
}

const negative = (x: number): boolean => x < 0 || Object.is(x, -0);
/** The size of the first with the sign of the second. */
const signed = (size: number, as: number): number => (negative(as) ? -size : size);

/** NaN when either is, and for a part of a power of a number below 0. */
export function power(base: number, exponent: number): number {
  if (Number.isNaN(base) || Number.isNaN(exponent)) return Number.NaN;
  const size = Math.abs(base);
  if (Math.abs(exponent) === Number.POSITIVE_INFINITY) {
    return size === 1 ? Number.NaN : size > 1 === exponent > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  const whole = exponent === Math.trunc(exponent);
  const odd = whole && exponent % 2 !== 0;
  if (size === 0 || size === Number.POSITIVE_INFINITY) {
    const found = exponent === 0 ? 1 : exponent > 0 === (size !== 0) ? Number.POSITIVE_INFINITY : 0;
    return odd ? signed(found, base) : found;
  }
  if (whole && Math.abs(exponent) <= 1024) return wholePower(base, Math.abs(exponent), exponent < 0);
  if (base < 0 && !whole) return Number.NaN;
  const [high, low] = times(logPair(size), [exponent, 0]);
  const far = high > 709.8 || high < -745.2;
  const found = far ? (high > 0 ? Number.POSITIVE_INFINITY : 0) : scaled(expPair([high, low]));
  return odd && base < 0 ? -found : found;
}

function wholePower(base: number, exponent: number, under: boolean): number {
  let result = ONE;
  let step: Pair = [base, 0];
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = times(result, step);
    if (left > 1) step = times(step, step);
  }
  const [found] = result;
  if (!under) return found;
  if (found === 0 || !Number.isFinite(found)) return signed(found === 0 ? Number.POSITIVE_INFINITY : 0, found);
  return over(ONE, result)[0];
}

/** Sine and cosine of an angle up to FARTHEST_ANGLE. */
function turned(x: number): [Pair, Pair] {
  const count = Math.floor(x / QUARTER + 0.5);
  let rest: Pair = [x, 0];
  for (const part of HALF_PI) rest = add(rest, minus(product(count, part)));
  const [sine, cosine] = [series(rest, 1), series(rest, 0)];
  const turn = ((count % 4) + 4) % 4;
  if (turn === 0) return [sine, cosine];
  if (turn === 1) return [cosine, minus(sine)];
  return turn === 2 ? [minus(sine), minus(cosine)] : [minus(cosine), sine];
}

const near = (x: number): boolean => Math.abs(x) <= FARTHEST_ANGLE;

export function sin(x: number): number {
  return x === 0 ? x : near(x) ? turned(x)[0][0] : Number.NaN;
}

export function cos(x: number): number {
  return near(x) ? turned(x)[1][0] : Number.NaN;
}

export function tan(x: number): number {
  return x === 0 ? x : near(x) ? over(...turned(x))[0] : Number.NaN;
}

/** Halved four times; what is left is small enough for the series. */
function atanPair(angle: Pair): Pair {
  let x = angle;
  if (Math.abs(x[0]) > 1) {
    return add([signed(QUARTER, x[0]), signed(QUARTER_REST, x[0])], minus(atanPair(over(ONE, x))));
  }
  for (let again = 0; again < 4; again++) x = over(x, add(ONE, root(add(ONE, times(x, x)))));
  const square = minus(times(x, x));
  let [term, total] = [x, x];
  for (let place = 1; place < 15; place++) {
    term = times(term, square);
    total = add(total, over(term, [2 * place + 1, 0]));
  }
  return times(total, [16, 0]);
}

function asinPair(x: number): Pair {
  if (Math.abs(x) === 1) return [signed(QUARTER, x), signed(QUARTER_REST, x)];
  return atanPair(over([x, 0], root(times(sum(1, -x), sum(1, x)))));
}

export function atan(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  return Math.abs(x) > 1e300 ? signed(QUARTER, x) : atanPair([x, 0])[0];
}

export function asin(x: number): number {
  return x === 0 ? x : Math.abs(x) <= 1 ? asinPair(x)[0] : Number.NaN;
}

export function acos(x: number): number {
  return Math.abs(x) <= 1 ? add([QUARTER, QUARTER_REST], minus(asinPair(x)))[0] : Number.NaN;
}

/** The angle of a place x to the east and y to the north, from -pi to pi. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const pi = signed(2 * QUARTER, y);
  const [flat, steep] = [!Number.isFinite(x), !Number.isFinite(y)];
  if (y === 0 || (flat && !steep)) return negative(x) ? pi : signed(0, y);
  if (x === 0 || steep) return flat ? (x > 0 ? pi / 4 : 3 * (pi / 4)) : pi / 2;
  const found = atanPair(over([y, 0], [x, 0]));
  return (x > 0 ? found : add(found, [signed(2 * QUARTER, y), signed(2 * QUARTER_REST, y)]))[0];
}
