import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, DataList, Skeleton, Tabs } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useDeferredValue } from 'react'
import { permissionFor, titles } from '../../../src/kinds.ts'
import { isProblem } from '../../api/index.ts'
import { PageTitle, useBreadcrumbs, usePageActions } from '../../page/index.ts'
import { useCompany, usePermissions } from '../../session/index.ts'
import { useFormat } from '../../ui/format.ts'
import { kindWords } from '../../ui/kinds.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { lifecycleStatus } from '../../ui/status.ts'
import { useReturnFocus } from '../../ui/use-return-focus.ts'
import { PageLink, documentHref, inCompany } from '../links.tsx'
import { neighbours, recallList } from '../list/trail.ts'
import { usePhone } from '../use-screen.ts'
import { Files } from '../files/files.tsx'
import { ActionButtons, primaryOf } from './action-buttons.tsx'
import { ChainList, ChainPicture } from './chain-panel.tsx'
import type { DocumentAction, DocumentView } from './description.ts'
import classes from './document.module.css'
import { MailLog } from '../mail/mail-log.tsx'
import { History } from './history.tsx'
import { LastChange } from './last-change.tsx'
import { LinesTable } from './lines-table.tsx'
import { Meters } from './meters.tsx'
import { PartyCard } from './party-card.tsx'
import { TotalsBox } from './totals-box.tsx'

/** Drawn, with what it asks the server, once the document itself is there to be read. */
function Afterwards({ children }: { readonly children: ReactNode }) {
  return useDeferredValue(true, false) ? children : null
}

interface Props {
  readonly view: DocumentView
  readonly actions: readonly DocumentAction[]
  readonly onAction: (name: string) => void
  /** Somebody else changed it: shows what it is now. */
  readonly onNews: (() => void) | null
}

/** One document, to read and to act on. Everything that differs between kinds is in `view` and `actions`. */
export function DocumentPage({ view, actions, onAction, onNews }: Props) {
  const { i18n, t } = useLingui()
  const phone = usePhone()
  const { may } = usePermissions()
  const company = useCompany()
  const kindName = i18n._(kindWords[view.kind].one)
  const status = lifecycleStatus(view.kind, view.state)
  const name = view.number ?? kindName
  const tabTitle = `${name} ${status === null ? '' : i18n._(status.label)}`.trim()
  useDocumentPlace(view, name)
  useDocumentKeys(view, actions, onAction)
  const currency = view.total?.currency ?? company.currency
  const mails = may('mails:read') ? <MailLog documentId={view.id} /> : null
  const history = may('audit:read') ? <History id={view.id} currency={currency} mails={mails} /> : mails
  const partyId = view.party?.id ?? null
  const party = partyId === null ? null : <PartyCard kind={view.kind} partyId={partyId} />
  const lines = view.lines === null ? null : <LinesTable table={view.lines} />
  const files = (
    <Files
      place={`/${titles[view.kind].path}/${view.id}`}
      mayWrite={may(permissionFor(view.kind, view.kind === 'stock-reservation' ? 'post' : 'write'))}
      sent
    />
  )
  const totals = <TotalsBox id={view.id} totals={view.totals} />
  const header = (
    <header className={classes.header}>
      <div className={classes.headMain}>
        <div className={classes.headTitle}>
          <span className={classes.kind}>{kindName}</span>
          <PageTitle title={tabTitle} className={classes.number}>
            {view.number ?? kindName}
          </PageTitle>
          <span className={classes.badges}>
            <StatusBadge kind={view.kind} state={view.state} />
            {view.badges}
          </span>
        </div>
        <HeadLine view={view} />
      </div>
      <ActionButtons actions={actions} onAction={onAction} menuOnly={phone} />
    </header>
  )
  return (
    <div className={classes.page} data-phone={phone || undefined}>
      {onNews !== null && <News id={view.id} onShow={onNews} />}
      {header}
      <Meters id={view.id} meters={view.meters} currency={currency} />
      {phone ? (
        <PhoneTabs
          overview={
            <>
              <Facts view={view} />
              {totals}
              {view.extra}
              <Notes text={view.notes} />
              <Afterwards>{party}</Afterwards>
              {files}
            </>
          }
          lines={
            lines === null ? null : (
              <>
                {lines}
                {totals}
              </>
            )
          }
          chain={<ChainList id={view.id} />}
          history={history}
        />
      ) : (
        <div className={classes.columns}>
          <div className={classes.top}>
            <Facts view={view} />
            {lines}
            {totals}
            <Afterwards>{view.extra}</Afterwards>
          </div>
          <div className={classes.main}>
            <Afterwards>
              <Notes text={view.notes} />
              <ChainPicture id={view.id} />
            </Afterwards>
          </div>
          <aside className={classes.rail} aria-label={t`Around this document`}>
            <Afterwards>
              <ChainList id={view.id} />
              {party}
              {files}
              {history}
            </Afterwards>
          </aside>
        </div>
      )}
      {phone && primaryOf(actions) !== null && <PhoneBar action={primaryOf(actions)!} onAction={onAction} />}
    </div>
  )
}

