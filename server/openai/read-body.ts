import type { z } from 'zod';
import { bodyText } from '../body-text.ts';
import { jsonOf } from '../chat-request.ts';
import { REFUSABLE } from '../contract/openai-chat.ts';
import { ApiFault } from './api-fault.ts';

type Issue = z.core.$ZodIssue;

/** A request's body as a schema has it. Throws an `ApiFault` that names the first parameter at fault. */
export async function readBody<Schema extends z.ZodType>(
  schema: Schema,
  request: Parameters<typeof bodyText>[0],
): Promise<z.output<Schema>> {
  const json = jsonOf(await bodyText(request));
  if (json === undefined) {
    throw new ApiFault('bad_request', 'The body is not JSON.', { code: 'invalid_json' });
  }
  const parsed = schema.safeParse(json, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw faultOf(parsed.error.issues);
}

function faultOf(issues: readonly Issue[]): ApiFault {
  const found = issues.map(innermost);
  const issue = found.find(({ code }) => code !== 'unrecognized_keys') ?? found[0];
  if (!issue) return new ApiFault('bad_request', 'The request can’t be read.', { code: 'invalid_value' });
  if (issue.code === 'unrecognized_keys') {
    const param = nameOf([...issue.path, issue.keys[0] ?? '']);
    const names = issue.keys.map((key) => nameOf([...issue.path, key]));
    const message = `Unrecognized request argument supplied: ${names.join(', ')}`;
    return new ApiFault('bad_request', message, { param, code: 'unknown_parameter' });
  }
  const param = nameOf(issue.path);
  if (param === '') {
    return new ApiFault('bad_request', 'The body has to be a JSON object.', { code: 'invalid_type' });
  }
  return new ApiFault('bad_request', `${param}: ${issue.message}`, { param, code: codeOf(issue) });
}

/** Of the forms that a value may have, the fault of the one that it comes nearest to. */
function innermost(issue: Issue): Issue {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return issue;
  const faults = issue.errors.flatMap((branch) => branch.slice(0, 1).map(innermost));
  const [nearest] = faults.sort((a, b) => b.path.length - a.path.length);
  return nearest && nearest.path.length > 0 ? { ...nearest, path: [...issue.path, ...nearest.path] } : issue;
}

/** `messages[0].content` */
function nameOf(path: Issue['path']): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, '');
}

function codeOf(issue: Issue): string {
  if (REFUSABLE.has(String(issue.path[0]))) return 'unsupported_parameter';
  if (issue.input === undefined) return 'missing_required_parameter';
  return issue.code === 'invalid_type' ? 'invalid_type' : 'invalid_value';
}
