/** Whether an attack worked. Each field of a proof is a row here; all that are given must hold. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Proof } from './labModule';
import { runsBoom } from './page';
import type { Answer, Session } from './visitor';

export interface Scene {
  readonly session: Session;
  /** Of the app. */
  readonly folder: string;
  readonly log: string;
  /** What the inner service was asked for meanwhile. */
  readonly innerPaths: readonly string[];
}

type Wanted = Required<Proof>;
type Tests = { readonly [Field in keyof Wanted]: (wanted: Wanted[Field], scene: Scene) => boolean };

const TESTS: Tests = {
  status: (status, scene) => lastAnswer(scene)?.status === status,
  body: (wanted, scene) => {
    const body = lastAnswer(scene)?.body ?? '';
    return typeof wanted === 'string' ? body.includes(wanted) : wanted.test(body);
  },
  bodyWithout: (text, scene) => lastAnswer(scene)?.body.includes(text) === false,
  header: ([name, pattern], scene) => headerOf(scene, name).some((value) => pattern.test(value)),
  headerWithout: (name, scene) => headerOf(scene, name).length === 0,
  runsScript: (_, scene) => {
    const answer = lastAnswer(scene);
    if (answer === undefined) return false;
    return runsBoom({
      type: answer.headers['content-type'] ?? '',
      body: answer.body,
      policy: headerOf(scene, 'content-security-policy')[0],
    });
  },
  file: (path, { folder }) => existsSync(join(folder, path)),
  log: (pattern, { log }) => pattern.test(log),
  innerPath: (path, { innerPaths }) => innerPaths.includes(path),
  slowerThanMs: (limitMs, scene) => (lastAnswer(scene)?.ms ?? 0) >= limitMs,
  saved: ([name, pattern], { session }) => pattern.test(session.saved[name] ?? ''),
};

export function holds(proof: Proof, scene: Scene): boolean {
  const fields = Object.keys(proof) as (keyof Proof)[];
  return fields.every((field) => holdsField(field, proof as Wanted, scene));
}

function holdsField<Field extends keyof Wanted>(field: Field, wanted: Wanted, scene: Scene): boolean {
  const test: Tests[Field] = TESTS[field];
  return test(wanted[field], scene);
}

function lastAnswer({ session }: Scene): Answer | undefined {
  return session.answers.at(-1)?.answer;
}

function headerOf(scene: Scene, name: string): readonly string[] {
  const value = lastAnswer(scene)?.headers[name.toLowerCase()];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
