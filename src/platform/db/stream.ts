import { compile, type Statement } from './query.ts'
import type { Identity, Means } from './transact.ts'
import { identityValues, setIdentity } from './transact.ts'

/**
 * Reads rows without ever holding more than two batches of them: a cursor on the server, the next batch fetched while one
 * is used. All rows are of one moment. Stopping early (`break`) ends the transaction.
 * @param batch rows fetched at once
 */
export async function* stream<O>(
  means: Means,
  identity: Identity,
  statement: Statement<O>,
  batch = 500,
): AsyncGenerator<O, void, undefined> {
  const { sql, parameters } = compile(statement)
  const client = await means.pool.connect()
  let failure: Error | undefined
  try {
    const fetchNext = () => {
      const answer = client.query(`fetch ${Math.trunc(batch)} from listing`)
      answer.catch(() => {})
      return answer
    }
    const opening = [
      client.query('begin isolation level repeatable read read only'),
      client.query(setIdentity, identityValues(identity)),
      // A reader on a slow line may take its time between two batches.
      client.query("set local idle_in_transaction_session_timeout = '15min'"),
      client.query(`declare listing no scroll cursor for ${sql}`, [...parameters]),
    ]
    let coming = fetchNext()
    await Promise.all(opening)
    for (;;) {
      const { rows } = await coming
      if (rows.length === 0) break
      const more = rows.length === Math.trunc(batch)
      if (more) coming = fetchNext()
      yield* rows as O[]
      if (!more) break
    }
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    const ended = await client.query('rollback').then(
      () => true,
      () => false,
    )
    client.release(!ended || failure?.message.includes('Connection terminated'))
  }
}
