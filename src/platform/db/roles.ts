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
  await letIn(owner, login.user)
  const user = name(login.user)
  const within = `alter role ${user} in database ${name(database)} set`
  await atOnce(owner, [
    `alter role ${user} login password ${pg.escapeLiteral(login.password)}`,
    // Programs of other databases on this server belong to the same group: they must not get in here.
    `revoke connect, temporary, create on database ${name(database)} from public`,
    `grant connect on database ${name(database)} to ${user}`,
    `${within} statement_timeout = '60s'`,
    `${within} idle_in_transaction_session_timeout = '60s'`,
    `${within} lock_timeout = '20s'`,
    `${within} timezone = 'UTC'`,
  ])
  await openToOwner(owner)
}

/** Tables of the user at hand whose forced policies hold this user too, and which no policy opens to them. */
const hiddenTables = `
  select c.oid::regclass::text as name from pg_class c
  where c.relforcerowsecurity and c.relowner = current_user::regrole
    and not (select r.rolsuper or r.rolbypassrls from pg_roles r where r.rolname = current_user)
    and not exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*' and p.polpermissive
      and current_user::regrole::oid = any (p.polroles) and pg_get_expr(p.polqual, c.oid) = 'true')
  order by 1`

/** The policy by which the owner sees a table. */
const ownerPolicy = 'owner'

/**
 * Opens every table of the owner to the owner. Row level security is forced, so that nobody forgets it; yet the owner seals the trail,
 * writes backups and answers what policies ask (`access.has_role`). A superuser passes anyway; the owner of an external
 * database is none, and would see empty tables without an error.
 * @param owner a connection of the owner, within the transaction that made the tables
 */
export async function openToOwner(owner: pg.ClientBase): Promise<void> {
  for (const name of await hiddenFromOwner(owner)) {
    // One of an earlier owner opens nothing to this one.
    await owner.query(`drop policy if exists ${ownerPolicy} on ${name}`)
    await owner.query(`create policy ${ownerPolicy} on ${name} to current_user using (true) with check (true)`)
  }
}

/** The tables, quoted, of which the owner at hand would see no rows. Empty in a database that is as it should be. */
export async function hiddenFromOwner(owner: pg.ClientBase): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(hiddenTables)
  return rows.map(({ name }) => name)
}

async function makeRole(owner: pg.ClientBase, role: string, kind: 'login' | 'nologin'): Promise<void> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [role])
  if (rowCount) return
  const limits = 'nosuperuser nobypassrls nocreatedb nocreaterole noreplication'
  try {
    // Another program may make it at this moment; caught in the server, for an error would end the transaction at hand.
    await block(
      owner,
      `create role ${pg.escapeIdentifier(role)} ${kind} ${limits}; exception when duplicate_object or unique_violation then null;`,
    )
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new Error(
      `The user of DATABASE_URL may not make the role ${role}. Run: alter role <that user> createrole; or let an administrator make the role and grant it.`,
    )
  }
}

/** The group belongs to whoever made it: with a second database on the same server that may be another owner. */
async function letIn(owner: pg.ClientBase, user: string): Promise<void> {
  const { rows } = await owner.query<{ owner: string; is_in: boolean }>(
    `select current_user as owner,
       exists (select from pg_auth_members where roleid = $1::regrole and member = $2::regrole) as is_in`,
    [programGroup, user],
  )
  if (rows[0]?.is_in) return
  try {
    await atOnce(owner, [`grant ${pg.escapeIdentifier(programGroup)} to ${pg.escapeIdentifier(user)}`])
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    throw new Error(
      `The user of DATABASE_URL may not let ${user} into the group ${programGroup}, which another user made. Let an administrator run: grant ${programGroup} to ${rows[0]?.owner} with admin option.`,
    )
  }
}

/** Statements of one transaction; roles are shared by all databases, so another program may be at them too. */
async function atOnce(owner: pg.ClientBase, statements: readonly string[]): Promise<void> {
  // "tuple concurrently updated" has no code of its own.
  await block(
    owner,
    `for attempt in 1..5 loop
       begin
         ${statements.join('; ')};
         return;
       exception when internal_error then
         if attempt = 5 then raise; end if;
       end;
     end loop;`,
  )
}

/** What the server does in one go, errors caught there included. */
async function block(owner: pg.ClientBase, body: string): Promise<void> {
  await owner.query(`do ${pg.escapeLiteral(`begin ${body} end`)}`)
}
