import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { api, documentQuery, type Resource } from '../../api/index.ts'
import { ErrorSummary, UnsavedWork, useRecoveryCopy } from '../../forms/index.ts'
import { GridContext, type Line, LinesBar, type TotalsHead, newLine, useLines } from '../../grid/index.ts'
import { PageTitle, useBreadcrumbs, useLoadedWhenCalm, usePageActions } from '../../page/index.ts'
import { useCompany, useMe } from '../../session/index.ts'
import { minorDigits, useFormat } from '../../ui/format.ts'
import { kindWords, pathOfKind } from '../../ui/kinds.ts'
import classes from './editor.module.css'
import type { EditorKind, HeadField } from './editor-kind.ts'
import { headFaults } from './check.ts'
import { type Head, plainLine } from './form.ts'
import { FaultTargets } from './fault-targets.tsx'
import { FootFields, HeadFields } from './head-fields.tsx'
import type { Loaded } from './load.ts'
import type { PartyOffer, Taken } from './party-change.tsx'
import { TotalsPanel } from './totals-panel.tsx'
import { useSave } from './use-save.ts'
import { useHeadWords } from './words.ts'

const loadCompare = () => import('./compare-versions.tsx')
const loadPartyChange = () => import('./party-change.tsx')
const loadCards = () => import('../../grid/line-cards.tsx')
const loadRecoveryOffer = () => import('../../forms/recovery-offer.tsx')
const loadSaveFailure = () => import('../../forms/save-failure.tsx')

interface Props {
  readonly editor: EditorKind
  readonly loaded: Loaded
}

type Hints = Readonly<Partial<Record<HeadField, string>>>

/** What a recovery copy holds. */
interface Work {
  readonly head: Head
  readonly lines: readonly Line[]
  readonly hints: Hints
}

