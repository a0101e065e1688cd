import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  needs: ['tls'],
  rules: ['tls-verification-disabled', 'ssl-unverified-context'],
  cases: [
    {
      name: 'tls-verification-disabled, a call',
      honest: [{ to: '/call', shows: 'price of the genuine' }],
      exploit: [{ to: '/call?shop=far' }],
      proof: { body: 'price of the impostor' },
    },
    {
      name: 'tls-verification-disabled, a session',
      honest: [{ to: '/session', shows: 'price of the genuine' }],
      exploit: [{ to: '/session?shop=far' }],
      proof: { body: 'price of the impostor' },
    },
    {
      name: 'ssl-unverified-context',
      honest: [{ to: '/context', shows: 'price of the genuine' }],
      exploit: [{ to: '/context?shop=far' }],
      proof: { body: 'price of the impostor' },
    },
  ],
};
