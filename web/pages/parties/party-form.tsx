import { Trans, useLingui } from '@lingui/react/macro'
import {
  Checkbox,
  Group,
  Input,
  MultiSelect,
  SegmentedControl,
  Select,
  TextInput,
  Textarea,
} from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type OneOf, api, documentQuery, listQuery } from '../../api/index.ts'
import type { Fault } from '../../forms/index.ts'
import { inCompany } from '../../patterns/index.ts'
import {
  CountrySelect,
  CurrencySelect,
  FieldGroup,
  FieldLines,
  FieldRow,
  RecordFormPage,
  useRecordForm,
} from '../../patterns/record/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { DecimalInput, isDecimal } from '../../ui/inputs/index.ts'
import { Duplicates } from './duplicates.tsx'
import { type PartyValues, bodyOf, emptyAddress, emptyContact, emptyParty, valuesOf } from './form.ts'
import { usePartyWords } from './words.ts'

type Party = OneOf<'parties'>
const languages = ['pl', 'en', 'de', 'fr', 'es', 'it', 'cs', 'uk', 'ar'] as const

interface Props {
  readonly party: Party | null
  /** What a new one is at first; customer unless given. */
  readonly first?: 'customer' | 'vendor'
}

/** The form of a customer or vendor, new or known. */
export function PartyForm({ party, first: role = 'customer' }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const company = useCompany()
  const { may } = usePermissions()
  const words = usePartyWords()
  const books = useQuery({
    ...listQuery('price-books', { limit: 200, side: 'sales' }),
    enabled: may('price-books:read'),
  })
  const check = useCallback(
    (values: PartyValues): readonly Fault[] => {
      const faults: Fault[] = []
      if (values.name.trim() === '') faults.push({ field: 'name', message: t`Enter the name` })
      if (!values.customer && !values.vendor)
        faults.push({ field: 'customer', message: t`Choose at least one: customer or vendor` })
      if (values.paymentTermDays !== '' && !/^\d{1,4}$/.test(values.paymentTermDays))
        faults.push({ field: 'paymentTermDays', message: t`Enter a whole number of days` })
      if (values.creditLimit !== '' && !isDecimal(values.creditLimit))
        faults.push({ field: 'creditLimit', message: t`“${values.creditLimit}” is not a number` })
      values.contacts.forEach((contact, at) => {
        if (contact.name.trim() === '')
          faults.push({ field: `contacts.${at}.name`, message: t`Enter the name of the contact` })
      })
      return faults
    },
    [t],
  )
  const form = useRecordForm<PartyValues>({
    resource: 'parties',
    id: party?.id ?? null,
    version: party?.version ?? null,
    initial: party === null ? emptyParty(role) : valuesOf(party),
    check,
    save: (values, options) =>
      party === null
        ? api.post('/parties', bodyOf(values), options)
        : api.patch(`/parties/${party.id}`, bodyOf(values), options),
    reload: async () => {
      const theirs = await client.fetchQuery({ ...documentQuery('parties', party!.id), staleTime: 0 })
      return { values: valuesOf(theirs), version: theirs.version }
    },
    done: (saved) => void navigate({ to: inCompany(`/parties/${(saved as Party).id}`) }),
  })
  const { values } = form
  const addresses = form.rows('addresses')
  const contacts = form.rows('contacts')
  const customer = party === null ? role === 'customer' : party.roles.includes('customer')
  const list = customer ? '/customers' : '/vendors'
  const title =
    party === null ? (role === 'customer' ? t`New customer` : t`New vendor`) : t`Edit ${party.name}`
  return (
    <RecordFormPage
      form={form}
      title={title}
      crumbs={[
        { label: customer ? t`Customers` : t`Vendors`, href: list },
        ...(party === null ? [] : [{ label: party.name, href: `/parties/${party.id}` }]),
      ]}
      back={party === null ? list : `/parties/${party.id}`}
      names={{
        name: t`Name`,
        customer: t`Customer`,
        vendor: t`Vendor`,
        type: t`Type`,
        code: t`Code`,
        taxNumber: t`Tax number`,
        email: t`Email`,
        phone: t`Phone`,
        website: t`Website`,
        currency: t`Currency`,
        language: t`Language of documents`,
        paymentTermDays: t`To be paid within`,
        priceGroup: t`Price group`,
        priceBookId: t`Price book`,
        creditLimit: t`Credit limit`,
        notes: t`Notes`,
        addresses: t`Addresses`,
        contacts: t`Contacts`,
      }}
    >
      <FieldGroup title={t`Who it is`}>
        <div>
          <SegmentedControl
            aria-label={t`Type`}
            value={values.type}
            onChange={(type) => form.set({ type: type as PartyValues['type'] })}
            data={[
              { value: 'organisation', label: t`Company` },
              { value: 'person', label: t`Person` },
            ]}
          />
        </div>
        <TextInput {...form.text('name')} label={t`Name`} maxLength={200} data-autofocus />
        {party === null && <Duplicates name={values.name} taxNumber={values.taxNumber} />}
        <Input.Wrapper error={form.faults.find(({ field }) => field === 'customer')?.message}>
          <Group gap="lg">
            <Checkbox {...form.tick('customer')} label={t`Customer`} />
            <Checkbox {...form.tick('vendor')} label={t`Vendor`} />
          </Group>
        </Input.Wrapper>
        <FieldRow>
          <TextInput {...form.text('taxNumber')} label={t`Tax number, NIP (optional)`} maxLength={50} />
          <TextInput {...form.text('code')} label={t`Code (optional)`} maxLength={50} />
        </FieldRow>
        <FieldRow>
          <TextInput {...form.text('email')} label={t`Email (optional)`} type="email" maxLength={254} />
          <TextInput {...form.text('phone')} label={t`Phone (optional)`} maxLength={50} />
        </FieldRow>
        <TextInput {...form.text('website')} label={t`Website (optional)`} maxLength={300} />
      </FieldGroup>

      <FieldGroup title={t`Terms`} hint={<Trans>New documents take these over.</Trans>}>
        <FieldRow>
          <TextInput
            {...form.text('paymentTermDays')}
            label={t`To be paid within (optional)`}
            placeholder={String(company.paymentTermDays)}
            description={t`Empty: ${company.paymentTermDays} days, from the company`}
            inputMode="numeric"
            rightSection={<span aria-hidden>{t`days`}</span>}
            rightSectionWidth="5ch"
          />
          <CurrencySelect
            {...form.choice('currency')}
            label={t`Currency (optional)`}
            placeholder={company.currency}
            description={t`Empty: ${company.currency}, from the company`}
            clearable
          />
        </FieldRow>
        <FieldRow>
          <Select
            {...form.choice('language')}
            label={t`Language of documents (optional)`}
            clearable
            clearButtonProps={{ 'aria-label': t`Clear the language` }}
            data={[...new Set([...languages, ...(values.language === '' ? [] : [values.language])])].map(
              (code) => ({ value: code, label: words.language(code) }),
            )}
          />
          <DecimalInput
            {...form.value('creditLimit')}
            label={t`Credit limit (optional)`}
            unit={company.currency}
          />
        </FieldRow>
        <FieldRow>
          <TextInput
            {...form.text('priceGroup')}
            label={t`Price group (optional)`}
            description={t`Price books for this group apply`}
            maxLength={100}
          />
          <Select
            {...form.choice('priceBookId')}
            label={t`Price book of its own (optional)`}
            description={t`Goes before all others`}
            clearable
            clearButtonProps={{ 'aria-label': t`Clear the price book` }}
            searchable
            nothingFoundMessage={t`Nothing found`}
            data={(books.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </FieldRow>
      </FieldGroup>

      <FieldGroup
        title={t`Contacts`}
        hint={<Trans>Who is written to about orders, deliveries, invoices and reminders.</Trans>}
      >
        <FieldLines
          path="contacts"
          rows={values.contacts}
          add={() => contacts.add(emptyContact)}
          remove={contacts.remove}
          addLabel={t`Add a contact`}
          nameOf={(contact, at) => contact.name || t`Contact ${at + 1}`}
        >
          {(contact, at) => (
            <>
              <TextInput {...form.text(`contacts.${at}.name`)} label={t`Name`} maxLength={200} />
              <TextInput {...form.text(`contacts.${at}.role`)} label={t`Role (optional)`} maxLength={100} />
              <TextInput {...form.text(`contacts.${at}.email`)} label={t`Email (optional)`} type="email" />
              <TextInput {...form.text(`contacts.${at}.phone`)} label={t`Phone (optional)`} maxLength={50} />
              <MultiSelect
                label={t`About (optional)`}
                value={[...contact.purposes]}
                onChange={(purposes) =>
                  form.set({
                    contacts: values.contacts.map((each, index) =>
                      index === at ? { ...each, purposes: purposes as typeof each.purposes } : each,
                    ),
                  })
                }
                data={Object.entries(words.purposes).map(([value, label]) => ({ value, label }))}
              />
            </>
          )}
        </FieldLines>
      </FieldGroup>

      <FieldGroup title={t`Addresses`}>
        <FieldLines
          path="addresses"
          rows={values.addresses}
          add={() => addresses.add({ ...emptyAddress, default: values.addresses.length === 0 })}
          remove={addresses.remove}
          addLabel={t`Add an address`}
          nameOf={(_, at) => t`Address ${at + 1}`}
        >
          {(_, at) => (
            <>
              <Select
                {...form.choice(`addresses.${at}.type`)}
                label={t`Used for`}
                allowDeselect={false}
                data={Object.entries(words.addresses).map(([value, label]) => ({ value, label }))}
              />
              <TextInput {...form.text(`addresses.${at}.name`)} label={t`Name (optional)`} maxLength={200} />
              <TextInput
                {...form.text(`addresses.${at}.line1`)}
                label={t`Street and number (optional)`}
                maxLength={200}
              />
              <TextInput
                {...form.text(`addresses.${at}.postalCode`)}
                label={t`Postal code (optional)`}
                maxLength={30}
              />
              <TextInput {...form.text(`addresses.${at}.city`)} label={t`City (optional)`} maxLength={100} />
              <CountrySelect {...form.choice(`addresses.${at}.country`)} label={t`Country (optional)`} />
              <Checkbox {...form.tick(`addresses.${at}.default`)} label={t`On documents`} mt={28} />
            </>
          )}
        </FieldLines>
      </FieldGroup>

      <FieldGroup title={t`Notes`}>
        <Textarea {...form.text('notes')} label={t`For colleagues (optional)`} autosize minRows={2} />
      </FieldGroup>
    </RecordFormPage>
  )
}