/** The form of a document of any kind: head, lines, foot. Nothing is saved but by saving. */
export function Editor({ editor, loaded }: Props) {
  const { t, i18n } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const format = useFormat()
  const me = useMe()
  const company = useCompany()
  const phone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
  const resource: Resource = pathOfKind(editor.kind)
  const { document } = loaded
  const isNew = document === null
  const form = useForm<Head>({ defaultValues: loaded.head })
  const head = useWatch({ control: form.control }) as Head
  const [party, setParty] = useState(loaded.party)
  const [offer, setOffer] = useState<PartyOffer | null>(null)
  const [hints, setHints] = useState<Hints>(isNew ? { paymentTermDays: t`from the company` } : {})
  // As the document was in the version that what is typed here changes.
  const [base, setBase] = useState((): Work => ({ head: loaded.head, lines: loaded.lines, hints }))
  const foot = useRef<HTMLDivElement>(null)

  const currency = head.currency === '' ? company.currency : head.currency
  const { pricesIncludeTax, discountPercent, discountAmount } = head
  const taxRounding =
    typeof document?.['taxRounding'] === 'string' ? document['taxRounding'] : company.taxRounding
  const side = editor.party === 'vendor' ? 'purchase' : 'sales'
  const totalsHead = useMemo(
    (): TotalsHead => ({
      minorDigits: minorDigits(currency),
      pricesIncludeTax,
      taxRounding: taxRounding === 'line' ? 'line' : 'document',
      discountPercent,
      discountAmount,
      side,
      taxes: loaded.taxes,
    }),
    [currency, pricesIncludeTax, taxRounding, discountPercent, discountAmount, side, loaded.taxes],
  )
  const context = {
    partyId: editor.grid.prices === null ? null : head.partyId,
    warehouseId: head.warehouseId,
    currency: editor.money ? currency : null,
    date: editor.money && /^\d{4}-\d{2}-\d{2}$/.test(head.date) ? head.date : null,
    pricesIncludeTax: editor.money ? pricesIncludeTax : null,
  }
  const lines = useLines({
    kind: editor.grid,
    lines: loaded.lines,
    context,
    head: totalsHead,
    currency,
    leave: () => foot.current?.querySelector<HTMLElement>('textarea, input')?.focus(),
  })
  const { store, quoter } = lines

  const settlePrices = useCallback(
    async (takeNew: boolean) => {
      await quoter.askAll(takeNew)
      const same = store
        .all()
        .filter((line) => line.id !== null && line.quote?.price != null && line.quote.price === line.price)
      store.updateMany(new Map(same.map((line) => [line.key, { priceByHand: false }])))
    },
    [store, quoter],
  )
  // What prices and stock are now, of lines that were there: their prices stay (S19).
  useEffect(() => {
    if (loaded.lines.length > 0) void settlePrices(false)
  }, [settlePrices, loaded.lines.length])

  // The lines as plain values, a moment after they changed: for the recovery copy and to know what is unsaved.
  const [plain, setPlain] = useState<readonly Line[]>(() => store.filled().map(plainLine))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    const stop = store.subscribe(() => {
      timer ??= setTimeout(() => {
        timer = null
        setPlain(store.filled().map(plainLine))
      }, 250)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [store])
  const entered = useMemo(() => fingerprint(plain), [plain])
  const [begun] = useState(() => ({ head: JSON.stringify(loaded.head), lines: entered }))
  const changed = JSON.stringify(head) !== begun.head || entered !== begun.lines

  const save = useSave({ editor, loaded, resource, form, lines })
  const compare = useLoadedWhenCalm(loadCompare, save.conflict !== null)
  const partyChange = useLoadedWhenCalm(loadPartyChange, offer !== null)
  const cards = useLoadedWhenCalm(loadCards, phone)
  const saveFailure = useLoadedWhenCalm(loadSaveFailure, save.failure !== null)
  const unsaved = changed && save.saved === null
  const recovery = useRecoveryCopy<Work>({
    key: { company: company.slug, user: me.id, document: `${resource}/${document?.id ?? 'new'}` },
    version: save.version,
    base,
    value: { head, lines: plain, hints },
    unsaved,
  })
  const recoveryOffer = useLoadedWhenCalm(loadRecoveryOffer, recovery.found !== null)
  const { saved } = save
  const { drop } = recovery
  useEffect(() => {
    if (saved === null) return
    drop()
    void navigate({
      to: '/c/$slug/$list/$id',
      params: { slug: company.slug, list: resource, id: saved.id },
      ...(saved.followedBy !== null && { search: { action: saved.followedBy } }),
    })
  }, [saved, drop, navigate, company.slug, resource])

  const restore = () => {
    const copy = recovery.take()
    if (copy === null) return
    // It is a change of the version it was typed on: what others saved since is compared.
    setBase(copy.base)
    save.changeOf(copy.version)
    takeWork(copy.value)
    setHints(copy.value.hints)
    if (copy.value.head.partyId !== null) void showParty(copy.value.head.partyId)
  }
  const takeWork = (work: Pick<Work, 'head' | 'lines'>) => {
    form.reset(work.head, { keepDefaultValues: true })
    // Under keys of this page: those of a copy may be given to other lines here. Prices of saved lines stay (S19).
    const lines = work.lines.map(({ key: _, ...line }) =>
      newLine({ ...line, priceByHand: line.priceByHand || (line.id !== null && line.price !== '') }),
    )
    store.replaceAll(lines)
    // After the context of the questions has followed.
    setTimeout(() => void settlePrices(true))
  }
  const showParty = async (id: string) => setParty(await client.fetchQuery(documentQuery('parties', id)))

  const chooseParty = async (id: string | null) => {
    const before = form.getValues('partyId')
    form.setValue('partyId', id, { shouldDirty: true })
    form.clearErrors('partyId')
    setOffer(null)
    if (id === null || id === before) return
    const chosen = await client.fetchQuery(documentQuery('parties', id))
    if (form.getValues('partyId') !== id) return
    setParty(chosen)
    if (!editor.money) return
    const terms = String(chosen.paymentTermDays ?? company.paymentTermDays)
    const money = chosen.currency ?? company.currency
    const now = form.getValues()
    const filled = store.filled().some(({ product }) => product !== null)
    if (before === null && !filled) {
      take(['terms', 'currency'], chosen)
      if (editor.grid.prices !== null) await takePriceMode(id, money)
      return
    }
    const next: PartyOffer = {
      party: chosen,
      terms: terms === now.paymentTermDays ? null : terms,
      currency: money === now.currency ? null : money,
      prices: filled,
    }
    if (next.terms !== null || next.currency !== null || next.prices) setOffer(next)
  }
  const take = (taken: readonly Taken[], from = offer?.party) => {
    setOffer(null)
    if (from === undefined) return
    const { name } = from
    if (taken.includes('terms')) {
      form.setValue('paymentTermDays', String(from.paymentTermDays ?? company.paymentTermDays))
      const source = from.paymentTermDays === null ? t`from the company` : t`from ${name}`
      setHints((known) => ({ ...known, paymentTermDays: source }))
    }
    if (taken.includes('currency')) {
      form.setValue('currency', from.currency ?? company.currency)
      const source = from.currency === null ? t`from the company` : t`from ${name}`
      setHints((known) => ({ ...known, currency: source }))
    }
    // After the context of the questions has followed.
    if (taken.includes('prices')) setTimeout(() => void quoter.askAll(true))
    else if (store.filled().length > 0) keepPrices()
  }
  /** With tax or without, as the prices of the party's own book are. */
  const takePriceMode = async (partyId: string, money: string) => {
    const asked = { partyId, side, currency: money, ...(context.date !== null && { date: context.date }) }
    const mode = await api
      .post<{ pricesIncludeTax: boolean }>('/stock/availability', { ...asked, lines: [] })
      // Without an answer it stays as the company has it: prices are right either way.
      .catch(() => null)
    if (mode !== null && form.getValues('partyId') === partyId && store.filled().length === 0)
      form.setValue('pricesIncludeTax', mode.pricesIncludeTax)
  }
  /** What was not ticked stays: prices of the old party are from now on as if set by hand. */
  const keepPrices = () =>
    store.updateMany(
      new Map(
        store.filled().map((line) => [line.key, { priceByHand: line.price !== '' && line.product !== null }]),
      ),
    )

  const headWords = useHeadWords(editor)
  /** What is typed in a field is checked when it is left; all of it when it is saved. */
  const checkField = (field: HeadField) => {
    const now = form.getValues()
    const fault = headFaults(editor, now, isNew, headWords).find((each) => each.field === field)
    if (fault !== undefined && now[field] !== loaded.head[field])
      form.setError(field, { type: 'left', message: fault.message })
    else if (form.getFieldState(field).error?.type === 'left') form.clearErrors(field)
  }
  const words = kindWords[editor.kind]
  const number = document?.number ?? null
  const title = isNew
    ? i18n._(words.create)
    : number === null
      ? t`Edit draft: ${i18n._(words.one)}`
      : t`Edit ${number}`
  useBreadcrumbs([{ label: i18n._(words.many), href: `/${resource}` }, { label: title }])
  usePageActions([{ id: 'save', label: t`Save`, shortcut: 'save', run: () => void save.run(null) }])
  const saveAndLeave = async (): Promise<boolean> => {
    const done = await save.quietly()
    if (done) drop()
    return done
  }
  const back = () =>
    void navigate(
      isNew
        ? { to: '/c/$slug/$list', params: { slug: company.slug, list: resource } }
        : { to: '/c/$slug/$list/$id', params: { slug: company.slug, list: resource, id: document.id } },
    )
  const count = plain.length
  const fields = {
    editor,
    isNew,
    control: form.control,
    partyName: party?.name,
    hints,
    onParty: (id: string | null) => void chooseParty(id),
    onLeave: checkField,
    onPricing: () => void setTimeout(() => void quoter.askAll(true)),
  }
  const then = editor.followedBy

  return (
    <form
      className={classes.page}
      noValidate
      // There is no submit button: Enter in a field goes on with the form and does not send it.
      onSubmit={(event) => event.preventDefault()}
    >
      <div className={classes.top}>
        <PageTitle title={title} unsaved={unsaved}>
          {title}
          {unsaved && <span title={t`Not saved`}> •</span>}
        </PageTitle>
        <div className={classes.actions}>
          <Button variant="default" onClick={back}>
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
      </div>
      <UnsavedWork unsaved={unsaved} save={saveAndLeave} discard={drop} />
      {recoveryOffer !== null && (
        <recoveryOffer.RecoveryOffer
          copy={recovery.found}
          version={document?.version ?? null}
          onRestore={restore}
          onDiscard={drop}
        />
      )}
      {saveFailure !== null && (
        <saveFailure.SaveFailure error={save.failure} onRetry={() => void save.again()} />
      )}
      <ErrorSummary faults={save.faults} attempt={save.attempt} />
      {offer !== null && partyChange !== null && (
        <partyChange.PartyChange
          offer={offer}
          onTake={take}
          onClose={() => {
            setOffer(null)
            keepPrices()
          }}
        />
      )}
      <HeadFields {...fields} />
      {(isNew || editor.linesInDraft) && (
        <section className={classes.lines} aria-label={t`Lines`}>
          <div className={classes.linesTitle}>
            <Title order={2} size="h4">
              <Plural value={count} _0="Lines" one="# line" other="# lines" />
            </Title>
            <span className={classes.hint}>
              <Trans>Code, Enter, quantity, Enter. Scan or paste rows anywhere.</Trans>
            </span>
          </div>
          <GridContext value={lines}>
            <FaultTargets faults={save.faults} lines={lines} />
            {phone ? (
              cards !== null && <cards.LineCards label={t`Lines`} />
            ) : (
              <LinesBar
                label={t`Lines`}
                partyId={editor.grid.prices === 'purchase' ? head.partyId : null}
                ask={(keys) => {
                  for (const key of keys) quoter.ask(key)
                }}
              />
            )}
          </GridContext>
        </section>
      )}
      <div className={classes.below} ref={foot}>
        <FootFields {...fields} />
        {editor.money && <TotalsPanel lines={lines} />}
      </div>
      {compare && (
        <compare.CompareVersions
          editor={editor}
          base={base}
          conflict={save.conflict}
          mine={{ head, lines: plain }}
          language={format}
          onMerged={(merged, theirs, version) => {
            setBase({ ...theirs, hints })
            save.changeOf(version)
            save.looked()
            takeWork(merged)
          }}
          onClose={save.looked}
        />
      )}
    </form>
  )
}

/** What a person entered in the lines, as one text; what was looked up for them does not count. */
function fingerprint(lines: readonly Line[]): string {
  return JSON.stringify(
    lines.map((line) => [
      line.id,
      line.product?.id ?? line.code,
      line.description,
      line.quantity,
      line.unit,
      line.priceByHand || line.id !== null ? line.price : '',
      line.discount,
      line.taxIds,
      line.counted,
      line.change,
      line.unitCost,
      line.reason,
      line.disposition,
      line.replace,
      line.lots,
      line.serials,
    ]),
  )
}
