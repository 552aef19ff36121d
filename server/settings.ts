/** The settings that the server asks the client for, for one document at the time it needs them. */
import type { Target } from '../core/codegen/generation';
import { TARGETS } from '../core/codegen/targets';
import type { Framework } from '../core/codegen/test-options';
import { isFields } from './params';
import type { Session } from './session';

const FRAMEWORKS: readonly Framework[] = ['vitest', 'jest', 'mocha', 'node', 'unittest', 'pytest'];

/** The test framework that a `package.json` names; node:test where it names none. */
export function frameworkOf(manifest: string | undefined): Framework {
  let json: unknown;
  try {
    json = JSON.parse(manifest ?? '{}');
  } catch {
    json = {};
  }
  const names = isFields(json) ? [json.devDependencies, json.dependencies].flatMap((d) => (isFields(d) ? Object.keys(d) : [])) : [];
  return FRAMEWORKS.find((f) => names.includes(f)) ?? 'node';
}

/** The framework that tests are to be written for; undefined where none are wanted, or the client says nothing. */
export async function testFramework(session: Session, uri: string, target: Target): Promise<Framework | undefined> {
  if (!session.client.answersSettings) return undefined;
  const value: unknown = await session.connection.workspace.getConfiguration({ scopeUri: uri, section: 'mcalc.generate.tests' });
  if (value === 'auto' && target === 'numpy') return /\bpytest\b/.test(await session.runtime.readAbove(uri, 'pyproject.toml') ?? '') || await session.runtime.readAbove(uri, 'pytest.ini') !== undefined ? 'pytest' : 'unittest';
  if (value === 'auto') return frameworkOf(await session.runtime.readAbove(uri, 'package.json'));
  return FRAMEWORKS.find((f) => f === value);
}

/** The target of code that is written beside formulas. */
export async function generationTarget(session: Session, uri: string): Promise<Target> {
  if (!session.client.answersSettings) return 'typescript';
  const value: unknown = await session.connection.workspace.getConfiguration({ scopeUri: uri, section: 'mcalc.generate.target' });
  return TARGETS.find((t) => t === value) ?? 'typescript';
}
