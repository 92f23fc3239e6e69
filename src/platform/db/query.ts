import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely'
import type { DB } from './generated.ts'

/**
 * Writes SQL and checks it against the tables; it never holds a connection. What it builds is sent by `Tx` or `stream`.
 * (Kysely's own transactions send one statement after the other, and lose what nobody awaits.)
 */
export const query = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** A value for a `jsonb` column. Needed for arrays, which the driver would else send as an array of PostgreSQL. */
export function json(value: unknown): RawBuilder<unknown> {
  return sql`${JSON.stringify(value)}::jsonb`
}

/** What can be sent: what `query` builds, or a whole statement written with Kysely's `sql`. */
export type Statement<O> = Compilable<O> | RawBuilder<O>

export function compile<O>(statement: Statement<O>): CompiledQuery<O> {
  return 'isRawBuilder' in statement ? statement.compile(query) : statement.compile()
}
