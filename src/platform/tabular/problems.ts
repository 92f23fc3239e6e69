/** What is wrong with a file, as a code and the values that a message in the reader's language names. */
export type ProblemMessage =
  | { code: 'empty-file' }
  /** bytes that are not text of the encoding; most often a file saved as "CSV" instead of "CSV UTF-8" */
  | { code: 'invalid-encoding'; encoding: 'utf-8' | 'utf-16' }
  | { code: 'file-too-large'; limit: number }
  | { code: 'too-many-columns'; found: number; limit: number }
  | { code: 'too-many-rows'; limit: number }
  | { code: 'row-too-long'; limit: number }
  | { code: 'cell-too-long'; found: number; limit: number }
  | { code: 'too-many-cells'; expected: number; found: number }
  | { code: 'too-few-cells'; expected: number; found: number }
  /** `number` counts columns from 1 */
  | { code: 'column-without-name'; number: number }
  | { code: 'column-twice' }
  /** a quote is opened in `line` and never closed */
  | { code: 'quote-not-closed' }
  /** `character` as U+0000 */
  | { code: 'control-character'; character: string }
  | { code: 'broken-character' }
  | { code: 'not-csv' }
  | { code: 'not-an-archive' }
  | { code: 'archive-too-many-entries'; found: number; limit: number }
  | { code: 'archive-too-large'; limit: number }
  /** an entry that grows more than `limit` times when unpacked */
  | { code: 'archive-bomb'; name: string; limit: number }
  | { code: 'archive-name'; name: string }
  | { code: 'archive-name-twice'; name: string }
  | { code: 'archive-encrypted'; name: string }
  | { code: 'archive-damaged'; name: string }
  | { code: 'not-a-spreadsheet' }
  /** the format of before 2007, or one with a password */
  | { code: 'old-spreadsheet' }
  | { code: 'sheet-missing'; sheet: string }
  | { code: 'cell-error' }

export type ProblemCode = ProblemMessage['code']

/** Where something is wrong, and what. `line` counts from 1 in the file (the row in a spreadsheet); `column` is the column's name. */
export interface Problem {
  line?: number
  column?: string
  message: ProblemMessage
}

/** Ends the reading of a file: what comes after cannot be trusted. */
export class UnreadableFile extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.message.code}${problem.line === undefined ? '' : ` in line ${problem.line}`}`)
    this.name = 'UnreadableFile'
    this.problem = problem
  }
}

/** Stops with a problem of the whole file, or of the line from which on it is unreadable. */
export function unreadable(message: ProblemMessage, line?: number): never {
  throw new UnreadableFile(line === undefined ? { message } : { line, message })
}
