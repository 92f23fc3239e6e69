import { type Files, openFiles } from '../src/platform/files/files.ts'
import type { TestDatabase } from './database.ts'
import { testSecret } from './secret.ts'

/** The files of a house that a test puts together itself; they lie in the data folder of its database. */
export function testFiles(database: TestDatabase): Files {
  return openFiles(database.config, Buffer.from(testSecret), database, () => database.clock.now)
}
