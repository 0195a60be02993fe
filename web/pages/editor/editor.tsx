import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import type { Resource } from '../../api/index.ts'
import { SaveFailure, useRecoveryCopy } from '../../forms/index.ts'
import { GridContext, type Line, LinesBar, type TotalsHead, newLine, useLines } from '../../grid/index.ts'
import { useNarrow } from '../../patterns/use-screen.ts'
import { PageTitle, useBreadcrumbs, useLoadedWhenCalm, usePageActions } from '../../page/index.ts'
import { useCompany, useMe } from '../../session/index.ts'
import { minorDigits, useFormat } from '../../ui/format.ts'
import { kindWords, pathOfKind } from '../../ui/kinds.ts'
import classes from './editor.module.css'
import type { EditorKind, HeadField } from './editor-kind.ts'
import { headFaults } from './check.ts'
import { type Head, emptyHead } from './form.ts'
import { FaultTargets } from './fault-targets.tsx'
import { FootFields, HeadFields } from './head-fields.tsx'
import type { Loaded } from './load.ts'
import { SaveButtons } from './save-buttons.tsx'
import { TotalsPanel } from './totals-panel.tsx'
import { useEnteredLines } from './use-entered-lines.ts'
import { type Hints, usePartyChoice } from './use-party-choice.ts'
import { useSave } from './use-save.ts'
import { useHeadWords } from './words.ts'

const loadCompare = () => import('./compare-versions.tsx')
const loadPartyChange = () => import('./party-change.tsx')
const loadAttention = () => import('../../grid/lines-attention.tsx')
const loadErrorSummary = () => import('../../forms/error-summary.tsx')
const loadCards = () => import('../../grid/line-cards.tsx')
const loadRecoveryOffer = () => import('../../forms/recovery-offer.tsx')
const loadUnsavedWork = () => import('../../forms/unsaved-work.tsx')

interface Props {
  readonly editor: EditorKind
  readonly loaded: Loaded
}

/** What a recovery copy holds. */
interface Work {
  readonly head: Head
  readonly lines: readonly Line[]
  readonly hints: Hints
}

/** The form of a document of any kind: head, lines, foot. Nothing is saved but by saving. */
export function Editor({ editor, loaded }: Props) {
  const { t, i18n } = useLingui()
  const navigate = useNavigate()
  const format = useFormat()
  const me = useMe()
  const company = useCompany()
  const narrow = useNarrow()
  const resource: Resource = pathOfKind(editor.kind)
  const { document } = loaded
  const isNew = document === null
  const form = useForm<Head>({ defaultValues: loaded.head })
  const head = useWatch({ control: form.control }) as Head
  const [firstHints] = useState<Hints>(isNew ? { paymentTermDays: t`from the company` } : {})
  // As the document was in the version that what is typed here changes.
  const [base, setBase] = useState((): Work => ({
    head: loaded.head,
    lines: loaded.lines,
    hints: firstHints,
  }))
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
  const choice = usePartyChoice({
    editor,
    form,
    lines,
    first: { party: loaded.party, hints: firstHints },
  })
  const { hints, offer } = choice

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

  const { plain, text: entered } = useEnteredLines(store)
  const [begun] = useState(() => ({ head: JSON.stringify(loaded.head), lines: entered }))
  const changed = JSON.stringify(head) !== begun.head || entered !== begun.lines

  const save = useSave({ editor, loaded, resource, form, lines })
  const compare = useLoadedWhenCalm(loadCompare, save.conflict !== null)
  const partyChange = useLoadedWhenCalm(loadPartyChange, offer !== null)
  const cards = useLoadedWhenCalm(loadCards, narrow)
  const attention = useLoadedWhenCalm(loadAttention)
  const errorSummary = useLoadedWhenCalm(loadErrorSummary, save.faults.length > 0)
  const unsaved = changed && save.saved === null
  const unsavedWork = useLoadedWhenCalm(loadUnsavedWork, unsaved)
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
    choice.setHints(copy.value.hints)
    if (copy.value.head.partyId !== null) void choice.show(copy.value.head.partyId)
  }
  const takeWork = (work: Pick<Work, 'head' | 'lines'>) => {
    // A copy may be of a form that had fewer fields.
    form.reset({ ...emptyHead, ...work.head }, { keepDefaultValues: true })
    // Under keys of this page: those of a copy may be given to other lines here. Prices of saved lines stay (S19).
    const lines = work.lines.map(({ key: _, ...line }) =>
      newLine({ ...line, priceByHand: line.priceByHand || (line.id !== null && line.price !== '') }),
    )
    store.replaceAll(lines)
    // After the context of the questions has followed.
    setTimeout(() => void settlePrices(true))
  }
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
    party: choice.party,
    hints,
    onParty: (id: string | null) => void choice.choose(id),
    onLeave: checkField,
    onPricing: () => void setTimeout(() => void quoter.askAll(true)),
  }

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
        <SaveButtons editor={editor} save={save} onBack={back} />
      </div>
      {unsavedWork !== null && (
        <unsavedWork.UnsavedWork unsaved={unsaved} save={saveAndLeave} discard={drop} />
      )}
      {recoveryOffer !== null && (
        <recoveryOffer.RecoveryOffer
          copy={recovery.found}
          version={document?.version ?? null}
          onRestore={restore}
          onDiscard={drop}
        />
      )}
      <SaveFailure error={save.failure} onRetry={() => void save.again()} />
      {errorSummary !== null && <errorSummary.ErrorSummary faults={save.faults} attempt={save.attempt} />}
      {offer !== null && partyChange !== null && (
        <partyChange.PartyChange offer={offer} onTake={choice.take} onClose={choice.keep} />
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
            {attention !== null && <attention.LinesAttention />}
            <FaultTargets faults={save.faults} lines={lines} />
            {narrow ? (
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
