import { createHash, createHmac } from 'node:crypto'
import pg from 'pg'

/** The group that migrations grant to. Nobody signs in as it. */
export const programGroup = 'linden_program'

/** How the program signs in to one database: a role of its own, which opens no other database of the same server. */
export interface Login {
  user: string
  password: string
}

/**
 * @param database name of the database
 * @param secret of the instance (`secretOf`); the password follows from it, so nothing has to be stored
 */
export function programLogin(database: string, secret: Buffer): Login {
  return {
    user: `linden_${createHash('sha256').update(database).digest('hex').slice(0, 12)}`,
    password: createHmac('sha256', secret).update('database role').digest('base64url'),
  }
}

/** Serialises what changes roles and tables of one database: roles, the queue's tables, migrations. */
export const founding = 47_112_023

/**
 * Makes the group and the login of the program, or mends them: password, membership, limits.
 * @param owner a connection of the owner, who may make roles
 * @throws Error that says what the owner lacks, or that a role may pass row level security
 */
export async function prepareRoles(owner: pg.ClientBase, database: string, login: Login): Promise<void> {
  const name = pg.escapeIdentifier
  await makeRole(owner, programGroup, 'nologin')
  await makeRole(owner, login.user, 'login')
  const { rows } = await owner.query<{ rolname: string }>(
    'select rolname from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls)',
    [[programGroup, login.user]],
  )
  if (rows[0])
    throw new Error(
      `The database role ${rows[0].rolname} may pass row level security. Run: alter role ${rows[0].rolname} nosuperuser nobypassrls.`,
    )
  const user = name(login.user)
  const within = `alter role ${user} in database ${name(database)} set`
  await atOnce(owner, [
    `alter role ${user} login password ${pg.escapeLiteral(login.password)}`,
    `grant ${name(programGroup)} to ${user}`,
    // Programs of other databases on this server belong to the same group: they must not get in here.
    `revoke connect, temporary, create on database ${name(database)} from public`,
    `grant connect on database ${name(database)} to ${user}`,
    `${within} statement_timeout = '60s'`,
    `${within} idle_in_transaction_session_timeout = '60s'`,
    `${within} lock_timeout = '20s'`,
    `${within} timezone = 'UTC'`,
  ])
}

async function makeRole(owner: pg.ClientBase, role: string, kind: 'login' | 'nologin'): Promise<void> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [role])
  if (rowCount) return
  try {
    await owner.query(
      `create role ${pg.escapeIdentifier(role)} ${kind} nosuperuser nobypassrls nocreatedb nocreaterole noreplication`,
    )
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === '42710' || code === '23505') return
    if (code !== '42501') throw error
    throw new Error(
      `The user of DATABASE_URL may not make the role ${role}. Run: alter role <that user> createrole; or let an administrator make the role and grant it.`,
    )
  }
}

/** Statements of one transaction; roles are shared by all databases, so another program may be at them too. */
async function atOnce(owner: pg.ClientBase, statements: string[]): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await owner.query(statements.join(';\n'))
      return
    } catch (error) {
      // "tuple concurrently updated" has no code of its own.
      if ((error as { code?: string }).code !== 'XX000' || attempt === 5) throw error
    }
  }
}
