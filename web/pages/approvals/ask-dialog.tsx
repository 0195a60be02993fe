import { Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { type AnyKind, titles } from '../../../src/kinds.ts'
import { api, refreshData } from '../../api/index.ts'
import { notify } from '../../ui/notify.tsx'
import { CommentDialog } from './comment-dialog.tsx'

interface Props {
  readonly kind: AnyKind
  readonly document: { readonly id: string; readonly version: number }
  readonly onClose: () => void
}

/** Asks for the approvals that a draft needs, with a word to whoever gives them. */
export default function AskDialog({ kind, document, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  return (
    <CommentDialog
      title={t`Ask for approval`}
      verb={t`Ask for approval`}
      hint={
        <Trans>
          Whoever may approve is told. A change of the draft withdraws the question, and the approval too.
        </Trans>
      }
      send={(comment, key) =>
        api.post(
          `/${titles[kind].path}/${document.id}/ask-for-approval`,
          { comment },
          { key, ifMatch: document.version },
        )
      }
      done={async () => {
        notify.done(t`Approval was asked for.`)
        await refreshData(client)
      }}
      onClose={onClose}
    />
  )
}
