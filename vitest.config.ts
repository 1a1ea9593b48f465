import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The code under test reads these; a DATABASE_URL of the developer's shell must never be reached. */
const TEST_ENV = {
  DATABASE_URL: '',
  AUTH_SECRET: 'only-for-tests-only-for-tests-only-for-tests',
  SPOOR_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  CRON_SECRET: 'only-for-tests-cron',
}

const EXCLUDED = ['node_modules/**', '.next/**', '.data/**', 'e2e/**']

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } },
  test: {
    env: TEST_ENV,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: ['**/*.db.test.ts', '**/*.peer.test.ts', ...EXCLUDED],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: EXCLUDED,
          globalSetup: './db/testing/test-server.ts',
          // A loaded machine of two cores takes its time for real databases and servers.
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'peer',
          include: ['**/*.peer.test.ts'],
          exclude: EXCLUDED,
          globalSetup: ['./lib/delivery/testing/peers-setup.ts', './db/testing/test-server.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
