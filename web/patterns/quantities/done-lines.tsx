import { Plural } from '@lingui/react/macro'
import classes from './quantities.module.css'
import type { Quantities } from './use-quantities.ts'

/** How many lines are done with this and how many in part. Units of different goods are never added up. */
export function DoneLines({ quantities: { done, partly } }: { readonly quantities: Quantities }) {
  return (
    <p className={classes.foot} data-lines-done={done} data-lines-partly={partly}>
      <Plural value={done} one="# line done" other="# lines done" />
      {', '}
      <Plural value={partly} one="# line partly" other="# lines partly" />
    </p>
  )
}
