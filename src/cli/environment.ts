import { type Variable, variables } from '../platform/config/config.ts'

const width = 100

/** The table of environment variables as `linden --help` shows it. */
export function environmentHelp(): string {
  const widest = Math.max(...variables.map(({ name }) => name.length))
  const rows = variables.map((variable: Variable) => {
    const about = variable.default === undefined ? variable.about : `${variable.about} Default: ${variable.default}.`
    const [first = '', ...rest] = wrap(about, width - widest - 4)
    return [`  ${variable.name.padEnd(widest)}  ${first}`, ...rest.map((line) => `${' '.repeat(widest + 4)}${line}`)]
  })
  return [
    '',
    'Environment (an empty variable counts as not set, a wrong one stops the start):',
    ...rows.flat(),
    '',
    'DEBUG=1 shows where an error came from.',
  ].join('\n')
}

function wrap(text: string, longest: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= longest) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
