import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useFormat } from '../ui/format.ts'
import { type Link, type PortalDocument, newKey } from './ask.ts'

interface Props {
  readonly link: Link
  readonly document: PortalDocument
  readonly onChange: (document: PortalDocument) => void
}

/** What the customer says of a line or of the whole, and what was answered. */
export function Disputes({ link, document, onChange }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const [line, setLine] = useState('')
  const [text, setText] = useState('')
  const [key, setKey] = useState(newKey)
  const [failure, setFailure] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const nameOf = (id: string | null): string =>
    document.lines.find((each) => each.id === id)?.description ?? t`The document as a whole`
  const send = async (): Promise<void> => {
    if (text.trim() === '') return setFailure(t`Write what is not right.`)
    setBusy(true)
    setFailure(null)
    try {
      const body = { lineId: line === '' ? null : line, text }
      onChange(await link.post<PortalDocument>(`/documents/${document.id}/disputes`, body, key))
      setText('')
      setKey(newKey())
    } catch (error) {
      setFailure((error as Error).message)
    }
    setBusy(false)
  }
  return (
    <section>
      {document.disputes.length > 0 && (
        <>
          <h2>
            <Trans>What you wrote</Trans>
          </h2>
          <ul className="disputes">
            {document.disputes.map((each) => (
              <li key={each.id}>
                <small>
                  {nameOf(each.lineId)} · {format.moment(each.at)}
                </small>
                <p>{each.text}</p>
                {each.resolution === null ? (
                  <small>
                    <Trans>Not answered yet.</Trans>
                  </small>
                ) : (
                  <p className="answer">
                    <Trans>Answer: {each.resolution}</Trans>
                  </p>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <details className="box">
        <summary>
          <Trans>Something is not right</Trans>
        </summary>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void send()
          }}
        >
          <label>
            <Trans>What it is about</Trans>
            <select value={line} onChange={(event) => setLine(event.currentTarget.value)}>
              <option value="">{nameOf(null)}</option>
              {document.lines.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.description}
                </option>
              ))}
            </select>
          </label>
          <label>
            <Trans>What is not right</Trans>
            <textarea
              rows={4}
              maxLength={2000}
              value={text}
              aria-invalid={failure !== null}
              aria-describedby="dispute-failure"
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </label>
          <p id="dispute-failure" className="failure" role="alert">
            {failure}
          </p>
          <button type="submit" disabled={busy}>
            <Trans>Send</Trans>
          </button>
        </form>
      </details>
    </section>
  )
}
