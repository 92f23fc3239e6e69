import { configureGlobal } from 'fast-check'

/**
 * Properties try the same inputs in each run, so that a check that fails tells of the change and not of luck. Now and then somebody looks further:
 * `PROPERTY_SEED=$RANDOM npx vitest run src/…` tries others, and prints the seed where one fails.
 */
configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 2_026) })
