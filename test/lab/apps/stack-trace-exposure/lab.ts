import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'a traceback',
      honest: [{ to: '/order/0', shows: 'null' }],
      exploit: [{ to: '/order/1' }],
      proof: { body: 'in load' },
    },
    {
      name: 'the message of an error',
      honest: [{ to: '/stock?item=tea', shows: '3' }],
      exploit: [{ to: '/stock?item=ink' }],
      proof: { body: 'hidden-token' },
    },
  ],
};
