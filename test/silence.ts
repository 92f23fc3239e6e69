import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'

// What is printed as an error is a fault nobody looks at. A test that expects it reads and clears its own spy.
let printed: MockInstance<typeof console.error>

beforeEach(() => {
  printed = vi.spyOn(console, 'error')
})

afterEach(() => {
  const said = printed.mock.calls.map((words) => words.map(String).join(' '))
  printed.mockRestore()
  expect(said, 'printed by console.error').toEqual([])
})
