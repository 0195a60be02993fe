import { Trans, useLingui } from '@lingui/react/macro'
import { useCallback, useEffect, useState } from 'react'
import { formatOf } from '../ui/format.ts'
import { Link, type Portal, Refusal } from './ask.ts'
import { DocumentPage } from './document.tsx'
import { PayBox } from './pay.tsx'
import { Payment } from './payment.tsx'
import { speak } from './texts.ts'

/** What a customer's link opens: one document, or what is open of his. */
export function App({ token }: { readonly token: string }) {
  const [link] = useState(() => new Link(token))
  const [portal, setPortal] = useState<Portal | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [payment, setPayment] = useState(() => new URLSearchParams(location.search).get('payment'))
  const [chosen, setChosen] = useState<string | null>(null)
  const [reads, setReads] = useState(0)
  const again = useCallback(() => setReads((before) => before + 1), [])
  useEffect(() => {
    let here = true
    const read = async () => {
      try {
        const found = await link.get<Portal>()
        await speak(found.language)
        if (here) setPortal(found)
      } catch (error) {
        if (here) setFailure(error as Error)
      }
    }
    void read()
    return () => {
      here = false
    }
  }, [link, reads])
  if (failure !== null && portal === null) return <Closed failure={failure} />
  if (portal === null) return <main className="page" aria-busy />
  const id = portal.document?.id ?? chosen
  return (
    <div className="page">
      <header className="house">
        <strong>{portal.company.name}</strong>
        <span>
          <Trans>for {portal.customer}</Trans>
        </span>
      </header>
      <main>
        {payment !== null && (
          <Payment
            key={payment}
            link={link}
            id={payment}
            onPaid={again}
            onClose={() => {
              setPayment(null)
              history.replaceState(null, '', location.pathname)
            }}
          />
        )}
        {id === null ? (
          <OpenItems link={link} portal={portal} onChoose={setChosen} />
        ) : (
          <>
            {portal.document === null && (
              <button type="button" className="plain" onClick={() => setChosen(null)}>
                <Trans>Back to all open items</Trans>
              </button>
            )}
            <DocumentPage key={id} link={link} id={id} pay={portal.pay} today={portal.today} reads={reads} />
          </>
        )}
      </main>
      <Contact portal={portal} />
    </div>
  )
}

function OpenItems({
  link,
  portal,
  onChoose,
}: {
  readonly link: Link
  readonly portal: Portal
  readonly onChoose: (id: string) => void
}) {
  const { t } = useLingui()
  const format = formatOf(portal.language)
  const { openItems, today } = portal
  const currencies = [...new Set(openItems.map((each) => each.currency))]
  return (
    <>
      <h1 data-page-title>
        <Trans>Open items</Trans>
      </h1>
      {openItems.length === 0 && (
        <p className="done">
          <Trans>Everything is paid.</Trans>
        </p>
      )}
      <ul className="items" aria-label={t`Open items`}>
        {openItems.map((each) => (
          <li key={each.id}>
            <button type="button" onClick={() => onChoose(each.id)}>
              <span>
                <b>{each.number}</b>
                <small className={each.dueDate < today ? 'late' : undefined}>
                  {each.dueDate < today ? (
                    <Trans>overdue since {format.date(each.dueDate)}</Trans>
                  ) : (
                    <Trans>due {format.date(each.dueDate)}</Trans>
                  )}
                </small>
              </span>
              <b className="figure">{format.money(each.openAmount, each.currency, 'currency')}</b>
            </button>
          </li>
        ))}
      </ul>
      {currencies.map((currency) => {
        const items = openItems.filter((each) => each.currency === currency)
        return items.length < 2 ? null : (
          <PayBox key={currency} link={link} ways={portal.pay} currency={currency} items={items} whole />
        )
      })}
      <p>
        <a className="button" href={link.address('/statement/pdf')} target="_blank" rel="noreferrer">
          <Trans>Statement of account (PDF)</Trans>
        </a>
      </p>
    </>
  )
}

function Contact({ portal }: { readonly portal: Portal }) {
  const { email, phone, name } = portal.company
  return (
    <footer>
      <p>
        <Trans>Questions? Ask {name}.</Trans> {email !== null && <a href={`mailto:${email}`}>{email}</a>}{' '}
        {phone !== null && <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}>{phone}</a>}
      </p>
    </footer>
  )
}

function Closed({ failure }: { readonly failure: Error }) {
  const gone = failure instanceof Refusal && failure.status === 404
  return (
    <main className="page">
      <h1 data-page-title>
        {gone ? <Trans>This link does not work any more</Trans> : <Trans>The page could not be read</Trans>}
      </h1>
      <p>
        {gone ? (
          <Trans>It may be over or was withdrawn. Ask whoever sent it to you for a new one.</Trans>
        ) : (
          failure.message
        )}
      </p>
      {!gone && (
        <button type="button" onClick={() => location.reload()}>
          <Trans>Try again</Trans>
        </button>
      )}
    </main>
  )
}
