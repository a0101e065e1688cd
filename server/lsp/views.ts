/** What the views show, in positions of the protocol and in the editor's language; and the word to the client that it
 *  may have changed. */
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import {
  type AppChecklist,
  basename,
  type ChecklistLine,
  type CheckPlace,
  CSRF_TEXTS,
  type Finding,
  inputWords,
  isChanging,
  LOGIN_TEXTS,
  type MarkdownTools,
  PRACTICE_TITLES,
  type SurfaceRoute,
} from '../core/index';
import {
  VIEWS_CHANGED_NOTIFICATION,
  type ViewApp,
  type ViewFinding,
  type ViewLine,
  type ViewPlace,
  type ViewRoute,
  type ViewRow,
} from '../protocol/views';
import { toLspRange } from './convert';
import type { Folder } from './folder';
import type { Session } from './session';

/** The views follow what is typed at this distance, in ms: nobody reads them in between. */
const QUIET_MS = 300;

/** Tells the client when to ask again; many changes are told as one. */
export class ViewNews {
  readonly #session: Session;
  #isWaiting = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Findings have been worked out anew. */
  announce(): void {
    const { client } = this.#session;
    if (this.#isWaiting || !(client.wantsViews || client.canRefreshLenses)) return;
    this.#isWaiting = true;
    void this.#tell();
  }

  async #tell(): Promise<void> {
    const { environment, connection, client, log } = this.#session;
    await environment.clock.sleep(QUIET_MS);
    this.#isWaiting = false;
    try {
      if (client.wantsViews) await connection.sendNotification(VIEWS_CHANGED_NOTIFICATION);
      if (client.canRefreshLenses) await connection.sendRequest(CodeLensRefreshRequest.type);
    } catch (error) {
      log.error('Announcing the views failed', error);
    }
  }
}

/** Makes what one folder shows. */
export class ViewMaker {
  readonly #session: Session;
  readonly #folder: Folder;
  readonly #titles: ReadonlyMap<string, string>;
  readonly say: MarkdownTools['say'];
  readonly words: MarkdownTools['words'];

  constructor(session: Session, folder: Folder) {
    this.#session = session;
    this.#folder = folder;
    this.#titles = new Map(folder.analyzer.rules().map((rule) => [rule.id, session.titleOf(rule)]));
    this.say = session.t;
    this.words = session.say;
  }

  get tools(): MarkdownTools {
    return {
      say: this.say,
      words: this.words,
      titleOf: this.#session.titleOf,
      at: (place) => this.place(place).label,
    };
  }

  place({ file, range }: CheckPlace): ViewPlace {
    const { workspace } = this.#session;
    const lines = workspace.linesOf(this.#folder, file);
    const shown = toLspRange(lines, range);
    const uri = workspace.uriOf(this.#folder, file);
    return { uri, range: shown, label: `${file}:${shown.start.line + 1}` };
  }

  finding(finding: Finding): ViewFinding {
    const { ruleId, fingerprint, message, severity, fixSafety, path } = finding;
    return {
      ...this.place(finding),
      ruleId,
      title: this.#titles.get(ruleId) ?? ruleId,
      fingerprint,
      message: this.words(message),
      severity,
      isFixable: fixSafety !== undefined,
      hasFlow: path.length > 1,
    };
  }

  app({ name, place, rows }: AppChecklist): ViewApp {
    const folders = this.#session.workspace.folders;
    const around = folders.length > 1 ? `${basename(this.#folder.root.path)}: ` : '';
    return {
      name: `${around}${name === undefined ? place.file : `${name}()`}`,
      place: this.place(place),
      rows: rows.map(
        (row): ViewRow => ({
          id: row.id,
          title: this.say(PRACTICE_TITLES[row.id]),
          status: row.status,
          isIdle: row.isIdle === true,
          reason: this.say(row.reason.text, ...row.reason.args),
          lines: (row.lines ?? []).map((line) => this.#line(line)),
          places: row.places.map((one) => this.place(one)),
          findings: row.findings.map((one) => this.finding(one)),
        }),
      ),
    };
  }

  #line({ name, status, reason, places }: ChecklistLine): ViewLine {
    const words = this.say(reason.text, ...reason.args);
    return { name, status, reason: words, places: places.map((one) => this.place(one)) };
  }

  route(route: SurfaceRoute): ViewRoute {
    const csrf = CSRF_TEXTS[route.csrf];
    return {
      ...this.place(route),
      methods: route.methods.join(', '),
      ...(route.rule === undefined ? {} : { rule: route.rule }),
      view: route.blueprint === undefined ? route.view : `${route.blueprint}.${route.view}`,
      login: this.say(LOGIN_TEXTS[route.login]),
      csrf: csrf === '' ? '' : this.say(csrf),
      inputs: inputWords(route, this.say),
      isOpen: route.login === 'none' || route.login === 'unknown',
      isChanging: isChanging(route),
      findings: route.findings.map((one) => this.finding(one)),
    };
  }
}
