import type { FastifyRequest } from 'fastify'
import type { Actor, Company } from '../kernel/context.ts'
import type { LinkScope } from '../kernel/transaction.ts'
import type { Permission } from '../permissions.ts'

/** Who a request comes from and which company it acts in, as sign-in found it. */
export interface Principal {
  readonly company: Company
  readonly actor: Actor
  readonly role: string
  /** Set for a customer's login: the one party whose documents it may see (S39). */
  readonly partyId: string | null
  readonly permissions: ReadonlySet<Permission>
  /** The role whose view a person has taken for a while: nothing is written meanwhile. */
  readonly seesAs?: string
  /** Set for whoever comes by a customer's link. */
  readonly link?: LinkScope
  /** Called once what was asked has been done, before it is answered; what is refused, or answered a second time, is not done. */
  readonly done?: () => Promise<void>
}

/** Reads the API key or the session of a request; null when it carries neither or they are not valid. */
export type Authenticate = (request: FastifyRequest) => Promise<Principal | null>

declare module 'fastify' {
  interface FastifyRequest {
    /** Null before sign-in was checked, and on public routes called by a stranger. */
    principal: Principal | null
    /** The body as it was sent, empty without one. */
    bodyText: string
  }
}
