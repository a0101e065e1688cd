/** How much Moat shows, counted from what the editor holds, so that the number is that of the Problems view. */
import * as vscode from 'vscode';
import { DIAGNOSTIC_SOURCE, NOT_CHECKED_CODE } from '../server/protocol/requests';

/** A file, or a part of it, that was not checked. */
export interface Note {
  readonly uri: vscode.Uri;
  readonly message: string;
}

interface FileCount {
  readonly nFindings: number;
  readonly notes: readonly Note[];
}

export class FindingCounts implements vscode.Disposable {
  readonly #files = new Map<string, FileCount>();
  readonly #subscription: vscode.Disposable;

  constructor(changed: () => void) {
    for (const [uri, diagnostics] of vscode.languages.getDiagnostics()) this.#count(uri, diagnostics);
    this.#subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      for (const uri of uris) this.#count(uri, vscode.languages.getDiagnostics(uri));
      changed();
    });
  }

  get nFindings(): number {
    return [...this.#files.values()].reduce((sum, { nFindings }) => sum + nFindings, 0);
  }

  /** Files with findings. */
  get nFiles(): number {
    return [...this.#files.values()].filter(({ nFindings }) => nFindings > 0).length;
  }

  get notes(): readonly Note[] {
    return [...this.#files.values()].flatMap(({ notes }) => notes);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #count(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): void {
    const own = diagnostics.filter(({ source }) => source === DIAGNOSTIC_SOURCE);
    const notes = own.filter((diagnostic) => codeOf(diagnostic) === NOT_CHECKED_CODE);
    if (own.length === 0) this.#files.delete(uri.toString());
    else
      this.#files.set(uri.toString(), {
        nFindings: own.length - notes.length,
        notes: notes.map(({ message }) => ({ uri, message })),
      });
  }
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}
