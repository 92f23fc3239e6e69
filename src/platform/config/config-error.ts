/** A variable that stops the start. The message names it, its value (unless secret) and what is allowed. */
export class ConfigError extends Error {
  readonly variable: string
  constructor(variable: string, message: string) {
    super(message)
    this.name = 'ConfigError'
    this.variable = variable
  }
}
