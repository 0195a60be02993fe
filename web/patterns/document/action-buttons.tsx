import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu, Popover, Text, Tooltip } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Fragment, type ReactNode, useRef, useState } from 'react'
import type { AnyKind } from '../../../src/kinds.ts'
import type { Behind } from '../../../src/offered-actions.ts'
import { kindWords } from '../../ui/kinds.ts'
import { PageLink, documentHref, inCompany } from '../links.tsx'
import type { DocumentAction } from './description.ts'
import classes from './document.module.css'

interface Props {
  readonly actions: readonly DocumentAction[]
  readonly onAction: (name: string) => void
  /** On a phone the next step is a bar at the bottom, and all others are in the menu. */
  readonly menuOnly?: boolean
}

/** The next sensible step: the first of the kind's way that is allowed now. */
export function primaryOf(actions: readonly DocumentAction[]): DocumentAction | null {
  return actions.find((action) => action.main && action.allowed) ?? null
}

/**
 * One primary action, the others of the kind's way beside it, the rest under More. A refused one keeps its
 * place, can be focused, and says why.
 */
export function ActionButtons({ actions, onAction, menuOnly = false }: Props) {
  const primary = primaryOf(actions)
  const beside = menuOnly
    ? []
    : actions.filter((action) => action.main && action !== primary && !action.later).slice(0, 3)
  const more = actions.filter((action) => action !== primary && !beside.includes(action))
  return (
    <div className={classes.actions}>
      {more.length > 0 && <MoreMenu actions={more} onAction={onAction} />}
      {beside.map((action) =>
        action.allowed ? (
          <ActionButton key={action.name} action={action} onAction={onAction} variant="default" />
        ) : (
          <RefusedButton key={action.name} action={action} />
        ),
      )}
      {primary !== null && !menuOnly && (
        <ActionButton action={primary} onAction={onAction} variant="filled" />
      )}
    </div>
  )
}

interface ButtonProps {
  readonly action: DocumentAction
  readonly onAction: (name: string) => void
  readonly variant: 'filled' | 'default'
}

function ActionButton({ action, onAction, variant }: ButtonProps) {
  if (action.href !== undefined)
    return (
      <Button variant={variant} component={Link} to={inCompany(action.href)} data-action={action.name}>
        {action.label}
      </Button>
    )
  return (
    <Button variant={variant} onClick={() => onAction(action.name)} data-action={action.name}>
      {action.label}
    </Button>
  )
}

/** Hovering or focusing it shows the reason; so do Enter and a tap, which then stays. */
export function RefusedButton({
  action,
}: {
  readonly action: Pick<DocumentAction, 'name' | 'label' | 'reason' | 'links'>
}) {
  const [opened, setOpened] = useState(false)
  const links = waysOut(action)
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      withinPortal
      position="bottom-end"
      width={300}
      shadow="md"
      trapFocus={links.length > 0}
      returnFocus
    >
      <Popover.Target>
        <Tooltip
          label={action.reason}
          disabled={opened || action.reason === null}
          events={{ hover: true, focus: true, touch: false }}
          multiline
          maw={320}
        >
          <Button
            variant="default"
            aria-disabled
            className={classes.refused}
            data-action={action.name}
            onClick={() => setOpened((is) => !is)}
          >
            {action.label}
          </Button>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Text size="sm" role="status">
          {action.reason}
        </Text>
        {links.map((link) => (
          <PageLink
            key={link.id}
            href={documentHref(link.kind as AnyKind, link.id)}
            size="sm"
            display="block"
          >
            <WayOut link={link} />
          </PageLink>
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

/** Of many documents behind a reason the last ones; the chain has all of them. */
const mostLinks = 3

function waysOut({ links = [] }: Pick<DocumentAction, 'links'>): readonly Behind[] {
  return links.slice(-mostLinks)
}

function WayOut({ link }: { readonly link: Behind }) {
  const { i18n } = useLingui()
  const name = link.number ?? i18n._(kindWords[link.kind as AnyKind].one)
  return <Trans>Open {name}</Trans>
}

function MoreMenu({ actions, onAction }: Omit<Props, 'menuOnly'>) {
  const { t } = useLingui()
  const button = useRef<HTMLButtonElement>(null)
  const item = (action: DocumentAction): ReactNode => {
    const shared = {
      'data-action': action.name,
      color: action.danger && action.allowed ? 'red.9' : undefined,
    }
    if (!action.allowed)
      return (
        <Fragment key={action.name}>
          <Menu.Item {...shared} aria-disabled closeMenuOnClick={false} className={classes.refusedItem}>
            <span className={classes.refusedLabel}>{action.label}</span>
            <span className={classes.refusedReason}>{action.reason}</span>
          </Menu.Item>
          {waysOut(action).map((link) => (
            <Menu.Item
              key={link.id}
              component={Link}
              to={inCompany(documentHref(link.kind as AnyKind, link.id))}
              className={classes.wayOut}
            >
              <WayOut link={link} />
            </Menu.Item>
          ))}
        </Fragment>
      )
    if (action.href !== undefined)
      return (
        <Menu.Item key={action.name} {...shared} component={Link} to={inCompany(action.href)}>
          {action.label}
        </Menu.Item>
      )
    return (
      <Menu.Item
        key={action.name}
        {...shared}
        onClick={() => {
          // The item goes with the menu: what it opens gives the focus back to the button.
          button.current?.focus()
          onAction(action.name)
        }}
      >
        {action.label}
      </Menu.Item>
    )
  }
  return (
    <Menu withinPortal position="bottom-end" shadow="md" width={300} returnFocus>
      <Menu.Target>
        <Button
          ref={button}
          variant="default"
          rightSection={<IconChevronDown size={16} aria-hidden />}
          aria-label={t`More actions`}
        >
          <Trans>More</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {[...actions.filter((a) => a.allowed), ...actions.filter((a) => !a.allowed)].map(item)}
      </Menu.Dropdown>
    </Menu>
  )
}
