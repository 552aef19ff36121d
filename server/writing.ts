/** Completion and signature help: what helps while a formula is being written. */
import { CompletionItemKind, InsertTextFormat, MarkupKind, type CompletionItem, type SignatureHelp } from 'vscode-languageserver';
import { completions, type Candidate, type CandidateKind } from '../core/ide/completion';
import { signatureHelp } from '../core/ide/signature';
import { atPosition, type Handler } from './handler';
import { rangeAt, type TextDocument } from './text';

const KINDS: Readonly<Record<CandidateKind, CompletionItemKind>> = {
  variable: CompletionItemKind.Variable, definition: CompletionItemKind.Constant, dimension: CompletionItemKind.TypeParameter, function: CompletionItemKind.Function,
  constant: CompletionItemKind.Value, keyword: CompletionItemKind.Keyword, type: CompletionItemKind.Class, word: CompletionItemKind.EnumMember, symbol: CompletionItemKind.Text,
  snippet: CompletionItemKind.Snippet,
};

const item = (document: TextDocument, candidate: Candidate, snippets: boolean, isVsCode: boolean): CompletionItem => {
  const isSnippet = snippets && candidate.snippet !== undefined;
  return {
    label: candidate.label, kind: KINDS[candidate.kind], detail: candidate.detail,
    ...(candidate.documentation !== '' && { documentation: { kind: MarkupKind.Markdown, value: candidate.documentation } }),
    sortText: `${candidate.rank}${candidate.label}`,
    ...(candidate.filter !== undefined && { filterText: candidate.filter }),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: rangeAt(document, candidate.replace), newText: isSnippet ? candidate.snippet ?? candidate.insert : candidate.insert },
    ...(isSnippet && isVsCode && candidate.snippet?.includes('(') && { command: { title: 'Parameters', command: 'editor.action.triggerParameterHints' } }),
  };
};

export const writing: readonly Handler[] = [
  atPosition('textDocument/completion', { completionProvider: { triggerCharacters: ['\\', ':', '∂', '('], resolveProvider: false } }, ({ document, analysis }, offset, session) => ({
    isIncomplete: false,
    items: completions(analysis, offset).map((c) => item(document, c, session.client.snippets, session.client.isOwn)),
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
