import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { logger } from 'hono/logger'
import { invoicesFacade } from './patterns/invoices.js'

const app = new Hono()

app.use(logger())
app.use(invoicesFacade.hono)
app.get('/', (c) => c.text('Hello Hono!'))

serve(app)
