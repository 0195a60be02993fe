import { Trans, useLingui } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { decimal } from '../../../src/kernel/decimal.ts'
import { type AnyKind, kinds } from '../../../src/kinds.ts'
import { type OneOf, ageingQuery, documentQuery } from '../../api/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { PageLink } from '../links.tsx'
import shared from './document.module.css'
import classes from './party-card.module.css'

type Party = OneOf<'parties'>
type Contact = Party['contacts'][number]

interface Props {
  readonly kind: AnyKind
  readonly partyId: string
}

/** Whose document it is: how to reach them about it, and how they stand, as far as one may read that. */
export function PartyCard({ kind, partyId }: Props) {
  const { may } = usePermissions()
  const { data } = useQuery({ ...documentQuery('parties', partyId), enabled: may('parties:read') })
  return data === undefined ? null : <Card kind={kind} party={data} />
}

function Card({ kind, party }: { readonly kind: AnyKind; readonly party: Party }) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const side = sideOf(kind, party)
  const title = side === 'customer' ? t`Customer` : t`Vendor`
  const home = party.addresses.find(({ type }) => type === 'billing') ?? party.addresses[0]
  const sells = side === 'customer'
  return (
    <section aria-label={title} className={classes.card}>
      <h2 className={shared.sectionTitle}>{title}</h2>
      <div>
        <PageLink href={`/parties/${party.id}`} size="sm" fw={500}>
          {party.name}
        </PageLink>
      </div>
      <div className={shared.quiet}>
        {[party.taxNumber, home?.city].filter((part) => part != null && part !== '').join(' · ')}
      </div>
      {contactsFor(kind, party).map((contact) => (
        <Reach key={`${contact.name} ${contact.email}`} {...contact} />
      ))}
      <dl className={classes.facts}>
        {may(sells ? 'invoice:read' : 'bill:read') && <Standing party={party} sells={sells} />}
        {sells && party.priceBookId !== null && may('price-books:read') && (
          <PriceBook id={party.priceBookId} />
        )}
      </dl>
    </section>
  )
}

/** A payment or reservation does not say it; who is both is told as a customer. */
function sideOf(kind: AnyKind, party: Party): 'customer' | 'vendor' {
  const side = kind === 'payment' || kind === 'stock-reservation' ? null : kinds[kind].side
  return side ?? (party.roles.includes('customer') ? 'customer' : 'vendor')
}

/** No more of them at once. */
const mostContacts = 2

/** Those whom one writes to about such a document; else anybody; else the party itself. */
function contactsFor(kind: AnyKind, party: Party): readonly Pick<Contact, 'name' | 'email' | 'phone'>[] {
  const purpose = purposeOf(kind)
  const fit = party.contacts.filter(({ purposes }) => purposes.includes(purpose))
  const found = fit.length > 0 ? fit : party.contacts.slice(0, 1)
  if (found.length > 0) return found.slice(0, mostContacts)
  return party.email === null && party.phone === null
    ? []
    : [{ name: '', email: party.email, phone: party.phone }]
}

function purposeOf(kind: AnyKind): Contact['purposes'][number] {
  if (kind === 'payment') return 'invoice'
  if (kind === 'stock-reservation') return 'order'
  switch (kinds[kind].family) {
    case 'order':
      return 'order'
    case 'shipment':
      return 'delivery'
    case 'invoice':
      return 'invoice'
  }
}

function Reach({ name, email, phone }: Pick<Contact, 'name' | 'email' | 'phone'>) {
  return (
    <div className={classes.reach}>
      {name !== '' && <div>{name}</div>}
      {email !== null && (
        <Anchor size="sm" href={`mailto:${email}`}>
          {email}
        </Anchor>
      )}
      {phone !== null && (
        <Anchor size="sm" href={`tel:${phone}`}>
          {phone}
        </Anchor>
      )}
    </div>
  )
}

/** What is open on both sides' behalf, in the company's currency, and how much of the credit limit that takes. */
function Standing({ party, sells }: { readonly party: Party; readonly sells: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  const { currency } = useCompany()
  const { data } = useQuery(ageingQuery(sells ? 'receivables' : 'payables', party.id))
  if (data === undefined) return null
  const { balance } = data.totals
  const limit = sells ? party.creditLimit : null
  const over = limit !== null && decimal(balance).gt(decimal(limit))
  const [used, most] = [format.money(balance, currency), format.money(limit ?? '0', currency, 'currency')]
  return (
    <>
      <div>
        <dt>{sells ? t`Owes us` : t`We owe`}</dt>
        <dd>
          <PageLink
            href={`${sells ? '/invoices' : '/bills'}?partyId=${party.id}&paymentStatus=unpaid`}
            size="sm"
          >
            <span data-figure>{format.money(balance, currency, 'currency')}</span>
          </PageLink>
        </dd>
      </div>
      {limit !== null && (
        <div>
          <dt>
            <Trans>Credit limit</Trans>
          </dt>
          <dd data-over={over || undefined} data-figure>
            <Trans>
              {used} of {most} used
            </Trans>
          </dd>
        </div>
      )}
    </>
  )
}

function PriceBook({ id }: { readonly id: string }) {
  const { data } = useQuery(documentQuery('price-books', id))
  return (
    <div>
      <dt>
        <Trans>Price book</Trans>
      </dt>
      <dd>
        <PageLink href={`/price-books/${id}`} size="sm">
          {data?.name ?? '…'}
        </PageLink>
      </dd>
    </div>
  )
}
