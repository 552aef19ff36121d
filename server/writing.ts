/** Completion and signature help: what helps while a formula is being written. */
import { CompletionItemKind, InsertTextFormat, MarkupKind, type CompletionItem, type SignatureHelp } from 'vscode-languageserver';
import type { Analysis } from '../core/ide/analysis';
import { completions, type Candidate, type CandidateKind } from '../core/ide/completion';
import { signatureHelp } from '../core/ide/signature';
import type { Client } from './client';
import { atPosition, type Handler } from './handler';
import { fields, isFields } from './params';
import { rangeAt, type TextDocument } from './text';

const KINDS: Readonly<Record<CandidateKind, CompletionItemKind>> = {
  variable: CompletionItemKind.Variable, definition: CompletionItemKind.Constant, dimension: CompletionItemKind.TypeParameter, function: CompletionItemKind.Function,
  constant: CompletionItemKind.Value, keyword: CompletionItemKind.Keyword, type: CompletionItemKind.Class, word: CompletionItemKind.EnumMember, symbol: CompletionItemKind.Text,
  snippet: CompletionItemKind.Snippet,
};

/** The column beside the labels: shapes, as short as hints show them, without the name that stands there. */
function beside({ label, detail }: Candidate): string {
  if (!detail.startsWith(`${label}(`)) return detail;
  const shapes = detail.slice(label.length).replace(/matrix\(([^,()]*), ([^,()]*)\)/g, '$1×$2').replace(/vector\(([^,()]*)\)/g, '$1×1');
  return shapes.replace(/^\((.*)\) → /, '$1 → ');
}

/** After a parenthesis names alone: those of a derivative or of sizes. A list of all there is would lie over the parameters. */
function offered(analysis: Analysis, offset: number, context: unknown): readonly Candidate[] {
  const found = completions(analysis, offset);
  return isFields(context) && context.triggerCharacter === '(' && found.some((c) => c.kind === 'function') ? [] : found;
}

const item = (document: TextDocument, candidate: Candidate, { snippets, labelDetails, isOwn }: Client): CompletionItem => {
  const isSnippet = snippets && candidate.snippet !== undefined;
  return {
    label: candidate.label, kind: KINDS[candidate.kind], detail: candidate.detail,
    ...(labelDetails && { labelDetails: { description: beside(candidate) } }),
    ...(candidate.documentation !== '' && { documentation: { kind: MarkupKind.Markdown, value: candidate.documentation } }),
    sortText: `${candidate.rank}${candidate.label}`,
    ...(candidate.filter !== undefined && { filterText: candidate.filter }),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: rangeAt(document, candidate.replace), newText: isSnippet ? candidate.snippet ?? candidate.insert : candidate.insert },
    ...(isSnippet && isOwn && candidate.snippet?.includes('(') && { command: { title: 'Parameters', command: 'editor.action.triggerParameterHints' } }),
  };
};

export const writing: readonly Handler[] = [
  atPosition('textDocument/completion', { completionProvider: { triggerCharacters: ['\\', ':', '∂', '('], resolveProvider: false } }, ({ document, analysis }, offset, session, params) => ({
    isIncomplete: false,
    items: offered(analysis, offset, fields(params).context).map((c) => item(document, c, session.client)),
  })),

  atPosition('textDocument/signatureHelp', { signatureHelpProvider: { triggerCharacters: ['(', ','], retriggerCharacters: [')'] } }, ({ analysis }, offset): SignatureHelp | null => {
    const found = signatureHelp(analysis, offset);
    if (found.length === 0) return null;
    const active = found.findIndex((s) => s.active < s.parameters.length);
    return {
      signatures: found.map((s) => ({
        label: s.label, documentation: { kind: MarkupKind.Markdown, value: s.documentation },
        parameters: s.parameters.map((p) => ({ label: [p.start, p.end] })), activeParameter: s.active,
      })),
      activeSignature: Math.max(0, active), activeParameter: found[Math.max(0, active)]?.active ?? 0,
    };
  }),
];
