import type { LabModule } from '../../labModule';

export const lab: LabModule = {
  cases: [
    {
      name: 'whoever reads the log can log in',
      honest: [
        { to: 'POST /login', form: { name: 'ann', password: 'nna' }, shows: 'hello' },
        { to: 'POST /login', form: { name: 'ann', password: 'no' }, status: 403 },
      ],
      exploit: [{ to: 'POST /login', form: { name: 'drawer', password: 'reward' } }],
      proof: { log: /^INFO .*reward/m },
    },
    {
      name: 'an almost right password',
      honest: [],
      exploit: [{ to: 'POST /login', form: { name: 'drawer', password: 'rewart' } }],
      proof: { log: /^WARNING .*rewart/m },
    },
  ],
};
