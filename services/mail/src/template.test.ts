import { deepStrictEqual, match } from 'node:assert'
import { mailTemplate } from '@ordershop/contracts'
import { test } from 'vitest'
import { letterOf } from './template.ts'

const params = {
  order_id: 'A-1',
  billing_id: 'B-1',
  total_cents: 3998,
  currency: 'EUR',
  pieces: 2,
  reason: 'out_of_stock',
}

test('a letter addresses the customer by name', () => {
  deepStrictEqual(letterOf({ template: 'welcome', params: {} }, 'Ada'), {
    subject: 'Welcome to OrderShop',
    text: 'Dear Ada,\n\nyour account is ready. We look forward to your first order.\n\nYours, OrderShop',
  })
})

test('a thank-you names order, pieces and total', () => {
  const { subject, text } = letterOf({ template: 'thanks', params }, 'Ada')
  match(subject, /A-1$/)
  match(text, /your order A-1: 2 pieces, 39\.98 EUR in total/)
})

test('one piece is no pieces', () => {
  match(letterOf({ template: 'thanks', params: { ...params, pieces: 1 } }, 'Ada').text, /1 piece, /)
})

test('a payment request says what to pay', () => {
  match(letterOf({ template: 'payment_request', params }, 'Ada').text, /order A-1 .* pay 39\.98 EUR/)
})

test('a receipt names its billing', () => {
  match(letterOf({ template: 'receipt', params }, 'Ada').text, /receipt B-1 for your order A-1: 39\.98 EUR/)
})

test('a regret says in words what was out of stock', () => {
  match(letterOf({ template: 'sorry', params }, 'Ada').text, /sold out/)
})

test('every template gives a subject of one line and leaves no gap unfilled', () => {
  for (const template of mailTemplate.options) {
    const { subject, text } = letterOf({ template, params }, 'Ada')
    match(subject, /^[^\n]+$/)
    deepStrictEqual(/undefined|NaN/.test(subject + text), false, template)
  }
})
