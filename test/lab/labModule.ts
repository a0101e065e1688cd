/** What a module of the lab is: a small, vulnerable Flask app in `apps/<rule>/`, and beside it `lab.ts`, which says how
 *  honest visitors use it, how it is attacked, and by what one sees that the attack worked. Data, as far as that goes. */

export interface LabModule {
  /** Rules whose fixes are applied and whose findings must be gone; the folder's name where nothing is said. */
  readonly rules?: readonly string[];
  /** What runs beside the app. */
  readonly needs?: readonly Service[];
  /** Folder of the app in the repository, where it is not the one beside `lab.ts`. */
  readonly source?: string;
  /** Commands of `flask` that come before the start. */
  readonly prepare?: readonly string[];
  /** What `flask --app` names; `app` where nothing is said. */
  readonly app?: string;
  /** `flask run` where nothing is said. `python` runs app.py, which listens on the port in `PORT`. */
  readonly start?: 'flask' | 'python';
  /** An expression of Python that must hold, for what old releases of Python cannot do; the module is left out there. */
  readonly wants?: string;
  /** Of the app's process; on top of what the services give. */
  readonly env?: Readonly<Record<string, string>>;
  /** `hand`: Moat offers no fix that it applies by itself. The files in `mended/` are the repair that the rule's document
   *  teaches, and Moat must be content with it. */
  readonly fixedBy?: 'moat' | 'hand';
  /** `json`: an honest client reads the answers as JSON, whatever their type and layout. */
  readonly answersAre?: 'json';
  readonly cases: readonly LabCase[];
}

/** `inner`: an HTTP service that only the server is meant to reach. `tls`: a genuine HTTPS server and an impostor, in
 *  `GENUINE_URL` and `IMPOSTOR_URL`. The app finds the services in `POSTGRES_DSN`,
 *  `MARIADB_HOST`, `MARIADB_PORT`, `MARIADB_DATABASE` and `INNER_URL`; each start of an app has databases of its own. */
export type Service = 'postgres' | 'mariadb' | 'inner' | 'tls';

export interface LabCase {
  readonly name: string;
  /** Answered as before once the app is fixed. */
  readonly honest: readonly Step[];
  readonly exploit: readonly Step[];
  /** Holds after the exploit as long as the app is vulnerable; speaks of the last answer unless it says otherwise. */
  readonly proof: Proof;
  /** Why Moat finds it and yet leaves it to a person. Such a case fails as soon as Moat mends it. */
  readonly left?: string;
}

export type Step = RequestStep | SubmitStep | PythonStep;

/** A text that may be made from what earlier steps saved. */
export type Text = string | ((saved: Saved) => string);

/** `origin` and `folder` of the app, `inner` (address of the service), and what steps put under names of their own. */
export type Saved = Readonly<Record<string, string>>;

export interface StepOptions {
  /** Whose browser this is: each name has cookies of its own. */
  readonly as?: string;
  /** Puts the first group of a match in the answer's head or body under a name. */
  readonly save?: Readonly<Record<string, RegExp>>;
  /** What the answer must be like before the fix, so that "as before" means something. 200 where nothing is said. */
  readonly status?: number;
  /** Stands in the answer's body before the fix. */
  readonly shows?: string;
}

export interface RequestStep extends StepOptions {
  /** `/path?query` or `METHOD /path?query`, sent as it is written. */
  readonly to: Text;
  readonly query?: Readonly<Record<string, Text>>;
  readonly form?: Readonly<Record<string, Text>>;
  readonly files?: Readonly<Record<string, { readonly name: string; readonly content: Text }>>;
  readonly json?: unknown;
  readonly body?: Text;
  readonly headers?: Readonly<Record<string, Text>>;
}

/** Opens a page, fills in the first form with these fields and sends it as a browser does, with all hidden fields. */
export interface SubmitStep extends StepOptions {
  readonly submit: Text;
  readonly fill: Readonly<Record<string, Text>>;
}

/** A tool of the attacker's; what it prints is saved. */
export interface PythonStep {
  readonly python: readonly string[];
  readonly as?: string;
  readonly saveAs: string;
}

/** All that is given must hold. */
export interface Proof {
  readonly status?: number;
  readonly body?: string | RegExp;
  /** The body does not contain it. */
  readonly bodyWithout?: string;
  readonly header?: readonly [name: string, value: RegExp];
  readonly headerWithout?: string;
  /** A browser that shows the page comes to call `boom()`. */
  readonly runsScript?: true;
  /** A file that the attack left behind, below the app's folder. */
  readonly file?: string;
  /** Seen in what the app printed. */
  readonly log?: RegExp;
  /** The inner service was asked for this path. */
  readonly innerPath?: string;
  /** The answer took at least as long. */
  readonly slowerThanMs?: number;
  /** Something that an earlier step saved. */
  readonly saved?: readonly [name: string, value: RegExp];
}
