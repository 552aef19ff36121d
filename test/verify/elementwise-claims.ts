/** Identities of functions that act on every entry, each with a near miss. */
export interface Pair { readonly given: string; readonly left: string; readonly right: string; readonly wrong: string }

const of = (given: string, ...rows: readonly (readonly [left: string, right: string, wrong: string])[]): readonly Pair[] => rows.map(([left, right, wrong]) => ({ given, left, right, wrong }));
const REAL = 'x, y : vector(n)\ns, t : scalar\nA, B : matrix(m, n)';
const POSITIVE = 'u, v : vector(n) positive\np, q : scalar positive\nx : vector(n)\nP : matrix(m, n) positive';

export const elementwisePairs: readonly Pair[] = [
  // Circular functions.
  ...of(REAL,
    ['sin(x).^2 + cos(x).^2', 'ones(n)', '2*ones(n)'], ['sin(2*x)', '2*sin(x) .* cos(x)', 'sin(x) .* cos(x)'], ['cos(2*x)', '2*cos(x).^2 - 1', '2*cos(x).^2 + 1'],
    ['sin(x + y)', 'sin(x) .* cos(y) + cos(x) .* sin(y)', 'sin(x) .* cos(y) - cos(x) .* sin(y)'], ['cos(x - y)', 'cos(x) .* cos(y) + sin(x) .* sin(y)', 'cos(x) .* cos(y) - sin(x) .* sin(y)'],
    ['tan(x) .* cos(x)', 'sin(x)', 'cos(x)'], ['1 + tan(x).^2', '1 ./ cos(x).^2', '1 ./ cos(x)'], ['sin(3*x)', '3*sin(x) - 4*sin(x).^3', '3*sin(x) - 3*sin(x).^3'],
    ['cos(s + pi)', '-cos(s)', 'cos(s)'], ['sin(s + pi/2)', 'cos(s)', '-cos(s)'], ['sin(x/2).^2', '(1 - cos(x)) / 2', '(1 + cos(x)) / 2'], ['tan(2*x)', '2*tan(x) ./ (1 - tan(x).^2)', '2*tan(x) ./ (1 + tan(x).^2)'],
    ['sin(A) .* cos(B)', '(sin(A + B) + sin(A - B)) / 2', '(sin(A + B) - sin(A - B)) / 2'], ['sin(pi/6)*s', 's/2', 's/3'], ['cos(x).^3', '(cos(3*x) + 3*cos(x)) / 4', '(cos(3*x) + 2*cos(x)) / 4']),
  // Exponentials and hyperbolic functions.
  ...of(REAL,
    ['exp(x + y)', 'exp(x) .* exp(y)', 'exp(x) + exp(y)'], ['exp(2*x) - 1', '(exp(x) - 1) .* (exp(x) + 1)', '(exp(x) - 1).^2'], ['cosh(x).^2 - sinh(x).^2', 'ones(n)', 'zeros(n)'],
    ['sinh(2*x)', '2*sinh(x) .* cosh(x)', 'sinh(x) .* cosh(x)'], ['cosh(x + y)', 'cosh(x) .* cosh(y) + sinh(x) .* sinh(y)', 'cosh(x) .* cosh(y) - sinh(x) .* sinh(y)'], ['tanh(x)', '2*sigmoid(2*x) - 1', '2*sigmoid(x) - 1'],
    ['1 - tanh(x).^2', '1 ./ cosh(x).^2', '1 ./ cosh(x)'], ['exp(x)', 'cosh(x) + sinh(x)', 'cosh(x) - sinh(x)'], ['tanh(x/2)', '(exp(x) - 1) ./ (exp(x) + 1)', '(exp(x) + 1) ./ (exp(x) - 1)'], ['exp(s*x) .* exp(t*x)', 'exp((s + t)*x)', 'exp(s*t*x)'],
    ['tanh(x + y)', '(tanh(x) + tanh(y)) ./ (1 + tanh(x) .* tanh(y))', '(tanh(x) + tanh(y)) ./ (1 - tanh(x) .* tanh(y))'], ['exp(A) .* exp(-A)', 'ones(m, n)', 'exp(A - B)'], ['exp(s)*exp(x)', 'exp(x + s*ones(n))', 'exp(s*x)']),
  // Sigmoids.
  ...of(REAL,
    ['softplus(x) - softplus(-x)', 'x', '-x'], ['sigmoid(x) + sigmoid(-x)', 'ones(n)', '2*ones(n)'], ['sigmoid(x) .* (1 - sigmoid(x))', 'exp(-x) ./ (1 + exp(-x)).^2', 'exp(x) ./ (1 + exp(-x)).^2'], ['softplus(x)', 'x - log(sigmoid(x))', 'x + log(sigmoid(x))'],
    ['log(sigmoid(x))', '-softplus(-x)', '-softplus(x)'], ['exp(softplus(x))', '1 + exp(x)', '1 + x'], ['sigmoid(x) ./ sigmoid(-x)', 'exp(x)', 'exp(-x)'], ['log(sigmoid(A) ./ (1 - sigmoid(A)))', 'A', '-A'], ['softplus(log(1 + exp(x)) - x) + x', 'log(1 + 2*exp(x)) + log(exp(x)) - log(exp(x))', 'log(1 + exp(x))'],
    ['4*sigmoid(x) .* sigmoid(-x)', '1 - tanh(x/2).^2', '1 - tanh(x).^2']),
  // Logarithms and powers of positive numbers.
  ...of(POSITIVE,
    ['log(u .* v)', 'log(u) + log(v)', 'log(u) - log(v)'], ['log(u ./ v)', 'log(u) - log(v)', 'log(u) + log(v)'], ['log(u.^3)', '3*log(u)', 'log(u).^3'], ['exp(log(u) + log(v))', 'u .* v', 'u + v'], ['exp(2*log(u))', 'u.^2', '2*u'],
    ['sqrt(u .* v)', 'sqrt(u) .* sqrt(v)', 'sqrt(u) + sqrt(v)'], ['log(sqrt(u))', 'log(u) / 2', '2*log(u)'], ['sqrt(u) ./ u', '1 ./ sqrt(u)', 'sqrt(u)'], ['log(4*u)', '2*log(2) + log(u)', '4*log(u)'], ['exp(p*log(q))', 'q^p', 'p^q'],
    ['log(exp(x) .* u)', 'x + log(u)', 'x .* log(u)'], ['(sqrt(u) + sqrt(v)) .* (sqrt(u) - sqrt(v))', 'u - v', 'u + v'], ['u.^(1/3) .* u.^(2/3)', 'u', 'u.^(2/9)'], ['sqrt(exp(x))', 'exp(x/2)', 'exp(2*x)'], ['log(P.^2)', '2*log(P)', 'log(P).^2'], ['sqrt(u.^2 .* v.^4)', 'u .* v.^2', 'u.^2 .* v']),
  // Absolute values, the larger and the smaller.
  ...of(REAL,
    ['abs(x).^2', 'x.^2', 'x'], ['abs(x .* y)', 'abs(x) .* abs(y)', 'x .* y'], ['sqrt(x.^2)', 'abs(x)', 'x'], ['max(x, y) + min(x, y)', 'x + y', 'abs(x) + abs(y)'], ['max(x, y) .* min(x, y)', 'x .* y', 'abs(x .* y)'], ['max(x, y) - min(x, y)', 'abs(x - y)', 'x - y'],
    ['relu(x) - relu(-x)', 'x', 'abs(x)'], ['relu(x) + relu(-x)', 'abs(x)', 'x'], ['abs(exp(x))', 'exp(x)', 'exp(abs(x))'], ['log(abs(exp(x)))', 'x', 'abs(x)'], ['abs(x).^4', 'x.^4', 'x.^3']),
  // Sums, norms, softmax.
  ...of(REAL,
    ['softmax(x + s*ones(n))', 'softmax(x)', 's*softmax(x)'], ['logsumexp(x + s*ones(n))', 'logsumexp(x) + s', 'logsumexp(x) - s'], ['sum(softmax(x))', '1', 'n'], ['normF(A)^2', "tr(A'*A)", 'sum(A)'], ['log(softmax(x))', 'x - logsumexp(x)*ones(n)', 'x + logsumexp(x)*ones(n)'],
    ['exp(x - logsumexp(x)*ones(n))', 'softmax(x)', 'exp(x)'], ['sum((x + y).^2)', "x'*x + 2*x'*y + y'*y", "x'*x + x'*y + y'*y"], ['sum(sigmoid(x)) + sum(sigmoid(-x))', 'n', '1'], ["sum(exp(x + y))", "exp(x)'*exp(y)", 'sum(exp(x)) + sum(exp(y))'], ['norm(x .* exp(y))^2', "sum(x.^2 .* exp(2*y))", 'sum(x .* exp(y))'],
    ['sum((x - sum(x)/n*ones(n)).^2)', 'sum(x.^2) - sum(x)^2/n', 'sum(x.^2) - sum(x)^2'], ['sum(A .* B)', "tr(A'*B)", "sum(A)*sum(B)"], ['sum(sin(x).^2) + norm(cos(x))^2', 'n', 'n^2'], ["exp(x*ones(m)')", "exp(x)*ones(m)'", "x*ones(m)'"], ["exp(x)*exp(y)'", "exp(x*ones(n)' + ones(n)*y')", "exp(x*y')"],
    ['norm1(exp(x))', 'sum(exp(x))', 'norm1(x)']),
];
