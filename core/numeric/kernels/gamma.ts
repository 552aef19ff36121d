// The gamma function, its logarithm, and the logarithm's derivatives.

/**
 * log Γ(2 + z) for |z| <= 0.5: z*(1 - γ) + Σ (-1)^k (ζ(k) - 1) z^k / k (Abramowitz and Stegun 1964,
 * 6.1.33).
 */
export function lgammaNearTwo(z: number): number {
  let s = -3.5277424765759151e-12;
  s = s * z + 7.2759744802390797e-12;
  s = s * z - 1.5021384080754142e-11;
  s = s * z + 3.1044247747322273e-11;
  s = s * z - 6.4229645638381e-11;
  s = s * z + 1.3304764374244489e-10;
  s = s * z - 2.7595228851242331e-10;
  s = s * z + 5.731367241678862e-10;
  s = s * z - 1.1921401405860912e-9;
  s = s * z + 2.4836745438024783e-9;
  s = s * z - 5.1834750419700467e-9;
  s = s * z + 1.0838659214896954e-8;
  s = s * z - 2.2711094608943165e-8;
  s = s * z + 4.7698101693639806e-8;
  s = s * z - 1.00432248239681e-7;
  s = s * z + 2.1207184805554666e-7;
  s = s * z - 4.492469198764566e-7;
  s = s * z + 9.5514121304074198e-7;
  s = s * z - 2.0392157538013662e-6;
  s = s * z + 4.3748667899074878e-6;
  s = s * z - 9.4394882752683959e-6;
  s = s * z + 2.0507212775670692e-5;
  s = s * z - 4.4926236738133142e-5;
  s = s * z + 9.9457512781808534e-5;
  s = s * z - 0.00022315475845357938;
  s = s * z + 0.00050966952474304242;
  s = s * z - 0.001192753911703261;
  s = s * z + 0.0028905103307415233;
  s = s * z - 0.0073855510286739853;
  s = s * z + 0.020580808427784548;
  s = s * z - 0.067352301053198095;
  s = s * z + 0.32246703342411322;
  return z * (0.42278433509846714 + z * s);
}

/** log Γ(x) - ((x - 1/2) log x - x) for x >= 10 by Stirling's series, with the constant log √(2π). */
export function stirlingTail(x: number): number {
  const t = 1 / (x * x);
  let s = 0.0064102564102564103 * t - 0.0019175269175269175;
  s = s * t + 0.00084175084175084175;
  s = s * t - 0.0005952380952380952;
  s = s * t + 0.00079365079365079365;
  s = s * t - 0.0027777777777777778;
  s = s * t + 0.083333333333333333;
  return s / x + 0.91893853320467274;
}

/** sin(πx), exact at whole and half numbers. */
export function sinpi(x: number): number {
  const r = x - 2 * Math.round(x / 2);
  if (Math.abs(r) <= 0.25) return Math.sin(Math.PI * r);
  if (r > 0.75) return Math.sin(Math.PI * (1 - r));
  if (r < -0.75) return -Math.sin(Math.PI * (1 + r));
  return r > 0 ? Math.cos(Math.PI * (0.5 - r)) : -Math.cos(Math.PI * (0.5 + r));
}

/** Γ(x). NaN at 0, -1, -2, …, where it has poles. */
export function gamma(x: number): number {
  if (x <= 0 && x === Math.floor(x)) return NaN;
  if (x > 171.7) return Infinity;
  if (x < -20) {
    const y = 1 - x;
    if (y > 171.6) return Math.exp(Math.log(Math.PI) - lgamma(y)) / sinpi(x);
    return Math.PI / (sinpi(x) * gamma(y));
  }
  if (x > 24) {
    const root = Math.pow(x, 0.5 * x - 0.25);
    return root * Math.exp(stirlingTail(x)) * Math.exp(-x) * root;
  }
  let y = x;
  let product = 1;
  while (y > 2.5) {
    y -= 1;
    product *= y;
  }
  let divisor = 1;
  while (y < 1.5) {
    divisor *= y;
    y += 1;
  }
  if (y === 2) return product / divisor;
  return (Math.exp(lgammaNearTwo(y - 2)) * product) / divisor;
}

