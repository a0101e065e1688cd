import { defineConfig } from 'vitest/config';

// What runs inside an editor (test/extension, test/e2e) has its own runner: scripts/testEditor.mjs.
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/extension/**', 'test/e2e/**', '**/node_modules/**'],
    testTimeout: 20_000, // ms; generous for slow machines in CI, the suites themselves take seconds
  },
});
