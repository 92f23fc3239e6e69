import { asset } from './assets.ts'

/** Loads one island, only where it is used: `<Script name="progress.js" />`. The page works without it. */
export function Script({ name }: { name: `${string}.js` }) {
  return <script type="module" src={asset(name)} />
}
