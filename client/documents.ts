/** Which documents are ours: .mcalc files, and files whose comments or fences hold mcalc. */
import type { TextDocument } from 'vscode';

/** Languages whose comments may hold `@mcalc`. */
export const COMMENT_LANGUAGES = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;
const LANGUAGES = ['mcalc', ...COMMENT_LANGUAGES, 'markdown'] as const;
const SCHEMES = ['file', 'untitled', 'vscode-vfs', 'vscode-remote', 'vscode-test-web', 'memfs'] as const;

/** For the language client: every language under every scheme that holds documents a person edits. */
export const SELECTOR = SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));

/** True where the text holds formulas, so that the server is worth starting. */
export function holdsFormulas(document: TextDocument): boolean {
  if (document.languageId === 'mcalc') return true;
  if (document.languageId === 'markdown') return /^\s*(?:`{3,}|~{3,})\s*mcalc\b/m.test(document.getText());
  return isOurLanguage(document.languageId) && document.getText().includes('@mcalc');
}

export function isOurLanguage(languageId: string): boolean {
  return LANGUAGES.some((language) => language === languageId);
}
