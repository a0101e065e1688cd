import { expect } from 'chai';
import { RestartPolicy } from '../../client/restarts';

const MINUTE_MS = 60_000;

describe('a server that ends by itself', () => {
  it('is started again at once, then later and later, then no more', () => {
    const policy = new RestartPolicy();
    const pauses = [0, 1, 2, 3, 4, 5].map((index) => policy.pauseAfterEnd(index * 1000));
    expect(pauses).to.deep.equal([0, 1000, 5000, 15_000, undefined, undefined]);
  });

  it('gets new chances when it has run for a while, or somebody starts it', () => {
    const policy = new RestartPolicy();
    for (let index = 0; index < 4; index++) policy.pauseAfterEnd(0);
    expect(policy.pauseAfterEnd(6 * MINUTE_MS)).to.equal(0);
    for (let index = 0; index < 4; index++) policy.pauseAfterEnd(6 * MINUTE_MS);
    policy.reset();
    expect(policy.pauseAfterEnd(6 * MINUTE_MS)).to.equal(0);
  });
});
