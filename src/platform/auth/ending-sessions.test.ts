import { beforeAll, describe, expect, test } from 'vitest'
import { auditOf, testHouse } from '../../../test/auth-house.ts'

const { db, auth, browser } = await testHouse()
const password = 'vier Kastanien am Neckar'

beforeAll(async () => {
  await auth.addAccount({ name: 'Resident', email: 'resident@example.org', password })
})

/** While the work goes on, the audit trail takes no event of this name. */
async function withoutTrail<T>(act: string, work: () => Promise<T>): Promise<T> {
  await db.ownerPool.query(
    `create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'the trail is full'; end $$;
     create trigger refuse before insert on audit.event for each row when (new.act = '${act}') execute function public.refuse()`,
  )
  try {
    return await work()
  } finally {
    await db.ownerPool.query('drop trigger refuse on audit.event; drop function public.refuse()')
  }
}

const sessions = async () =>
  (await db.ownerPool.query<{ id: string }>('select id from auth.session order by id')).rows.map(({ id }) => id)
const events = async (name: string) => (await auditOf(db)).filter((event) => event === name).length

async function twoBrowsers() {
  const [mine, other] = [browser(), browser()]
  await db.ownerPool.query('delete from auth.session')
  for (const each of [mine, other]) await each.signIn('resident@example.org', password)
  const page = await (await mine.get('/account')).text()
  const id = /name="id" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? ''
  return { mine, other, id }
}

describe('ending a session and recording it are one: both or neither', () => {
  test.each(['one', 'others'])('revoking %s', async (which) => {
    const { mine, other, id } = await twoBrowsers()
    const fields = { id: which === 'one' ? id : 'others' }
    const before = { sessions: await sessions(), events: await events('access.session.revoke done') }
    expect(before.sessions).toHaveLength(2)
    const refused = await withoutTrail('access.session.revoke', () => mine.post('/account/sessions/end', fields))
    expect(refused.status).toBe(500)
    expect({ sessions: await sessions(), events: await events('access.session.revoke done') }).toEqual(before)
    expect(await other.isSignedIn()).toBe(true)

    expect((await mine.post('/account/sessions/end', fields)).status).toBe(303)
    expect([await mine.isSignedIn(), await other.isSignedIn()]).toEqual([true, false])
    expect(await events('access.session.revoke done')).toBe(before.events + 1)
  })

  test('signing out', async () => {
    const { mine } = await twoBrowsers()
    const before = await sessions()
    expect((await withoutTrail('access.session.end', () => mine.post('/sign-out', {}))).status).toBe(500)
    expect(await sessions()).toEqual(before)
    expect(await mine.isSignedIn()).toBe(true)
    expect((await mine.post('/sign-out', {})).status).toBe(303)
    expect(await sessions()).toHaveLength(1)
  })

  test('signing in again, which ends the earlier session of this browser', async () => {
    const { mine } = await twoBrowsers()
    const before = await sessions()
    const again = await withoutTrail('access.session.begin', () => mine.signIn('resident@example.org', password))
    expect([again.status, again.headers.getSetCookie().some((value) => value.includes('session_token'))]).toEqual([
      500,
      false,
    ])
    expect(await sessions()).toEqual(expect.arrayContaining(before))
    expect(await mine.isSignedIn()).toBe(true)
    expect((await mine.signIn('resident@example.org', password)).status).toBe(303)
    expect((await sessions()).filter((id) => before.includes(id))).toHaveLength(1)
  })

  test('a new password, which ends all other sessions', async () => {
    const { mine, other } = await twoBrowsers()
    const fields = { current: password, password: 'fünf Kastanien am Neckar' }
    expect((await withoutTrail('access.password.change', () => mine.post('/account/password', fields))).status).toBe(
      500,
    )
    expect(await other.isSignedIn()).toBe(true)
    expect((await browser().signIn('resident@example.org', password)).status).toBe(303)
    expect((await mine.post('/account/password', fields)).status).toBe(303)
    expect(await other.isSignedIn()).toBe(false)
  })
})
