import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useFormat } from '../ui/format.ts'
import { type Link, type PortalDocument, newKey } from './ask.ts'
import { useRefusal } from './refusals.ts'

interface Props {
  readonly link: Link
  readonly document: PortalDocument
  readonly onChange: (document: PortalDocument) => void
}

/** Accepting an order or a quotation by one's name. */
export function Accept({ link, document, onChange }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const refusal = useRefusal()
  const [name, setName] = useState('')
  const [key] = useState(newKey)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (document.accepted !== null) {
    const { name: by, at } = document.accepted
    return (
      <p className="done" role="status">
        <Trans>
          Accepted by {by} on {format.moment(at)}.
        </Trans>
      </p>
    )
  }
  if (!document.canAccept) return null
  const accept = async (): Promise<void> => {
    if (name.trim() === '') return setFailure(t`Enter your name.`)
    setBusy(true)
    setFailure(null)
    try {
      onChange(await link.post<PortalDocument>(`/documents/${document.id}/acceptance`, { name }, key))
    } catch (error) {
      setFailure(refusal((error as Error).message))
    }
    setBusy(false)
  }
  return (
    <form
      className="box"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void accept()
      }}
    >
      <label>
        <Trans>Your name</Trans>
        <input
          value={name}
          autoComplete="name"
          maxLength={200}
          aria-invalid={failure !== null}
          aria-describedby="accept-failure"
          onChange={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <p id="accept-failure" className="failure" role="alert">
        {failure}
      </p>
      <button type="submit" className="primary" disabled={busy}>
        {document.state === 'draft' ? <Trans>Accept the quotation</Trans> : <Trans>Accept the order</Trans>}
      </button>
    </form>
  )
}
