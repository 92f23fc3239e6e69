import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { PageCache } from './page-cache.ts'

const plain = new Request('http://own.example/')
const counting = (status = 200) => {
  let count = 0
  return {
    render: async () => new Response(`page ${++count}`, { status, headers: { 'content-type': 'text/html' } }),
    count: () => count,
  }
}

describe('public pages kept for seconds', () => {
  it('a rush of readers costs one rendering', async () => {
    const cache = new PageCache()
    const { render, count } = counting()
    const texts = await Promise.all(
      Array.from({ length: 20 }, async () => (await cache.answer('a', 60, plain, render)).text()),
    )
    expect(new Set(texts)).toEqual(new Set(['page 1']))
    expect(count()).toBe(1)
  })

  it('are rendered anew when their time is over, and at once after a change', async () => {
    const cache = new PageCache()
    const { render } = counting()
    expect(await (await cache.answer('a', 0, plain, render)).text()).toBe('page 1')
    expect(await (await cache.answer('a', 60, plain, render)).text()).toBe('page 2')
    cache.clear()
    expect(await (await cache.answer('a', 60, plain, render)).text()).toBe('page 3')
  })

  it('keep languages apart by their key, and what is no whole page not at all', async () => {
    const cache = new PageCache()
    const missing = counting(404)
    await cache.answer('uk', 60, plain, missing.render)
    await cache.answer('uk', 60, plain, missing.render)
    expect(missing.count()).toBe(2)
  })

  it('are packed for those who can unpack', async () => {
    const cache = new PageCache()
    const { render } = counting()
    const response = await cache.answer(
      'a',
      60,
      new Request('http://own.example/', { headers: { 'accept-encoding': 'br, gzip' } }),
      render,
    )
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe('page 1')
  })

  it('share no cookie, nor any answer that is no whole page, with those who wait at the same time', async () => {
    const cache = new PageCache()
    for (const [status, headers] of [
      [200, { 'set-cookie': 'linden_flash=; Max-Age=0' }],
      [303, { location: '/sign-in', 'set-cookie': 'linden_region=x' }],
      [404, {}],
    ] as const) {
      let count = 0
      const render = async () => {
        count++
        await new Promise(setImmediate)
        return new Response(null, { status, headers })
      }
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => cache.answer(`own ${status}`, 60, plain, render)),
      )
      expect(count).toBe(4)
      expect(new Set(answers).size).toBe(4)
    }
  })

  it('a page that was begun before a change is not kept after it', async () => {
    const cache = new PageCache()
    const { render } = counting()
    const begun = cache.answer('a', 60, plain, render)
    cache.clear()
    await begun
    expect(await (await cache.answer('a', 60, plain, render)).text()).toBe('page 2')
  })

  it('keep no failure', async () => {
    const cache = new PageCache()
    await expect(cache.answer('a', 60, plain, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect(await (await cache.answer('a', 60, plain, counting().render)).text()).toBe('page 1')
  })

  it('never grow beyond their bytes: the oldest goes first, and one too large for all is not kept', async () => {
    const cache = new PageCache([], 10_000)
    const sized = (length: number) => async () => new Response(Buffer.alloc(length, 'a'))
    const kept = () => ['a', 'b', 'c', 'd'].filter((key) => cache.ready(key, plain)).join('')
    for (const key of ['a', 'b', 'c']) await cache.answer(key, 60, plain, sized(1000))
    expect(kept()).toBe('abc')
    await cache.answer('d', 60, plain, sized(3000))
    expect(kept()).toBe('cd')
    await cache.answer('a', 60, plain, sized(20_000))
    expect(kept()).toBe('cd')
  })

  it('give their room back when they are rendered anew, forgotten, or too old for anybody', async () => {
    const cache = new PageCache([], 10_000)
    const sized = async () => new Response(Buffer.alloc(1000, 'a'))
    for (let round = 0; round < 10; round++) {
      await cache.answer('old', 0, plain, sized)
      await cache.answer(`old ${round}`, 0, plain, sized)
    }
    for (let round = 0; round < 10; round++) {
      cache.clear()
      await cache.answer('cleared', 60, plain, sized)
    }
    for (const key of ['a', 'b']) await cache.answer(key, 60, plain, sized)
    expect(['cleared', 'a', 'b'].every((key) => cache.ready(key, plain))).toBe(true)
  })

  it('are ready at once as soon as they are made, until they are too old or something was changed', async () => {
    let now = 0
    const cache = new PageCache([['x-frame-options', 'DENY']], 1_000_000, () => now)
    const { render } = counting()
    const begun = cache.answer('a', 60, plain, render)
    expect(cache.ready('a', plain)).toBeUndefined()
    await begun
    const ready = cache.ready('a', plain)
    expect([await ready?.text(), ready?.headers.get('x-frame-options')]).toEqual(['page 1', 'DENY'])
    cache.clear()
    expect(cache.ready('a', plain)).toBeUndefined()
    await cache.answer('a', 60, plain, render)
    now += 59_999
    expect(cache.ready('a', plain)).toBeDefined()
    now += 1
    expect(cache.ready('a', plain)).toBeUndefined()
    await cache.answer('missing', 60, plain, counting(404).render)
    expect(cache.ready('missing', plain)).toBeUndefined()
    const changed = cache.answer('b', 60, plain, render)
    cache.clear()
    await changed
    expect(cache.ready('b', plain)).toBeUndefined()
  })
})
