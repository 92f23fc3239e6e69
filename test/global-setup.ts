import type { TestProject } from 'vitest/node'
import { makeTemplate, startTestCluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    cluster: { host: string; port: number; user: string; password: string; template: string }
  }
}

/** Starts the database of the tests and makes the migrated template that every test file copies. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster()
  const { host = '', port = 0, user = '' } = cluster.connection
  const template = await makeTemplate(cluster)
  project.provide('cluster', { host, port, user, password: String(cluster.connection.password), template })
  return async () => {
    await cluster.stop()
  }
}
