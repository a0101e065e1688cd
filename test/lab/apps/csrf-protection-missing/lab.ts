import type { LabModule } from '../../labModule';

/** What a page of another site sends: the cookies go along, and nothing else that is secret. */
const ELSEWHERE = { Origin: 'https://evil.example', Referer: 'https://evil.example/' };

export const lab: LabModule = {
  rules: ['csrf-protection-missing', 'jinja-form-missing-csrf-token'],
  cases: [
    {
      name: 'another site writes a note, in an app without a key',
      honest: [
        { to: '/', shows: 'first' },
        { submit: '/', fill: { text: 'second' }, status: 302 },
        { to: '/', shows: '<li>second</li>' },
      ],
      exploit: [{ to: 'POST /note', form: { text: 'from elsewhere' }, headers: ELSEWHERE }, { to: '/' }],
      proof: { body: 'from elsewhere' },
    },
  ],
};
