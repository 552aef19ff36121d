/** The colour theme's kind: the server typesets for it, since a picture in a hover cannot read the theme. */
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

/** Tells the server of every change. */
export function followTheme(client: BaseLanguageClient): vscode.Disposable {
  return vscode.window.onDidChangeActiveColorTheme(() => {
    const params: ColorThemeParams = { kind: themeKind() };
    void client.sendNotification(COLOR_THEME, params);
  });
}
