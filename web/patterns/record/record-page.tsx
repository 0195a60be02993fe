import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, DataList, Menu, Modal, Skeleton, Stack } from '@mantine/core'
import { IconArchive, IconDots, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api, isProblem, newKey, refreshData } from '../../api/index.ts'
import { NotFoundPage, PageTitle, type Crumb, useBreadcrumbs, usePageActions } from '../../page/index.ts'
import { notify } from '../../ui/notify.tsx'
import { inCompany } from '../links.tsx'
import classes from './record.module.css'

interface Props {
  /** 'Product'. */
  readonly kind: string
  readonly title: string
  readonly crumbs: readonly Crumb[]
  readonly archived?: boolean
  readonly badges?: ReactNode
  /** Under the title: code, category, … */
  readonly line?: readonly ReactNode[]
  /** Address of its form; null where the role may not change it. */
  readonly edit: string | null
  readonly actions?: ReactNode
  readonly menu?: ReactNode
  readonly children: ReactNode
}

/** The page of one record of master data: header with its actions, then sections. */
export function RecordPage(props: Props) {
  const { t } = useLingui()
  const navigate = useNavigate()
  const { edit, title } = props
  useBreadcrumbs([...props.crumbs, { label: title }])
  usePageActions(
    edit === null
      ? []
      : [
          {
            id: 'edit',
            label: t`Edit`,
            shortcut: 'edit',
            run: () => void navigate({ to: inCompany(edit) }),
          },
        ],
  )
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <div className={classes.headMain}>
          <span className={classes.kind}>{props.kind}</span>
          <div className={classes.headTitle}>
            <PageTitle title={title} />
            {props.archived === true && (
              <span className={classes.archived} data-bordered>
                <IconArchive size={14} aria-hidden />
                <Trans>Archived</Trans>
              </span>
            )}
            {props.badges}
          </div>
          <p className={classes.headLine}>
            {(props.line ?? [])
              .filter((part) => part !== null && part !== '')
              .map((part, index) => (
                // The parts of a line never change their order.
                // eslint-disable-next-line react/no-array-index-key
                <span key={index}>{part}</span>
              ))}
          </p>
        </div>
        <div className={classes.actions}>
          {props.actions}
          {edit !== null && (
            <Button component={Link} to={inCompany(edit)} leftSection={<IconPencil size={16} aria-hidden />}>
              <Trans>Edit</Trans>
            </Button>
          )}
          {props.menu}
        </div>
      </header>
      {props.children}
    </div>
  )
}

