import { defineConfig } from 'vitest/config'
import { build } from './scripts/build.mjs'
import { testSecret } from './test/secret.ts'

// Messages and the list of migrations are generated: tests must never see those of yesterday.
await build({ types: true })

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/silence.ts', 'test/seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    env: { LINDEN_SECRET: testSecret, TZ: 'UTC' },
  },
})
