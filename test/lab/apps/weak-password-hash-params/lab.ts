import type { LabModule } from '../../labModule';

/** Tries the usual passwords for a second. */
const CRACK = [
  'import time',
  'from werkzeug.security import check_password_hash',
  'hashed = json.load(open(saved["folder"] + "/accounts.json"))["bob"]',
  'end = time.monotonic() + 1',
  'found = ""',
  'for number in range(2000):',
  '    if check_password_hash(hashed, f"sunshine{number}"):',
  '        found = f"sunshine{number}"',
  '    if found or time.monotonic() > end:',
  '        break',
  'print(found)',
];

export const lab: LabModule = {
  cases: [
    {
      name: 'the stolen hash of a weak password',
      honest: [
        { to: 'POST /register', form: { name: 'ann', password: 'apple-tree' }, shows: 'welcome' },
        { to: 'POST /login', form: { name: 'ann', password: 'apple-tree' }, shows: 'hello' },
        { to: 'POST /login', form: { name: 'ann', password: 'no' }, status: 403 },
      ],
      exploit: [
        { to: 'POST /register', form: { name: 'bob', password: 'sunshine777' } },
        { python: CRACK, saveAs: 'password' },
      ],
      proof: { saved: ['password', /^sunshine777$/] },
    },
  ],
};
