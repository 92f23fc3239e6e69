/**
 * Writes the table of figures in README.md from the lines that `npm run bench -- --json` prints.
 *
 *   npm run --silent bench -- --json | node scripts/bench-readme.mjs
 *   node scripts/bench-readme.mjs FILE
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { replaceBlock } from './marked-block.mjs'

const target = join(resolve(fileURLToPath(import.meta.url), '../..'), 'README.md')

/**
 * @param {{ name: string, value: number | string | null, unit: string, goal: string, ok: boolean, command: string }[]} rows
 * @returns the table, misses in bold
 */
export function figuresTable(rows) {
  const lines = rows.map(({ name, value, unit, goal, ok, command }) => {
    const said = value === null ? 'not measured' : `${value} ${unit}`.trim()
    const bold = (text) => (ok ? text : `**${text}**`)
    return `| ${bold(name)} | ${bold(said)} | ${goal} | ${ok ? '✓' : '**missed**'} | \`${command}\` |`
  })
  return ['| Work | Measured | Goal | | Command |', '| --- | ---: | --- | --- | --- |', ...lines].join('\n')
}

/** Puts the figures into README.md, with the day and the machine they were measured on. */
export function writeFigures(rows, now = new Date()) {
  const model = cpus()[0]
    ?.model.replaceAll(/\((R|TM)\)/g, '')
    .trim()
  const machine = `${availableParallelism()} cores${model ? ` of ${model}` : ''}, ${Math.round(totalmem() / 2 ** 30)} GB`
  const block = `Measured with \`npm run bench\` on ${now.toISOString().slice(0, 10)}, ${machine}. Ratios compare within one run.\n\n${figuresTable(rows)}`
  writeFileSync(target, replaceBlock(readFileSync(target, 'utf8'), 'figures', block))
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const rows = readFileSync(process.argv[2] ?? 0, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  if (rows.length === 0) {
    console.error('No figures were given. Run: npm run --silent bench -- --json | node scripts/bench-readme.mjs')
    process.exit(1)
  }
  writeFigures(rows)
}
