/** The shape of what Moat knows of a library. Data only: one file per library, no code in it.
 *
 *  Names are dotted from the import: `sqlite3.Connection.execute` is a method, `flask.request.args` an attribute of
 *  an object, and a name that ends in `()` means the result of a call: `sqlite3.connect()`. */
import type { SinkKind } from './kinds';

/** How a driver writes a parameter in SQL text. @see https://peps.python.org/pep-0249/#paramstyle
 *  `bind` is SQLAlchemy's `:name` inside `text()`. */
export type ParamStyle = 'qmark' | 'format' | 'named' | 'numeric' | 'dollar' | 'bind';

export interface SourceRow {
  /** For the path shown to a person: "… is read from {label}". */
  readonly label: string;
  /** Type of the object, if its methods matter. */
  readonly type?: string;
}

export interface ArgumentRef {
  readonly position: number;
  readonly name?: string;
}

export interface SinkRow {
  readonly kind: SinkKind;
  readonly argument: ArgumentRef;
  /** For queries: where bound parameters go, and how they are written. */
  readonly parameters?: ArgumentRef;
  readonly paramStyle?: ParamStyle;
  readonly dialect?: 'sqlite' | 'postgresql' | 'mysql';
  /** The driver does not read `%%` as `%`. */
  readonly hasNoPercentEscape?: boolean;
  /** For queries: raw text is wrapped in a call first, such as SQLAlchemy's `text()`. */
  readonly isTextWrapper?: boolean;
}

/** The result is safe for these kinds of sinks, whatever the arguments were. */
export interface SanitizerRow {
  readonly clears: readonly SinkKind[] | 'all';
  readonly label: string;
}

export interface Library {
  /** Official page. */
  readonly reference: string;
  /** Other names of the same thing: `flask.escape` → `markupsafe.escape`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Type of an attribute (`flask.Flask.config`) or of a call's result (`sqlite3.connect()`). */
  readonly types?: Readonly<Record<string, string>>;
  /** Base classes within the library. */
  readonly bases?: Readonly<Record<string, string>>;
  readonly sources?: Readonly<Record<string, SourceRow>>;
  readonly sinks?: Readonly<Record<string, SinkRow>>;
  readonly sanitizers?: Readonly<Record<string, SanitizerRow>>;
  /** Calls whose result carries what the arguments carry. */
  readonly propagators?: readonly string[];
  /** Calls that never return: they raise or end the process. */
  readonly endings?: readonly string[];
  /** Calls whose result is an object that the developer controls: neither untrusted nor unknown. */
  readonly trusted?: readonly string[];
}
