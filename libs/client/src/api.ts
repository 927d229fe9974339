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
        /**
         * One, with its version as ETag
         * @description With `at` it is told by its history, in the archive too: with the ETag that it had, and without what its owner does not decide on, `reason` and `billing_id` of an order. 404 where it did not exist then.
         */
        get: operations["getBilling"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billings/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of an entity, newest first */
        get: operations["listBillingEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/causes/{event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an event came from, and what it led to */
        get: operations["getCauses"];
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
        /**
         * One, with its version as ETag
         * @description With `at` it is told by its history, in the archive too: with the ETag that it had, and without what its owner does not decide on, `reason` and `billing_id` of an order. 404 where it did not exist then.
         */
        get: operations["getCustomer"];
        /** Gives it other values */
        put: operations["replaceCustomer"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteCustomer"];
        options?: never;
        head?: never;
        /**
         * Gives it some other values
         * @description A merge patch (RFC 7396) onto what PUT takes: what it does not name stays, also what others change at the same time.
         */
        patch: operations["changeCustomer"];
        trace?: never;
    };
    "/v1/customers/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of an entity, newest first */
        get: operations["listCustomerEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events of every topic, as pages or as a stream
         * @description With `Accept: text/event-stream` Server-Sent Events: each event under its cursor as `id`; `ready` once all there was is sent; `unreadable` for an entry that cannot be decoded; `end` with a reason before the stream is closed. It goes on behind `Last-Event-ID`, at any gateway. Events of a partition come in order, those of different ones in any. 409: the log has lost what was read up to there, or is another one; what follows is not its continuation, so begin at a time or anew.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/{event_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One event */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
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
        /**
         * One, with its version as ETag
         * @description With `at` it is told by its history, in the archive too: with the ETag that it had, and without what its owner does not decide on, `reason` and `billing_id` of an order. 404 where it did not exist then.
         */
        get: operations["getInventory"];
        /** Gives it other values */
        put: operations["replaceInventory"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteInventory"];
        options?: never;
        head?: never;
        /**
         * Gives it some other values
         * @description A merge patch (RFC 7396) onto what PUT takes: what it does not name stays, also what others change at the same time.
         */
        patch: operations["changeInventory"];
        trace?: never;
    };
    "/v1/inventory/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of an entity, newest first */
        get: operations["listInventoryEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who asks, and what they may do */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who writes and reads what */
        get: operations["opsFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far every group and projection is */
        get: operations["opsGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/parked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys whose events wait, at most 1,000, oldest first */
        get: operations["opsParked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/parked/{group}/{topic}/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them */
        get: operations["opsParkedKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/parked/{group}/{topic}/{key}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes all its events off unhandled */
        post: operations["opsDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/parked/{group}/{topic}/{key}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has its events handled again, in order */
        post: operations["opsReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/parked/{group}/{topic}/{key}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes its first event off unhandled */
        post: operations["opsSkip"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/processes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Processes, where scripts/shop runs them */
        get: operations["opsProcesses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/processes/{service}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Starts what is stopped of a service */
        post: operations["opsStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/processes/{service}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a service */
        post: operations["opsStop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/projections/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a projection stands */
        get: operations["opsProjection"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/projections/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Builds it anew, beside the live one */
        post: operations["opsRebuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ops/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where the log is kept, and how far it is archived */
        get: operations["opsStorage"];
        put?: never;
        post?: never;
        delete?: never;
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
        /**
         * One page, in order of creation
         * @description What is asked for must all fit. A page ends once some 1,000 orders were looked at, however few of them fit: it may be empty and have a next one.
         */
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
        /**
         * One, with its version as ETag
         * @description With `at` it is told by its history, in the archive too: with the ETag that it had, and without what its owner does not decide on, `reason` and `billing_id` of an order. 404 where it did not exist then.
         */
        get: operations["getOrder"];
        /** Gives it other values */
        put: operations["replaceOrder"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteOrder"];
        options?: never;
        head?: never;
        /**
         * Gives it some other values
         * @description A merge patch (RFC 7396) onto what PUT takes: what it does not name stays, also what others change at the same time.
         */
        patch: operations["changeOrder"];
        trace?: never;
    };
    "/v1/orders/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of an entity, newest first */
        get: operations["listOrderEvents"];
        put?: never;
        post?: never;
        delete?: never;
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
        /**
         * One, with its version as ETag
         * @description With `at` it is told by its history, in the archive too: with the ETag that it had, and without what its owner does not decide on, `reason` and `billing_id` of an order. 404 where it did not exist then.
         */
        get: operations["getProduct"];
        /** Gives it other values */
        put: operations["replaceProduct"];
        post?: never;
        /** Deletes it */
        delete: operations["deleteProduct"];
        options?: never;
        head?: never;
        /**
         * Gives it some other values
         * @description A merge patch (RFC 7396) onto what PUT takes: what it does not name stays, also what others change at the same time.
         */
        patch: operations["changeProduct"];
        trace?: never;
    };
    "/v1/products/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of an entity, newest first */
        get: operations["listProductEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where each partition of each topic ends */
        get: operations["listTopics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/topics/{topic}/entities/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of an entity, newest first */
        get: operations["listEntityEvents"];
        put?: never;
        post?: never;
        delete?: never;
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
        Causes: {
            /** @description Oldest first */
            ancestors: (components["schemas"]["Recorded"] | components["schemas"]["Unreadable"])[];
            /** @description False: there may be more than was looked at */
            complete: boolean;
            /** @description Entries that were looked at */
            searched: number;
            tree: components["schemas"]["Effects"];
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
        CustomerPatch: {
            /** Format: email */
            email?: string;
            name?: string;
        };
        Effects: {
            effects: components["schemas"]["Effects"][];
            event: components["schemas"]["Recorded"] | components["schemas"]["Unreadable"];
        };
        EventPage: {
            items: (components["schemas"]["Recorded"] | components["schemas"]["Unreadable"])[];
            /** @description The path of the next page; `null` on the last */
            next: string | null;
        };
        GroupLag: {
            disputed: boolean;
            group: string;
            head: number;
            lag: number;
            /** @description Age of the oldest event beyond the cursor, in milliseconds */
            lagMs: number;
            oldestParkedMs: number;
            /** @description The member that holds the lease of the partition */
            owner: string | null;
            parkedEvents: number;
            parkedKeys: number;
            partition: number;
            position: number;
            topic: string;
            trimmed: number;
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
        InventoryPatch: {
            amount?: number;
            /** Format: uuid */
            product_id?: string;
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
        OrderPatch: {
            /** Format: uuid */
            customer_id?: string;
            product_ids?: string[];
        };
        ParkedKey: {
            events: number;
            first: string;
            group: string;
            key: string;
            last: string;
            /** Format: date-time */
            parkedAt: string;
            partition: number;
            reason: string;
            topic: string;
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
        ProductPatch: {
            name?: string;
            price_cents?: number;
        };
        ProjectionStatus: {
            building: number | null;
            events: number;
            live: number;
            progress: number;
            projection: string;
        };
        /** @description An event as it was recorded */
        Recorded: {
            actor?: string;
            causation_id: string;
            correlation_id: string;
            data: unknown;
            entity_id: string;
            entry_id: string;
            /** Format: uuid */
            event_id: string;
            key: string;
            partition: number;
            position: number;
            /** Format: date-time */
            recorded_at: string;
            schema_version: number;
            topic: string;
            traceparent?: string;
            type: string;
            version: number;
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
        Topics: {
            topics: {
                partitions: {
                    head: number;
                    partition: number;
                    trimmed: number;
                }[];
                topic: string;
            }[];
        };
        /** @description An entry that cannot be decoded */
        Unreadable: {
            entry_id: string;
            partition: number;
            problem: string;
            topic: string;
        };
    };
    responses: {
        /** @description Bad Request. The request cannot be understood, or names what does not exist; `errors` names each field */
        Problem400: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unauthorized. No credential was sent where one is required, or one that is not good, or not any more */
        Problem401: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Forbidden. The caller has not the role that this needs: `read` to read, `ops` to operate, `write` for the rest */
        Problem403: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not Found. There is no such entity, or nothing else that the path names */
        Problem404: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Conflict. The entity, or the log, is in a state that does not allow this, or the same request is under way */
        Problem409: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Precondition Failed. The entity is at another version than `If-Match` names, or at the same one of another history; nothing was written */
        Problem412: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Payload Too Large. The body is longer than 1 MiB */
        Problem413: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description URI Too Long. The URL is longer than 8 KiB */
        Problem414: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unsupported Media Type. The body is of another type than JSON; that of a PATCH, and of no other method, is a merge patch */
        Problem415: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Unprocessable Entity. The `Idempotency-Key` belongs to another request */
        Problem422: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too Many Requests. This caller, or all together, asked more often than the shop allows; nothing was written */
        Problem429: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Request Header Fields Too Large. The headers are longer than 16 KiB together; there is no body */
        Problem431: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Internal Server Error. An unexpected error */
        Problem500: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Service Unavailable. The shop cannot answer now, or has more to do than it can; a write may or may not be stored, and may be sent again */
        Problem503: {
            headers: {
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
        /** @description As it was: at a position of its partition, as answers to writes name it, or at a time, ISO 8601, by the clock of Redis */
        At: string;
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
        /** @description Where there are limits of how often callers may ask: what is left, `r`, and in how many seconds the window ends, `t`, e.g. `"caller";r=99;t=10` */
        RateLimit: string;
        /** @description The limits themselves: requests, `q`, in a window of `w` seconds, e.g. `"caller";q=100;w=10` */
        "RateLimit-Policy": string;
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getBilling: {
        parameters: {
            query?: {
                /** @description As it was: at a position of its partition, as answers to writes name it, or at a time, ISO 8601, by the clock of Redis */
                at?: components["parameters"]["At"];
            };
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
            /** @description As it is now, or was then */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listBillingEvents: {
        parameters: {
            query?: {
                before?: string;
                /** @description What it was written with: of a record of stock its product, of a billing its order, once it is gone */
                key?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "billing_requested",
                     *           "topic": "billing",
                     *           "partition": 3,
                     *           "entity_id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *           "key": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "billing_id": "0f6cf1f6-7c0e-5d55-8f5b-7d0f4b7c1a06",
                     *             "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *             "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *             "total_cents": 8898,
                     *             "currency": "EUR"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCauses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6 */
                event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As far as was looked */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "ancestors": [],
                     *       "tree": {
                     *         "event": {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "order_created",
                     *           "topic": "order",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *             "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *             "product_ids": [
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *             ],
                     *             "lines": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2,
                     *                 "name": "Lamp",
                     *                 "unit_price_cents": 1999
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1,
                     *                 "name": "Chair",
                     *                 "unit_price_cents": 4900
                     *               }
                     *             ],
                     *             "total_cents": 8898,
                     *             "currency": "EUR",
                     *             "status": "pending",
                     *             "wants": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         "effects": []
                     *       },
                     *       "complete": true,
                     *       "searched": 1
                     *     }
                     */
                    "application/json": components["schemas"]["Causes"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCustomer: {
        parameters: {
            query?: {
                /** @description As it was: at a position of its partition, as answers to writes name it, or at a time, ISO 8601, by the clock of Redis */
                at?: components["parameters"]["At"];
            };
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
            /** @description As it is now, or was then */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeCustomer: {
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
                "application/merge-patch+json": components["schemas"]["CustomerPatch"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listCustomerEvents: {
        parameters: {
            query?: {
                before?: string;
                /** @description What it was written with: of a record of stock its product, of a billing its order, once it is gone */
                key?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "customer_created",
                     *           "topic": "customer",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *             "name": "Ada Lovelace",
                     *             "email": "ada@example.com"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                after?: string;
                correlation_id?: string;
                entity?: string;
                /** @description Default: now for a stream, beginning for a page */
                from?: ("now" | "beginning") | string;
                last_event_id?: string;
                /** @example 100 */
                limit?: number;
                /** @description One, or several with commas */
                topic?: string;
                /**
                 * @description One, or several with commas
                 * @example order_created
                 */
                type?: string;
            };
            header?: {
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, or a stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "order_created",
                     *           "topic": "order",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *             "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *             "product_ids": [
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *             ],
                     *             "lines": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2,
                     *                 "name": "Lamp",
                     *                 "unit_price_cents": 1999
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1,
                     *                 "name": "Chair",
                     *                 "unit_price_cents": 4900
                     *               }
                     *             ],
                     *             "total_cents": 8898,
                     *             "currency": "EUR",
                     *             "status": "pending",
                     *             "wants": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                    /**
                     * @example id: AQ
                     *     data: {"event_id":"019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6","type":"order_created","topic":"order","partition":3,"entity_id":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05","key":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05","version":1,"position":17,"entry_id":"1767323045678-0","recorded_at":"2026-01-02T03:04:05.678Z","schema_version":1,"correlation_id":"019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7","causation_id":"019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7","data":{"order_id":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05","customer_id":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01","product_ids":["0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02","0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03","0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"],"lines":[{"product_id":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02","quantity":2,"name":"Lamp","unit_price_cents":1999},{"product_id":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03","quantity":1,"name":"Chair","unit_price_cents":4900}],"total_cents":8898,"currency":"EUR","status":"pending","wants":[{"product_id":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02","quantity":2},{"product_id":"0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03","quantity":1}]}}
                     */
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            409: components["responses"]["Problem409"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6 */
                event_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it was recorded */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *       "type": "order_created",
                     *       "topic": "order",
                     *       "partition": 3,
                     *       "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *       "version": 1,
                     *       "position": 17,
                     *       "entry_id": "1767323045678-0",
                     *       "recorded_at": "2026-01-02T03:04:05.678Z",
                     *       "schema_version": 1,
                     *       "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *       "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *       "data": {
                     *         "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *         "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *         "product_ids": [
                     *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *           "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *         ],
                     *         "lines": [
                     *           {
                     *             "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *             "quantity": 2,
                     *             "name": "Lamp",
                     *             "unit_price_cents": 1999
                     *           },
                     *           {
                     *             "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *             "quantity": 1,
                     *             "name": "Chair",
                     *             "unit_price_cents": 4900
                     *           }
                     *         ],
                     *         "total_cents": 8898,
                     *         "currency": "EUR",
                     *         "status": "pending",
                     *         "wants": [
                     *           {
                     *             "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *             "quantity": 2
                     *           },
                     *           {
                     *             "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *             "quantity": 1
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Recorded"] | components["schemas"]["Unreadable"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                /** @description Of this product */
                product_id?: string;
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getInventory: {
        parameters: {
            query?: {
                /** @description As it was: at a position of its partition, as answers to writes name it, or at a time, ISO 8601, by the clock of Redis */
                at?: components["parameters"]["At"];
                /** @description With `at`: the product of the record, which is needed once that is gone */
                product_id?: string;
            };
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
            /** @description As it is now, or was then */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeInventory: {
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
                "application/merge-patch+json": components["schemas"]["InventoryPatch"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listInventoryEvents: {
        parameters: {
            query?: {
                before?: string;
                /** @description What it was written with: of a record of stock its product, of a billing its order, once it is gone */
                key?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "inventory_created",
                     *           "topic": "inventory",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "inventory_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d04",
                     *             "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *             "amount": 50
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "auth": "optional",
                     *       "actor": null,
                     *       "roles": [
                     *         "read",
                     *         "write",
                     *         "ops"
                     *       ],
                     *       "shop": true,
                     *       "trace_url": null,
                     *       "open_to_all": false
                     *     }
                     */
                    "application/json": {
                        actor: string | null;
                        /** @enum {string} */
                        auth: "none" | "optional" | "required";
                        /** @description Whether anybody on the network may do anything */
                        open_to_all: boolean;
                        roles: ("read" | "write" | "ops")[];
                        /** @description Whether it is the shop, and not another store */
                        shop: boolean;
                        /** @description Where a trace is shown, with `{trace_id}` in it */
                        trace_url: string | null;
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsFlow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nodes": [
                     *         {
                     *           "id": "crm",
                     *           "kind": "service",
                     *           "title": "crm"
                     *         }
                     *       ],
                     *       "edges": [
                     *         {
                     *           "from": "order",
                     *           "to": "crm",
                     *           "kind": "reads"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        edges: {
                            from: string;
                            /** @enum {string} */
                            kind: "http" | "appends" | "reads";
                            to: string;
                        }[];
                        nodes: {
                            /** @description By whose lag one sees how far it is */
                            group?: string;
                            id: string;
                            /** @enum {string} */
                            kind: "service" | "topic" | "rows";
                            title: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsGroups: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lags": [
                     *         {
                     *           "topic": "order",
                     *           "partition": 3,
                     *           "group": "crm",
                     *           "head": 17,
                     *           "trimmed": 0,
                     *           "position": 17,
                     *           "lag": 0,
                     *           "lagMs": 0,
                     *           "owner": "crm-1",
                     *           "disputed": false,
                     *           "parkedKeys": 0,
                     *           "parkedEvents": 0,
                     *           "oldestParkedMs": 0
                     *         }
                     *       ],
                     *       "versions": [
                     *         {
                     *           "projection": "read-model",
                     *           "version": 1,
                     *           "group": "read-model.v1",
                     *           "live": true,
                     *           "progress": 1
                     *         }
                     *       ],
                     *       "unread": [
                     *         {
                     *           "topic": "delivery",
                     *           "partition": 3,
                     *           "head": 3
                     *         }
                     *       ],
                     *       "at": "2026-01-02T03:04:05.678Z"
                     *     }
                     */
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        lags: components["schemas"]["GroupLag"][];
                        unread: {
                            head: number;
                            partition: number;
                            topic: string;
                        }[];
                        versions: {
                            group: string;
                            live: boolean;
                            progress: number;
                            projection: string;
                            version: number;
                        }[];
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsParked: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [],
                     *       "complete": true
                     *     }
                     */
                    "application/json": {
                        complete: boolean;
                        keys: components["schemas"]["ParkedKey"][];
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsParkedKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example crm */
                group: string;
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05 */
                key: string;
                /** @example order */
                topic: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "parked": {
                     *         "topic": "order",
                     *         "partition": 3,
                     *         "group": "crm",
                     *         "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *         "first": "1767323045678-0",
                     *         "last": "1767323045678-0",
                     *         "events": 1,
                     *         "parkedAt": "2026-01-02T03:04:05.678Z",
                     *         "reason": "the template is not known"
                     *       },
                     *       "events": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "order_created",
                     *           "topic": "order",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *             "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *             "product_ids": [
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *             ],
                     *             "lines": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2,
                     *                 "name": "Lamp",
                     *                 "unit_price_cents": 1999
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1,
                     *                 "name": "Chair",
                     *                 "unit_price_cents": 4900
                     *               }
                     *             ],
                     *             "total_cents": 8898,
                     *             "currency": "EUR",
                     *             "status": "pending",
                     *             "wants": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "complete": true,
                     *       "decisions": []
                     *     }
                     */
                    "application/json": {
                        complete: boolean;
                        decisions: {
                            /** @enum {string} */
                            action: "skip" | "discard";
                            /** Format: date-time */
                            decidedAt: string;
                            events: number;
                            first: string;
                            group: string;
                            key: string;
                            last: string;
                            operator: string;
                            partition: number;
                            reason: string;
                            topic: string;
                        }[];
                        /** @description The first 20 that wait */
                        events: ({
                            entry_id: string;
                            problem: string;
                            raw: {
                                [key: string]: string;
                            };
                        } | ({
                            entry_id: string;
                            event_id: string;
                            type: string;
                        } & {
                            [key: string]: unknown;
                        }))[];
                        parked: components["schemas"]["ParkedKey"] | null;
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsDiscard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example crm */
                group: string;
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05 */
                key: string;
                /** @example order */
                topic: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "sent by hand",
                 *       "first": "1767323045678-0"
                 *     }
                 */
                "application/json": {
                    /** @description Entry id of the key's first parked event, as it was shown */
                    first: string;
                    /** @description Kept with the decision */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description It is asked for */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example crm */
                group: string;
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05 */
                key: string;
                /** @example order */
                topic: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description It is asked for */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsSkip: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example crm */
                group: string;
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05 */
                key: string;
                /** @example order */
                topic: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "sent by hand",
                 *       "first": "1767323045678-0"
                 *     }
                 */
                "application/json": {
                    /** @description Entry id of the key's first parked event, as it was shown */
                    first: string;
                    /** @description Kept with the decision */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description It is asked for */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsProcesses: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "drivable": true,
                     *       "processes": [
                     *         {
                     *           "service": "crm",
                     *           "instance": "crm-1",
                     *           "state": "ready",
                     *           "ready": true,
                     *           "port": 5006
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description Whether they can be stopped and started from here */
                        drivable: boolean;
                        processes: {
                            instance: string;
                            port: number;
                            ready: boolean;
                            service: string;
                            state: string;
                        }[];
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example crm */
                service: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description It is asked for */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsStop: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example crm */
                service: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description It is asked for */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsProjection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example read-model */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "projection": "read-model",
                     *       "live": 1,
                     *       "building": null,
                     *       "progress": 1,
                     *       "events": 17
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectionStatus"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsRebuild: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example read-model */
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description It is asked for */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "projection": "read-model",
                     *       "live": 1,
                     *       "building": 2,
                     *       "progress": 0,
                     *       "events": 17
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectionStatus"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            413: components["responses"]["Problem413"];
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    opsStorage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "redis": {
                     *         "version": "7.0.15",
                     *         "used_bytes": 4194304,
                     *         "max_bytes": null,
                     *         "policy": "noeviction",
                     *         "durability": "fsync"
                     *       },
                     *       "archive": {
                     *         "url": "http://127.0.0.1:5010",
                     *         "partitions": [
                     *           {
                     *             "topic": "order",
                     *             "partition": 3,
                     *             "archived_to": 17
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        archive: {
                            partitions: {
                                archived_to: number;
                                partition: number;
                                topic: string;
                            }[];
                            url: string;
                        } | null;
                        redis: {
                            durability: string;
                            max_bytes: number | null;
                            policy: string;
                            used_bytes: number;
                            version: string;
                        };
                    };
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listOrders: {
        parameters: {
            query?: {
                /** @description The cursor of a `next` link */
                after?: components["parameters"]["After"];
                /** @description Created then or later, by the clock of the gateway */
                created_from?: string;
                /** @description Created before */
                created_to?: string;
                /** @description Of this customer */
                customer_id?: string;
                /** @description Entities of a page */
                limit?: components["parameters"]["Limit"];
                /** @description With this product */
                product_id?: string;
                /** @description Of this status */
                status?: "pending" | "confirmed" | "rejected";
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getOrder: {
        parameters: {
            query?: {
                /** @description As it was: at a position of its partition, as answers to writes name it, or at a time, ISO 8601, by the clock of Redis */
                at?: components["parameters"]["At"];
            };
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
            /** @description As it is now, or was then */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeOrder: {
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
                "application/merge-patch+json": components["schemas"]["OrderPatch"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listOrderEvents: {
        parameters: {
            query?: {
                before?: string;
                /** @description What it was written with: of a record of stock its product, of a billing its order, once it is gone */
                key?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "order_created",
                     *           "topic": "order",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *             "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *             "product_ids": [
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *             ],
                     *             "lines": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2,
                     *                 "name": "Lamp",
                     *                 "unit_price_cents": 1999
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1,
                     *                 "name": "Chair",
                     *                 "unit_price_cents": 4900
                     *               }
                     *             ],
                     *             "total_cents": 8898,
                     *             "currency": "EUR",
                     *             "status": "pending",
                     *             "wants": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getProduct: {
        parameters: {
            query?: {
                /** @description As it was: at a position of its partition, as answers to writes name it, or at a time, ISO 8601, by the clock of Redis */
                at?: components["parameters"]["At"];
            };
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
            /** @description As it is now, or was then */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    changeProduct: {
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
                "application/merge-patch+json": components["schemas"]["ProductPatch"];
            };
        };
        responses: {
            /** @description As it is now */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
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
            414: components["responses"]["Problem414"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listProductEvents: {
        parameters: {
            query?: {
                before?: string;
                /** @description What it was written with: of a record of stock its product, of a billing its order, once it is gone */
                key?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "product_created",
                     *           "topic": "product",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *             "name": "Lamp",
                     *             "price_cents": 1999,
                     *             "currency": "EUR"
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTopics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All topics */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "topics": [
                     *         {
                     *           "topic": "customer",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "topic": "product",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "topic": "inventory",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "topic": "reservation",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "topic": "order",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "topic": "billing",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "topic": "mail",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "topic": "delivery",
                     *           "partitions": [
                     *             {
                     *               "partition": 0,
                     *               "head": 17,
                     *               "trimmed": 0
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Topics"];
                };
            };
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listEntityEvents: {
        parameters: {
            query?: {
                before?: string;
                /** @description What it was written with: of a record of stock its product, of a billing its order, once it is gone */
                key?: string;
                limit?: number;
            };
            header?: never;
            path: {
                /** @example 0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05 */
                id: string;
                /** @example order */
                topic: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "event_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a6",
                     *           "type": "order_created",
                     *           "topic": "order",
                     *           "partition": 3,
                     *           "entity_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "key": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *           "version": 1,
                     *           "position": 17,
                     *           "entry_id": "1767323045678-0",
                     *           "recorded_at": "2026-01-02T03:04:05.678Z",
                     *           "schema_version": 1,
                     *           "correlation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "causation_id": "019b0c5e-2f4e-7a61-8c1d-0a52d3f4e5a7",
                     *           "data": {
                     *             "order_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d05",
                     *             "customer_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d01",
                     *             "product_ids": [
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *               "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02"
                     *             ],
                     *             "lines": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2,
                     *                 "name": "Lamp",
                     *                 "unit_price_cents": 1999
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1,
                     *                 "name": "Chair",
                     *                 "unit_price_cents": 4900
                     *               }
                     *             ],
                     *             "total_cents": 8898,
                     *             "currency": "EUR",
                     *             "status": "pending",
                     *             "wants": [
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d02",
                     *                 "quantity": 2
                     *               },
                     *               {
                     *                 "product_id": "0199c1e2-7f3a-7c3e-9b1d-2f4a5b6c7d03",
                     *                 "quantity": 1
                     *               }
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            414: components["responses"]["Problem414"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
}
