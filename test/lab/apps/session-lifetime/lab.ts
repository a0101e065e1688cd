import type { LabModule } from '../../labModule';

const KEY = 'a-key-that-only-the-server-of-the-lab-knows';

/** A link from a mail of the year before, as somebody finds it in an old mailbox. */
const OLD_LINK = `
import time
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

class Old(TimestampSigner):
    def get_timestamp(self):
        return int(time.time()) - 365 * 24 * 3600

print(URLSafeTimedSerializer("${KEY}", salt="reset", signer=Old).dumps("ann"))
`;

export const lab: LabModule = {
  env: { SECRET_KEY: KEY },
  cases: [
    {
      name: 'a link of last year',
      honest: [
        { to: '/mail?name=ann', save: { token: /"token":"([^"]+)"/ } },
        { to: (saved) => `/reset?token=${saved.token}`, shows: '"name":"ann"' },
        { to: '/reset?token=x', status: 400 },
      ],
      exploit: [
        { python: OLD_LINK.trim().split('\n'), saveAs: 'old' },
        { to: (saved) => `/reset?token=${saved.old?.trim()}` },
      ],
      proof: { body: '"name":"ann"' },
    },
  ],
};
