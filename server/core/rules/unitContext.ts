/** What a rule may read about one top-level statement of a Python file, and about the project around it. Whatever it
 *  reads is recorded, so that its findings are made anew when that has changed. */
import type { FilePath } from '../base/filePath';
import type { Value } from '../flow/values';
import type { ConfigEntry } from '../model/appConfig';
import type { Project } from '../model/project';
import type { Ref } from '../model/refs';
import type { Site } from '../model/scope';
import type { Owners, UnitFacts } from '../model/unitFacts';
import type { Call, Expression, UnitTree } from '../syntax/python/ast';

/** A call of something outside of the project. */
export interface LibraryCall {
  /** Canonical name, such as `hashlib.md5` or `flask.Flask.run`. */
  readonly name: string;
  readonly call: Call;
  readonly site: Site;
}

export interface UnitContext {
  readonly file: FilePath;
  readonly tree: UnitTree;
  readonly project: Project;
  /** True for tests, fixtures and the like, where weak settings are meant. */
  readonly isTest: boolean;
  readonly facts: UnitFacts;
  /** The place of something that these definitions are around. */
  site(owners: Owners): Site;
  /** What an expression stands for. */
  resolve(node: Expression, owners: Owners): readonly Ref[];
  /** Calls of libraries' functions and methods, in source order. */
  libraryCalls(): readonly LibraryCall[];
  configEntries(): readonly ConfigEntry[];
  /** What an expression can be as far as its own file says. Costs an interpretation of the unit: ask last. */
  valueOf(node: Expression): Value | undefined;
}
