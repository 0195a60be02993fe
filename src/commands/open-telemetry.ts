import type { Context, Span } from '@opentelemetry/api'
import { type Ended, type Tracing, traceWith } from '../kernel/tracing.ts'
import { version } from './version.ts'

export interface TraceOptions {
  /** Of an OTLP receiver that speaks HTTP, such as http://localhost:4318; its `/v1/traces` is called. */
  readonly endpoint: string
  /** What this service is called there. */
  readonly service: string
  /** Of the requests that no caller decided about, this part is traced: 0 to 1. */
  readonly ratio: number
}

export interface TraceExport {
  /** Sends what is left and stops listening. */
  stop(): Promise<void>
}

/** Loads OpenTelemetry and sends traces from now on. Without this call none of it is loaded. */
export async function startTraces({ endpoint, service, ratio }: TraceOptions): Promise<TraceExport> {
  const [api, sdk, exporter, resources, hooks] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/context-async-hooks'),
  ])
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const provider = new sdk.TracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor({
        exporter: new exporter.OTLPTraceExporter({ url }),
        scheduledDelayMillis: 2000,
      }),
    ],
  })
  api.context.setGlobalContextManager(new hooks.AsyncLocalStorageContextManager().enable())
  const tracer = provider.getTracer('zapas', version)
  const { SpanKind, SpanStatusCode, context, trace } = api

  const ending = (span: Span): Ended => {
    return ({ error, attributes } = {}) => {
      if (attributes) span.setAttributes(attributes)
      if (error !== undefined) {
        span.setStatus({ code: SpanStatusCode.ERROR })
        span.setAttribute('error.type', kindOf(error))
      }
      span.end()
    }
  }
  const tracing: Tracing = {
    begin: (name, attributes) => ending(tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes })),
    async inside(name, attributes, work) {
      const span = tracer.startSpan(name, { attributes })
      const ended = ending(span)
      try {
        const result = await context.with(trace.setSpan(context.active(), span), work)
        ended()
        return result
      } catch (error) {
        ended({ error })
        throw error
      }
    },
    request(name, traceparent, goOn) {
      const above = callerOf(traceparent)
      const parent: Context = above ? trace.setSpanContext(api.ROOT_CONTEXT, above) : api.ROOT_CONTEXT
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER }, parent)
      context.with(trace.setSpan(parent, span), goOn)
      return { traceId: span.spanContext().traceId, ended: ending(span) }
    },
    traceId: () => trace.getActiveSpan()?.spanContext().traceId ?? null,
  }
  traceWith(tracing)
  return {
    async stop() {
      traceWith(null)
      await provider.shutdown().catch(() => {}) // a receiver that is gone is no reason not to end
      api.context.disable()
    },
  }
}

/** W3C Trace Context, version 00. */
function callerOf(traceparent: string | undefined) {
  const parts = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '')
  if (parts === null) return null
  return {
    traceId: parts[1]!,
    spanId: parts[2]!,
    traceFlags: Number.parseInt(parts[3]!, 16) & 1,
    isRemote: true,
  }
}

function kindOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown'
}
