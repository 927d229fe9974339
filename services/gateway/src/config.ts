import { baseSchema } from '@ordershop/service'
import { z } from 'zod'

const isHttpUrl = (text: string) => /^https?:\/\/[^\s/]+$/.test(text)

/** One base URL of a service, or several with commas: a request that one of them cannot take goes to the next. */
const urls = (local: string) =>
  z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim().replace(/\/$/, '')))
    .refine((list) => list.every(isHttpUrl), 'expected http://host:port, or several with commas')
    .default([local])

export const schema = baseSchema.extend({
  PORT: baseSchema.shape.PORT.default(5000),
  CUSTOMER_URL: urls('http://127.0.0.1:5001'),
  PRODUCT_URL: urls('http://127.0.0.1:5002'),
  INVENTORY_URL: urls('http://127.0.0.1:5003'),
  ORDER_URL: urls('http://127.0.0.1:5004'),
  BILLING_URL: urls('http://127.0.0.1:5005'),
})
