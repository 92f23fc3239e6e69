/** The secret of every test: the same, so that the database role of a copy is known beforehand. */
export const testSecret = 'a secret that only the tests of Linden share'
