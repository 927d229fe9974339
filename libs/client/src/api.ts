// Written by `pnpm client-types` from /openapi.json: change that.
export interface paths {
    "/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events, as AsyncAPI 3 */
        get: operations["asyncapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-billing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billing/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, or null */
        get: operations["article-get-billing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/billings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All, in order of creation */
        get: operations["article-list-billing"];
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-billings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-customer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customer/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, or null */
        get: operations["article-get-customer"];
        /** Gives it other values */
        put: operations["article-put-customer"];
        post?: never;
        /** Deletes it */
        delete: operations["article-delete-customer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All, in order of creation */
        get: operations["article-list-customer"];
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-customers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All, in order of creation */
        get: operations["article-list-inventory"];
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-inventory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inventory/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, or null */
        get: operations["article-get-inventory"];
        /** Gives it other values */
        put: operations["article-put-inventory"];
        post?: never;
        /** Deletes it */
        delete: operations["article-delete-inventory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-order"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/order/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, or null */
        get: operations["article-get-order"];
        /** Gives it other values */
        put: operations["article-put-order"];
        post?: never;
        /** Deletes it */
        delete: operations["article-delete-order"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All, in order of creation */
        get: operations["article-list-order"];
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-orders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/orders/unbilled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Orders that may still be billed */
        get: operations["article-unbilledOrders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/product": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-product"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/product/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, or null */
        get: operations["article-get-product"];
        /** Gives it other values */
        put: operations["article-put-product"];
        post?: never;
        /** Deletes it */
        delete: operations["article-delete-product"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All, in order of creation */
        get: operations["article-list-product"];
        put?: never;
        /** Creates one or several, all or none */
        post: operations["article-create-products"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything */
        get: operations["article-report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page, in order of creation */
        get: operations["listBillings"];
        put?: never;
        /**
         * Creates one, or each of an array
         * @description Each item of an array is looked at as if it were alone: it is created or refused by itself, and the answer reports each in the order sent.
         */
        post: operations["createBillings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, with its version as ETag */
        get: operations["getBilling"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page, in order of creation */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Creates one, or each of an array
         * @description Each item of an array is looked at as if it were alone: it is created or refused by itself, and the answer reports each in the order sent.
         */
        post: operations["createCustomers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, with its version as ETag */
        get: operations["getCustomer"];
        /** Gives it other values */
        put: operations["replaceCustomer"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteCustomer"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page, in order of creation */
        get: operations["listInventory"];
        put?: never;
        /**
         * Creates one, or each of an array
         * @description Each item of an array is looked at as if it were alone: it is created or refused by itself, and the answer reports each in the order sent.
         */
        post: operations["createInventory"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inventory/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, with its version as ETag */
        get: operations["getInventory"];
        /** Gives it other values */
        put: operations["replaceInventory"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteInventory"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page, in order of creation */
        get: operations["listOrders"];
        put?: never;
        /**
         * Creates one, or each of an array
         * @description Each item of an array is looked at as if it were alone: it is created or refused by itself, and the answer reports each in the order sent.
         */
        post: operations["createOrders"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, with its version as ETag */
        get: operations["getOrder"];
        /** Gives it other values */
        put: operations["replaceOrder"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteOrder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page, in order of creation */
        get: operations["listProducts"];
        put?: never;
        /**
         * Creates one, or each of an array
         * @description Each item of an array is looked at as if it were alone: it is created or refused by itself, and the answer reports each in the order sent.
         */
        post: operations["createProducts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One, with its version as ETag */
        get: operations["getProduct"];
        /** Gives it other values */
        put: operations["replaceProduct"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteProduct"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Accepted: {
            id: string;
            positions: {
                partition: number;
                position: number;
                topic: string;
            }[];
        };
        ArticleBilling: {
            /** Format: uuid */
            customer_id: string;
            /** @description When it was recorded, ISO-8601 UTC */
            done: string;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            order_id: string;
            /** @description Currency units */
            total: number;
        };
        ArticleBillingInput: {
            /** Format: uuid */
            order_id: string;
        };
        ArticleCustomer: {
            /** Format: email */
            email: string;
            /** Format: uuid */
            id: string;
            name: string;
        };
        ArticleCustomerInput: {
            /** Format: email */
            email: string;
            name: string;
        };
        ArticleInventory: {
            amount: number;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            product_id: string;
        };
        ArticleInventoryInput: {
            amount: number;
            /** Format: uuid */
            product_id: string;
        };
        ArticleOrder: {
            /** Format: uuid */
            billing_id?: string;
            /** Format: uuid */
            customer_id: string;
            /** Format: uuid */
            id: string;
            product_ids: string[];
            reason?: string;
            /** @enum {string} */
            status: "pending" | "confirmed" | "rejected";
        };
        ArticleOrderInput: {
            /** Format: uuid */
            customer_id: string;
            product_ids: string[];
        };
        ArticleProduct: {
            /** Format: uuid */
            id: string;
            name: string;
            price: number;
        };
        ArticleProductInput: {
            name: string;
            price: number;
        };
        Billing: {
            /** Format: date-time */
            billed_at: string;
            /** Format: uuid */
            billing_id: string;
            /** @constant */
            currency: "EUR";
            /** Format: uuid */
            customer_id: string;
            /** Format: uuid */
            order_id: string;
            total_cents: number;
        };
        BillingInput: {
            /** Format: uuid */
            order_id: string;
        };
        BillingPage: {
            items: components["schemas"]["Billing"][];
            /** @description The path of the next page; `null` on the last */
            next: string | null;
        };
        Customer: {
            /** Format: uuid */
            customer_id: string;
            /** Format: email */
            email: string;
            name: string;
        };
        CustomerInput: {
            /** Format: email */
            email: string;
            name: string;
        };
        CustomerPage: {
            items: components["schemas"]["Customer"][];
            /** @description The path of the next page; `null` on the last */
            next: string | null;
        };
        Inventory: {
            amount: number;
            /** Format: uuid */
            inventory_id: string;
            /** Format: uuid */
            product_id: string;
        };
        InventoryInput: {
            amount: number;
            /** Format: uuid */
            product_id: string;
        };
        InventoryPage: {
            items: components["schemas"]["Inventory"][];
            /** @description The path of the next page; `null` on the last */
            next: string | null;
        };
        Order: {
            /** Format: uuid */
            billing_id?: string;
            /** @constant */
            currency: "EUR";
            /** Format: uuid */
            customer_id: string;
            lines: {
                name: string;
                /** Format: uuid */
                product_id: string;
                quantity: number;
                unit_price_cents: number;
            }[];
            /** Format: uuid */
            order_id: string;
            product_ids: string[];
            /** @description Why the order, or its last change, was refused */
            reason?: string;
            /** @enum {string} */
            status: "pending" | "confirmed" | "rejected";
            total_cents: number;
        };
        OrderInput: {
            /** Format: uuid */
            customer_id: string;
            product_ids: string[];
        };
        OrderPage: {
            items: components["schemas"]["Order"][];
            /** @description The path of the next page; `null` on the last */
            next: string | null;
        };
        Problem: {
            detail: string;
            errors?: {
                message: string;
                path: string;
            }[];
            status: number;
            title: string;
            /** @constant */
            type: "about:blank";
        };
        Product: {
            /** @constant */
            currency: "EUR";
            name: string;
            price_cents: number;
            /** Format: uuid */
            product_id: string;
        };
        ProductInput: {
            name: string;
            price_cents: number;
        };
        ProductPage: {
            items: components["schemas"]["Product"][];
            /** @description The path of the next page; `null` on the last */
            next: string | null;
        };
        Refusal: {
            problem: components["schemas"]["Problem"];
            status: number;
        };
        Report: {
            /** Format: uuid */
            id: string;
            location: string;
            status: 201 | 202;
        };
        Reports: {
            items: (components["schemas"]["Report"] | components["schemas"]["Refusal"])[];
        };
    };
    responses: {
        /** @description Bad Request. The request cannot be understood, or names what does not exist; `errors` names each field */
        Problem400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unauthorized. No credential was sent where one is required, or one that is not good, or not any more */
        Problem401: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden. The caller has not the role that this needs: `read` to read, `write` for the rest */
        Problem403: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not Found. There is no such entity */
        Problem404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict. The entity is in a state that does not allow this, or the same request is under way */
        Problem409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition Failed. The entity is at another version than `If-Match` names, or at the same one of another history; nothing was written */
        Problem412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Payload Too Large. The body is longer than 1 MiB */
        Problem413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported Media Type. The body is of another type than JSON */
        Problem415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable Entity. The `Idempotency-Key` belongs to another request */
        Problem422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Internal Server Error. An unexpected error */
        Problem500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable. The shop cannot answer now; a write may or may not be stored, and may be sent again */
        Problem503: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The cursor of a `next` link */
        After: string;
        /** @description Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. A request that failed as a whole may be sent again under its key. */
        IdempotencyKey: string;
        /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
        IfMatch: "*" | string;
        /** @description Answer 304 if the entity still has this ETag */
        IfNoneMatch: string;
        /** @description Entities of a page */
        Limit: number;
        /** @description `wait=N`: the answer to one order is held back until it is confirmed or rejected, at most N and at most 10 seconds. */
        Prefer: string;
    };
    requestBodies: never;
    headers: {
        /** @description Names the version of the entity in this history, e.g. `"3-1764237600000-0"` */
        ETag: string;
        /** @description `true`: this is the answer to the first request */
        "Idempotency-Replayed": "true";
        /** @description The next page, if there is one, as `rel="next"` */
        Link: string;
        /** @description Where the entity lies */
        Location: string;
        /** @description `wait=N`, if it was asked for */
        "Preference-Applied": string;
        /** @description Seconds */
        "Retry-After": string;
        /** @description What is wrong with the credential, as RFC 6750 has it */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    asyncapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "asyncapi": "3.0.0"
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05"
                 *     }
                 */
                "application/json": components["schemas"]["ArticleBillingInput"] | components["schemas"]["ArticleBillingInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-get-billing": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "total": 39.98,
                     *       "done": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ArticleBilling"] | null;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-list-billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *         "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *         "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *         "total": 39.98,
                     *         "done": "2026-01-02T03:04:05.678Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ArticleBilling"][];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-billings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["ArticleBillingInput"] | components["schemas"]["ArticleBillingInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ArticleCustomerInput"] | components["schemas"]["ArticleCustomerInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-get-customer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["ArticleCustomer"] | null;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-put-customer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ArticleCustomerInput"];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-delete-customer": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-list-customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *         "name": "Ada Lovelace",
                     *         "email": "ada@example.com"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ArticleCustomer"][];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "name": "Ada Lovelace",
                 *         "email": "ada@example.com"
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["ArticleCustomerInput"] | components["schemas"]["ArticleCustomerInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-list-inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *         "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *         "amount": 50
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ArticleInventory"][];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *         "amount": 50
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["ArticleInventoryInput"] | components["schemas"]["ArticleInventoryInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-get-inventory": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "amount": 50
                     *     }
                     */
                    "application/json": components["schemas"]["ArticleInventory"] | null;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-put-inventory": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *       "amount": 50
                 *     }
                 */
                "application/json": components["schemas"]["ArticleInventoryInput"];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-delete-inventory": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.1"
                     *     }
                     */
                    "application/json": Record<string, never>;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                 *       "product_ids": [
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ArticleOrderInput"] | components["schemas"]["ArticleOrderInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-get-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "product_ids": [
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *       ],
                     *       "status": "confirmed"
                     *     }
                     */
                    "application/json": components["schemas"]["ArticleOrder"] | null;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-put-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                 *       "product_ids": [
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ArticleOrderInput"];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-delete-order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-list-order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *         "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *         "product_ids": [
                     *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *         ],
                     *         "status": "confirmed"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ArticleOrder"][];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                 *         "product_ids": [
                 *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                 *         ]
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["ArticleOrderInput"] | components["schemas"]["ArticleOrderInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-unbilledOrders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description In order of creation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *         "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *         "product_ids": [
                     *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *         ],
                     *         "status": "confirmed"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ArticleOrder"][];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-product": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Lamp",
                 *       "price": 19.99
                 *     }
                 */
                "application/json": components["schemas"]["ArticleProductInput"] | components["schemas"]["ArticleProductInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-get-product": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "name": "Lamp",
                     *       "price": 19.99
                     *     }
                     */
                    "application/json": components["schemas"]["ArticleProduct"] | null;
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-put-product": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Lamp",
                 *       "price": 19.99
                 *     }
                 */
                "application/json": components["schemas"]["ArticleProductInput"];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-delete-product": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example true */
                    "application/json": true;
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": true;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-list-product": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *         "name": "Lamp",
                     *         "price": 19.99
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ArticleProduct"][];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-create-products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example [
                 *       {
                 *         "name": "Lamp",
                 *         "price": 19.99
                 *       }
                 *     ]
                 */
                "application/json": components["schemas"]["ArticleProductInput"] | components["schemas"]["ArticleProductInput"][];
            };
        };
        responses: {
            /** @description Stored, and seen by every reader */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *     ]
                     */
                    "application/json": string[];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    "article-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The five lists */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "products": [
                     *         {
                     *           "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "name": "Lamp",
                     *           "price": 19.99
                     *         }
                     *       ],
                     *       "inventory": [
                     *         {
                     *           "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *           "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "amount": 50
                     *         }
                     *       ],
                     *       "customers": [
                     *         {
                     *           "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "name": "Ada Lovelace",
                     *           "email": "ada@example.com"
                     *         }
                     *       ],
                     *       "orders": [
                     *         {
                     *           "id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "product_ids": [
                     *             "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *             "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *           ],
                     *           "status": "confirmed"
                     *         }
                     *       ],
                     *       "billings": [
                     *         {
                     *           "id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *           "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "total": 39.98,
                     *           "done": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        billings: components["schemas"]["ArticleBilling"][];
                        customers: components["schemas"]["ArticleCustomer"][];
                        inventory: components["schemas"]["ArticleInventory"][];
                        orders: components["schemas"]["ArticleOrder"][];
                        products: components["schemas"]["ArticleProduct"][];
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listBillings: {
        parameters: {
            query?: {
                /** @description The cursor of a `next` link */
                after?: components["parameters"]["After"];
                /** @description Entities of a page */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "billing_id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *           "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "total_cents": 3998,
                     *           "currency": "EUR",
                     *           "billed_at": "2026-01-02T03:04:05.678Z"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["BillingPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createBillings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. A request that failed as a whole may be sent again under its key. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05"
                 *     }
                 */
                "application/json": components["schemas"]["BillingInput"] | unknown[];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "billing_id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "total_cents": 3998,
                     *       "currency": "EUR",
                     *       "billed_at": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Billing"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What became of each item of an array */
            207: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reports"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getBilling: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 if the entity still has this ETag */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "billing_id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "total_cents": 3998,
                     *       "currency": "EUR",
                     *       "billed_at": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Billing"];
                };
            };
            /** @description It still has the ETag that was named */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listCustomers: {
        parameters: {
            query?: {
                /** @description The cursor of a `next` link */
                after?: components["parameters"]["After"];
                /** @description Entities of a page */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "name": "Ada Lovelace",
                     *           "email": "ada@example.com"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["CustomerPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createCustomers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. A request that failed as a whole may be sent again under its key. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["CustomerInput"] | unknown[];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What became of each item of an array */
            207: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reports"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 if the entity still has this ETag */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description It still has the ETag that was named */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    replaceCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Ada Lovelace",
                 *       "email": "ada@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["CustomerInput"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "name": "Ada Lovelace",
                     *       "email": "ada@example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["Customer"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listInventory: {
        parameters: {
            query?: {
                /** @description The cursor of a `next` link */
                after?: components["parameters"]["After"];
                /** @description Entities of a page */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "inventory_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *           "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "amount": 50
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["InventoryPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createInventory: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. A request that failed as a whole may be sent again under its key. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *       "amount": 50
                 *     }
                 */
                "application/json": components["schemas"]["InventoryInput"] | unknown[];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "inventory_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "amount": 50
                     *     }
                     */
                    "application/json": components["schemas"]["Inventory"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What became of each item of an array */
            207: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reports"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getInventory: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 if the entity still has this ETag */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "inventory_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "amount": 50
                     *     }
                     */
                    "application/json": components["schemas"]["Inventory"];
                };
            };
            /** @description It still has the ETag that was named */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    replaceInventory: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *       "amount": 50
                 *     }
                 */
                "application/json": components["schemas"]["InventoryInput"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "inventory_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "amount": 50
                     *     }
                     */
                    "application/json": components["schemas"]["Inventory"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteInventory: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description The cursor of a `next` link */
                after?: components["parameters"]["After"];
                /** @description Entities of a page */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "product_ids": [
                     *             "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *             "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *           ],
                     *           "lines": [
                     *             {
                     *               "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *               "quantity": 2,
                     *               "name": "Lamp",
                     *               "unit_price_cents": 1999
                     *             }
                     *           ],
                     *           "total_cents": 3998,
                     *           "currency": "EUR",
                     *           "status": "confirmed"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["OrderPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createOrders: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. A request that failed as a whole may be sent again under its key. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
                /** @description `wait=N`: the answer to one order is held back until it is confirmed or rejected, at most N and at most 10 seconds. */
                Prefer?: components["parameters"]["Prefer"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                 *       "product_ids": [
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OrderInput"] | unknown[];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "product_ids": [
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *       ],
                     *       "lines": [
                     *         {
                     *           "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "quantity": 2,
                     *           "name": "Lamp",
                     *           "unit_price_cents": 1999
                     *         }
                     *       ],
                     *       "total_cents": 3998,
                     *       "currency": "EUR",
                     *       "status": "confirmed"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    "Preference-Applied": components["headers"]["Preference-Applied"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What became of each item of an array */
            207: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reports"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 if the entity still has this ETag */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "product_ids": [
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *       ],
                     *       "lines": [
                     *         {
                     *           "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "quantity": 2,
                     *           "name": "Lamp",
                     *           "unit_price_cents": 1999
                     *         }
                     *       ],
                     *       "total_cents": 3998,
                     *       "currency": "EUR",
                     *       "status": "confirmed"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description It still has the ETag that was named */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    replaceOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                 *       "product_ids": [
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                 *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["OrderInput"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *       "product_ids": [
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *         "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *       ],
                     *       "lines": [
                     *         {
                     *           "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "quantity": 2,
                     *           "name": "Lamp",
                     *           "unit_price_cents": 1999
                     *         }
                     *       ],
                     *       "total_cents": 3998,
                     *       "currency": "EUR",
                     *       "status": "confirmed"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteOrder: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description The cursor of a `next` link */
                after?: components["parameters"]["After"];
                /** @description Entities of a page */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "name": "Lamp",
                     *           "price_cents": 1999,
                     *           "currency": "EUR"
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["ProductPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    createProducts: {
        parameters: {
            query?: never;
            header?: {
                /** @description Names this request for 24 hours: sent again with the same body it is carried out once and answered the same, with another body it is refused. A request that failed as a whole may be sent again under its key. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Lamp",
                 *       "price_cents": 1999
                 *     }
                 */
                "application/json": components["schemas"]["ProductInput"] | unknown[];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "name": "Lamp",
                     *       "price_cents": 1999,
                     *       "currency": "EUR"
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description What became of each item of an array */
            207: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reports"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Answer 304 if the entity still has this ETag */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "name": "Lamp",
                     *       "price_cents": 1999,
                     *       "currency": "EUR"
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description It still has the ETag that was named */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    replaceProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Lamp",
                 *       "price_cents": 1999
                 *     }
                 */
                "application/json": components["schemas"]["ProductInput"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *       "name": "Lamp",
                     *       "price_cents": 1999,
                     *       "currency": "EUR"
                     *     }
                     */
                    "application/json": components["schemas"]["Product"];
                };
            };
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    deleteProduct: {
        parameters: {
            query?: never;
            header?: {
                /** @description Carry this out only if the entity still has this one ETag; `*`: whatever it has */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the entity
                 * @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stored, but readers cannot see it yet */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description It is gone */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
