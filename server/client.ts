/** What the client said in `initialize` that the answers depend on. */
import { isFields } from './params';
import type { ColorThemeKind } from './protocol';

export interface Client {
  readonly colorTheme: ColorThemeKind;
  /** How large formulas in hovers are drawn; 1 beside text of 14 pixels. */
  readonly scale: number;
  readonly typesetHover: boolean;
  /** Knows the client-side commands, so that lenses and hovers may name them. */
  readonly isOwn: boolean;
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  /** Shows code lenses. Where it does not, what they do is offered as code actions. */
  readonly showsLenses: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  /** Shows documents that the server gives the text of. */
  readonly readsContents: boolean;
  readonly showsProgress: boolean;
  readonly appliesEdits: boolean;
  readonly createsFiles: boolean;
  readonly documentChanges: boolean;
  readonly answersSettings: boolean;
  readonly markdown: boolean;
  readonly snippets: boolean;
  /** Completion lists have a column for words beside each label. */
  readonly labelDetails: boolean;
  readonly hierarchicalSymbols: boolean;
  readonly foldLimit: number;
  /** Formatting may be registered for .mcalc files alone, so that it does not compete with a TypeScript formatter. */
  readonly registersFormatting: boolean;
}

const THEMES: readonly ColorThemeKind[] = ['light', 'dark', 'hcDark', 'hcLight'];
/** Text of 14 pixels is the editors' default. */
const FONT_SIZE = 14;
const LARGEST = 4;

/** @param fontSize in pixels; what is no size leaves formulas as they are */
export const scaleFor = (fontSize: unknown): number => (typeof fontSize === 'number' && fontSize >= 6 && Number.isFinite(fontSize) ? Math.min(LARGEST, Math.round((fontSize / FONT_SIZE) * 100) / 100) : 1);

export const themeKind = (value: unknown): ColorThemeKind => THEMES.find((t) => t === value) ?? 'dark';

/** The value at a path of fields, undefined where the path breaks off. */
function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split('.')) {
    if (!isFields(here)) return undefined;
    here = here[key];
  }
  return here;
}

const includes = (value: unknown, item: string): boolean => Array.isArray(value) && value.includes(item);

/** Total for every value of `initialize`'s params. */
export function readClient(params: unknown): Client {
  const capabilities = at(params, 'capabilities');
  const options = at(params, 'initializationOptions');
  const has = (path: string): boolean => at(capabilities, path) === true;
  const foldLimit = at(capabilities, 'textDocument.foldingRange.rangeLimit');
  const hoverFormats = at(capabilities, 'textDocument.hover.contentFormat');
  return {
    colorTheme: themeKind(at(options, 'colorTheme')),
    scale: scaleFor(at(options, 'fontSize')),
    typesetHover: at(options, 'typesetHover') === true,
    isOwn: isFields(options) && 'typesetHover' in options,
    pullsDiagnostics: isFields(at(capabilities, 'textDocument.diagnostic')),
    refreshesDiagnostics: has('workspace.diagnostics.refreshSupport'),
    showsLenses: isFields(at(capabilities, 'textDocument.codeLens')),
    refreshesLenses: has('workspace.codeLens.refreshSupport'),
    refreshesHints: has('workspace.inlayHint.refreshSupport'),
    readsContents: isFields(at(capabilities, 'workspace.textDocumentContent')),
    showsProgress: has('window.workDoneProgress'),
    appliesEdits: has('workspace.applyEdit'),
    createsFiles: includes(at(capabilities, 'workspace.workspaceEdit.resourceOperations'), 'create'),
    documentChanges: has('workspace.workspaceEdit.documentChanges'),
    answersSettings: has('workspace.configuration'),
    markdown: hoverFormats === undefined || includes(hoverFormats, 'markdown'),
    snippets: has('textDocument.completion.completionItem.snippetSupport'),
    labelDetails: has('textDocument.completion.completionItem.labelDetailsSupport'),
    foldLimit: typeof foldLimit === 'number' && foldLimit > 0 ? foldLimit : 5000,
    registersFormatting: has('textDocument.formatting.dynamicRegistration'),
    hierarchicalSymbols: has('textDocument.documentSymbol.hierarchicalDocumentSymbolSupport'),
  };
}
