/** What interpreting one unit needs and produces. */
import type { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { WriteRow } from '../knowledge/index';
import type { MisuseRow, MisuseWriteRow, SinkRow } from '../knowledge/library';
import type { Place } from '../model/place';
import type { Project } from '../model/project';
import type { ClassRef, FunctionRef, Ref } from '../model/refs';
import type { Route } from '../model/routes';
import type { Site } from '../model/scope';
import { unitOf } from '../model/unitPlaces';
import type { Call, Expression, FunctionDef, UnitTree } from '../syntax/python/ast';
import type { Application, Bound } from './application';
import type { TemplateSource } from './embedded';
import type { Env } from './env';
import type { Value } from './values';

/** A value that reaches a sink. Recorded unless it is known to be harmless. */
export interface SinkHit {
  readonly row: SinkRow;
  /** Canonical name of what is called, or how it is written when its type is not known. */
  readonly callee: string;
  readonly site: Site;
  readonly call: Call;
  readonly argument: Expression;
  readonly value: Value;
  /** False when the receiver's type is not known and the text had to speak for itself. */
  readonly isTyped: boolean;
  /** The parameter that the argument is, as long as it is sent as it was given. */
  readonly given?: string | undefined;
  /** The call hands the argument to a function of the project, which sends it: the hit inside that function. */
  readonly handed?: { readonly hit: SinkHit; readonly helper: FunctionDef; readonly hasSelf: boolean };
}

/** A value that is written to an attribute or item that is a sink. */
export interface WriteHit {
  readonly row: WriteRow;
  /** Such as `flask.session[]`. */
  readonly path: string;
  readonly site: Site;
  readonly target: Extract<Expression, { kind: 'Attribute' | 'Subscript' }>;
  readonly value: Value;
}

/** A call or a write that is a fault as it is written. */
export interface MisuseHit {
  readonly row: MisuseRow | MisuseWriteRow;
  /** Canonical name of what is called or written. */
  readonly callee: string;
  readonly site: Site;
  /** Where the finding stands: an argument, the name of what is called, or what is written to. */
  readonly place: Expression;
  /** Undefined for writes. */
  readonly call?: Call;
}

/** A template is rendered with a context. */
export interface Render {
  /** Names of the template; empty if not constant. */
  readonly templates: readonly string[];
  /** The template itself, where it is written as a string in the file that `templates` names. */
  readonly source?: TemplateSource;
  readonly context: ReadonlyMap<string, Value>;
  /** True when names beyond `context` may be passed (`**unknown`). */
  readonly isOpen: boolean;
  readonly place: Place;
}

export interface Draft {
  readonly hits: SinkHit[];
  readonly writes: WriteHit[];
  readonly misuses: MisuseHit[];
  readonly renders: Render[];
}

/** A state in which a function comes back, split by the truth of what it returns. */
export interface End {
  readonly whenTrue: Env | undefined;
  readonly whenFalse: Env | undefined;
  /** The same for each element of a tuple: `return False, "too long"`. */
  readonly elements?: readonly Omit<End, 'elements'>[];
}

/** An exception; what it carries is worked out when somebody catches it. */
export interface Thrown {
  readonly refs: readonly Ref[];
  value(): Value;
}

/** Where one way through a function ends other than at its end. */
export interface Exits {
  readonly returns: Value[];
  /** Values of `yield`; a function that has some gives a generator. */
  readonly yields: Value[];
  readonly ends: End[];
  breaks: Env[];
  continues: Env[];
  /** States in which the statements of the innermost `try` body may raise. */
  raises: Env[] | undefined;
  /** Exceptions that leave it, with what they carry; inside of a `try`, those that its body raises. */
  thrown: Thrown[];
  /** The last call of a function of the project, and whether no way leads back from it. */
  ended?: { readonly call: Call; readonly isSure: boolean };
}

export interface Machine {
  readonly project: Project;
  readonly budget: Budget;
  readonly draft: Draft;
  /** When present, the value of every expression is kept, joined over all ways that lead to it. */
  readonly trace?: Map<Expression, Value>;
  /** Calls of project functions around the one being interpreted. */
  readonly depth: number;
  /** Variables around functions that are defined inside functions, as they were there. */
  readonly closures: WeakMap<FunctionDef, Env>;
  /** What a project function does with arguments of some form; worked out once by the engine. */
  apply(ref: FunctionRef, bound: Bound): Application;
  /** Value of a module-level name; cached by the engine. */
  moduleValue(file: FilePath, name: string): Value;
  /** What the body of a class, or of one of its bases, binds a name to; undefined when that is not known. */
  classValue(ref: ClassRef, attribute: string): Value | undefined;
  /** What the project stores under an attribute of a library's object such as `g`; undefined: nothing. */
  stored(owner: string, attribute: string): Value | undefined;
  /** The same for items, such as those of the session. */
  storedItem(owner: string, key: string): Value | undefined;
}

/** A call that changed no variable. */
export interface MadeCall {
  readonly value: Value;
  /** Where it was made. */
  readonly version: number;
  readonly outer: Env | undefined;
  readonly ended: Exits['ended'];
}

/** One function (or module body) being interpreted. */
export interface Frame {
  /** Set while a function that answers requests is interpreted for itself. */
  readonly view?: { readonly sendsHtml: boolean; readonly routes: readonly Route[] };
  readonly machine: Machine;
  readonly site: Site;
  readonly exits: Exits;
  /** The parameters of the function as its caller gave them; undefined while nobody calls it. */
  given?: ReadonlyMap<string, Value>;
  /** What calls gave last, to ask what they prove without making them again. */
  readonly made: Map<Call, MadeCall>;
  /** Results count only in the last round of a loop; earlier rounds only collect states. */
  isSilent: boolean;
}

export function placeOf(frame: Frame, range: Range): Place {
  return { file: frame.site.file, tree: frame.site.tree, range };
}

/** Absolute offset of a unit in its file, or undefined if the file has changed since. */
export function baseOf(project: Project, file: FilePath, tree: UnitTree): number | undefined {
  const module = project.module(file);
  return module === undefined ? undefined : unitOf(module, tree)?.base;
}

/** Source text of a range, white space folded, cut at 60 characters. */
export function sourceText(frame: Frame, range: Range): string {
  const { project } = frame.machine;
  const base = baseOf(project, frame.site.file, frame.site.tree) ?? 0;
  const text = project.module(frame.site.file)?.text.slice(base + range.start, base + range.end) ?? '';
  const folded = text.replace(/\s+/g, ' ');
  return folded.length > 60 ? `${folded.slice(0, 59)}…` : folded;
}

export function newFrame(machine: Machine, site: Site, isSilent: boolean, view?: Frame['view']): Frame {
  const exits: Exits = {
    returns: [],
    yields: [],
    ends: [],
    breaks: [],
    continues: [],
    raises: undefined,
    thrown: [],
  };
  return { machine, site, exits, made: new Map(), isSilent, view };
}
