/** What the views of the editor show: requests from the client, and the notification that asks it to ask again. All
 *  texts come in the editor's language. */
import type { PlainRange } from './requests';

/** Notification, server to client, no parameters: what the views show may have changed. */
export const VIEWS_CHANGED_NOTIFICATION = 'moat/viewsChanged';

/** Request, client to server, no parameters: `ChecklistResult`. */
export const CHECKLIST_REQUEST = 'moat/checklist';
/** Request, client to server, no parameters: `AttackSurfaceResult`. */
export const ATTACK_SURFACE_REQUEST = 'moat/attackSurface';
/** Request, client to server: `FlowParams` to `FlowResult`, or null when there is no finding. */
export const FLOW_REQUEST = 'moat/flow';
/** Request, client to server: `MarkdownParams` to text, or null when there is nothing to tell. */
export const MARKDOWN_REQUEST = 'moat/markdown';

export interface ViewPlace {
  readonly uri: string;
  readonly range: PlainRange;
  /** `shop/views.py:12`. */
  readonly label: string;
}

export interface ViewFinding extends ViewPlace {
  readonly ruleId: string;
  readonly title: string;
  readonly fingerprint: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information' | 'hint';
  readonly isFixable: boolean;
  readonly hasFlow: boolean;
}

export type CheckStatus = 'pass' | 'fail' | 'unknown';

export interface ViewLine {
  readonly name: string;
  readonly status: CheckStatus;
  readonly reason: string;
  readonly places: readonly ViewPlace[];
}

export interface ViewRow {
  readonly id: string;
  readonly title: string;
  readonly status: CheckStatus;
  /** There is nothing that the row is about. */
  readonly isIdle: boolean;
  readonly reason: string;
  readonly lines: readonly ViewLine[];
  readonly places: readonly ViewPlace[];
  readonly findings: readonly ViewFinding[];
}

export interface ViewApp {
  readonly name: string;
  readonly place: ViewPlace;
  readonly rows: readonly ViewRow[];
}

export interface ChecklistResult {
  /** Folders are still being read. */
  readonly isLoading: boolean;
  readonly apps: readonly ViewApp[];
}

export interface ViewRoute extends ViewPlace {
  /** `GET, POST`. */
  readonly methods: string;
  /** Undefined when the code does not show it. */
  readonly rule?: string;
  readonly view: string;
  /** In words; ids are for filters. */
  readonly login: string;
  readonly csrf: string;
  readonly inputs: readonly string[];
  readonly isOpen: boolean;
  readonly isChanging: boolean;
  readonly findings: readonly ViewFinding[];
}

export interface AttackSurfaceResult {
  readonly isLoading: boolean;
  readonly routes: readonly ViewRoute[];
}

/** The finding with that fingerprint in the file, or the first one at the position. */
export interface FlowParams {
  readonly uri: string;
  readonly fingerprint?: string;
  readonly position?: { readonly line: number; readonly character: number };
}

export interface FlowStepView extends ViewPlace {
  readonly message: string;
}

export interface FlowResult {
  readonly finding: ViewFinding;
  /** Source first. A finding without a flow has one step: its own place. */
  readonly steps: readonly FlowStepView[];
}

export type MarkdownParams =
  | { readonly what: 'checklist' | 'attackSurface' }
  | ({ readonly what: 'finding' } & FlowParams);
