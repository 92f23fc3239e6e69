import type { Database } from '../../../platform/db/database.ts'
import type { ImportReport } from '../exchange/import-report.ts'
import type { ImportSource } from '../exchange/import-types.ts'
import { ImportCourse } from './import-course.ts'
import { type ImportOptions, readImportMeans } from './import-means.ts'

/** Ends the transaction without storing anything. */
class NothingStored extends Error {}

/**
 * Imports services: a dry run unless `apply` is said, then all or nothing in one transaction, with a version per service and an
 * audit event. The same data set again changes what has changed there and deletes nothing without being asked. Memory does not
 * grow with the texts of the data set.
 * @returns what became of every record
 * @throws Error when `areas` names one that is not known here
 */
export async function importServices(
  database: Database,
  source: ImportSource,
  options: ImportOptions,
): Promise<ImportReport> {
  let report: ImportReport | undefined
  try {
    await database.transact({ actor: options.by?.account ?? null, purpose: 'administration' }, async (tx) => {
      const course = new ImportCourse(tx, await readImportMeans(tx, options), options)
      report = await course.run(source)
      if (!report.applied) throw new NothingStored()
    })
  } catch (error) {
    if (!(error instanceof NothingStored)) throw error
  }
  if (!report) throw new Error('an import ended without a report')
  return report
}
