import { beforeAll, describe, expect, test } from 'vitest'
import { lettersTo, testHouse, testOrganisation } from '../../../test/auth-house.ts'

const { db, auth, url, browser } = await testHouse()
const password = 'дощ іде над містом'

beforeAll(async () => {
  await testOrganisation(db)
  await auth.addAccount({ name: 'Known', email: 'known@example.org', password, locale: 'da' })
  await auth.addAccount({ name: 'Closed', email: 'closed@example.org', password })
  await auth.disableAccount('closed@example.org')
})

const pathOf = (link: string | undefined) => new URL(link ?? 'x:', url).pathname

describe('opening an account', () => {
  test('the answer is the same whether or not the address is known; only the letter tells', async () => {
    const answers = []
    for (const email of ['fresh@example.org', 'known@example.org', 'closed@example.org']) {
      const started = performance.now()
      const answer = await browser().post('/register', { name: 'Someone', email })
      answers.push({ status: answer.status, text: await answer.text(), slow: performance.now() - started >= 240 })
    }
    expect(answers[0]?.status).toBe(200)
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(answers[0]?.slow).toBe(true)
    expect((await lettersTo(db, 'fresh@example.org')).map((letter) => [letter.template, letter.locale])).toEqual([
      ['auth.registration', 'en'],
    ])
    expect((await lettersTo(db, 'known@example.org')).map((letter) => [letter.template, letter.locale])).toEqual([
      ['auth.exists', 'da'],
    ])
    expect(await lettersTo(db, 'closed@example.org')).toEqual([])
  })

  test('the link sets a password and opens person, account and user together, once', async () => {
    await browser().post('/register', { name: 'Olena Koval', email: 'Olena@Example.org' })
    const path = pathOf((await lettersTo(db, 'olena@example.org'))[0]?.parameters.link)
    const visitor = browser()
    expect((await visitor.get(path)).status).toBe(200)
    const weak = await visitor.post(path, { password: 'OlenaKoval!99' })
    expect([weak.status, (await weak.text()).includes('too easy to guess')]).toEqual([422, true])
    const done = await visitor.post(path, { password })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/sign-in'])
    const { rows } = await db.ownerPool.query(
      `select p.name, a.locale, u."emailVerified" as verified from access.account a join access.person p on p.id = a.person_id join auth."user" u on u.id = a.id where a.email = 'olena@example.org'`,
    )
    expect(rows).toEqual([{ name: 'Olena Koval', locale: 'en', verified: true }])
    expect((await visitor.get(path)).status).toBe(410)
    expect((await visitor.post(path, { password })).status).toBe(404)
    await visitor.signIn('olena@example.org', password)
    expect(await visitor.isSignedIn()).toBe(true)
  })

  test('two links of one address open one account', async () => {
    for (const name of ['First', 'Second']) await browser().post('/register', { name, email: 'twice@example.org' })
    const paths = (await lettersTo(db, 'twice@example.org')).map((letter) => pathOf(letter.parameters.link))
    const answers = await Promise.all(paths.map((path) => browser().post(path, { password })))
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 409])
    const { rows } = await db.ownerPool.query(
      `select (select count(*)::int from access.person where name in ('First', 'Second')) as persons, (select count(*)::int from access.account where email = 'twice@example.org') as accounts`,
    )
    expect(rows).toEqual([{ persons: 1, accounts: 1 }])
  })

  test('a link that is too old says the same as one that was never ours', async () => {
    await browser().post('/register', { name: 'Late', email: 'late@example.org' })
    const path = pathOf((await lettersTo(db, 'late@example.org'))[0]?.parameters.link)
    db.clock.advance(25 * 3_600_000)
    const [old, invented] = await Promise.all([browser().get(path), browser().get('/register/never-ours')])
    expect([old.status, invented.status]).toEqual([410, 410])
    const main = async (answer: Response) => /<main[\s\S]*<\/main>/.exec(await answer.text())?.[0]
    expect(await main(old)).toBe(await main(invented))
  })
})

describe('a new password', () => {
  test('the answer is the same for every address; the link works once and ends every session and token', async () => {
    const before = browser()
    const token = await auth.createToken('known@example.org', ['directory:write'], 30)
    expect(token.is).toBe('ok')
    await before.signIn('known@example.org', password)
    expect(await before.isSignedIn()).toBe(true)
    const [known, unknown] = await Promise.all(
      ['known@example.org', 'unknown@example.org'].map((email) => browser().post('/forgot', { email })),
    )
    expect([known?.status, await known?.text()]).toEqual([unknown?.status, await unknown?.text()])
    expect(await lettersTo(db, 'unknown@example.org')).toEqual([])
    const letter = (await lettersTo(db, 'known@example.org')).find(({ template }) => template === 'auth.reset')
    expect(letter?.locale).toBe('da')
    const path = pathOf(letter?.parameters.link)
    const other = 'fire kastanjer ved åen'
    expect((await browser().post(path, { password: other })).status).toBe(303)
    expect(await before.isSignedIn()).toBe(false)
    const bearer = token.is === 'ok' ? token.value.token : ''
    const held = new Request('http://own.example/', { headers: { authorization: `Bearer ${bearer}` } })
    expect((await auth.actorOf(held)).actor).toBeNull()
    expect((await browser().post(path, { password: 'en helt anden sætning' })).status).toBe(404)
    expect((await browser().signIn('known@example.org', password)).status).toBe(422)
    expect((await browser().signIn('known@example.org', other)).status).toBe(303)
  })

  test('a later link makes the earlier one useless', async () => {
    await browser().post('/forgot', { email: 'known@example.org' })
    await browser().post('/forgot', { email: 'known@example.org' })
    const paths = (await lettersTo(db, 'known@example.org'))
      .filter(({ template }) => template === 'auth.reset')
      .map(({ parameters }) => pathOf(parameters.link))
    expect((await browser().get(paths.at(-2) ?? '')).status).toBe(410)
    expect((await browser().get(paths.at(-1) ?? '')).status).toBe(200)
  })

  test('an account added for staff comes with a link for its first password', async () => {
    const added = await auth.addAccount({
      name: 'Colleague',
      email: 'colleague@example.org',
      memberships: [{ organisation: 'district-office', role: 'editor' }],
      letter: true,
    })
    const invitation = added.is === 'ok' ? added.value.invitation : undefined
    expect((await lettersTo(db, 'colleague@example.org'))[0]?.parameters.link).toBe(invitation)
    const visitor = browser()
    expect((await visitor.signIn('colleague@example.org', password)).status).toBe(422)
    expect((await visitor.post(pathOf(invitation), { password })).status).toBe(303)
    expect((await visitor.signIn('colleague@example.org', password)).headers.get('location')).toBe('/')
    expect(await auth.addAccount({ name: 'Again', email: 'Colleague@example.org' })).toMatchObject({ is: 'conflict' })
    expect(
      await auth.addAccount({
        name: 'Lost',
        email: 'lost@example.org',
        memberships: [{ organisation: 'no-such', role: 'editor' }],
      }),
    ).toMatchObject({ is: 'invalid' })
    const { rows } = await db.ownerPool.query(`select from access.account where email = 'lost@example.org'`)
    expect(rows).toEqual([])
  })
})