/** Says that somebody else changed what is shown. When it goes, the focus returns to where it was. */
function News({ id, onShow }: { readonly id: string; readonly onShow: () => void }) {
  useReturnFocus()
  return (
    <Alert color="yellow" variant="light" role="status" className={classes.news}>
      <LastChange of={id} />{' '}
      <Button size="compact-sm" variant="default" onClick={onShow}>
        <Trans>Show what it is now</Trans>
      </Button>
    </Alert>
  )
}

/** Party, date and total in one line. */
export function HeadLine({ view }: { readonly view: DocumentView }) {
  const format = useFormat()
  const { party, date, total } = view
  const parts: ReactNode[] = []
  if (party !== null)
    parts.push(
      party.id === null ? party.name : <PageLink href={`/parties/${party.id}`}>{party.name}</PageLink>,
    )
  if (date !== null) parts.push(format.date(date))
  if (total !== null) parts.push(<b>{format.money(total.amount, total.currency, 'currency')}</b>)
  return (
    <p className={classes.headLine} data-figure>
      {parts.map((part, index) => (
        // The parts of a line never change their order.
        // eslint-disable-next-line react/no-array-index-key
        <span key={index}>{part}</span>
      ))}
    </p>
  )
}

/** Key facts in two columns; those that say nothing are left out. */
export function Facts({ view }: { readonly view: Pick<DocumentView, 'facts'> }) {
  const { i18n } = useLingui()
  const facts = view.facts.filter((fact) => fact.value !== null && fact.value !== undefined)
  if (facts.length === 0) return null
  return (
    <DataList className={classes.facts} labelWidth="9rem" size="sm">
      {facts.map((fact) => (
        <DataList.Item key={fact.label.id}>
          <DataList.ItemLabel>{i18n._(fact.label)}</DataList.ItemLabel>
          <DataList.ItemValue>{fact.value}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  )
}

function Notes({ text }: { readonly text: string | null }) {
  if (text === null || text === '') return null
  return (
    <section>
      <h2 className={classes.sectionTitle}>
        <Trans>Notes</Trans>
      </h2>
      <p className={classes.notes}>{text}</p>
    </section>
  )
}

interface TabsProps {
  readonly overview: ReactNode
  readonly lines: ReactNode | null
  readonly chain: ReactNode
  readonly history: ReactNode | null
}

function PhoneTabs({ overview, lines, chain, history }: TabsProps) {
  return (
    <Tabs defaultValue="overview" keepMounted={false}>
      <Tabs.List className={classes.tabs}>
        <Tabs.Tab value="overview">
          <Trans>Overview</Trans>
        </Tabs.Tab>
        {lines !== null && (
          <Tabs.Tab value="lines">
            <Trans>Lines</Trans>
          </Tabs.Tab>
        )}
        <Tabs.Tab value="chain">
          <Trans>Chain</Trans>
        </Tabs.Tab>
        {history !== null && (
          <Tabs.Tab value="history">
            <Trans>History</Trans>
          </Tabs.Tab>
        )}
      </Tabs.List>
      <Tabs.Panel value="overview" className={classes.panel}>
        {overview}
      </Tabs.Panel>
      {lines !== null && (
        <Tabs.Panel value="lines" className={classes.panel}>
          {lines}
        </Tabs.Panel>
      )}
      <Tabs.Panel value="chain" className={classes.panel}>
        {chain}
      </Tabs.Panel>
      {history !== null && (
        <Tabs.Panel value="history" className={classes.panel}>
          {history}
        </Tabs.Panel>
      )}
    </Tabs>
  )
}

function PhoneBar({ action, onAction }: { action: DocumentAction; onAction: (name: string) => void }) {
  return (
    <div className={classes.phoneBar}>
      {action.href === undefined ? (
        <Button fullWidth size="md" onClick={() => onAction(action.name)}>
          {action.label}
        </Button>
      ) : (
        <Button fullWidth size="md" component={Link} to={inCompany(action.href)}>
          {action.label}
        </Button>
      )}
    </div>
  )
}

/** Crumbs that lead back to the list as it was. */
function useDocumentPlace(view: DocumentView, name: string): void {
  const { i18n } = useLingui()
  const { path } = titles[view.kind]
  useBreadcrumbs([
    { label: i18n._(kindWords[view.kind].many), href: `/${path}${recallList(path).search}` },
    { label: name },
  ])
}

function useDocumentKeys(
  view: DocumentView,
  actions: readonly DocumentAction[],
  onAction: (name: string) => void,
): void {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { path } = titles[view.kind]
  const { before, after } = neighbours(path, view.id)
  const primary = primaryOf(actions)
  const walk = (id: string | null) => {
    if (id !== null) void navigate({ to: inCompany(documentHref(view.kind, id)) })
  }
  usePageActions([
    ...actions.map((action) => ({
      id: action.name,
      label: action.label,
      allowed: action.allowed,
      reason: action.reason,
      run: () =>
        action.href === undefined ? onAction(action.name) : void navigate({ to: inCompany(action.href) }),
      ...(action === primary
        ? { shortcut: 'primary' as const }
        : action.shortcut !== undefined && { shortcut: action.shortcut }),
    })),
    ...(before === null
      ? []
      : [
          {
            id: 'previous',
            label: t`Previous of the list`,
            shortcut: 'previous' as const,
            run: () => walk(before),
          },
        ]),
    ...(after === null
      ? []
      : [{ id: 'next', label: t`Next of the list`, shortcut: 'next' as const, run: () => walk(after) }]),
  ])
}

/** While the document is on its way: its parts in their places. */
export function DocumentSkeleton({ title }: { readonly title: string }) {
  return (
    <div className={classes.page} aria-busy>
      <header className={classes.header}>
        <div className={classes.headMain}>
          <PageTitle title={title} className={classes.number} />
          <Skeleton height={14} width={260} mt="sm" />
        </div>
      </header>
      <Skeleton height={14} width="50%" mt="lg" />
      <Skeleton height={14} width="65%" mt="sm" />
      <Skeleton height={180} mt="xl" />
    </div>
  )
}

/** A document that is not there, of another company (which is answered the same), or could not be read. */
export function DocumentError({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const { t } = useLingui()
  const missing = isProblem(error, 404) || isProblem(error, 400)
  return (
    <div className={classes.page}>
      <PageTitle
        title={
          missing ? t`This document does not exist or you may not see it` : t`The document could not be read`
        }
      />
      <p>
        {missing ? (
          <Trans>It may have been deleted, or the link belongs to another company.</Trans>
        ) : (
          error.message
        )}
      </p>
      {!missing && (
        <Button variant="default" onClick={retry}>
          <Trans>Retry</Trans>
        </Button>
      )}
    </div>
  )
}
