import { beforeAll, describe, expect, test } from 'vitest'
import { actorHouse } from '../../../test/actor-house.ts'
import { addActor } from '../../../test/actors.ts'
import { testDatabase } from '../../../test/database.ts'
import { loadIntakePacks } from '../../../test/intake-house.ts'
import type { Actor } from '../../platform/access/actor.ts'
import { type Accepted, acceptedRequest, line, offeredContract } from './contract.fixture.ts'
import { contractRoutes } from './routes/contract.tsx'

const db = await testDatabase({ now: new Date('2026-11-29T10:00:00Z') })
const house = actorHouse(db, (door, house) => contractRoutes(door, house))
const { app, door } = house
let request: Accepted

beforeAll(async () => {
  await loadIntakePacks(db, ['dk-midtjylland'])
  request = await acceptedRequest(db, { pack: 'dk-midtjylland', service: 'viborg-bostoette-hjemme', locale: 'da' })
})

const holding = (...scopes: string[]): Actor => ({ ...request.worker, scopes })
const get = (id: string) => app.request(`/api/v1/contracts/${id}`)
const post = (path: string, body: object, version?: number) =>
  app.request(`/api/v1/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(version ? { 'if-match': `"${version}"` } : {}),
    },
  })

describe('INT-7: contracts over JSON', () => {
  test('INT-7: written, offered and signed by a program with the scope, and by none without', async () => {
    house.actor = holding('intake:write')
    const wording = { begins: '2026-12-01', ends: '2027-03-01', place: 'Viborg' }
    const written = await post(`requests/${request.id}/contracts`, wording)
    expect(written.status).toBe(201)
    const { id } = (await written.json()) as { id: string }
    expect((await get(id)).status).toBe(403)
    house.actor = holding('intake:read')
    const draft = await get(id)
    expect([draft.status, draft.headers.get('etag')]).toEqual([200, expect.stringContaining('1')])
    expect((await post(`contracts/${id}/offer`, {}, 1)).status).toBe(403)
    house.actor = holding('intake:read', 'intake:write')
    expect((await post(`contracts/${id}/sign`, { name: 'Olena', strokes: line })).status).toBe(409)
    expect((await post(`contracts/${id}/offer`, {}, 7)).status).toBe(409)
    expect((await post(`contracts/${id}/offer`, {}, 1)).status).toBe(200)
    expect((await post(`contracts/${id}/sign`, { name: 'Olena', strokes: [[[5000, 1]]] })).status).toBe(422)
    const signed = await post(`contracts/${id}/sign`, { name: 'Olena', strokes: line })
    expect(await signed.json()).toEqual({ id, request: request.id, concluded: false })
    const read = await (await get(id)).json()
    expect(read).toMatchObject({
      state: 'offered',
      ends: '2027-03-01',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      signatures: [{ side: 'provider', form: 'drawn', name: 'Olena' }],
    })
    house.actor = { ...(await addActor(db, 'Stranger')), scopes: ['intake:read', 'intake:write'] }
    expect((await get(id)).status).toBe(404)
    expect((await post(`contracts/${id}/end`, { by: 'provider' })).status).toBe(404)
    house.actor = null
    expect((await get(id)).status).toBe(401)
  })

  test('INT-8: a contract of somebody who may not be seen is seen by nobody at the office without a grant', async () => {
    const hidden = await acceptedRequest(db, { pack: 'dk-midtjylland', service: 'viborg-bostoette-hjemme' })
    const id = await offeredContract(db, hidden)
    await db.ownerPool.query(
      'update intake.person set restricted = true where id = (select person_id from intake.request where id = $1)',
      [hidden.id],
    )
    house.actor = { ...hidden.worker, scopes: ['intake:read', 'intake:write'] }
    expect((await get(id)).status).toBe(404)
    expect((await post(`contracts/${id}/sign`, { name: 'Olena', strokes: line })).status).toBe(404)
    house.actor = hidden.worker
    for (const page of ['contract', 'contract.pdf', `contract/extend?contract=${id}`, `contract/end?contract=${id}`])
      expect((await app.request(`/requests/${hidden.id}/${page}`)).status, page).not.toBe(200)
    house.actor = null
    expect((await app.request(`/r/${hidden.token}/contract`)).status).toBe(200)
  })

  test('INT-7: the description of the API knows them', () => {
    const { paths } = door.document('https://example.org') as { paths: Record<string, object> }
    expect(Object.keys(paths)).toEqual([
      '/api/v1/contracts/{contract}',
      '/api/v1/requests/{request}/contracts',
      '/api/v1/contracts/{contract}/offer',
      '/api/v1/contracts/{contract}/sign',
      '/api/v1/contracts/{contract}/end',
    ])
    expect(JSON.stringify(paths['/api/v1/contracts/{contract}/sign'])).toContain('strokes')
  })
})
