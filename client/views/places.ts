/** Places of the protocol in the editor. */
import * as vscode from 'vscode';
import type { PlainRange } from '../../server/protocol/requests';
import type { ViewPlace } from '../../server/protocol/views';

export function toRange({ start, end }: PlainRange): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** Shows a place in an editor, in preview, so that a walk through many leaves one tab. The focus stays where it is, so
 *  that arrow keys lead on in a view; with `isEntered` it goes to the place. */
export async function openPlace({ uri, range }: ViewPlace, isEntered = false): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.parse(uri), {
    selection: toRange(range),
    preview: true,
    preserveFocus: !isEntered,
  });
}
