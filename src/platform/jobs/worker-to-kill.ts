/** A worker that stays in the middle of its job until somebody kills it; started by the tests as a program of its own. */
import { sql } from 'kysely'
import { z } from 'zod'
import { readConfig } from '../config/config.ts'
import { openDatabase } from '../db/database.ts'
import { createLog } from '../log/log.ts'
import type { Job } from './job.ts'
import { startWorker } from './worker.ts'

const config = readConfig(process.env)
const database = await openDatabase(config, { migrate: false })

const endless: Job<object> = {
  task: 'trial.note',
  payload: z.object({}),
  purpose: 'trial',
  async run({ transact, job }) {
    await transact((tx) => tx.all(sql`insert into trial.ran (job, attempt) values (${job.id}, ${job.attempt})`))
    await new Promise(() => {
      process.stdout.write('in the middle\n')
    })
  },
}
await startWorker({ database, config, log: createLog('silent'), now: () => new Date() }, [endless])
