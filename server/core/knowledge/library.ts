/** The shape of what Moat knows of a library. Data only: one file per library, no code in it.
 *
 *  Names are dotted from the import: `sqlite3.Connection.execute` is a method, `flask.request.args` an attribute of
 *  an object, and a name that ends in `()` means the result of a call: `sqlite3.connect()`. A name that ends in
 *  `[]` means an item: `flask.session[]`. Class names are those of the library, aliases lead to one of them. */
import type { FaultKind, SinkKind } from './kinds';

/** How a driver writes a parameter in SQL text. @see https://peps.python.org/pep-0249/#paramstyle
 *  `bind` is SQLAlchemy's `:name` inside `text()`. */
export type ParamStyle = 'qmark' | 'format' | 'pyformat' | 'named' | 'numeric' | 'dollar' | 'bind';

export interface SourceRow {
  /** For the path shown to a person: "… is read from {label}". */
  readonly label: string;
  /** Type of the object, if its methods matter. */
  readonly type?: string;
  /** Kinds of sinks that it cannot harm. */
  readonly safeFor?: readonly SinkKind[];
  /** A mapping whose keys are the developer's: fields of a form, declared arguments. */
  readonly hasOwnKeys?: true;
  /** Keys of a mapping that no visitor sets. */
  readonly trustedKeys?: readonly string[];
}

/** An argument by position (0-based, without `self`) and by keyword; at least one of them. */
export interface ArgumentRef {
  readonly position?: number;
  readonly name?: string;
}

/** Holds when the argument has one of the values for sure; `absent` when it is not given, `unknown` when it is
 *  given but not known. A `refs` name matches a class or function of a library. */
export interface Condition extends Expectation {
  readonly argument: ArgumentRef;
  /** Keys and indexes that lead into a dict or list that is given: `['verify_signature']`, `['0']`; `*` is any of
   *  its elements. */
  readonly path?: readonly string[];
}

/** What a value must be for sure. */
export interface Expectation {
  readonly values?: readonly (string | number | boolean | null | 'absent' | 'unknown')[];
  /** Every text that it can be matches. */
  readonly pattern?: RegExp;
  /** The text, or what it begins with for sure when it is put together, matches. */
  readonly start?: RegExp;
  /** Every number that it can be is less. */
  readonly below?: number;
  readonly refs?: readonly string[];
}

/** A call that is a fault as it is written, whatever data it gets: `requests.get(url, verify=False)`. */
export interface MisuseRow {
  readonly kind: FaultKind;
  /** Where the finding stands; the name of what is called when left out or not given. */
  readonly at?: ArgumentRef;
  /** All of these hold, and none of `unless`. Nothing is reported that is not known for sure. */
  readonly when: readonly Condition[];
  readonly unless?: readonly Condition[];
  /** Id of the custom rule that it belongs to; rules that Moat brings along leave it alone. */
  readonly rule?: string;
}

/** After the call, when its conditions hold, the object whose method it is has this type. */
export interface ChangeRow {
  readonly when?: readonly Condition[];
  readonly type: string;
}

/** A write that is a fault: `context.check_hostname = False`. */
export interface MisuseWriteRow extends Expectation {
  readonly kind: FaultKind;
  /** For items: the key under which it is written. */
  readonly key?: string;
}

export interface SinkRow {
  readonly kind: SinkKind;
  /** What must not be untrusted: an argument, or the object whose method is called. */
  /** `spread` is what `**` unpacks. */
  readonly argument: ArgumentRef | 'receiver' | 'all' | 'spread';
  /** Only the first element of a list counts: the program of `subprocess.run([program, …])`. Or only the keys of a
   *  dict: it is harmless when the code writes them. Or the `script` that an interpreter among the elements is given
   *  to run, as in `["sh", "-c", script]`; these may be the arguments themselves, from this one on. Or an `option`: an
   *  element behind the program that may begin with `-`. Or the `location` among headers. */
  readonly element?: 'first' | 'keys' | 'script' | 'option' | 'location';
  /** The call is a sink only when all of these hold, and none of `unless`. */
  readonly when?: readonly Condition[];
  readonly unless?: readonly Condition[];
  /** For queries: where bound parameters go, and how they are written. */
  readonly parameters?: { readonly position: number; readonly name?: string };
  readonly paramStyle?: ParamStyle;
  readonly dialect?: 'sqlite' | 'postgresql' | 'mysql';
  /** The driver does not read `%%` as `%`. */
  readonly hasNoPercentEscape?: boolean;
  /** For queries: raw text is wrapped in a call first, such as SQLAlchemy's `text()`. */
  readonly isTextWrapper?: boolean;
  /** For queries: the text is a piece of a query that the library builds around it. */
  readonly isClause?: boolean;
  /** What the data does there, for the last step of the path: "is run as a shell command". */
  readonly effect?: string;
  /** Id of the custom rule that it belongs to; rules that Moat brings along leave it alone. */
  readonly rule?: string;
}

