/** The colour theme's kind and the editor's font size: the server typesets for them, since a picture in a hover cannot read either. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { COLOR_THEME, type ColorThemeKind, type ColorThemeParams } from '../server/protocol';

export function themeKind(): ColorThemeKind {
  switch (vscode.window.activeColorTheme.kind) {
    case vscode.ColorThemeKind.Light: return 'light';
    case vscode.ColorThemeKind.HighContrast: return 'hcDark';
    case vscode.ColorThemeKind.HighContrastLight: return 'hcLight';
    default: return 'dark';
  }
}

/** In CSS pixels; hovers have the editor's. */
export const fontSize = (): number | undefined => vscode.workspace.getConfiguration('editor').get<number>('fontSize');

/** Tells the server of every change. */
export function followTheme(client: BaseLanguageClient): vscode.Disposable {
  const tell = (): void => {
    const params: ColorThemeParams = { kind: themeKind(), fontSize: fontSize() };
    void client.sendNotification(COLOR_THEME, params);
  };
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveColorTheme(tell),
    vscode.workspace.onDidChangeConfiguration((event) => { if (event.affectsConfiguration('editor.fontSize')) tell(); }),
  );
}
