/** Signature help: the parameters of the call around an offset, with the one being written. */
import { shapeText } from '../algebra/dim';
import { spelled } from '../algebra/operators';
import { partAt, type Analysis } from './analysis';
import { callAt } from './call';
import { fromDocument } from './part';

export interface SignatureHelp {
  readonly label: string;
  readonly documentation: string;
  /** Each as a stretch of the label. */
  readonly parameters: readonly { readonly start: number; readonly end: number }[];
  /** The parameter being written; may pass the last. */
  readonly active: number;
}

function labelled(name: string, parameters: readonly string[], result: string): Pick<SignatureHelp, 'label' | 'parameters'> {
  let label = `${name}(`;
  const stretches = parameters.map((parameter, i) => {
    if (i > 0) label += ', ';
    const start = label.length;
    label += parameter;
    return { start, end: label.length };
  });
  return { label: `${label})${result}`, parameters: stretches };
}

/** One entry for each alternative of the operator, or one for a function of the document; empty outside calls. */
export function signatureHelp(analysis: Analysis, offset: number): readonly SignatureHelp[] {
  const part = partAt(analysis, offset);
  const local = part && fromDocument(part, offset);
  if (!part || local === undefined) return [];
  const { program, tokens } = part.compiled;
  const isCallable = (name: string): boolean => spelled(name) !== undefined || program.functions.has(name) || (program.definitions.get(name)?.parameters.length ?? 0) > 0;
  const call = callAt(tokens, local, isCallable);
  if (!call) return [];
  const { argument, name: { text: name } } = call;
  const definition = program.definitions.get(name);
  if (definition) {
    const parameters = definition.parameters.map((p) => {
      const variable = program.variables.get(p);
      return variable ? `${p} : ${shapeText(variable.shape)}` : p;
    });
    return [{ ...labelled(name, parameters, ` : ${shapeText(definition.shape)}`), documentation: 'Defined in this document.', active: argument }];
  }
  const formal = program.functions.get(name);
  if (formal) return [{ ...labelled(name, formal.from.map(shapeText), ` : ${shapeText(formal.to)}`), documentation: 'A function without a body.', active: argument }];
  const row = spelled(name);
  if (!row) return [];
  return row.signature.split('\n').map((line) => {
    const open = line.indexOf('(');
    const close = line.lastIndexOf(') → ');
    const types = splitTop(line.slice(open + 1, close));
    const parameters = types.map((type, i) => (row.parameters[i] && row.parameters[i] !== type ? `${row.parameters[i]} : ${type}` : type)).filter((p) => p !== '');
    return { ...labelled(name, parameters, line.slice(close + 1)), documentation: row.documentation, active: argument };
  });
}

/** Parts at commas outside parentheses. */
function splitTop(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const c of text) {
    if (c === '(') depth++;
    if (c === ')') depth--;
    if (c === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += c;
  }
  return [...parts, part.trim()];
}