/** The result is safe for these kinds of sinks, whatever the arguments were. */
export interface SanitizerRow {
  readonly clears: readonly SinkKind[] | 'all';
  /** For the path, and for people who read the row: "escaped". */
  readonly label: string;
  /** It makes a word for a shell, with quotes of its own. */
  readonly isShellWord?: boolean;
}

/** A call that raises for what it does not like: when it comes back, this is proven. */
export interface CheckRow {
  readonly argument: ArgumentRef | 'receiver';
  readonly clears: readonly SinkKind[] | 'all';
}

/** A call whose truth proves something about an argument, or about the object whose method is called. */
export interface GuardRow {
  readonly argument: ArgumentRef | 'receiver';
  readonly clears: readonly SinkKind[] | 'all';
  /** The outcome that proves it; default true. */
  readonly outcome?: boolean;
}

/** What a user adds: rows like any other, also about functions of the project itself. */
export interface OwnLibrary extends Omit<Library, 'reference'> {
  /** Names of form fields and functions that write a CSRF token. */
  readonly csrfTokens?: readonly string[];
}

export interface Library {
  /** Official page. */
  readonly reference: string;
  /** Other names of the same thing: `flask.escape` → `markupsafe.escape`. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Type of an attribute (`flask.Flask.config`), of a call's result (`sqlite3.connect()`) or of an item
   *  (`pymongo.MongoClient[]`); `pymongo.MongoClient.*` is every attribute that no other row is about. */
  readonly types?: Readonly<Record<string, string>>;
  /** Calls that make their object another one: a parser that was told to load files is an unsafe parser. */
  readonly changes?: Readonly<Record<string, ChangeRow>>;
  /** Base classes within the library. */
  readonly bases?: Readonly<Record<string, string>>;
  readonly sources?: Readonly<Record<string, SourceRow>>;
  readonly sinks?: Readonly<Record<string, SinkRow | readonly SinkRow[]>>;
  /** Sinks that are written: `flask_mail.Message.html` (attribute), `flask.session[]` (item). */
  readonly writes?: Readonly<
    Record<
      string,
      {
        readonly kind: SinkKind;
        readonly effect?: string;
        /** Of an item, what must not be untrusted; default its value. */
        readonly part?: 'key' | 'both';
      }
    >
  >;
  /** Calls that are faults by their arguments. `*.set_cookie` is the method of an object whose type is not known,
   *  `*.app.run` of one that is called `app`: for names that say enough. */
  readonly misuses?: Readonly<Record<string, MisuseRow | readonly MisuseRow[]>>;
  /** Attributes (`ssl.SSLContext.check_hostname`) and items that are faults by what is written to them. */
  readonly misuseWrites?: Readonly<Record<string, MisuseWriteRow>>;
  readonly sanitizers?: Readonly<Record<string, SanitizerRow>>;
  readonly guards?: Readonly<Record<string, GuardRow>>;
  readonly checks?: Readonly<Record<string, CheckRow>>;
  /** Methods that put what they are given into their object: `io.StringIO.write`. */
  readonly collectors?: readonly string[];
  /** Propagators that undo what another function did: what that made safe is so no more. */
  readonly decoders?: readonly string[];
  /** Calls whose result has nothing of the object and the arguments in it, such as the text of a file. */
  readonly unrelated?: readonly string[];
  /** Calls whose result carries what the arguments carry. */
  readonly propagators?: readonly string[];
  /** Calls that never return: they raise or end the process. */
  readonly endings?: readonly string[];
  /** Calls whose result is an object that the developer controls: neither untrusted nor unknown. */
  readonly trusted?: readonly string[];
  /** Decorators (called or not) that make a function a view whose parameters come from the request:
   *  `flask_socketio.SocketIO.on`; or methods of classes, such as `graphene.ObjectType.resolve_*`. `parameters: 'all'` counts every one, `'url'` those of the URL rule. */
  readonly handlers?: Readonly<
    Record<
      string,
      /** `skips`: so many parameters in front are the library's own. */
      { readonly label: string; readonly parameters: 'all' | 'url'; readonly skips?: number }
    >
  >;
  /** Classes whose methods of these names are views, such as `flask.views.MethodView`. */
  readonly viewClasses?: Readonly<Record<string, readonly string[]>>;
}
