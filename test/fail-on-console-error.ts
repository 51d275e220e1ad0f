import { format } from 'node:util';
import { afterEach, beforeEach, expect, vi } from 'vitest';

const errors: string[] = [];

/** Takes note of errors on the console. A test that expects one empties the list that this gives. */
export function expectedConsoleErrors(): string[] {
  return errors;
}

beforeEach(() => {
  errors.length = 0;
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    errors.push(format(...parts));
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(errors, 'console.error was called').toEqual([]);
});
