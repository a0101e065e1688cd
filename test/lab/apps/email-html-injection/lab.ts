import type { LabModule } from '../../labModule';

const PAYLOAD = '<img src=x onerror=boom()>';

export const lab: LabModule = {
  cases: [
    {
      name: 'f-string',
      honest: [
        { to: 'POST /invite', form: { name: 'Ann' }, status: 204 },
        { to: '/outbox', shows: '<p><b>Ann</b> invites you.</p>' },
      ],
      exploit: [{ to: 'POST /invite', form: { name: PAYLOAD } }, { to: '/outbox' }],
      proof: { runsScript: true },
    },
    {
      name: 'an attribute that is written later',
      honest: [
        { to: 'POST /feedback', form: { text: 'Nice tea' }, status: 204 },
        { to: '/outbox', shows: '<p>Nice tea</p>' },
      ],
      exploit: [
        { to: 'POST /feedback', form: { text: '<a href="javascript:boom()">x</a>' } },
        { to: '/outbox' },
      ],
      proof: { body: 'href="javascript' },
    },
  ],
};
