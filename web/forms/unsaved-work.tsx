import { useBlocker } from '@tanstack/react-router'
import { useLoadedWhenCalm } from '../page/index.ts'

const loadDialog = () => import('./unsaved-dialog.tsx')

interface Props {
  /** Something was typed that is not saved. Says so in the tab by `<PageTitle unsaved>`. */
  readonly unsaved: boolean
  /** Saves; false when it could not be saved, and one stays. */
  readonly save: () => Promise<boolean>
  /** Before one leaves without saving: drops the recovery copy. */
  readonly discard?: () => void
}

/** Asks before unsaved work is left: save, discard or stay. Closing the tab asks in the browser's own words. */
export function UnsavedWork({ unsaved, save, discard }: Props) {
  const { proceed, reset, status } = useBlocker({
    // A change of the search alone (a tab, a filter) stays on the page.
    shouldBlockFn: ({ current, next }) => unsaved && current.pathname !== next.pathname,
    enableBeforeUnload: () => unsaved,
    withResolver: true,
  })
  const blocked = status === 'blocked'
  const dialog = useLoadedWhenCalm(loadDialog, blocked)
  if (!blocked || dialog === null) return null
  return (
    <dialog.UnsavedDialog
      onStay={reset}
      onDiscard={() => {
        discard?.()
        proceed()
      }}
      onSave={async () => {
        if (await save()) proceed()
        else reset()
      }}
    />
  )
}
