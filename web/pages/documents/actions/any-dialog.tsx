import { useLingui } from '@lingui/react/macro'
import { Suspense, lazy } from 'react'
import { withTexts } from '../../../i18n/index.ts'
import { RemindDialog } from '../../../patterns/index.ts'
import { kindWords } from '../../../ui/kinds.ts'
import { PrintSheet } from '../print-sheet.tsx'
import type { RepeatedKind } from '../schedules.tsx'
import { SendDialog } from '../send.tsx'
import { DialogOf, type DialogProps } from './dialog.tsx'

// Asked for now and then; their texts come with them.
const AskDialog = lazy(withTexts('approvals', () => import('../../approvals/ask-dialog.tsx')))
const RepeatDialog = lazy(withTexts('recurring', () => import('../../recurring/repeat-dialog.tsx')))

const LabelsDialog = lazy(() => import('./labels.tsx'))

/** The dialog of whatever a document's page offers: what the API does, sending, printing, reminding, repeating. */
export function AnyDialog(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <Chosen {...props} />
    </Suspense>
  )
}

function Chosen(props: DialogProps) {
  const { i18n } = useLingui()
  const { kind, document, name, onClose } = props
  const { id, number } = document
  switch (name) {
    case 'send':
      return <SendDialog kind={kind} id={id} name={number ?? i18n._(kindWords[kind].one)} onClose={onClose} />
    case 'remind':
      return <RemindDialog of={{ invoiceIds: [id] }} onClose={onClose} />
    case 'print':
      return <PrintSheet kind={kind} document={document} onClose={onClose} />
    case 'repeat':
      return <RepeatDialog kind={kind as RepeatedKind} id={id} onClose={onClose} />
    case 'labels':
      return <LabelsDialog {...props} />
    case 'ask-for-approval':
      return <AskDialog kind={kind} document={document} onClose={onClose} />
    default:
      return <DialogOf {...props} />
  }
}
