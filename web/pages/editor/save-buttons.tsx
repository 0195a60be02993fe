import { Trans } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import classes from './editor.module.css'
import type { EditorKind } from './editor-kind.ts'
import type { Save } from './use-save.ts'

interface Props {
  readonly editor: EditorKind
  readonly save: Save
  readonly onBack: () => void
}

/** What a form ends with: at the top on a desk, above the bar at the bottom on a phone. */
export function SaveButtons({ editor, save, onBack }: Props) {
  const then = editor.followedBy
  return (
    <div className={classes.actions}>
      <Button variant="default" onClick={onBack}>
        <Trans>Back</Trans>
      </Button>
      {then !== null && (
        <Button variant="default" loading={save.busy === then} onClick={() => void save.run(then)}>
          {then === 'confirm' ? (
            <Trans>Save and confirm</Trans>
          ) : editor.kind === 'invoice' || editor.kind === 'credit-note' ? (
            <Trans>Save and issue</Trans>
          ) : (
            <Trans>Save and book</Trans>
          )}
        </Button>
      )}
      <Button loading={save.busy === 'save'} onClick={() => void save.run(null)}>
        <Trans>Save</Trans>
      </Button>
    </div>
  )
}
