import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { lazy } from 'react'
import { type AnyKind, permissionFor, titles } from '../../../src/kinds.ts'
import { api } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { kindWords } from '../../ui/kinds.ts'

const PdfSheet = lazy(() => import('../../patterns/pdf/pdf-sheet.tsx'))

const notFinal = new Set(['draft', 'cancelled', 'reversed'])
/** Kinds with a second template; the usual one stands first. */
const otherForms = {
  'sales-order': [
    { value: 'sales-order', label: msg`Order confirmation` },
    { value: 'quotation', label: msg`Quotation` },
  ],
  'delivery-note': [
    { value: 'delivery-note', label: msg`Delivery note` },
    { value: 'pick-list', label: msg`Pick list` },
  ],
} as const

interface Props {
  readonly kind: AnyKind
  readonly document: { readonly id: string; readonly number: string | null; readonly state: string }
  readonly onClose: () => void
}

/**
 * The PDF of a document. One that counts is kept as it is printed, by whoever may write it, so that what was
 * handed over is what is printed again.
 */
export function PrintSheet({ kind, document, onClose }: Props) {
  const { i18n } = useLingui()
  const { may } = usePermissions()
  const path = `/${titles[kind].path}/${document.id}`
  const name = [i18n._(kindWords[kind].one), document.number].filter(Boolean).join(' ')
  const forms = kind in otherForms ? otherForms[kind as keyof typeof otherForms] : []
  const keeps = !notFinal.has(document.state) && may(permissionFor(kind, 'write'))
  return (
    <PdfSheet
      title={name}
      path={`${path}/pdf`}
      name={name}
      forms={forms.map(({ value, label }) => ({ value, label: i18n._(label) }))}
      keep={
        keeps
          ? async (wanted) => {
              await api.post(`${path}/pdfs`, wanted)
            }
          : undefined
      }
      onClose={onClose}
    />
  )
}