/** log |Γ(x)|. NaN at 0, -1, -2, …, where it has poles. */
export function lgamma(x: number): number {
  if (x <= 0) {
    if (x === Math.floor(x)) return NaN;
    return Math.log(Math.PI / Math.abs(sinpi(x))) - lgamma(1 - x);
  }
  if (x >= 1.5 && x <= 2.5) return lgammaNearTwo(x - 2);
  if (x >= 0.5 && x < 1.5) return lgammaNearTwo(x - 1) - Math.log1p(x - 1);
  if (x < 0.5) return lgammaNearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 10) {
    let y = x;
    let product = 1;
    while (y > 2.5) {
      y -= 1;
      product *= y;
    }
    return lgammaNearTwo(y - 2) + Math.log(product);
  }
  return (x - 0.5) * (Math.log(x) - 1) - 0.5 + stirlingTail(x);
}

/** ψ(x), the derivative of log Γ. NaN at 0, -1, -2, …, where it has poles. */
export function digamma(x: number): number {
  if (x <= 0) {
    if (x === Math.floor(x)) return NaN;
    return digamma(1 - x) - (Math.PI * sinpi(x + 0.5)) / sinpi(x);
  }
  let y = x;
  let shift = 0;
  while (y < 10) {
    shift += 1 / y;
    y += 1;
  }
  const t = 1 / (y * y);
  let s = 0.083333333333333333 - 0.44325980392156863 * t;
  s = 0.021092796092796093 - s * t;
  s = 0.0075757575757575758 - s * t;
  s = 0.0041666666666666667 - s * t;
  s = 0.003968253968253968 - s * t;
  s = 0.0083333333333333333 - s * t;
  s = 0.083333333333333333 - s * t;
  return Math.log(y) - 0.5 / y - s * t - shift;
}

/**
 * The derivative of order `order` (a whole number >= 0) of ψ at x. NaN at 0, -1, -2, …, where it has poles.
 */
export function polygamma(order: number, x: number): number {
  if (order === 0) return digamma(x);
  if (x <= 0 && x === Math.floor(x)) return NaN;
  let factorial = 1;
  for (let i = 2; i < order; i++) factorial *= i;
  let sum = 0;
  let y = x;
  while (y < order + 12) {
    sum += Math.pow(y, -order - 1);
    y += 1;
  }
  const t = 1 / (y * y);
  let c = (order * (order + 1)) / 2;
  let tail = 1 + order / (2 * y);
  let power = t;
  for (let k = 1; k <= 12; k++) {
    tail += bernoulliEven(k) * c * power;
    power *= t;
    c *= ((order + 2 * k) * (order + 2 * k + 1)) / ((2 * k + 1) * (2 * k + 2));
  }
  const value = factorial * (tail * Math.pow(y, -order) + order * sum);
  return order % 2 === 0 ? -value : value;
}

/** The Bernoulli number B(2k), 1 <= k <= 12. */
export function bernoulliEven(k: number): number {
  switch (k) {
    case 1: return 1 / 6;
    case 2: return -1 / 30;
    case 3: return 1 / 42;
    case 4: return -1 / 30;
    case 5: return 5 / 66;
    case 6: return -691 / 2730;
    case 7: return 7 / 6;
    case 8: return -3617 / 510;
    case 9: return 43867 / 798;
    case 10: return -174611 / 330;
    case 11: return 854513 / 138;
    default: return -236364091 / 2730;
  }
}

/** ψ'(x), the second derivative of log Γ. NaN at 0, -1, -2, …, where it has poles. */
export function trigamma(x: number): number {
  return polygamma(1, x);
}
