/** What the actions on findings are called, in one place so that they can be translated. `{0}` and the like are filled. */
export const ACTION_TITLES = {
  ignoreHere: 'Ignore `{0}` here, with a reason',
  ignoreInFile: 'Ignore `{0}` in this file',
  ignoreInFolder: 'Switch `{0}` off in `{1}/`, in {2}',
  switchOff: 'Switch `{0}` off in {1}',
  makeHint: 'Show `{0}` as a hint, in {1}',
  sanitizer: 'Treat `{0}` as a sanitizer, in {1}',
  trusted: 'Trust what `{0}` gives, in {1}',
} as const;

export function actionTitle(name: keyof typeof ACTION_TITLES, ...values: readonly string[]): string {
  return ACTION_TITLES[name].replace(/\{(\d)\}/g, (hole, index: string) => values[Number(index)] ?? hole);
}
