// The error function and the normal distribution function.

/** erf(x) for |x| <= 0.46875 by Cody's rational approximation (Cody 1969), to about 1e-16. */
export function erfSmall(x: number): number {
  const t = x * x;
  const p =
    (((1.85777706184603153e-1 * t + 3.1611237438705656) * t + 1.13864154151050156e2) * t +
      3.77485237685302021e2) * t + 3.20937758913846947e3;
  const q =
    (((t + 2.36012909523441209e1) * t + 2.44024637934444173e2) * t + 1.28261652607737228e3) * t +
    2.84423683343917062e3;
  return (x * p) / q;
}

/** exp(x^2) * erfc(x) for x > 0.46875 by Cody's rational approximations (Cody 1969), to about 1e-16 relative. */
export function erfcxLarge(x: number): number {
  if (x <= 4) {
    const p =
      (((((((2.15311535474403846e-8 * x + 5.64188496988670089e-1) * x + 8.88314979438837594) * x +
        6.61191906371416295e1) * x + 2.98635138197400131e2) * x + 8.8195222124176909e2) * x +
        1.71204761263407058e3) * x + 2.05107837782607147e3) * x + 1.23033935479799725e3;
    const q =
      (((((((x + 1.57449261107098347e1) * x + 1.17693950891312499e2) * x + 5.37181101862009858e2) * x +
        1.62138957456669019e3) * x + 3.29079923573345963e3) * x + 4.36261909014324716e3) * x +
        3.43936767414372164e3) * x + 1.23033935480374942e3;
    return p / q;
  }
  const t = 1 / (x * x);
  const p =
    ((((1.63153871373020978e-2 * t + 3.05326634961232344e-1) * t + 3.60344899949804439e-1) * t +
      1.25781726111229246e-1) * t + 1.60837851487422766e-2) * t + 6.58749161529837803e-4;
  const q =
    ((((t + 2.56852019228982242) * t + 1.87295284992346047) * t + 5.27905102951428412e-1) * t +
      6.05183413124413191e-2) * t + 2.33520497626869185e-3;
  return (5.6418958354775628695e-1 - (t * p) / q) / x;
}

/** erfc(x) for x > 0.46875, to about 1e-16 relative. */
export function erfcLarge(x: number): number {
  if (x > 27.5) return 0;
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head)) * erfcxLarge(x);
}

/** The error function 2/√π ∫₀ˣ exp(-t²) dt. */
export function erf(x: number): number {
  if (x > 0.46875) return 1 - erfcLarge(x);
  if (x < -0.46875) return erfcLarge(-x) - 1;
  return erfSmall(x);
}

/** The complementary error function 1 - erf(x), accurate where it is small. */
export function erfc(x: number): number {
  if (x > 0.46875) return erfcLarge(x);
  if (x < -0.46875) return 2 - erfcLarge(-x);
  return 1 - erfSmall(x);
}

/** The standard normal distribution function, accurate in both tails. */
export function normcdf(x: number): number {
  return 0.5 * erfc(-x / Math.SQRT2);
}

/** log(normcdf(x)), accurate in both tails: about -x^2/2 where normcdf(x) is too small for a number. */
export function logNormcdf(x: number): number {
  if (x > 0) return Math.log1p(-0.5 * erfc(x / Math.SQRT2));
  return x > -1 ? Math.log(normcdf(x)) : Math.log(0.5 * erfcxLarge(-x / Math.SQRT2)) - (x * x) / 2;
}

/** exp(-x^2/2) / normcdf(x), sqrt(2*pi) times the inverse Mills ratio: about -sqrt(2*pi)*x far below 0. */
export function inverseMills(x: number): number {
  return x > -1 ? Math.exp((-x * x) / 2) / normcdf(x) : 2 / erfcxLarge(-x / Math.SQRT2);
}
