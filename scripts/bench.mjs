/**
 * Runs every measurement of bench/ and prints the table that the README shows. Ends with status 1 when a goal is missed.
 *
 *   node scripts/bench.mjs                         the table, misses in bold
 *   node scripts/bench.mjs --readme                the same, and into README.md
 *   node scripts/bench.mjs --json [--only NAME]    one JSON object a line: { name, value, unit, goal, ok, command }
 *
 * A measurement is a program bench/NAME.ts that prints such objects, one a line, without `command`. What else it prints is
 * shown on standard error. One that could not be made prints `value: null` with the reason as `goal`, and counts as a miss.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isNewEnough, runUnderNewerNode } from './newer-node.mjs'

if (isNewEnough()) process.exit(await bench())
else runUnderNewerNode(fileURLToPath(import.meta.url), process.argv.slice(2))

/** @returns status of the process */
async function bench() {
  const { root, run, steps } = await import('./steps.mjs')
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, only: { type: 'string' }, readme: { type: 'boolean' } },
  })
  // an older Node reads this file too, and hands over to a newer one
  const { globSync } = await import('node:fs')
  const all = globSync('bench/*.ts', { cwd: root })
  // what another one imports is no measurement of its own
  const parts = new Set(
    all.flatMap((file) => readFileSync(join(root, file), 'utf8').match(/(?<=from '\.\/)[\w-]+\.ts(?=')/g) ?? []),
  )
  const files = all.filter((file) => !/\.(test|fixture|d)\.ts$/.test(file) && !parts.has(basename(file))).sort()
  const wanted = files.filter((file) => !values.only || basename(file, '.ts') === values.only)
  if (wanted.length === 0) {
    console.error(
      `There is no bench/${values.only}.ts. There are: ${files.map((file) => basename(file, '.ts')).join(', ')}.`,
    )
    return 1
  }
  const built = await run(steps.build)
  if (!built.ok) {
    console.error(built.output)
    return 1
  }

  const rows = []
  for (const file of wanted) rows.push(...(await measure(root, file, values.json)))
  if (!values.json) printTable(rows)
  if (values.readme) (await import('./bench-readme.mjs')).writeFigures(rows)
  return rows.every((row) => row.ok) ? 0 : 1
}

/** Runs one program. @returns its measurements; at least one, a miss, where it failed or measured nothing */
async function measure(root, file, json) {
  const name = basename(file, '.ts')
  const command = `npm run bench -- --only ${name}`
  const found = []
  const add = (row) => {
    found.push(row)
    if (json) console.log(JSON.stringify(row))
  }
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, file)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: process.platform !== 'win32',
  })
  const timer = setTimeout(
    () => process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL'),
    30 * 60_000,
  )
  const ended = new Promise((done) => child.once('close', done))
  for await (const line of createInterface({ input: child.stdout })) {
    const row = measurement(line)
    if (row) add({ ...row, command })
    else if (line.trim()) console.error(line)
  }
  const status = await ended
  clearTimeout(timer)
  if (status !== 0) add({ name, value: null, unit: '', goal: `ended with status ${status}`, ok: false, command })
  else if (found.length === 0) add({ name, value: null, unit: '', goal: 'measured nothing', ok: false, command })
  return found
}

function measurement(line) {
  if (!line.startsWith('{')) return undefined
  try {
    const { name, value, unit, goal, ok } = JSON.parse(line)
    if (typeof name !== 'string' || typeof ok !== 'boolean') return undefined
    return { name, value, unit: unit ?? '', goal: goal ?? '', ok: ok && value !== null }
  } catch {
    return undefined
  }
}

function printTable(rows) {
  console.log('| Measurement | Value | Goal | | Command |\n| --- | ---: | --- | --- | --- |')
  for (const { name, value, unit, goal, ok, command } of rows) {
    const said = value === null ? 'not measured' : `${value} ${unit}`.trim()
    const bold = (text) => (ok ? text : `**${text}**`)
    console.log(`| ${bold(name)} | ${bold(said)} | ${goal} | ${ok ? '✓' : '**missed**'} | \`${command}\` |`)
  }
}
