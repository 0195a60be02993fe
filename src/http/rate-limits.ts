import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Problem } from '../kernel/problem.ts'
import type { Siblings } from './siblings.ts'

/** Requests a minute. */
export interface RateLimits {
  /** Of one signed-in person or API key; counted in each process, so several allow that many each. */
  readonly perActor: number
  /** From one address, signed in or not; counted in each process. */
  readonly perAddress: number
  /** Refused keys and sessions from one address: someone tries them out. */
  readonly refusedPerAddress: number
  /** Sign-in, registration and password resets from one address. */
  readonly signInPerAddress: number
  /** By one customer's link; counted in each process. */
  readonly perLink: number
}

/** Far above what people and integrations send; they stop a runaway loop and guessing. */
export const usualLimits: RateLimits = {
  perActor: 120_000,
  perAddress: 240_000,
  refusedPerAddress: 600,
  signInPerAddress: 30,
  perLink: 300,
}

type Counter = (request: FastifyRequest) => Promise<void>

export interface RateCounters {
  readonly address: Counter
  readonly actor: Counter
  /** Counts a refused sign-in. */
  readonly refused: Counter
  readonly signIn: Counter
  readonly link: Counter
}

const minute = 60_000

/** Counters that throw 429 when their limit is passed. */
export async function rateCounters(
  app: FastifyInstance,
  limits: RateLimits | null,
  siblings?: Siblings,
): Promise<RateCounters> {
  if (limits === null)
    return { address: noLimit, actor: noLimit, refused: noLimit, signIn: noLimit, link: noLimit }
  await app.register(rateLimit, { global: false, cache: 10_000 })
  const counter = (max: number, key: (request: FastifyRequest) => string): Counter => {
    const count = app.createRateLimit({ max, timeWindow: minute, keyGenerator: key })
    return async (request) => {
      const result = await count(request)
      if (!result.isAllowed && result.isExceeded) throw tooMany(max, result.ttlInSeconds)
    }
  }
  // Who guesses must not get more tries from more processes; guesses are few enough to be counted by one.
  const guesses = (max: number, name: string): Counter => {
    if (siblings === undefined) return counter(max, byAddress)
    return async (request) => {
      const { count, milliseconds } = await siblings.count(`${name} ${request.ip}`, minute)
      if (count > max) throw tooMany(max, Math.ceil(milliseconds / 1000))
    }
  }
  const byAddress = (request: FastifyRequest): string => request.ip
  return {
    address: counter(limits.perAddress, byAddress),
    actor: counter(limits.perActor, (request) => request.principal?.actor.id ?? request.ip),
    refused: guesses(limits.refusedPerAddress, 'refused'),
    signIn: guesses(limits.signInPerAddress, 'sign-in'),
    link: counter(limits.perLink, (request) => request.principal?.link?.id ?? request.ip),
  }
}

async function noLimit(): Promise<void> {}

function tooMany(max: number, seconds: number): Problem {
  return new Problem(
    429,
    'too-many-requests',
    `More than ${max} requests of this kind in a minute. Wait ${seconds} seconds and go on.`,
    { facts: { retryAfter: seconds, limitPerMinute: max } },
  )
}
