import pg from 'pg'

// Numbers of PostgreSQL's types, from its catalogue pg_type; arrays have numbers of their own.
const types = { int8: 20, int8Array: 1016, date: 1082, dateArray: 1182, numericArray: 1231, textArray: 1009 }

/**
 * How columns arrive: `timestamptz` as Date; `date` and `numeric` as strings (a day has no time zone, money no rounding);
 * `bigint` as number, and an error where a number cannot hold it; arrays of them alike.
 */
export function columnTypes(): pg.CustomTypesConfig {
  const overrides = new pg.TypeOverrides()
  const strings: (value: string) => (string | null)[] = pg.types.getTypeParser(types.textArray)
  overrides.setTypeParser(types.date, asIs)
  overrides.setTypeParser(types.dateArray, strings)
  overrides.setTypeParser(types.numericArray, strings)
  overrides.setTypeParser(types.int8, safeNumber)
  overrides.setTypeParser(types.int8Array, (value: string) =>
    strings(value).map((each) => (each === null ? null : safeNumber(each))),
  )
  return overrides
}

const asIs = (value: string) => value

function safeNumber(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  throw new RangeError(`The database sent ${value}, which a number cannot hold. Select it as text.`)
}