interface SectionProps {
  readonly title: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, aside, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Facts in two columns; those that say nothing are left out. */
export function FactList({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  const shown = facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
  if (shown.length === 0) return null
  return (
    <DataList className={classes.facts} labelWidth="min(12rem, 42%)" size="sm">
      {shown.map(([label, value]) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue>{value}</DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  )
}

export interface PlainColumn<Row> {
  readonly label: ReactNode
  readonly render: (row: Row) => ReactNode
  readonly align?: 'right'
}

interface TableProps<Row> {
  readonly label: string
  readonly columns: readonly PlainColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row, index: number) => string
  /** In place of rows. */
  readonly none?: ReactNode
}

/** A table of a record's own rows, in a scroll area of its own. */
export function PlainTable<Row>({ label, columns, rows, keyOf, none }: TableProps<Row>) {
  if (rows.length === 0 && none !== undefined) return <p className={classes.hint}>{none}</p>
  return (
    // A scroll area must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            {columns.map((column, index) => (
              // Columns never change their order.
              // eslint-disable-next-line react/no-array-index-key
              <th key={index} scope="col" data-align={column.align}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={keyOf(row, at)}>
              {columns.map((column, index) => (
                // eslint-disable-next-line react/no-array-index-key
                <td key={index} data-align={column.align}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface MenuProps {
  /** Of the API, such as `products`. */
  readonly resource: string
  readonly id: string
  readonly name: string
  readonly version: number
  /** Null for what cannot be archived. */
  readonly archived: boolean | null
  /** Where one goes after it is deleted, below the company. */
  readonly list: string
  /** What archiving leaves behind: open documents, by name. */
  readonly stillOpen?: ReactNode
}

/** More: archive or offer again, delete. Each in a dialog that says what comes of it. */
export function RecordMenu(props: MenuProps & { readonly items?: ReactNode }) {
  const { t } = useLingui()
  const [asked, setAsked] = useState<'archive' | 'delete' | null>(null)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" px="xs" aria-label={t`More actions`}>
            <IconDots size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {props.archived !== null && (
            <Menu.Item
              leftSection={<IconArchive size={16} aria-hidden />}
              onClick={() => setAsked('archive')}
            >
              {props.archived ? <Trans>Offer again</Trans> : <Trans>Archive</Trans>}
            </Menu.Item>
          )}
          {props.items}
          <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => setAsked('delete')}>
            <Trans>Delete</Trans>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked !== null && <RecordDialog {...props} asked={asked} onClose={() => setAsked(null)} />}
    </>
  )
}

function RecordDialog({
  resource,
  id,
  name,
  version,
  archived,
  list,
  stillOpen,
  asked,
  onClose,
}: MenuProps & { readonly asked: 'archive' | 'delete'; readonly onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(newKey)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error | null>(null)
  const back = archived === true
  const run = async () => {
    setBusy(true)
    setError(null)
    try {
      if (asked === 'delete') {
        await api.delete(`/${resource}/${id}`, { key, ifMatch: version })
        notify.done(t`${name} is deleted.`)
        await navigate({ to: inCompany(list) })
      } else {
        await api.post(`/${resource}/${id}/${back ? 'unarchive' : 'archive'}`, undefined, {
          key,
          ifMatch: version,
        })
        notify.done(back ? t`${name} is offered again.` : t`${name} is archived.`)
      }
      await refreshData(client)
      onClose()
    } catch (problem) {
      setError(problem as Error)
    } finally {
      setBusy(false)
    }
  }
  const title = asked === 'delete' ? t`Delete ${name}?` : back ? t`Offer ${name} again?` : t`Archive ${name}?`
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="sm">
        {asked === 'delete' ? (
          <Trans>Only what nothing uses can be deleted. It cannot be brought back.</Trans>
        ) : back ? (
          <Trans>It can be chosen for new documents again.</Trans>
        ) : (
          <>
            <Trans>It is no longer offered for new documents. What uses it keeps it.</Trans>
            {stillOpen}
          </>
        )}
        {error !== null && (
          <Alert color="red" role="alert">
            {error.message}
          </Alert>
        )}
        <div className={classes.dialogActions}>
          <Button variant="default" onClick={onClose}>
            <Trans>Back</Trans>
          </Button>
          <Button
            color={asked === 'delete' ? 'red.9' : undefined}
            loading={busy}
            onClick={() => void run()}
            data-autofocus
          >
            {asked === 'delete' ? (
              <Trans>Delete</Trans>
            ) : back ? (
              <Trans>Offer again</Trans>
            ) : (
              <Trans>Archive</Trans>
            )}
          </Button>
        </div>
      </Stack>
    </Modal>
  )
}

interface LoadingProps {
  readonly title: string
  readonly error: Error | null
  readonly retry: () => void
}

/** While a record is on its way, or when it could not be read. */
export function RecordLoading({ title, error, retry }: LoadingProps) {
  if (error !== null && (isProblem(error, 404) || isProblem(error, 400))) return <NotFoundPage />
  return (
    <div className={classes.page} aria-busy={error === null}>
      <PageTitle title={title} />
      {error === null ? (
        <>
          <Skeleton height={14} width="40%" />
          <Skeleton height={120} />
          <Skeleton height={180} />
        </>
      ) : (
        <Alert color="red" role="alert">
          <p>{error.message}</p>
          <Button size="compact-sm" variant="default" onClick={retry}>
            <Trans>Retry</Trans>
          </Button>
        </Alert>
      )}
    </div>
  )
}
