/** What an instrument has seen, beside what it should have, and how it is counted. */
import { readFileSync } from 'node:fs';
import type { ServerProcess } from './servers';

export interface Figure { readonly what: string; readonly bar: string; readonly seen: string; readonly isMet: boolean }
export const figure = (what: string, bar: string, seen: string, isMet: boolean): Figure => ({ what, bar, seen, isMet });
export const none = (what: string, found: readonly unknown[]): Figure => figure(what, '0', `${found.length}${found.length > 0 ? ` (${String(found[0]).slice(0, 200)})` : ''}`, found.length === 0);
export const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
export const spread = (times: readonly number[]): { readonly p50: number; readonly p99: number; readonly max: number } => {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), max: sorted.at(-1) ?? NaN };
};
export const ms = (time: number): string => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;

/** Resident megabytes of a process, from the kernel's account. */
export function resident({ child }: ServerProcess, field: 'VmRSS' | 'VmHWM'): number {
  const status = readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8');
  return Number(new RegExp(`${field}:\\s*(\\d+)`).exec(status)?.[1] ?? NaN) / 1024;
}
