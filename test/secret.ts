/** The secret of every test: the same, so that the database role of a copy is known beforehand. */
export const testSecret = 'a secret that only the tests of Linden share'

/** The secret of the archives in test/fixtures. It opens nothing else. */
export const fixtureSecret = 'the secret of an archive that anybody may restore'
