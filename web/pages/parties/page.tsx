import type { LoaderInput } from '../../page/index.ts'
import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Menu } from '@mantine/core'
import { IconArrowMerge } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Suspense, lazy, useState } from 'react'
import { type OneOf, documentQuery } from '../../api/index.ts'
import { PageLink } from '../../patterns/index.ts'
import { CustomerLinks } from '../../patterns/portal/customer-links.tsx'
import { Files } from '../../patterns/files/files.tsx'
import { FactList, RecordLoading, RecordMenu, RecordPage, Section } from '../../patterns/record/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { postalLines } from '../../ui/postal-address.ts'
import { Balance } from './balance.tsx'
import { PartyDocuments } from './documents.tsx'
import classes from './parties.module.css'
import { usePartyWords } from './words.ts'

const PdfSheet = lazy(() => import('../../patterns/pdf/pdf-sheet.tsx'))

const MergeDialog = lazy(async () => ({ default: (await import('./merge-dialog.tsx')).MergeDialog }))

type Party = OneOf<'parties'>

export function loader({ client, params }: LoaderInput): void {
  if (params['id'] !== undefined) void client.prefetchQuery(documentQuery('parties', params['id']))
}

export default function PartyPage() {
  const { id = '' } = useParams({ strict: false })
  const { t } = useLingui()
  const { data, error, refetch } = useQuery(documentQuery('parties', id))
  if (data === undefined) return <RecordLoading title={t`Party`} error={error} retry={() => void refetch()} />
  return <One party={data} />
}

function One({ party }: { readonly party: Party }) {
  const { t, i18n } = useLingui()
  const format = useFormat()
  const company = useCompany()
  const { may } = usePermissions()
  const words = usePartyWords()
  const mayWrite = may('parties:write')
  const [printing, setPrinting] = useState(false)
  const [merging, setMerging] = useState(false)
  const customer = party.roles.includes('customer')
  const list = customer ? '/customers' : '/vendors'
  const terms = party.paymentTermDays ?? company.paymentTermDays
  return (
    <RecordPage
      kind={party.roles.map((role) => words.roles[role]).join(', ')}
      title={party.name}
      crumbs={[{ label: customer ? t`Customers` : t`Vendors`, href: list }]}
      archived={party.archived}
      line={[party.code, party.taxNumber, party.email, party.phone]}
      edit={mayWrite ? `/parties/${party.id}/edit` : null}
      actions={
        customer &&
        may('invoice:read') && (
          <Button variant="default" onClick={() => setPrinting(true)}>
            <Trans>Statement of account</Trans>
          </Button>
        )
      }
      menu={
        mayWrite && (
          <RecordMenu
            resource="parties"
            id={party.id}
            name={party.name}
            version={party.version}
            archived={party.archived}
            list={list}
            items={
              may('payment:post') &&
              !party.archived && (
                <Menu.Item
                  leftSection={<IconArrowMerge size={16} aria-hidden />}
                  onClick={() => setMerging(true)}
                >
                  <Trans>Merge into another</Trans>
                </Menu.Item>
              )
            }
          />
        )
      }
    >
      {party.mergedInto !== null && <MergedInto id={party.mergedInto} />}
      <Balance party={party} />
      <Section title={<Trans>Terms and facts</Trans>}>
        <FactList
          facts={[
            [t`Tax number`, party.taxNumber],
            [
              t`To be paid within`,
              party.paymentTermDays === null ? t`${terms} days, from the company` : t`${terms} days`,
            ],
            [t`Currency`, party.currency ?? t`${company.currency}, from the company`],
            [t`Language of documents`, party.language === null ? null : words.language(party.language)],
            [t`Price group`, party.priceGroup],
            [
              t`Price book`,
              party.priceBookId === null ? null : <BookName key="book" id={party.priceBookId} />,
            ],
            [t`Email`, party.email],
            [t`Phone`, party.phone],
            [t`Website`, party.website],
            [
              t`Credit limit`,
              party.creditLimit === null
                ? null
                : format.money(party.creditLimit, company.currency, 'currency'),
            ],
          ]}
        />
      </Section>
      <Section title={<Trans>Contacts</Trans>}>
        {party.contacts.length === 0 ? (
          <p className={classes.hint}>
            <Trans>No contacts yet.</Trans>
          </p>
        ) : (
          <ul className={classes.cards}>
            {party.contacts.map((contact) => (
              <li key={`${contact.name} ${contact.email}`}>
                <h3>{contact.name}</h3>
                {contact.role !== null && <p className={classes.quiet}>{contact.role}</p>}
                {contact.email !== null && (
                  <p>
                    <a href={`mailto:${contact.email}`}>{contact.email}</a>
                  </p>
                )}
                {contact.phone !== null && (
                  <p>
                    <a href={`tel:${contact.phone}`}>{contact.phone}</a>
                  </p>
                )}
                {contact.purposes.length > 0 && (
                  <p className={classes.quiet}>
                    {contact.purposes.map((purpose) => words.purposes[purpose]).join(', ')}
                  </p>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={<Trans>Addresses</Trans>}>
        {party.addresses.length === 0 ? (
          <p className={classes.hint}>
            <Trans>No addresses yet.</Trans>
          </p>
        ) : (
          <ul className={classes.cards}>
            {party.addresses.map((address) => (
              <li key={JSON.stringify(address)}>
                <h3>
                  {words.addresses[address.type]}{' '}
                  {address.default && <span className={classes.tag}>{t`on documents`}</span>}
                </h3>
                {postalLines(address, i18n.locale).map((part) => (
                  <p key={part}>{part}</p>
                ))}
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section title={<Trans>Documents</Trans>}>
        <PartyDocuments party={party} />
      </Section>
      <Section title={null}>
        <Files place={`/parties/${party.id}`} mayWrite={mayWrite} />
      </Section>
      {merging && (
        <Suspense fallback={null}>
          <MergeDialog party={party} onClose={() => setMerging(false)} />
        </Suspense>
      )}
      {printing && (
        <Suspense fallback={null}>
          <PdfSheet
            title={t`Statement of account, ${party.name}`}
            path={`/parties/${party.id}/statement/pdf`}
            name={t`Statement of account, ${party.name}`}
            onClose={() => setPrinting(false)}
          />
        </Suspense>
      )}
      {party.notes !== null && (
        <Section title={<Trans>Notes</Trans>}>
          <p className={classes.notes}>{party.notes}</p>
        </Section>
      )}
      {customer && may('portal-links:read') && <CustomerLinks target={{ partyId: party.id }} />}
    </RecordPage>
  )
}

/** Where the documents of a duplicate are now. */
function MergedInto({ id }: { readonly id: string }) {
  const { data } = useQuery(documentQuery('parties', id))
  const name = data?.name ?? '…'
  return (
    <Alert color="blue" role="status">
      <Trans>
        It was merged into <PageLink href={`/parties/${id}`}>{name}</PageLink>, which has its documents.
      </Trans>
    </Alert>
  )
}

function BookName({ id }: { readonly id: string }) {
  const { may } = usePermissions()
  const { data } = useQuery({ ...documentQuery('price-books', id), enabled: may('price-books:read') })
  return <PageLink href={`/price-books/${id}`}>{data?.name ?? '…'}</PageLink>
}
