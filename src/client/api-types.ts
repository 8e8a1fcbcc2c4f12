/** Made from the OpenAPI document by `npm run generate`. */
export interface paths {
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process lives */
        get: operations["getLivez"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served, each dependency by name with its version */
        get: operations["getReadyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem code means */
        get: operations["getProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{secret}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Start or resume runs by webhook */
        get: operations["getWebhook"];
        /** Start or resume runs by webhook */
        put: operations["putWebhook"];
        /** Start or resume runs by webhook */
        post: operations["postWebhook"];
        /** Start or resume runs by webhook */
        delete: operations["deleteWebhook"];
        /** Start or resume runs by webhook */
        options: operations["optionsWebhook"];
        /** Start or resume runs by webhook */
        head: operations["headWebhook"];
        /** Start or resume runs by webhook */
        patch: operations["patchWebhook"];
        trace?: never;
    };
    "/v1/webhook-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what came in, newest first: accepted, duplicate, rejected, handshake */
        get: operations["listWebhookEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a request with its headers and its body as sent; credentials are redacted */
        get: operations["getWebhookEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-events/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a new run with a request that came in; a rejected one is verified again */
        post: operations["replayWebhookEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List workflows with their last run, newest first; archived ones by their status alone */
        get: operations["listWorkflows"];
        put?: never;
        /** Create a workflow; its webhook URL is in this answer only */
        post: operations["createWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer every problem of a definition */
        post: operations["validateWorkflows"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a workflow with its newest definition */
        get: operations["getWorkflow"];
        /** Save a workflow; a changed definition becomes a new version */
        put: operations["saveWorkflow"];
        post?: never;
        /** Archive a workflow; its runs stay */
        delete: operations["deleteWorkflow"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List versions, newest first */
        get: operations["listWorkflowVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a version */
        get: operations["getWorkflowVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/versions/{from}/diff/{to}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare two versions */
        get: operations["getWorkflowVersionDiff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the newest version live */
        post: operations["publishWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an older version live */
        post: operations["rollbackWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start nothing by webhook; what comes is held, or refused, by `whenPaused` */
        post: operations["pauseWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start runs by webhook again; `held` says what becomes of what was held meanwhile */
        post: operations["resumeWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/unarchive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a workflow out of the archive: paused, or a draft when it was never published */
        post: operations["unarchiveWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a run by hand, with what is given or with a request that came in */
        post: operations["runWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/verification-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every way in which requests prove who sent them, with the JSON Schema of its settings */
        get: operations["getVerificationTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a workflow’s webhook; its secrets are not shown */
        get: operations["getWorkflowWebhook"];
        /** Change a workflow’s webhook; what is left out stays */
        put: operations["saveWorkflowWebhook"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/webhook/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new URL, which is in this answer only; the old one is taken for `overlapSeconds` more */
        post: operations["rotateWorkflowWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/webhook/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** List what comes to a workflow that was never published, as samples, for some time */
        post: operations["captureWorkflowWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deployments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create, save, publish and archive workflows as files have them, all or nothing; known by name */
        post: operations["createDeployment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read when a workflow’s schedule fires next, and its last runs */
        get: operations["getWorkflowSchedule"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/schedule/trigger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a run of the schedule now, whatever else runs */
        post: operations["triggerWorkflowSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/schedule/backfill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Fire for the scheduled times of a past time; those that have a run are not repeated unless forced */
        post: operations["backfillWorkflowSchedule"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schedules/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell when a schedule would fire: ten times */
        post: operations["previewSchedules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List lanes: what runs in them, what waits, and what was overridden */
        get: operations["listFlow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flow/{owner}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start no run of a workflow, or of a scope, until it is resumed: they wait */
        post: operations["pauseFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flow/{owner}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let the runs of a workflow, or of a scope, start again */
        post: operations["resumeFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flow/{owner}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Override the limit of a lane, or take the override away */
        patch: operations["changeFlowLimits"];
        trace?: never;
    };
    "/v1/runs/{id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the run: every event from the first, or after `Last-Event-ID` */
        get: operations["streamRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an execution with its attempts */
        get: operations["getExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/executions/{id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow one execution: its attempts, log lines, progress and outcome */
        get: operations["streamExecution"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a token that opens the stream of one run, one execution or one workflow for a while */
        post: operations["createStreamToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activity/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow all runs from now on, or after `Last-Event-ID` */
        get: operations["streamActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/runs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the runs of one workflow */
        get: operations["streamWorkflowRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what happened, oldest first; fills the gap of a stream that was reset */
        get: operations["listActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List runs, newest first */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workflows/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runs of a workflow, newest first */
        get: operations["listWorkflowRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a run with the state of its nodes outside loops */
        get: operations["getRun"];
        put?: never;
        post?: never;
        /** Erase a run that is over, with its events, values, deliveries and the request that started it; the audit log tells who did */
        delete: operations["deleteRun"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the run’s log, after a sequence */
        get: operations["listRunEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/executions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the run’s executions in path order */
        get: operations["listRunExecutions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a run */
        post: operations["cancelRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/nodes/{path}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Resume a wait; the first to do so wins */
        post: operations["resumeRunNode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/resume/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a link resumes, for a browser as a page with the form; reading never resumes */
        get: operations["getResume"];
        put?: never;
        /** Resume a wait by its link, once; before the wait begins, the resume is kept for it */
        post: operations["useResume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/waits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the waits that are open, newest first, with what each asks for */
        get: operations["listWaits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry a run that is over: a new run that takes over the results of what need not run again */
        post: operations["retryRun"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payloads/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a large value: what `{"$ref": "pl_…"}` stands for */
        get: operations["getPayload"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retry all runs that a filter takes, by a job; `dryRun` counts them first */
        post: operations["retryRuns"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhook-events/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replay all requests that a filter takes, by a job; `dryRun` counts them first */
        post: operations["replayWebhookEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List bulk jobs, newest first */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a bulk job: how far it is */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a bulk job where it is; what it has begun goes on */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disable an endpoint; its events are held */
        post: operations["disableExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Enable an endpoint; what was held goes out in order, or is discarded */
        post: operations["enableExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send `endpoint.test`, whatever the filter */
        post: operations["testExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send the same delivery again now; a pending attempt is brought forward, never doubled */
        post: operations["retryDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver the same event anew, in any state; `webhook-id` stays the same */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new signing secret; the old ones sign beside it for `overlapSeconds`, with 0 no longer */
        post: operations["rotateSecretExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/rotate-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new Ed25519 key; the old ones sign beside it for `overlapSeconds`, with 0 no longer */
        post: operations["rotateKeyExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deliver the events of a time anew, by type and by what became of them; `dryRun` counts them first */
        post: operations["replayExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/replays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List an endpoint’s replays, newest first */
        get: operations["listExecutionWebhookReplays"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a replay: how many deliveries it has made, and what became of them */
        get: operations["getReplay"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/replays/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a replay; what it has not sent yet is discarded */
        post: operations["cancelReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show what would go out of an event, or that the filter leaves it out; sends nothing */
        post: operations["previewExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List endpoints, newest first */
        get: operations["listExecutionWebhooks"];
        put?: never;
        /** Create an endpoint; its signing secret is in this answer only */
        post: operations["createExecutionWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deliveries with their attempts, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/deliveries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a delivery with its attempts */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/execution-webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an endpoint */
        get: operations["getExecutionWebhook"];
        put?: never;
        post?: never;
        /** Delete an endpoint; what it still had to get is discarded */
        delete: operations["deleteExecutionWebhook"];
        options?: never;
        head?: never;
        /** Change an endpoint */
        patch: operations["changeExecutionWebhook"];
        trace?: never;
    };
    "/v1/credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List credentials, newest first */
        get: operations["listCredentials"];
        put?: never;
        /** Store a credential; its value can be used and never read */
        post: operations["createCredential"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/credentials/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a credential, without its value */
        get: operations["getCredential"];
        /** Replace the value of a credential; runs use it from their next attempt on */
        put: operations["saveCredential"];
        post?: never;
        /** Delete a credential; nodes that name it fail from then on */
        delete: operations["deleteCredential"];
        options?: never;
        head?: never;
        /** Change the name or the value of a credential */
        patch: operations["changeCredential"];
        trace?: never;
    };
    "/v1/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List variables by name */
        get: operations["listVariables"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/variables/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a variable */
        get: operations["getVariable"];
        /** Set a variable; with `version` only if that is current (0: there is none) */
        put: operations["saveVariable"];
        post?: never;
        /** Delete a variable; its history stays */
        delete: operations["deleteVariable"];
        options?: never;
        head?: never;
        /** Add to a variable; one that is missing counts from 0 */
        patch: operations["changeVariable"];
        trace?: never;
    };
    "/v1/variables/{name}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes of a variable, newest first */
        get: operations["listVariableHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List API keys, newest first, revoked ones too */
        get: operations["listApiKeys"];
        put?: never;
        /** Make an API key; `apiKey` is in this answer only */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an API key, without its text */
        get: operations["getApiKey"];
        put?: never;
        post?: never;
        /** Revoke an API key; its open streams end within a minute */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the organization of the key */
        get: operations["getOrganization"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Say which workflow failed runs start whose own workflow names none; `null`: none */
        patch: operations["changeOrganization"];
        trace?: never;
    };
    "/v1/organizations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make an organization and its first key; `apiKey` is in this answer only */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/whoami": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what the key of the request is and may do */
        get: operations["getWhoami"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Exchange the token of a one-time sign-in link, which `npm start` prints, for its API key */
        post: operations["createSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the changes that were asked for over the API, newest first, refused ones too */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count requests, runs and deliveries of a time by status; by default the last 24 hours */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the runs that began in a time, step by step and by workflow; by default the last hour */
        get: operations["getStatsRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Metrics of this process and of what is under way, in Prometheus’ text format */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/node-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every node type with the JSON Schema of its payload */
        get: operations["getNodeTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/definition-schema": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The JSON Schema of a definition, by which editors complete: every type with its payload */
        get: operations["getDefinitionSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/event-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every event type with its JSON Schema and its CloudEvents name */
        get: operations["getEventTypes"];
        put?: never;
        post?: never;
        delete?: never;
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
        /** The OpenAPI 3.1 document of this API */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The reference of the API, for people: with a field for the key, to try each call */
        get: operations["getDocs"];
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
        AcceptedWebhook: {
            /** @enum {string} */
            action: "triggered" | "resumed" | "debounced" | "batched" | "skipped";
            /** @description Why it was skipped. */
            reason?: string;
            /** @description Started or resumed, or the run that will start with what was gathered; of a duplicate, those of the first request. */
            runIds: string[];
            /** @description The request’s row of the inbox. */
            eventId: string;
            duplicate: boolean;
        };
        ApiKey: {
            id: string;
            name: string;
            scopes: ("read" | "run" | "write" | "admin" | "operator")[];
            expiresAt: string | null;
            revokedAt: string | null;
            lastUsedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        AuditRow: {
            id: string;
            keyId: string;
            /** @description Method and path of the route. */
            action: string;
            /** @description The path that was called. */
            resource: string;
            /** @description HTTP status of the answer; `null` while it is under way. */
            status: number | null;
            requestId: string;
            remoteAddress: string;
            /** Format: date-time */
            createdAt: string;
        };
        Credential: {
            id: string;
            name: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            lastUsedAt: string | null;
        };
        Definition: {
            nodes: {
                [key: string]: {
                    type: string;
                    payload: {
                        [key: string]: unknown;
                    };
                    children: string[];
                    branches: {
                        [key: string]: string[];
                    };
                    onError: string[];
                    continueOnError: boolean;
                    join: string | {
                        count: number;
                    };
                    loopBody?: string[];
                    retry?: {
                        [key: string]: unknown;
                    };
                    timeoutMs?: number;
                    deadlineMs?: number;
                    credential?: string;
                    title?: string;
                    description?: string;
                } & {
                    [key: string]: unknown;
                };
            };
            settings: {
                [key: string]: unknown;
            };
            props?: {
                [key: string]: unknown;
            };
            vars?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        DefinitionProblem: {
            /** @enum {string} */
            severity: "error" | "warning";
            code: string;
            /** @description RFC 6901, from the definition’s root. */
            pointer: string;
            message: string;
        };
        Deployment: {
            dryRun: boolean;
            plan: {
                name: string;
                /**
                 * @description `publish`: nothing is new but what is live.
                 * @enum {string}
                 */
                action: "create" | "update" | "publish" | "archive" | "unchanged";
                /** @description Whether it goes live. */
                publishes: boolean;
                /** @description `null` before it is created. */
                workflowId: string | null;
                /** @description The newest version afterwards. */
                version: number;
                /** @description What differs in the definition; pointers from its root. */
                changes: {
                    /** @enum {string} */
                    change: "added" | "removed" | "changed";
                    /** @description RFC 6901, from the definition’s root. */
                    pointer: string;
                    before?: unknown;
                    after?: unknown;
                }[];
                /** @description In the answer that made it, and never again. */
                webhookUrl?: string;
            }[];
            warnings: {
                name: string;
                code: string;
                pointer: string;
                message: string;
            }[];
        };
        /** @description What happened: one shape in the log, in streams and in hooks. */
        Event: components["schemas"]["RunQueuedEvent"] | components["schemas"]["RunBlockedEvent"] | components["schemas"]["RunStartedEvent"] | components["schemas"]["RunWaitingEvent"] | components["schemas"]["RunResumedEvent"] | components["schemas"]["RunSucceededEvent"] | components["schemas"]["RunPartialEvent"] | components["schemas"]["RunFailedEvent"] | components["schemas"]["RunCancelledEvent"] | components["schemas"]["NodeScheduledEvent"] | components["schemas"]["NodeStartedEvent"] | components["schemas"]["NodeRetryingEvent"] | components["schemas"]["NodeWaitingEvent"] | components["schemas"]["NodeReminderEvent"] | components["schemas"]["NodeResumedEvent"] | components["schemas"]["NodeSucceededEvent"] | components["schemas"]["NodePartialEvent"] | components["schemas"]["NodeFailedEvent"] | components["schemas"]["NodeSkippedEvent"] | components["schemas"]["NodeCancelledEvent"] | components["schemas"]["NodeLogEvent"] | components["schemas"]["NodeProgressEvent"] | components["schemas"]["EndpointFailingEvent"] | components["schemas"]["EndpointRecoveredEvent"] | components["schemas"]["EndpointDisabledEvent"] | components["schemas"]["DeliveryExhaustedEvent"] | components["schemas"]["EndpointTestEvent"];
        Execution: {
            id: string;
            runId: string;
            path: string;
            nodeId: string;
            nodeType: string;
            /** @enum {string} */
            status: "scheduled" | "running" | "waiting" | "success" | "partial" | "failure" | "skipped" | "cancelled";
            executionId: string;
            /** @description Number of the latest attempt; 0 before the first. */
            attempt: number;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            input: unknown;
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            output: unknown;
            error: components["schemas"]["RunError"] | null;
            /** @description Why it was skipped or cancelled. */
            reason: string | null;
            nextAttemptAt: string | null;
            /** @description Execution of the retried run whose outcome was taken over. */
            reusedFrom: string | null;
            attempts: {
                number: number;
                /** Format: date-time */
                startedAt: string;
                finishedAt: string | null;
                status: string;
                error?: components["schemas"]["RunError"] | null;
                nextAttemptAt?: string | null;
                durationMs?: number;
            }[];
        };
        ExecutionSummary: {
            id: string;
            runId: string;
            path: string;
            nodeId: string;
            nodeType: string;
            /** @enum {string} */
            status: "scheduled" | "running" | "waiting" | "success" | "partial" | "failure" | "skipped" | "cancelled";
            executionId: string;
            /** @description Number of the latest attempt; 0 before the first. */
            attempt: number;
            startedAt: string | null;
            finishedAt: string | null;
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            input: unknown;
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            output: unknown;
            error: components["schemas"]["RunError"] | null;
            /** @description Why it was skipped or cancelled. */
            reason: string | null;
            nextAttemptAt: string | null;
            /** @description Execution of the retried run whose outcome was taken over. */
            reusedFrom: string | null;
        };
        FlowLane: {
            id: string;
            /** @description A workflow id, or a scope. */
            owner: string;
            /** @enum {string} */
            kind: "concurrency" | "rate";
            /** @description Which of the workflow’s limits; `null` of a scope and a rate. */
            index: number | null;
            /** @description `null`: the lane of runs without a key. A long one is cut. */
            key: string | null;
            /** @description Of the run that was judged last. */
            limit: number;
            /** @description Holds in the place of every limit. */
            override: number | null;
            /** @description The window of a rate. */
            perMs: number | null;
            /** @description Slots that are taken; of a rate, starts in the window that ends now. */
            running: number;
            /** @description Runs that have a slot; one whose parent waits for it shares that. */
            runIds: string[];
            waiting: number;
            /** @description When the run was accepted that has waited longest. */
            oldestAt: string | null;
            isPaused: boolean;
        };
        FlowOwner: {
            owner: string;
            isPaused: boolean;
        };
        HookDelivery: {
            id: string;
            endpointId: string;
            eventId: string;
            /** @enum {string} */
            eventType: "run.queued" | "run.blocked" | "run.started" | "run.waiting" | "run.resumed" | "run.succeeded" | "run.partial" | "run.failed" | "run.cancelled" | "node.scheduled" | "node.started" | "node.retrying" | "node.waiting" | "node.reminder" | "node.resumed" | "node.succeeded" | "node.partial" | "node.failed" | "node.skipped" | "node.cancelled" | "node.log" | "node.progress" | "endpoint.failing" | "endpoint.recovered" | "endpoint.disabled" | "delivery.exhausted" | "endpoint.test";
            workflowId: string | null;
            runId: string | null;
            /** @enum {string} */
            status: "pending" | "retrying" | "held" | "success" | "failure" | "discarded";
            reason: string | null;
            replayOf: string | null;
            replayId: string | null;
            attempts: {
                number: number;
                /** Format: date-time */
                startedAt: string;
                requestHeaders: {
                    [key: string]: string;
                };
                responseStatus: number | null;
                responseHeaders: {
                    [key: string]: string;
                } | null;
                responseHeadersTruncated?: boolean;
                responseBody: string | null;
                responseBodyTruncated: boolean;
                durationMs: number;
                timings: {
                    [key: string]: number;
                };
                remoteAddress: string | null;
                error: {
                    type: string;
                    message: string;
                    /** @description The `phase` of a `timeout`, the `reason` of what has one. */
                    details?: {
                        [key: string]: string;
                    };
                } | null;
            }[];
            retryCount: number;
            maxRetries: number;
            nextRetryAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        HookEndpoint: {
            id: string;
            name: string;
            description: string;
            url: string;
            /** @enum {string} */
            status: "active" | "disabled";
            disabledReason: ("by_hand" | "gone" | "no_success") | null;
            /** @description Event types and globs such as `node.*`. */
            subscribedEventTypes: string[];
            /** @description Empty: every workflow. */
            workflowIds: string[];
            maxRetries: number;
            /** @description Durations before each attempt, such as `0s`, `5m`. */
            retrySchedule: string[];
            timeoutMs: number;
            rateLimitPerSecond: number | null;
            maxInFlight: number;
            /** @enum {string} */
            ordering: "none" | "run";
            /** @description The values of credentials are `[redacted]`. */
            headers: {
                [key: string]: string;
            };
            /** @enum {string} */
            payload: "full" | "thin";
            filter: string | null;
            transform: ({
                preset: string;
                routingKey?: string;
            } | {
                body: unknown;
                contentType: string;
            }) | null;
            signing: {
                ed25519: boolean;
                publicKeys: {
                    publicKey: string;
                    /** Format: date-time */
                    createdAt: string;
                    expiresAt: string | null;
                }[];
            };
            health: {
                /** @enum {string} */
                status: "healthy" | "failing";
                failuresInRow: number;
                failingSince: string | null;
                lastSuccessAt: string | null;
                lastError: string | null;
                disablesAt: string | null;
            };
            /** @description The receiver has asked for quiet until then. */
            pausedUntil: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        HookReplay: {
            id: string;
            endpointId: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            types: string[];
            statuses: ("pending" | "retrying" | "held" | "success" | "failure" | "discarded" | "none")[];
            /** @enum {string} */
            status: "running" | "done" | "cancelling" | "cancelled";
            /** @description What became of the deliveries that it made. */
            deliveries: {
                total: number;
                pending: number;
                retrying: number;
                held: number;
                success: number;
                failure: number;
                discarded: number;
            };
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
        };
        Job: {
            id: string;
            /** @enum {string} */
            kind: "retry-runs" | "replay-webhook-events";
            /** @description As it was asked for; what came after `until` is not taken. */
            filter: {
                [key: string]: unknown;
            };
            options: {
                [key: string]: unknown;
            };
            /** @enum {string} */
            status: "running" | "done" | "cancelled";
            /** @description What the filter took when the job began. */
            total: number;
            done: number;
            /** @description What nothing could be done with. */
            refused: number;
            /** @description Why, of the first 50. */
            problems: {
                id: string;
                code: string;
                detail: string;
            }[];
            /** Format: date-time */
            createdAt: string;
            finishedAt: string | null;
        };
        NewApiKey: {
            id: string;
            name: string;
            scopes: ("read" | "run" | "write" | "admin" | "operator")[];
            expiresAt: string | null;
            revokedAt: string | null;
            lastUsedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** @description `hl_…`; in this answer only. */
            apiKey: string;
        };
        OpenWait: {
            /** @description Of the execution. */
            id: string;
            runId: string;
            path: string;
            workflowId: string;
            workflowName: string;
            title: string;
            description: string | null;
            /** @description JSON Schema of the data; `null` for any. */
            formSchema: unknown;
            /** @description What the buttons say; the answer has the value of one as `choice`. */
            choices: {
                value: string;
                label: string;
            }[];
            /** Format: date-time */
            startedAt: string;
            /** @description When its time is over. */
            expiresAt: string | null;
            /** @description When `node.reminder` told of it. */
            remindedAt: string | null;
        };
        OwnOrganization: {
            id: string;
            name: string;
            /** @description What failed runs start whose workflow says nothing. */
            onFailure: {
                workflowId: string;
                when?: string[];
            } | null;
            /** Format: date-time */
            createdAt: string;
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "not ready";
            dependencies: {
                /** @enum {string} */
                mongodb: "up" | "down";
                /** @enum {string} */
                temporal: "up" | "down";
                /** @enum {string} */
                workers?: "up" | "down";
            };
            /** @description `null` while it is down. */
            versions: {
                hookloom: string;
                mongodb: string | null;
                temporal: string | null;
            };
        };
        Run: {
            id: string;
            workflowId: string;
            workflowVersion: number;
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled";
            /** @description `{source, webhookEventId?, dedupeKey?, …}`. */
            trigger: {
                [key: string]: unknown;
            };
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            input: unknown;
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            output: unknown;
            error: components["schemas"]["RunError"] | null;
            /** @description Executions by their present status. */
            counts: {
                [key: string]: number;
            };
            lastSequence: number;
            rerunOf: string | null;
            parentRunId: string | null;
            /** @description The run whose failure started this one. */
            failedRunId: string | null;
            /** @description The run that the failure of this one started. */
            failureRunId: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            durationMs: number | null;
            /** @description Why and where it waits for its turn; `null` when it does not. */
            queue: components["schemas"]["RunQueue"] | null;
            nodes: {
                [key: string]: components["schemas"]["RunNode"];
            };
        };
        /** @description Why something failed; never holds a secret. */
        RunError: {
            type: string;
            message: string;
            retryable?: boolean;
            /** @description HTTP status, for `http_status`. */
            status?: number;
            details?: {
                [key: string]: unknown;
            };
        };
        RunNode: {
            /** @enum {string} */
            status: "scheduled" | "running" | "waiting" | "success" | "partial" | "failure" | "skipped" | "cancelled";
            executionId: string;
            /** @description Number of the latest attempt; 0 before the first. */
            attempt: number;
            startedAt: string | null;
            finishedAt: string | null;
        };
        RunQueue: {
            /** @enum {string} */
            reason: "concurrency" | "rate" | "paused";
            /** @description Id of the lane without room, as /v1/flow lists it. */
            lane: string | null;
            /** @description Of the lane; null: the lane of runs without one. */
            key: string | null;
            /** @description Its place among those that wait, by priority, then by time. */
            position: number;
            /** @description Runs before it, those that are under way in the lane among them. */
            ahead: number;
            /** Format: date-time */
            since: string;
        };
        RunStats: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            stepSeconds: number;
            /** @description One for each step, oldest first. */
            points: {
                total: number;
                byStatus: {
                    [key: string]: number;
                };
                /** Format: date-time */
                at: string;
            }[];
            /** @description Those with a run in that time, most runs first. */
            workflows: {
                total: number;
                byStatus: {
                    [key: string]: number;
                };
                workflowId: string;
            }[];
        };
        RunSummary: {
            id: string;
            workflowId: string;
            workflowVersion: number;
            /** @enum {string} */
            status: "queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled";
            /** @description `{source, webhookEventId?, dedupeKey?, …}`. */
            trigger: {
                [key: string]: unknown;
            };
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            input: unknown;
            /** @description Any JSON value; one of more than 64 KiB is `{"$ref": "pl_…", "bytes": n}`, read at `/v1/payloads/{ref}`. */
            output: unknown;
            error: components["schemas"]["RunError"] | null;
            /** @description Executions by their present status. */
            counts: {
                [key: string]: number;
            };
            lastSequence: number;
            rerunOf: string | null;
            parentRunId: string | null;
            /** @description The run whose failure started this one. */
            failedRunId: string | null;
            /** @description The run that the failure of this one started. */
            failureRunId: string | null;
            /** Format: date-time */
            createdAt: string;
            startedAt: string | null;
            finishedAt: string | null;
            durationMs: number | null;
            /** @description Why and where it waits for its turn; `null` when it does not. */
            queue: components["schemas"]["RunQueue"] | null;
        };
        SavedWorkflow: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            status: "draft" | "active" | "paused" | "archived";
            latestVersion: number;
            /** @description What webhooks run; `null` before the first publish. */
            liveVersion: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description In the answer that made the webhook’s URL, and never again. */
            webhook?: {
                url: string;
            };
            warnings: components["schemas"]["DefinitionProblem"][];
        };
        Schedule: {
            workflowId: string;
            version: number;
            /** @enum {string} */
            status: "active" | "paused" | "removed";
            cron?: string;
            intervalMs?: number;
            offsetMs?: number;
            timezone: string;
            startAt?: string;
            endAt?: string;
            jitterMs?: number;
            /** @enum {string} */
            overlap: "skip" | "buffer_one" | "allow_all" | "cancel_other";
            catchUpMs: number;
            /** @description The next ten times; none while it is paused. */
            next: string[];
            /** @description The scheduled time that waits for the end of an earlier run. */
            buffered: string | null;
            firings: {
                started: number;
                skipped: number;
                buffered: number;
                missed: number;
            };
            /** @description Newest first. */
            lastRuns: {
                id: string;
                /** @enum {string} */
                status: "queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled";
                /**
                 * Format: date-time
                 * @description For when it was meant.
                 */
                scheduledAt: string;
                /** Format: date-time */
                createdAt: string;
                startedAt: string | null;
                finishedAt: string | null;
            }[];
        };
        Stats: {
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            until: string;
            webhookEvents: {
                total: number;
                byStatus: {
                    [key: string]: number;
                };
            };
            runs: {
                total: number;
                byStatus: {
                    [key: string]: number;
                };
                /** @description Of the runs that have ended; `null` when none has. */
                durationMs: {
                    average: number;
                    longest: number;
                } | null;
            };
            deliveries: {
                total: number;
                byStatus: {
                    [key: string]: number;
                };
            };
        };
        /** @description One frame of `text/event-stream`; a stream has any number. */
        StreamFrame: {
            /** @description The cursor, for `Last-Event-ID`. */
            id?: string;
            /** @description The type of the event, or what became of the stream, such as `end`. */
            event: string;
            /** @description JSON: the event as it stands in the log. */
            data: string;
        };
        Variable: {
            name: string;
            value: unknown;
            version: number;
            /** Format: date-time */
            updatedAt: string;
        };
        Version: {
            workflowId: string;
            version: number;
            contentHash: string;
            /** Format: date-time */
            createdAt: string;
            definition: components["schemas"]["Definition"];
        };
        VersionSummary: {
            workflowId: string;
            version: number;
            contentHash: string;
            /** Format: date-time */
            createdAt: string;
        };
        Webhook: {
            workflowId: string;
            /** @description Its secret is `…` but in the answer that made it. */
            url: string;
            secrets: {
                /** Format: date-time */
                createdAt: string;
                expiresAt: string | null;
            }[];
            /** @description Without its secrets. */
            verification: {
                [key: string]: unknown;
            };
            dedupe: {
                [key: string]: unknown;
            };
            methods: string[];
            /** @enum {string} */
            respond: "immediate" | "result";
            contentTypes: string[];
            ipAllowList: string[];
            handshake: {
                [key: string]: unknown;
            } | null;
            filter: string | null;
            /** @enum {string} */
            whenPaused: "hold" | "reject";
            captureUntil: string | null;
            maxBodyBytes: number;
            lastUsedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        WebhookEvent: {
            id: string;
            workflowId: string;
            /** @enum {string} */
            status: "accepted" | "duplicate" | "rejected" | "handshake" | "held" | "released" | "discarded" | "sample";
            action: string | null;
            reason: string | null;
            detail: string | null;
            method: string;
            contentType: string | null;
            sizeBytes: number;
            remoteAddress: string | null;
            dedupeKey: string | null;
            /** @description The key by which it resumes waits. */
            correlationKey: string | null;
            replayOf: string | null;
            runIds: string[];
            /** Format: date-time */
            receivedAt: string;
            /** @description Credentials are `[redacted]`. */
            headers: {
                [key: string]: string;
            };
            query: string;
            /** @description As text; `null` when it is none. */
            body: string | null;
            bodyBase64: string;
        };
        WebhookEventSummary: {
            id: string;
            workflowId: string;
            /** @enum {string} */
            status: "accepted" | "duplicate" | "rejected" | "handshake" | "held" | "released" | "discarded" | "sample";
            action: string | null;
            reason: string | null;
            detail: string | null;
            method: string;
            contentType: string | null;
            sizeBytes: number;
            remoteAddress: string | null;
            dedupeKey: string | null;
            /** @description The key by which it resumes waits. */
            correlationKey: string | null;
            replayOf: string | null;
            runIds: string[];
            /** Format: date-time */
            receivedAt: string;
        };
        Workflow: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            status: "draft" | "active" | "paused" | "archived";
            latestVersion: number;
            /** @description What webhooks run; `null` before the first publish. */
            liveVersion: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description SHA-256 of the newest definition, hex. */
            contentHash: string;
            definition: components["schemas"]["Definition"];
        };
        WorkflowRow: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            status: "draft" | "active" | "paused" | "archived";
            latestVersion: number;
            /** @description What webhooks run; `null` before the first publish. */
            liveVersion: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description Type of the live version’s trigger. */
            trigger: string | null;
            /** @description When its schedule fires next; `null` without one, or while paused. */
            nextAt: string | null;
            /** @description The run that began last. */
            lastRun: {
                id: string;
                /** @enum {string} */
                status: "queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled";
                /** Format: date-time */
                createdAt: string;
                finishedAt: string | null;
            } | null;
        };
        WorkflowSummary: {
            id: string;
            name: string;
            description: string;
            /** @enum {string} */
            status: "draft" | "active" | "paused" | "archived";
            latestVersion: number;
            /** @description What webhooks run; `null` before the first publish. */
            liveVersion: number | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        RunQueuedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.queued";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "queued";
                /** @description { source, webhookEventId?, dedupeKey?, … } */
                trigger: {
                    [key: string]: unknown;
                };
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                input: unknown;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                request?: unknown;
                parentRunId?: string;
                rerunOf?: string;
                /** @description The run whose failure started this one. */
                failedRunId?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunBlockedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.blocked";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                queue: {
                    /** @enum {string} */
                    reason: "concurrency" | "rate" | "paused";
                    /** @description Id of the lane without room, as /v1/flow lists it. */
                    lane: string | null;
                    /** @description Of the lane; null: the lane of runs without one. */
                    key: string | null;
                    /** @description Its place among those that wait, by priority, then by time. */
                    position: number;
                    /** @description Runs before it, those that are under way in the lane among them. */
                    ahead: number;
                };
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunStartedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.started";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "running";
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunWaitingEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.waiting";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "waiting";
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunResumedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.resumed";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "running";
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunSucceededEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.succeeded";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "success";
                /** @description Executions by their final status. */
                counts: {
                    [key: string]: number;
                };
                /** @description Milliseconds. */
                durationMs: number;
                reason?: string;
                /** @description Who says so, when it was not the workflow: reconciler, temporal, flow. */
                source?: string;
                /** @description The run that this end started. */
                failureRunId?: string;
                /** @description The workflow of that run. */
                failureWorkflowId?: string;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                output: unknown;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunPartialEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.partial";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "partial";
                /** @description Executions by their final status. */
                counts: {
                    [key: string]: number;
                };
                /** @description Milliseconds. */
                durationMs: number;
                reason?: string;
                /** @description Who says so, when it was not the workflow: reconciler, temporal, flow. */
                source?: string;
                /** @description The run that this end started. */
                failureRunId?: string;
                /** @description The workflow of that run. */
                failureWorkflowId?: string;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                output: unknown;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunFailedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.failed";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "failure";
                /** @description Executions by their final status. */
                counts: {
                    [key: string]: number;
                };
                /** @description Milliseconds. */
                durationMs: number;
                reason?: string;
                /** @description Who says so, when it was not the workflow: reconciler, temporal, flow. */
                source?: string;
                /** @description The run that this end started. */
                failureRunId?: string;
                /** @description The workflow of that run. */
                failureWorkflowId?: string;
                /** @description Never holds a secret. */
                error?: {
                    type: string;
                    message: string;
                    retryable?: boolean;
                    status?: number;
                    details?: {
                        [key: string]: unknown;
                    };
                };
                /** @description Of the `output` node, where one had run. */
                output?: unknown;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        RunCancelledEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "run.cancelled";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                /** @constant */
                status: "cancelled";
                /** @description Executions by their final status. */
                counts: {
                    [key: string]: number;
                };
                /** @description Milliseconds. */
                durationMs: number;
                reason?: string;
                /** @description Who says so, when it was not the workflow: reconciler, temporal, flow. */
                source?: string;
                /** @description The run that this end started. */
                failureRunId?: string;
                /** @description The workflow of that run. */
                failureWorkflowId?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeScheduledEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.scheduled";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "scheduled";
                /** @description Of a retry: by what the peer knows the request of the first run, which it did not answer. */
                idempotencyKey?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeStartedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.started";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "running";
                /** @description Number of the attempt: 1, 2, … */
                attempt: number;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeRetryingEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.retrying";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "scheduled";
                /** @description Number of the attempt: 1, 2, … */
                attempt?: number;
                /** @description Milliseconds. */
                durationMs?: number;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                input?: unknown;
                /** @description Never holds a secret. */
                error: {
                    type: string;
                    message: string;
                    retryable?: boolean;
                    status?: number;
                    details?: {
                        [key: string]: unknown;
                    };
                };
                /** Format: date-time */
                nextAttemptAt: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeWaitingEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.waiting";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "waiting";
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                input: unknown;
                /**
                 * Format: date-time
                 * @description When its time is over.
                 */
                until?: string;
                /**
                 * Format: date-time
                 * @description When `node.reminder` follows, unless it is answered before.
                 */
                remindAt?: string;
                /** @description What a webhook of the workflow may resume it by. */
                key?: string;
                /** @description The run that it waits for. */
                childRunId?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeReminderEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.reminder";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @description What the wait asks for: `title`, `description`, `formSchema`, `choices`, … */
                input: unknown;
                /**
                 * Format: date-time
                 * @description When the wait began.
                 */
                since: string;
                /**
                 * Format: date-time
                 * @description When its time is over.
                 */
                until?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeResumedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.resumed";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "running";
                /** @enum {string} */
                outcome: "resumed" | "timed_out";
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                data?: unknown;
                /** @description Who answered, by a link or the API. */
                answeredBy?: {
                    /**
                     * Format: date-time
                     * @description When the answer came; a link may be used before its wait begins.
                     */
                    at: string;
                    /** @description The name that was given. */
                    name?: string;
                    /** @description Of the sender. */
                    address?: string;
                    apiKeyId?: string;
                };
                /** @description The request that resumed it. */
                webhookEventId?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeSucceededEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.succeeded";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "success";
                /** @description Number of the attempt: 1, 2, …; 0 when it was taken over. */
                attempt?: number;
                /** @description Milliseconds. */
                durationMs?: number;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                input?: unknown;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                result: unknown;
                branch?: string;
                /** @description The execution of the retried run that it was taken over from; hooks are not sent it. */
                reusedFrom?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodePartialEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.partial";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "partial";
                /** @description Number of the attempt: 1, 2, …; 0 when it was taken over. */
                attempt?: number;
                /** @description Milliseconds. */
                durationMs?: number;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                input?: unknown;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                result: unknown;
                branch?: string;
                /** @description The execution of the retried run that it was taken over from; hooks are not sent it. */
                reusedFrom?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeFailedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.failed";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "failure";
                /** @description Number of the attempt: 1, 2, … */
                attempt?: number;
                /** @description Milliseconds. */
                durationMs?: number;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                input?: unknown;
                /** @description Never holds a secret. */
                error: {
                    type: string;
                    message: string;
                    retryable?: boolean;
                    status?: number;
                    details?: {
                        [key: string]: unknown;
                    };
                };
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeSkippedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.skipped";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "skipped";
                reason: string;
                /** @description The execution of the retried run that it was taken over from; hooks are not sent it. */
                reusedFrom?: string;
                /** @description Who says so, when it was not the workflow: reconciler, temporal, flow. */
                source?: string;
                /** @description Number of the attempt: 1, 2, … */
                attempt?: number;
                /** @description Milliseconds. */
                durationMs?: number;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeCancelledEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.cancelled";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @constant */
                status: "cancelled";
                reason: string;
                /** @description The execution of the retried run that it was taken over from; hooks are not sent it. */
                reusedFrom?: string;
                /** @description Who says so, when it was not the workflow: reconciler, temporal, flow. */
                source?: string;
                /** @description Number of the attempt: 1, 2, … */
                attempt?: number;
                /** @description Milliseconds. */
                durationMs?: number;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeLogEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.log";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @description Number of the attempt: 1, 2, … */
                attempt: number;
                /** @enum {string} */
                level: "debug" | "info" | "warn" | "error";
                message: string;
                fields?: {
                    [key: string]: unknown;
                };
                /**
                 * @description The message was longer than 4 KiB.
                 * @constant
                 */
                truncated?: true;
                /** @description Lines of this attempt that were too many. */
                leftOut?: number;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        NodeProgressEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "node.progress";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                workflowId: string;
                workflowVersion: number;
                runId: string;
                /** @description 1, 2, 3 … per run, without a gap. */
                sequence: number;
                nodeId: string;
                /** @description Such as post, or each[3]/post. */
                path: string;
                executionId: string;
                nodeType: string;
                /** @description Number of the attempt: 1, 2, … */
                attempt?: number;
                done?: number;
                total?: number;
                message?: string;
                /** @description 0 when a loop opens. */
                iteration?: number;
                /** @description Any JSON value; one of more than 64 KiB is {"$ref": "pl_…", "bytes": n}, read at /v1/payloads/{ref}. */
                input?: unknown;
                /** @description The execution of the retried run that it was taken over from; hooks are not sent it. */
                reusedFrom?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        EndpointFailingEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "endpoint.failing";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                endpointId: string;
                endpointName: string;
                /** @description Failed attempts in a row. */
                failures: number;
                lastError: string;
                /** @description How much of the time without a success is over after which it is disabled. */
                percent?: number;
                /** Format: date-time */
                disablesAt?: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        EndpointRecoveredEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "endpoint.recovered";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                endpointId: string;
                endpointName: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        EndpointDisabledEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "endpoint.disabled";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                endpointId: string;
                endpointName: string;
                reason: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        DeliveryExhaustedEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "delivery.exhausted";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                endpointId: string;
                endpointName: string;
                deliveryId: string;
                eventId: string;
                eventType: string;
                attempts: number;
                lastError: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        EndpointTestEvent: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "endpoint.test";
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            /** @constant */
            schemaVersion: 1;
            data: {
                organizationId: string;
                endpointId: string;
                message: string;
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description RFC 9457 problem details */
        Problem: {
            /** @enum {string} */
            type: "/problems/invalid-request" | "/problems/invalid-json" | "/problems/invalid-definition" | "/problems/unauthorized" | "/problems/bad-signature" | "/problems/forbidden" | "/problems/webhook-refused" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/request-timeout" | "/problems/conflict" | "/problems/attempt-in-flight" | "/problems/version-mismatch" | "/problems/request-in-progress" | "/problems/payload-too-large" | "/problems/unsupported-media-type" | "/problems/expectation-failed" | "/problems/idempotency-key-reused" | "/problems/headers-too-large" | "/problems/rate-limited" | "/problems/not-a-number" | "/problems/run-failed" | "/problems/internal" | "/problems/overloaded" | "/problems/store-unavailable" | "/problems/temporal-unavailable";
            title: string;
            status: number;
            detail: string;
            instance: string;
            errors?: {
                pointer: string;
                detail: string;
                /** @description Of a definition’s problem: its code. */
                code?: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getLivez: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReadyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All dependencies answer, and every part of the process works. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "dependencies": {
                     *         "mongodb": "up",
                     *         "temporal": "up",
                     *         "workers": "up"
                     *       },
                     *       "versions": {
                     *         "hookloom": "0.1.0",
                     *         "mongodb": "8.0.4",
                     *         "temporal": "1.32.0"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description One does not, or the process is stopping. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ready",
                     *       "dependencies": {
                     *         "mongodb": "up",
                     *         "temporal": "up",
                     *         "workers": "up"
                     *       },
                     *       "versions": {
                     *         "hookloom": "0.1.0",
                     *         "mongodb": "8.0.4",
                     *         "temporal": "1.32.0"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The code, its status and its title. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "code": "conflict",
                     *       "status": 409,
                     *       "title": "The state does not allow this now"
                     *     }
                     */
                    "application/json": {
                        code: string;
                        status: number;
                        title: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedWebhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedWebhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    postWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedWebhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedWebhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    optionsWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedWebhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    headWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedWebhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patchWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                secret: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{action, reason?, runIds, eventId, duplicate}`; `Location` is the (first) run. With `respond: "result"`: the run’s answer, with its own status. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false
                     *     }
                     */
                    "application/json": components["schemas"]["AcceptedWebhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookEvents: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                workflowId?: string;
                status?: ("accepted" | "duplicate" | "rejected" | "handshake" | "held" | "released" | "discarded" | "sample") | ("accepted" | "duplicate" | "rejected" | "handshake" | "held" | "released" | "discarded" | "sample")[];
                reason?: string;
                since?: string;
                until?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of requests, without their bodies. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "status": "accepted",
                     *           "action": "triggered",
                     *           "reason": null,
                     *           "detail": null,
                     *           "method": "POST",
                     *           "contentType": "application/json",
                     *           "sizeBytes": 33,
                     *           "remoteAddress": "203.0.113.7",
                     *           "dedupeKey": "o-4711",
                     *           "correlationKey": null,
                     *           "replayOf": null,
                     *           "runIds": [
                     *             "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *           ],
                     *           "receivedAt": "2026-11-24T10:15:30.144Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["WebhookEventSummary"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "status": "accepted",
                     *       "action": "triggered",
                     *       "reason": null,
                     *       "detail": null,
                     *       "method": "POST",
                     *       "contentType": "application/json",
                     *       "sizeBytes": 33,
                     *       "remoteAddress": "203.0.113.7",
                     *       "dedupeKey": "o-4711",
                     *       "correlationKey": null,
                     *       "replayOf": null,
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "receivedAt": "2026-11-24T10:15:30.144Z",
                     *       "headers": {
                     *         "content-type": "application/json",
                     *         "user-agent": "shop/2.1",
                     *         "authorization": "[redacted]"
                     *       },
                     *       "query": "",
                     *       "body": "{\"order\":\"o-4711\",\"amount\":129.5}",
                     *       "bodyBase64": "eyJvcmRlciI6Im8tNDcxMSIsImFtb3VudCI6MTI5LjV9"
                     *     }
                     */
                    "application/json": components["schemas"]["WebhookEvent"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhookEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description `{action, runIds, eventId, duplicate, replayOf}`; `Location` is the (first) run. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "triggered",
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "eventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "duplicate": false,
                     *       "replayOf": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *     }
                     */
                    "application/json": {
                        /** @enum {string} */
                        action: "triggered" | "resumed" | "debounced" | "batched" | "skipped";
                        /** @description Why it was skipped. */
                        reason?: string;
                        /** @description Started or resumed, or the run that will start with what was gathered; of a duplicate, those of the first request. */
                        runIds: string[];
                        /** @description The request’s row of the inbox. */
                        eventId: string;
                        duplicate: boolean;
                        replayOf: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflows: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: ("draft" | "active" | "paused" | "archived") | ("draft" | "active" | "paused" | "archived")[];
                lastRunStatus?: ("queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled") | ("queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled")[];
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of workflows. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "name": "Charge orders",
                     *           "description": "Charges an order once.",
                     *           "status": "active",
                     *           "latestVersion": 2,
                     *           "liveVersion": 2,
                     *           "createdAt": "2026-11-23T10:15:30.144Z",
                     *           "updatedAt": "2026-11-24T09:15:30.144Z",
                     *           "trigger": "webhook",
                     *           "nextAt": null,
                     *           "lastRun": {
                     *             "id": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "status": "success",
                     *             "createdAt": "2026-11-24T10:15:30.144Z",
                     *             "finishedAt": "2026-11-24T10:15:30.712Z"
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["WorkflowRow"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Charge orders",
                 *       "definition": {
                 *         "nodes": {
                 *           "root": {
                 *             "type": "webhook",
                 *             "children": [
                 *               "charge"
                 *             ]
                 *           },
                 *           "charge": {
                 *             "type": "http-request",
                 *             "payload": {
                 *               "method": "POST",
                 *               "url": "https://api.example/charges",
                 *               "body": {
                 *                 "order": "{{$trigger.body.order}}",
                 *                 "amount": "{{$trigger.body.amount}}"
                 *               }
                 *             }
                 *           }
                 *         }
                 *       },
                 *       "webhook": {
                 *         "verification": {
                 *           "type": "none"
                 *         },
                 *         "dedupe": {
                 *           "by": "expression",
                 *           "expression": "{{$trigger.body.order}}"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    name: string;
                    /** @default  */
                    description?: string;
                    definition: unknown;
                    webhook?: {
                        verification?: {
                            /** @constant */
                            type: "none";
                        } | {
                            /** @constant */
                            type: "ip";
                        } | {
                            /** @constant */
                            type: "standard-webhooks";
                            secret?: string;
                            secrets?: string[];
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "github";
                            secret?: string;
                            secrets?: string[];
                        } | {
                            /** @constant */
                            type: "stripe";
                            secret?: string;
                            secrets?: string[];
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "slack";
                            secret?: string;
                            secrets?: string[];
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "shopify";
                            secret?: string;
                            secrets?: string[];
                        } | {
                            /** @constant */
                            type: "hmac";
                            secret?: string;
                            secrets?: string[];
                            header: string;
                            /** @enum {string} */
                            algorithm: "sha1" | "sha256" | "sha512";
                            /** @enum {string} */
                            encoding: "hex" | "base64" | "base64url";
                            prefix?: string;
                            /** @description How the header is written: parts between commas or semicolons, such as `t={timestamp},v1={signature}`. */
                            signatureFormat?: string;
                            timestampHeader?: string;
                            /**
                             * @default seconds
                             * @enum {string}
                             */
                            timestampFormat?: "seconds" | "milliseconds" | "iso";
                            /** @description Header of what `{id}` stands for. */
                            idHeader?: string;
                            /** @description What is signed, of {body} {timestamp} {id} {method} {form.sorted} {header:name}. */
                            signedContent?: string;
                            /**
                             * @default text
                             * @enum {string}
                             */
                            keyEncoding?: "text" | "hex" | "base64" | "base64url";
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "basic";
                            username: string;
                            password: string;
                        } | {
                            /** @constant */
                            type: "bearer";
                            token?: string;
                            tokens?: string[];
                        } | {
                            /** @constant */
                            type: "token";
                            header?: string;
                            /** @description Name of the member of the query that holds the token. */
                            query?: string;
                            token?: string;
                            tokens?: string[];
                        };
                        dedupe?: {
                            /**
                             * @default auto
                             * @enum {string}
                             */
                            by?: "auto" | "header" | "expression" | "body" | "none";
                            header?: string;
                            expression?: string;
                            /** @default 604800 */
                            windowSeconds?: number;
                        };
                        methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE")[];
                        /** @enum {string} */
                        respond?: "immediate" | "result";
                        contentTypes?: string[];
                        ipAllowList?: string[];
                        filter?: string | null;
                        /** @enum {string} */
                        whenPaused?: "hold" | "reject";
                        handshake?: {
                            verifyToken: string;
                        } | null;
                        maxBodyBytes?: number;
                    };
                };
            };
        };
        responses: {
            /** @description The workflow, with `warnings` of its definition. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z",
                     *       "webhook": {
                     *         "url": "https://hooks.example/v1/webhooks/-BufQSCUms…"
                     *       },
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["SavedWorkflow"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateWorkflows: {
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
                 *       "definition": {
                 *         "nodes": {
                 *           "root": {
                 *             "type": "webhook",
                 *             "children": [
                 *               "charge"
                 *             ]
                 *           },
                 *           "charge": {
                 *             "type": "http-request",
                 *             "payload": {
                 *               "method": "POST",
                 *               "url": "https://api.example/charges",
                 *               "body": {
                 *                 "order": "{{$trigger.body.order}}",
                 *                 "amount": "{{$trigger.body.amount}}"
                 *               }
                 *             }
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    definition: unknown;
                };
            };
        };
        responses: {
            /** @description `{valid, problems}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "valid": true,
                     *       "problems": []
                     *     }
                     */
                    "application/json": {
                        valid: boolean;
                        problems: components["schemas"]["DefinitionProblem"][];
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The workflow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z",
                     *       "contentHash": "9de45e336d0fa1ae9b852b859a1cfb74c24da3688912766c11f356db6283c8ac",
                     *       "definition": {
                     *         "nodes": {
                     *           "root": {
                     *             "type": "webhook",
                     *             "payload": {},
                     *             "children": [
                     *               "charge"
                     *             ],
                     *             "branches": {},
                     *             "onError": [],
                     *             "continueOnError": false,
                     *             "join": "settled"
                     *           },
                     *           "charge": {
                     *             "type": "http-request",
                     *             "payload": {
                     *               "method": "POST",
                     *               "url": "https://api.example/charges",
                     *               "body": {
                     *                 "order": "{{$trigger.body.order}}",
                     *                 "amount": "{{$trigger.body.amount}}"
                     *               }
                     *             },
                     *             "children": [],
                     *             "branches": {},
                     *             "onError": [],
                     *             "continueOnError": false,
                     *             "join": "settled"
                     *           }
                     *         },
                     *         "settings": {
                     *           "onNodeFailure": "cancel",
                     *           "strict": false
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "description": "Charges an order once.",
                 *       "definition": {
                 *         "nodes": {
                 *           "root": {
                 *             "type": "webhook",
                 *             "children": [
                 *               "charge"
                 *             ]
                 *           },
                 *           "charge": {
                 *             "type": "http-request",
                 *             "payload": {
                 *               "method": "POST",
                 *               "url": "https://api.example/charges",
                 *               "body": {
                 *                 "order": "{{$trigger.body.order}}",
                 *                 "amount": "{{$trigger.body.amount}}"
                 *               }
                 *             }
                 *           }
                 *         }
                 *       }
                 *     }
                 */
                "application/json": {
                    name?: string;
                    description?: string;
                    definition?: unknown;
                    webhook?: {
                        verification?: {
                            /** @constant */
                            type: "none";
                        } | {
                            /** @constant */
                            type: "ip";
                        } | {
                            /** @constant */
                            type: "standard-webhooks";
                            secret?: string;
                            secrets?: string[];
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "github";
                            secret?: string;
                            secrets?: string[];
                        } | {
                            /** @constant */
                            type: "stripe";
                            secret?: string;
                            secrets?: string[];
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "slack";
                            secret?: string;
                            secrets?: string[];
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "shopify";
                            secret?: string;
                            secrets?: string[];
                        } | {
                            /** @constant */
                            type: "hmac";
                            secret?: string;
                            secrets?: string[];
                            header: string;
                            /** @enum {string} */
                            algorithm: "sha1" | "sha256" | "sha512";
                            /** @enum {string} */
                            encoding: "hex" | "base64" | "base64url";
                            prefix?: string;
                            /** @description How the header is written: parts between commas or semicolons, such as `t={timestamp},v1={signature}`. */
                            signatureFormat?: string;
                            timestampHeader?: string;
                            /**
                             * @default seconds
                             * @enum {string}
                             */
                            timestampFormat?: "seconds" | "milliseconds" | "iso";
                            /** @description Header of what `{id}` stands for. */
                            idHeader?: string;
                            /** @description What is signed, of {body} {timestamp} {id} {method} {form.sorted} {header:name}. */
                            signedContent?: string;
                            /**
                             * @default text
                             * @enum {string}
                             */
                            keyEncoding?: "text" | "hex" | "base64" | "base64url";
                            /** @default 300 */
                            toleranceSeconds?: number;
                        } | {
                            /** @constant */
                            type: "basic";
                            username: string;
                            password: string;
                        } | {
                            /** @constant */
                            type: "bearer";
                            token?: string;
                            tokens?: string[];
                        } | {
                            /** @constant */
                            type: "token";
                            header?: string;
                            /** @description Name of the member of the query that holds the token. */
                            query?: string;
                            token?: string;
                            tokens?: string[];
                        };
                        dedupe?: {
                            /**
                             * @default auto
                             * @enum {string}
                             */
                            by?: "auto" | "header" | "expression" | "body" | "none";
                            header?: string;
                            expression?: string;
                            /** @default 604800 */
                            windowSeconds?: number;
                        };
                        methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE")[];
                        /** @enum {string} */
                        respond?: "immediate" | "result";
                        contentTypes?: string[];
                        ipAllowList?: string[];
                        filter?: string | null;
                        /** @enum {string} */
                        whenPaused?: "hold" | "reject";
                        handshake?: {
                            verifyToken: string;
                        } | null;
                        maxBodyBytes?: number;
                    };
                    expectedVersion?: number;
                };
            };
        };
        responses: {
            /** @description The workflow, with `warnings` of its definition. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z",
                     *       "webhook": {
                     *         "url": "https://hooks.example/v1/webhooks/-BufQSCUms…"
                     *       },
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["SavedWorkflow"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Archived. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflowVersions: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of versions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "version": 2,
                     *           "contentHash": "9de45e336d0fa1ae9b852b859a1cfb74c24da3688912766c11f356db6283c8ac",
                     *           "createdAt": "2026-11-24T09:15:30.144Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["VersionSummary"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version with its definition. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "version": 2,
                     *       "contentHash": "9de45e336d0fa1ae9b852b859a1cfb74c24da3688912766c11f356db6283c8ac",
                     *       "createdAt": "2026-11-24T09:15:30.144Z",
                     *       "definition": {
                     *         "nodes": {
                     *           "root": {
                     *             "type": "webhook",
                     *             "payload": {},
                     *             "children": [
                     *               "charge"
                     *             ],
                     *             "branches": {},
                     *             "onError": [],
                     *             "continueOnError": false,
                     *             "join": "settled"
                     *           },
                     *           "charge": {
                     *             "type": "http-request",
                     *             "payload": {
                     *               "method": "POST",
                     *               "url": "https://api.example/charges",
                     *               "body": {
                     *                 "order": "{{$trigger.body.order}}",
                     *                 "amount": "{{$trigger.body.amount}}"
                     *               }
                     *             },
                     *             "children": [],
                     *             "branches": {},
                     *             "onError": [],
                     *             "continueOnError": false,
                     *             "join": "settled"
                     *           }
                     *         },
                     *         "settings": {
                     *           "onNodeFailure": "cancel",
                     *           "strict": false
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Version"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowVersionDiff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                from: number;
                to: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{from, to, changes: [{change, pointer, before?, after?}]}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": {
                     *         "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *         "version": 1,
                     *         "contentHash": "9de45e336d0fa1ae9b852b859a1cfb74c24da3688912766c11f356db6283c8ac",
                     *         "createdAt": "2026-11-23T10:15:30.144Z"
                     *       },
                     *       "to": {
                     *         "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *         "version": 2,
                     *         "contentHash": "9de45e336d0fa1ae9b852b859a1cfb74c24da3688912766c11f356db6283c8ac",
                     *         "createdAt": "2026-11-24T09:15:30.144Z"
                     *       },
                     *       "changes": [
                     *         {
                     *           "change": "added",
                     *           "pointer": "/nodes/charge/payload/body/amount",
                     *           "after": "{{$trigger.body.amount}}"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        from: components["schemas"]["VersionSummary"];
                        to: components["schemas"]["VersionSummary"];
                        changes: {
                            /** @enum {string} */
                            change: "added" | "removed" | "changed";
                            /** @description RFC 6901, from the definition’s root. */
                            pointer: string;
                            before?: unknown;
                            after?: unknown;
                        }[];
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    publishWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": {
                    expectedVersion?: number;
                    /**
                     * @description Publishes a workflow out of the archive too.
                     * @default false
                     */
                    unarchive?: boolean;
                };
            };
        };
        responses: {
            /** @description The workflow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowSummary"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollbackWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "targetVersion": 1
                 *     }
                 */
                "application/json": {
                    targetVersion: number;
                    expectedCurrentVersion?: number;
                };
            };
        };
        responses: {
            /** @description The workflow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowSummary"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The workflow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowSummary"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "held": "run"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What becomes of requests that were held meanwhile.
                     * @default keep
                     * @enum {string}
                     */
                    held?: "keep" | "run" | "discard";
                };
            };
        };
        responses: {
            /** @description The workflow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowSummary"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unarchiveWorkflow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The workflow. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Charge orders",
                     *       "description": "Charges an order once.",
                     *       "status": "active",
                     *       "latestVersion": 2,
                     *       "liveVersion": 2,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowSummary"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runWorkflow: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "payload": {
                 *         "order": "o-4711",
                 *         "amount": 129.5
                 *       }
                 *     }
                 */
                "application/json": {
                    payload?: unknown;
                    /** @description A request of the inbox, such as a sample: the run gets what it was sent, as if it came now. */
                    webhookEventId?: string;
                    /** @default live */
                    version?: ("live" | "draft") | number;
                };
            };
        };
        responses: {
            /** @description `{runId}`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *     }
                     */
                    "application/json": {
                        runId: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVerificationTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The types. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            type: string;
                            /** @description JSON Schema, draft 2020-12; what is never read back is `writeOnly`. */
                            settings: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "url": "https://hooks.example/v1/webhooks/…",
                     *       "secrets": [
                     *         {
                     *           "createdAt": "2026-11-23T10:15:30.144Z",
                     *           "expiresAt": null
                     *         }
                     *       ],
                     *       "verification": {
                     *         "type": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "expression",
                     *         "expression": "{{$trigger.body.order}}",
                     *         "windowSeconds": 604800
                     *       },
                     *       "methods": [
                     *         "POST"
                     *       ],
                     *       "respond": "immediate",
                     *       "contentTypes": [],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "handshake": null,
                     *       "maxBodyBytes": 1048576,
                     *       "filter": null,
                     *       "whenPaused": "hold",
                     *       "captureUntil": null,
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveWorkflowWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "ipAllowList": [
                 *         "203.0.113.0/24"
                 *       ],
                 *       "whenPaused": "hold"
                 *     }
                 */
                "application/json": {
                    verification?: {
                        /** @constant */
                        type: "none";
                    } | {
                        /** @constant */
                        type: "ip";
                    } | {
                        /** @constant */
                        type: "standard-webhooks";
                        secret?: string;
                        secrets?: string[];
                        /** @default 300 */
                        toleranceSeconds?: number;
                    } | {
                        /** @constant */
                        type: "github";
                        secret?: string;
                        secrets?: string[];
                    } | {
                        /** @constant */
                        type: "stripe";
                        secret?: string;
                        secrets?: string[];
                        /** @default 300 */
                        toleranceSeconds?: number;
                    } | {
                        /** @constant */
                        type: "slack";
                        secret?: string;
                        secrets?: string[];
                        /** @default 300 */
                        toleranceSeconds?: number;
                    } | {
                        /** @constant */
                        type: "shopify";
                        secret?: string;
                        secrets?: string[];
                    } | {
                        /** @constant */
                        type: "hmac";
                        secret?: string;
                        secrets?: string[];
                        header: string;
                        /** @enum {string} */
                        algorithm: "sha1" | "sha256" | "sha512";
                        /** @enum {string} */
                        encoding: "hex" | "base64" | "base64url";
                        prefix?: string;
                        /** @description How the header is written: parts between commas or semicolons, such as `t={timestamp},v1={signature}`. */
                        signatureFormat?: string;
                        timestampHeader?: string;
                        /**
                         * @default seconds
                         * @enum {string}
                         */
                        timestampFormat?: "seconds" | "milliseconds" | "iso";
                        /** @description Header of what `{id}` stands for. */
                        idHeader?: string;
                        /** @description What is signed, of {body} {timestamp} {id} {method} {form.sorted} {header:name}. */
                        signedContent?: string;
                        /**
                         * @default text
                         * @enum {string}
                         */
                        keyEncoding?: "text" | "hex" | "base64" | "base64url";
                        /** @default 300 */
                        toleranceSeconds?: number;
                    } | {
                        /** @constant */
                        type: "basic";
                        username: string;
                        password: string;
                    } | {
                        /** @constant */
                        type: "bearer";
                        token?: string;
                        tokens?: string[];
                    } | {
                        /** @constant */
                        type: "token";
                        header?: string;
                        /** @description Name of the member of the query that holds the token. */
                        query?: string;
                        token?: string;
                        tokens?: string[];
                    };
                    dedupe?: {
                        /**
                         * @default auto
                         * @enum {string}
                         */
                        by?: "auto" | "header" | "expression" | "body" | "none";
                        header?: string;
                        expression?: string;
                        /** @default 604800 */
                        windowSeconds?: number;
                    };
                    methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE")[];
                    /** @enum {string} */
                    respond?: "immediate" | "result";
                    contentTypes?: string[];
                    ipAllowList?: string[];
                    filter?: string | null;
                    /** @enum {string} */
                    whenPaused?: "hold" | "reject";
                    handshake?: {
                        verifyToken: string;
                    } | null;
                    maxBodyBytes?: number;
                };
            };
        };
        responses: {
            /** @description The webhook. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "url": "https://hooks.example/v1/webhooks/…",
                     *       "secrets": [
                     *         {
                     *           "createdAt": "2026-11-23T10:15:30.144Z",
                     *           "expiresAt": null
                     *         }
                     *       ],
                     *       "verification": {
                     *         "type": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "expression",
                     *         "expression": "{{$trigger.body.order}}",
                     *         "windowSeconds": 604800
                     *       },
                     *       "methods": [
                     *         "POST"
                     *       ],
                     *       "respond": "immediate",
                     *       "contentTypes": [],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "handshake": null,
                     *       "maxBodyBytes": 1048576,
                     *       "filter": null,
                     *       "whenPaused": "hold",
                     *       "captureUntil": null,
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWorkflowWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 3600
                 *     }
                 */
                "application/json": {
                    /** @default 86400 */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description The webhook with its full `url`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "url": "https://hooks.example/v1/webhooks/…",
                     *       "secrets": [
                     *         {
                     *           "createdAt": "2026-11-23T10:15:30.144Z",
                     *           "expiresAt": null
                     *         }
                     *       ],
                     *       "verification": {
                     *         "type": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "expression",
                     *         "expression": "{{$trigger.body.order}}",
                     *         "windowSeconds": 604800
                     *       },
                     *       "methods": [
                     *         "POST"
                     *       ],
                     *       "respond": "immediate",
                     *       "contentTypes": [],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "handshake": null,
                     *       "maxBodyBytes": 1048576,
                     *       "filter": null,
                     *       "whenPaused": "hold",
                     *       "captureUntil": null,
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    captureWorkflowWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "seconds": 600
                 *     }
                 */
                "application/json": {
                    /** @default 600 */
                    seconds?: number;
                };
            };
        };
        responses: {
            /** @description The webhook, with `captureUntil`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "url": "https://hooks.example/v1/webhooks/…",
                     *       "secrets": [
                     *         {
                     *           "createdAt": "2026-11-23T10:15:30.144Z",
                     *           "expiresAt": null
                     *         }
                     *       ],
                     *       "verification": {
                     *         "type": "none"
                     *       },
                     *       "dedupe": {
                     *         "by": "expression",
                     *         "expression": "{{$trigger.body.order}}",
                     *         "windowSeconds": 604800
                     *       },
                     *       "methods": [
                     *         "POST"
                     *       ],
                     *       "respond": "immediate",
                     *       "contentTypes": [],
                     *       "ipAllowList": [
                     *         "203.0.113.0/24"
                     *       ],
                     *       "handshake": null,
                     *       "maxBodyBytes": 1048576,
                     *       "filter": null,
                     *       "whenPaused": "hold",
                     *       "captureUntil": null,
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-24T09:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The workflow was published before. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createDeployment: {
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
                 *       "source": "shop",
                 *       "workflows": [
                 *         {
                 *           "name": "Ship orders",
                 *           "definition": {
                 *             "nodes": {
                 *               "root": {
                 *                 "type": "webhook",
                 *                 "children": [
                 *                   "charge"
                 *                 ]
                 *               },
                 *               "charge": {
                 *                 "type": "http-request",
                 *                 "payload": {
                 *                   "method": "POST",
                 *                   "url": "https://api.example/charges",
                 *                   "body": {
                 *                     "order": "{{$trigger.body.order}}",
                 *                     "amount": "{{$trigger.body.amount}}"
                 *                   }
                 *                 }
                 *               }
                 *             }
                 *           }
                 *         }
                 *       ],
                 *       "publish": true,
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    /** @description Who keeps the files, such as the name of a repository. */
                    source: string;
                    workflows: {
                        name: string;
                        /** @default  */
                        description?: string;
                        definition: unknown;
                        webhook?: {
                            verification?: {
                                /** @constant */
                                type: "none";
                            } | {
                                /** @constant */
                                type: "ip";
                            } | {
                                /** @constant */
                                type: "standard-webhooks";
                                secret?: string;
                                secrets?: string[];
                                /** @default 300 */
                                toleranceSeconds?: number;
                            } | {
                                /** @constant */
                                type: "github";
                                secret?: string;
                                secrets?: string[];
                            } | {
                                /** @constant */
                                type: "stripe";
                                secret?: string;
                                secrets?: string[];
                                /** @default 300 */
                                toleranceSeconds?: number;
                            } | {
                                /** @constant */
                                type: "slack";
                                secret?: string;
                                secrets?: string[];
                                /** @default 300 */
                                toleranceSeconds?: number;
                            } | {
                                /** @constant */
                                type: "shopify";
                                secret?: string;
                                secrets?: string[];
                            } | {
                                /** @constant */
                                type: "hmac";
                                secret?: string;
                                secrets?: string[];
                                header: string;
                                /** @enum {string} */
                                algorithm: "sha1" | "sha256" | "sha512";
                                /** @enum {string} */
                                encoding: "hex" | "base64" | "base64url";
                                prefix?: string;
                                /** @description How the header is written: parts between commas or semicolons, such as `t={timestamp},v1={signature}`. */
                                signatureFormat?: string;
                                timestampHeader?: string;
                                /**
                                 * @default seconds
                                 * @enum {string}
                                 */
                                timestampFormat?: "seconds" | "milliseconds" | "iso";
                                /** @description Header of what `{id}` stands for. */
                                idHeader?: string;
                                /** @description What is signed, of {body} {timestamp} {id} {method} {form.sorted} {header:name}. */
                                signedContent?: string;
                                /**
                                 * @default text
                                 * @enum {string}
                                 */
                                keyEncoding?: "text" | "hex" | "base64" | "base64url";
                                /** @default 300 */
                                toleranceSeconds?: number;
                            } | {
                                /** @constant */
                                type: "basic";
                                username: string;
                                password: string;
                            } | {
                                /** @constant */
                                type: "bearer";
                                token?: string;
                                tokens?: string[];
                            } | {
                                /** @constant */
                                type: "token";
                                header?: string;
                                /** @description Name of the member of the query that holds the token. */
                                query?: string;
                                token?: string;
                                tokens?: string[];
                            };
                            dedupe?: {
                                /**
                                 * @default auto
                                 * @enum {string}
                                 */
                                by?: "auto" | "header" | "expression" | "body" | "none";
                                header?: string;
                                expression?: string;
                                /** @default 604800 */
                                windowSeconds?: number;
                            };
                            methods?: ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE")[];
                            /** @enum {string} */
                            respond?: "immediate" | "result";
                            contentTypes?: string[];
                            ipAllowList?: string[];
                            filter?: string | null;
                            /** @enum {string} */
                            whenPaused?: "hold" | "reject";
                            handshake?: {
                                verifyToken: string;
                            } | null;
                            maxBodyBytes?: number;
                        };
                    }[];
                    /**
                     * @description Make what is deployed live.
                     * @default false
                     */
                    publish?: boolean;
                    /**
                     * @description Archive what this source made and no longer names.
                     * @default false
                     */
                    prune?: boolean;
                    /**
                     * @description Answer the plan and change nothing.
                     * @default false
                     */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description What was done, or with `dryRun` what would be. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dryRun": true,
                     *       "plan": [
                     *         {
                     *           "name": "Ship orders",
                     *           "action": "create",
                     *           "publishes": true,
                     *           "workflowId": null,
                     *           "version": 1,
                     *           "changes": []
                     *         }
                     *       ],
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["Deployment"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Several workflows have a name that is deployed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWorkflowSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schedule. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "version": 2,
                     *       "status": "active",
                     *       "cron": "0 7 * * MON-FRI",
                     *       "timezone": "Europe/Berlin",
                     *       "overlap": "skip",
                     *       "catchUpMs": 60000,
                     *       "next": [
                     *         "2026-11-25T06:00:00.000Z",
                     *         "2026-11-26T06:00:00.000Z"
                     *       ],
                     *       "buffered": null,
                     *       "firings": {
                     *         "started": 21,
                     *         "skipped": 1,
                     *         "buffered": 0,
                     *         "missed": 0
                     *       },
                     *       "lastRuns": [
                     *         {
                     *           "id": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "status": "success",
                     *           "scheduledAt": "2026-11-24T06:00:00.000Z",
                     *           "createdAt": "2026-11-24T06:00:00.041Z",
                     *           "startedAt": "2026-11-24T06:00:00.102Z",
                     *           "finishedAt": "2026-11-24T06:00:02.377Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Schedule"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    triggerWorkflowSchedule: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The run’s id. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *     }
                     */
                    "application/json": {
                        runId: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    backfillWorkflowSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    since: string;
                    /** Format: date-time */
                    until: string;
                    /**
                     * @default allow_all
                     * @enum {string}
                     */
                    overlap?: "skip" | "buffer_one" | "allow_all" | "cancel_other";
                    /** @default false */
                    force?: boolean;
                };
            };
        };
        responses: {
            /** @description What came of the firings. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "firings": 3,
                     *       "started": 2,
                     *       "known": 1,
                     *       "skipped": 0,
                     *       "buffered": 0,
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        firings: number;
                        started: number;
                        /** @description Those that had a run before. */
                        known: number;
                        skipped: number;
                        buffered: number;
                        /** @description The runs that were started. */
                        runIds: string[];
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewSchedules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "cron": "0 7 * * MON-FRI",
                 *       "timezone": "Europe/Berlin"
                 *     }
                 */
                "application/json": {
                    cron?: string;
                    intervalMs?: number;
                    timezone?: string;
                    /** Format: date-time */
                    from?: string;
                };
            };
        };
        responses: {
            /** @description The times. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "times": [
                     *         "2026-11-25T06:00:00.000Z",
                     *         "2026-11-26T06:00:00.000Z"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        times: string[];
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFlow: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                owner?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of lanes, by owner. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya/concurrency/0/o-4711",
                     *           "owner": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "kind": "concurrency",
                     *           "index": 0,
                     *           "key": "o-4711",
                     *           "limit": 1,
                     *           "override": null,
                     *           "perMs": null,
                     *           "running": 1,
                     *           "runIds": [
                     *             "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *           ],
                     *           "waiting": 3,
                     *           "oldestAt": "2026-11-24T10:15:30.144Z",
                     *           "isPaused": false
                     *         }
                     *       ],
                     *       "nextCursor": null,
                     *       "paused": []
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["FlowLane"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                        /** @description Workflows and scopes that are paused, also those without a lane. */
                        paused: string[];
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                owner: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The workflow or scope. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "owner": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "isPaused": true
                     *     }
                     */
                    "application/json": components["schemas"]["FlowOwner"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                owner: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The workflow or scope. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "owner": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "isPaused": true
                     *     }
                     */
                    "application/json": components["schemas"]["FlowOwner"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeFlowLimits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                owner: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Value of the key; without one: the lane of runs without a key. */
                    key?: unknown;
                    /** @description In the place of every limit of the lane; `null` takes it away. */
                    limit: number | null;
                    /** @description Which of the workflow’s limits, where there are several. */
                    index?: number;
                };
            };
        };
        responses: {
            /** @description The lane. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya/concurrency/0/o-4711",
                     *       "owner": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "kind": "concurrency",
                     *       "index": 0,
                     *       "key": "o-4711",
                     *       "limit": 1,
                     *       "override": null,
                     *       "perMs": null,
                     *       "running": 1,
                     *       "runIds": [
                     *         "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       ],
                     *       "waiting": 3,
                     *       "oldestAt": "2026-11-24T10:15:30.144Z",
                     *       "isPaused": false
                     *     }
                     */
                    "application/json": components["schemas"]["FlowLane"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamRun: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-Sent Events; ends with `event: end` after the run’s last event. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6",
                     *       "event": "run.succeeded",
                     *       "data": "{\"id\":\"evt_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"type\":\"run.succeeded\",\"timestamp\":\"2026-11-24T10:15:30.737Z\",\"schemaVersion\":1,\"data\":{\"organizationId\":\"org_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowId\":\"wf_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowVersion\":2,\"runId\":\"run_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"sequence\":6,\"status\":\"success\",\"counts\":{\"success\":1},\"durationMs\":473,\"output\":{\"charge\":{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":{\"charged\":true}}}}}"
                     *     }
                     */
                    "text/event-stream": components["schemas"]["StreamFrame"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExecution: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The execution. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "exe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "path": "charge",
                     *       "nodeId": "charge",
                     *       "nodeType": "http-request",
                     *       "status": "success",
                     *       "executionId": "exe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "attempt": 1,
                     *       "startedAt": "2026-11-24T10:15:30.595Z",
                     *       "finishedAt": "2026-11-24T10:15:30.693Z",
                     *       "input": {
                     *         "method": "POST",
                     *         "url": "https://api.example/charges",
                     *         "body": {
                     *           "order": "o-4711",
                     *           "amount": 129.5
                     *         }
                     *       },
                     *       "output": {
                     *         "status": 200,
                     *         "headers": {
                     *           "content-type": "application/json"
                     *         },
                     *         "body": {
                     *           "charged": true
                     *         }
                     *       },
                     *       "error": null,
                     *       "reason": null,
                     *       "nextAttemptAt": null,
                     *       "reusedFrom": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "status": "success",
                     *           "error": null,
                     *           "nextAttemptAt": null,
                     *           "durationMs": 98,
                     *           "startedAt": "2026-11-24T10:15:30.595Z",
                     *           "finishedAt": "2026-11-24T10:15:30.693Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Execution"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamExecution: {
        parameters: {
            query?: {
                after?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-Sent Events; ends with `event: end` after the outcome. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6",
                     *       "event": "run.succeeded",
                     *       "data": "{\"id\":\"evt_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"type\":\"run.succeeded\",\"timestamp\":\"2026-11-24T10:15:30.737Z\",\"schemaVersion\":1,\"data\":{\"organizationId\":\"org_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowId\":\"wf_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowVersion\":2,\"runId\":\"run_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"sequence\":6,\"status\":\"success\",\"counts\":{\"success\":1},\"durationMs\":473,\"output\":{\"charge\":{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":{\"charged\":true}}}}}"
                     *     }
                     */
                    "text/event-stream": components["schemas"]["StreamFrame"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createStreamToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                 *       "expiresInSeconds": 600
                 *     }
                 */
                "application/json": {
                    runId?: string;
                    executionId?: string;
                    workflowId?: string;
                    /** @default 600 */
                    expiresInSeconds?: number;
                };
            };
        };
        responses: {
            /** @description `{token, url, expiresAt}`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "WzEsInJ1bklk….q3v9…",
                     *       "url": "https://hooks.example/v1/runs/run_k3q7x2m5w4h6j2n5p7r4t6v3ya/stream?access_token=WzEsInJ1bklk….q3v9…",
                     *       "expiresAt": "2026-11-24T10:25:30.000Z"
                     *     }
                     */
                    "application/json": {
                        token: string;
                        /** @description The stream, with the token: what a browser’s `EventSource` takes. */
                        url: string;
                        /**
                         * Format: date-time
                         * @description The stream ends then, and the token opens nothing.
                         */
                        expiresAt: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamActivity: {
        parameters: {
            query?: {
                workflowId?: string | string[];
                types?: string;
                status?: string;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-Sent Events; `event: reset` when the cursor is too old, or none. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6",
                     *       "event": "run.succeeded",
                     *       "data": "{\"id\":\"evt_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"type\":\"run.succeeded\",\"timestamp\":\"2026-11-24T10:15:30.737Z\",\"schemaVersion\":1,\"data\":{\"organizationId\":\"org_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowId\":\"wf_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowVersion\":2,\"runId\":\"run_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"sequence\":6,\"status\":\"success\",\"counts\":{\"success\":1},\"durationMs\":473,\"output\":{\"charge\":{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":{\"charged\":true}}}}}"
                     *     }
                     */
                    "text/event-stream": components["schemas"]["StreamFrame"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamWorkflowRuns: {
        parameters: {
            query?: {
                types?: string;
                status?: string;
                after?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Server-Sent Events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "6",
                     *       "event": "run.succeeded",
                     *       "data": "{\"id\":\"evt_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"type\":\"run.succeeded\",\"timestamp\":\"2026-11-24T10:15:30.737Z\",\"schemaVersion\":1,\"data\":{\"organizationId\":\"org_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowId\":\"wf_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"workflowVersion\":2,\"runId\":\"run_k3q7x2m5w4h6j2n5p7r4t6v3ya\",\"sequence\":6,\"status\":\"success\",\"counts\":{\"success\":1},\"durationMs\":473,\"output\":{\"charge\":{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":{\"charged\":true}}}}}"
                     *     }
                     */
                    "text/event-stream": components["schemas"]["StreamFrame"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listActivity: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                workflowId?: string | string[];
                types?: string;
                status?: string;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "type": "run.succeeded",
                     *           "timestamp": "2026-11-24T10:15:30.737Z",
                     *           "schemaVersion": 1,
                     *           "data": {
                     *             "organizationId": "org_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "workflowVersion": 2,
                     *             "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "sequence": 6,
                     *             "status": "success",
                     *             "counts": {
                     *               "success": 1
                     *             },
                     *             "durationMs": 473,
                     *             "output": {
                     *               "charge": {
                     *                 "status": 200,
                     *                 "headers": {
                     *                   "content-type": "application/json"
                     *                 },
                     *                 "body": {
                     *                   "charged": true
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Event"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                workflowId?: string;
                status?: ("queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled") | ("queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled")[];
                since?: string;
                until?: string;
                trigger?: string;
                search?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "workflowVersion": 2,
                     *           "status": "success",
                     *           "trigger": {
                     *             "source": "webhook",
                     *             "webhookEventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *           },
                     *           "input": {
                     *             "order": "o-4711",
                     *             "amount": 129.5
                     *           },
                     *           "output": {
                     *             "charge": {
                     *               "status": 200,
                     *               "headers": {
                     *                 "content-type": "application/json"
                     *               },
                     *               "body": {
                     *                 "charged": true
                     *               }
                     *             }
                     *           },
                     *           "error": null,
                     *           "counts": {
                     *             "success": 1
                     *           },
                     *           "lastSequence": 6,
                     *           "rerunOf": null,
                     *           "parentRunId": null,
                     *           "failedRunId": null,
                     *           "failureRunId": null,
                     *           "createdAt": "2026-11-24T10:15:30.169Z",
                     *           "startedAt": "2026-11-24T10:15:30.264Z",
                     *           "finishedAt": "2026-11-24T10:15:30.737Z",
                     *           "durationMs": 473,
                     *           "queue": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["RunSummary"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkflowRuns: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                status?: ("queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled") | ("queued" | "running" | "waiting" | "success" | "partial" | "failure" | "cancelled")[];
                since?: string;
                until?: string;
                trigger?: string;
                search?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of runs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "workflowVersion": 2,
                     *           "status": "success",
                     *           "trigger": {
                     *             "source": "webhook",
                     *             "webhookEventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *           },
                     *           "input": {
                     *             "order": "o-4711",
                     *             "amount": 129.5
                     *           },
                     *           "output": {
                     *             "charge": {
                     *               "status": 200,
                     *               "headers": {
                     *                 "content-type": "application/json"
                     *               },
                     *               "body": {
                     *                 "charged": true
                     *               }
                     *             }
                     *           },
                     *           "error": null,
                     *           "counts": {
                     *             "success": 1
                     *           },
                     *           "lastSequence": 6,
                     *           "rerunOf": null,
                     *           "parentRunId": null,
                     *           "failedRunId": null,
                     *           "failureRunId": null,
                     *           "createdAt": "2026-11-24T10:15:30.169Z",
                     *           "startedAt": "2026-11-24T10:15:30.264Z",
                     *           "finishedAt": "2026-11-24T10:15:30.737Z",
                     *           "durationMs": 473,
                     *           "queue": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["RunSummary"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "workflowVersion": 2,
                     *       "status": "success",
                     *       "trigger": {
                     *         "source": "webhook",
                     *         "webhookEventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       },
                     *       "input": {
                     *         "order": "o-4711",
                     *         "amount": 129.5
                     *       },
                     *       "output": {
                     *         "charge": {
                     *           "status": 200,
                     *           "headers": {
                     *             "content-type": "application/json"
                     *           },
                     *           "body": {
                     *             "charged": true
                     *           }
                     *         }
                     *       },
                     *       "error": null,
                     *       "counts": {
                     *         "success": 1
                     *       },
                     *       "lastSequence": 6,
                     *       "rerunOf": null,
                     *       "parentRunId": null,
                     *       "failedRunId": null,
                     *       "failureRunId": null,
                     *       "createdAt": "2026-11-24T10:15:30.169Z",
                     *       "startedAt": "2026-11-24T10:15:30.264Z",
                     *       "finishedAt": "2026-11-24T10:15:30.737Z",
                     *       "durationMs": 473,
                     *       "queue": null,
                     *       "nodes": {
                     *         "charge": {
                     *           "status": "success",
                     *           "executionId": "exe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "attempt": 1,
                     *           "startedAt": "2026-11-24T10:15:30.595Z",
                     *           "finishedAt": "2026-11-24T10:15:30.693Z"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Erased. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is not over, an open run reads it, or a delivery of it is being sent. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunEvents: {
        parameters: {
            query?: {
                after?: number;
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "type": "run.succeeded",
                     *           "timestamp": "2026-11-24T10:15:30.737Z",
                     *           "schemaVersion": 1,
                     *           "data": {
                     *             "organizationId": "org_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "workflowVersion": 2,
                     *             "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "sequence": 6,
                     *             "status": "success",
                     *             "counts": {
                     *               "success": 1
                     *             },
                     *             "durationMs": 473,
                     *             "output": {
                     *               "charge": {
                     *                 "status": 200,
                     *                 "headers": {
                     *                   "content-type": "application/json"
                     *                 },
                     *                 "body": {
                     *                   "charged": true
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Event"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRunExecutions: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                parent?: string;
                status?: ("scheduled" | "running" | "waiting" | "success" | "partial" | "failure" | "skipped" | "cancelled") | ("scheduled" | "running" | "waiting" | "success" | "partial" | "failure" | "skipped" | "cancelled")[];
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of executions. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "exe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "path": "charge",
                     *           "nodeId": "charge",
                     *           "nodeType": "http-request",
                     *           "status": "success",
                     *           "executionId": "exe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "attempt": 1,
                     *           "startedAt": "2026-11-24T10:15:30.595Z",
                     *           "finishedAt": "2026-11-24T10:15:30.693Z",
                     *           "input": {
                     *             "method": "POST",
                     *             "url": "https://api.example/charges",
                     *             "body": {
                     *               "order": "o-4711",
                     *               "amount": 129.5
                     *             }
                     *           },
                     *           "output": {
                     *             "status": 200,
                     *             "headers": {
                     *               "content-type": "application/json"
                     *             },
                     *             "body": {
                     *               "charged": true
                     *             }
                     *           },
                     *           "error": null,
                     *           "reason": null,
                     *           "nextAttemptAt": null,
                     *           "reusedFrom": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ExecutionSummary"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "the order was withdrawn"
                 *     }
                 */
                "application/json": {
                    /** @default cancelled by the API */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description The run, soon cancelled. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "workflowVersion": 2,
                     *       "status": "success",
                     *       "trigger": {
                     *         "source": "webhook",
                     *         "webhookEventId": "whe_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       },
                     *       "input": {
                     *         "order": "o-4711",
                     *         "amount": 129.5
                     *       },
                     *       "output": {
                     *         "charge": {
                     *           "status": 200,
                     *           "headers": {
                     *             "content-type": "application/json"
                     *           },
                     *           "body": {
                     *             "charged": true
                     *           }
                     *         }
                     *       },
                     *       "error": null,
                     *       "counts": {
                     *         "success": 1
                     *       },
                     *       "lastSequence": 6,
                     *       "rerunOf": null,
                     *       "parentRunId": null,
                     *       "failedRunId": null,
                     *       "failureRunId": null,
                     *       "createdAt": "2026-11-24T10:15:30.169Z",
                     *       "startedAt": "2026-11-24T10:15:30.264Z",
                     *       "finishedAt": "2026-11-24T10:15:30.737Z",
                     *       "durationMs": 473,
                     *       "queue": null
                     *     }
                     */
                    "application/json": components["schemas"]["RunSummary"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeRunNode: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                path: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "data": {
                 *         "approved": true
                 *       }
                 *     }
                 */
                "application/json": {
                    /**
                     * @description What the wait goes on with; of a wait with choices, with the member `choice`.
                     * @default null
                     */
                    data?: unknown;
                    /** @description Who answers, for the log. */
                    name?: string;
                };
            };
        };
        responses: {
            /** @description `{runId, path}`. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "path": "approve"
                     *     }
                     */
                    "application/json": {
                        runId: string;
                        path: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It does not wait, or was resumed before. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{runId, path, status, formSchema, …}`; status `not_begun`, `held`, `waiting` or `over`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "path": "approve",
                     *       "status": "waiting",
                     *       "outcome": null,
                     *       "answeredBy": null,
                     *       "title": "Charge 129.50?",
                     *       "description": "Order o-4711",
                     *       "formSchema": null,
                     *       "choices": [
                     *         {
                     *           "value": "yes",
                     *           "label": "Charge"
                     *         }
                     *       ],
                     *       "isKnown": true,
                     *       "expiresAt": "2026-11-25T10:15:30.144Z"
                     *     }
                     */
                    "application/json": {
                        runId: string;
                        path: string;
                        /** @enum {string} */
                        status: "not_begun" | "held" | "waiting" | "over";
                        /** @description How it came to be over. */
                        outcome: ("resumed" | "timed_out" | "ended") | null;
                        answeredBy: {
                            /** Format: date-time */
                            at: string;
                            name: string | null;
                        } | null;
                        title: string;
                        description: string | null;
                        /** @description JSON Schema of the data; `null` for any. */
                        formSchema: unknown;
                        /** @description What the buttons say; the answer has the value of one as `choice`. */
                        choices: {
                            value: string;
                            label: string;
                        }[];
                        /** @description Whether form and choices are known: expressions are resolved as the wait begins. */
                        isKnown: boolean;
                        expiresAt: string | null;
                    };
                    "text/html": string;
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description No such link. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    useResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description What the wait goes on with; of a wait with choices, with the member `choice`.
                     * @default null
                     */
                    data?: unknown;
                    /** @description Who answers, for the log. */
                    name?: string;
                };
                "application/x-www-form-urlencoded": Record<string, never>;
            };
        };
        responses: {
            /** @description `{runId, path, status}`; status `resumed` or `held`. A form is answered with `303`, to the page that says so. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "path": "approve",
                     *       "status": "resumed"
                     *     }
                     */
                    "application/json": {
                        runId: string;
                        path: string;
                        /** @enum {string} */
                        status: "resumed" | "held";
                    };
                    "text/html": string;
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description No such link; the same for every token that was not made here. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The link was used, or the wait or its run is over. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                    "text/html": string;
                };
            };
        };
    };
    listWaits: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                workflowId?: string;
                runId?: string;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{items, nextCursor}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "exe_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "path": "approve",
                     *           "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "workflowName": "Charge orders",
                     *           "title": "Charge 129.50?",
                     *           "description": "Order o-4711",
                     *           "formSchema": null,
                     *           "choices": [
                     *             {
                     *               "value": "yes",
                     *               "label": "Charge"
                     *             },
                     *             {
                     *               "value": "no",
                     *               "label": "Refuse"
                     *             }
                     *           ],
                     *           "startedAt": "2026-11-24T10:15:30.737Z",
                     *           "expiresAt": "2026-11-25T10:15:30.737Z",
                     *           "remindedAt": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["OpenWait"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "from": [
                 *         "charge"
                 *       ],
                 *       "version": "live"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Paths of nodes to run again, with what followed from them; default: what failed.
                     * @default []
                     */
                    from?: string | string[];
                    /** @default same */
                    version?: ("same" | "live") | number;
                    /** @description In the place of the input of the run. */
                    input?: unknown;
                };
            };
        };
        responses: {
            /** @description `{runId}` of the new run. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *     }
                     */
                    "application/json": {
                        runId: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The run is not over, or nothing of it failed. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPayload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                ref: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The value, as JSON. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "charged": true
                     *     }
                     */
                    "application/json": unknown;
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryRuns: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "status": [
                 *           "failure",
                 *           "partial"
                 *         ],
                 *         "since": "2026-11-24T10:00:00Z"
                 *       },
                 *       "version": "live",
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    filter: {
                        workflowId?: string;
                        /** @description Runs that are over; default: `failure` and `partial`. */
                        status?: ("success" | "partial" | "failure" | "cancelled") | ("success" | "partial" | "failure" | "cancelled")[];
                        /** Format: date-time */
                        since?: string;
                        /** Format: date-time */
                        until?: string;
                        trigger?: string;
                        /** @description A dedupe key, a correlation key, the beginning of a run id, or part of the name of the workflow. */
                        search?: string;
                    };
                    /**
                     * @description `live`: by the version that is published when a run’s turn comes.
                     * @default same
                     * @enum {string}
                     */
                    version?: "same" | "live";
                    /**
                     * @description Counts what the filter takes, and changes nothing.
                     * @default false
                     */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dryRun`: `{dryRun, total, byStatus}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dryRun": true,
                     *       "total": 812,
                     *       "byStatus": {
                     *         "failure": 800,
                     *         "partial": 12
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        dryRun: true;
                        total: number;
                        byStatus: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description The job; `Location` tells how far it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "kind": "retry-runs",
                     *       "filter": {
                     *         "status": [
                     *           "failure"
                     *         ],
                     *         "until": "2026-11-24T10:15:30.144Z"
                     *       },
                     *       "options": {
                     *         "version": "live"
                     *       },
                     *       "status": "running",
                     *       "total": 812,
                     *       "done": 300,
                     *       "refused": 0,
                     *       "problems": [],
                     *       "createdAt": "2026-11-24T10:15:30.144Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayWebhookEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filter": {
                 *         "status": "rejected",
                 *         "since": "2026-11-24T10:00:00Z"
                 *       },
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    filter: {
                        workflowId?: string;
                        /** @description One of them, or several: `status=a&status=b`. */
                        status: ("accepted" | "duplicate" | "rejected" | "released" | "discarded" | "sample") | ("accepted" | "duplicate" | "rejected" | "released" | "discarded" | "sample")[];
                        /** @description Why it was refused, skipped or answered, such as `bad-signature`. */
                        reason?: string;
                        /** Format: date-time */
                        since?: string;
                        /** Format: date-time */
                        until?: string;
                        /** @description A dedupe key, a correlation key, the beginning of the id of a run that it started, or part of the name of the workflow. */
                        search?: string;
                    };
                    /**
                     * @description Counts what the filter takes, and changes nothing.
                     * @default false
                     */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dryRun`: `{dryRun, total, byStatus}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dryRun": true,
                     *       "total": 14,
                     *       "byStatus": {
                     *         "rejected": 14
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        dryRun: true;
                        total: number;
                        byStatus: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description The job; `Location` tells how far it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "kind": "retry-runs",
                     *       "filter": {
                     *         "status": [
                     *           "failure"
                     *         ],
                     *         "until": "2026-11-24T10:15:30.144Z"
                     *       },
                     *       "options": {
                     *         "version": "live"
                     *       },
                     *       "status": "running",
                     *       "total": 812,
                     *       "done": 300,
                     *       "refused": 0,
                     *       "problems": [],
                     *       "createdAt": "2026-11-24T10:15:30.144Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                kind?: "retry-runs" | "replay-webhook-events";
                status?: ("running" | "done" | "cancelled") | ("running" | "done" | "cancelled")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "job_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "kind": "retry-runs",
                     *           "filter": {
                     *             "status": [
                     *               "failure"
                     *             ],
                     *             "until": "2026-11-24T10:15:30.144Z"
                     *           },
                     *           "options": {
                     *             "version": "live"
                     *           },
                     *           "status": "running",
                     *           "total": 812,
                     *           "done": 300,
                     *           "refused": 0,
                     *           "problems": [],
                     *           "createdAt": "2026-11-24T10:15:30.144Z",
                     *           "finishedAt": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Job"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "kind": "retry-runs",
                     *       "filter": {
                     *         "status": [
                     *           "failure"
                     *         ],
                     *         "until": "2026-11-24T10:15:30.144Z"
                     *       },
                     *       "options": {
                     *         "version": "live"
                     *       },
                     *       "status": "running",
                     *       "total": 812,
                     *       "done": 300,
                     *       "refused": 0,
                     *       "problems": [],
                     *       "createdAt": "2026-11-24T10:15:30.144Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The job. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "kind": "retry-runs",
                     *       "filter": {
                     *         "status": [
                     *           "failure"
                     *         ],
                     *         "until": "2026-11-24T10:15:30.144Z"
                     *       },
                     *       "options": {
                     *         "version": "live"
                     *       },
                     *       "status": "running",
                     *       "total": 812,
                     *       "done": 300,
                     *       "refused": 0,
                     *       "problems": [],
                     *       "createdAt": "2026-11-24T10:15:30.144Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is over. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disableExecutionWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Shop",
                     *       "description": "",
                     *       "url": "https://shop.example/hooks",
                     *       "subscribedEventTypes": [
                     *         "run.succeeded",
                     *         "run.failed"
                     *       ],
                     *       "workflowIds": [],
                     *       "timeoutMs": 15000,
                     *       "rateLimitPerSecond": null,
                     *       "maxInFlight": 50,
                     *       "ordering": "run",
                     *       "headers": {},
                     *       "payload": "full",
                     *       "filter": null,
                     *       "transform": null,
                     *       "retrySchedule": [
                     *         "0s",
                     *         "5s",
                     *         "5m",
                     *         "30m",
                     *         "2h",
                     *         "5h",
                     *         "10h",
                     *         "10h"
                     *       ],
                     *       "maxRetries": 7,
                     *       "status": "active",
                     *       "disabledReason": null,
                     *       "pausedUntil": null,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "signing": {
                     *         "ed25519": false,
                     *         "publicKeys": []
                     *       },
                     *       "health": {
                     *         "status": "healthy",
                     *         "failuresInRow": 0,
                     *         "failingSince": null,
                     *         "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *         "lastError": null,
                     *         "disablesAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HookEndpoint"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enableExecutionWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "held": "send"
                 *     }
                 */
                "application/json": {
                    /**
                     * @default send
                     * @enum {string}
                     */
                    held?: "send" | "discard";
                };
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Shop",
                     *       "description": "",
                     *       "url": "https://shop.example/hooks",
                     *       "subscribedEventTypes": [
                     *         "run.succeeded",
                     *         "run.failed"
                     *       ],
                     *       "workflowIds": [],
                     *       "timeoutMs": 15000,
                     *       "rateLimitPerSecond": null,
                     *       "maxInFlight": 50,
                     *       "ordering": "run",
                     *       "headers": {},
                     *       "payload": "full",
                     *       "filter": null,
                     *       "transform": null,
                     *       "retrySchedule": [
                     *         "0s",
                     *         "5s",
                     *         "5m",
                     *         "30m",
                     *         "2h",
                     *         "5h",
                     *         "10h",
                     *         "10h"
                     *       ],
                     *       "maxRetries": 7,
                     *       "status": "active",
                     *       "disabledReason": null,
                     *       "pausedUntil": null,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "signing": {
                     *         "ed25519": false,
                     *         "publicKeys": []
                     *       },
                     *       "health": {
                     *         "status": "healthy",
                     *         "failuresInRow": 0,
                     *         "failingSince": null,
                     *         "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *         "lastError": null,
                     *         "disablesAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HookEndpoint"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testExecutionWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The delivery. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dlv_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventId": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventType": "run.succeeded",
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "status": "success",
                     *       "reason": null,
                     *       "replayOf": null,
                     *       "replayId": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "startedAt": "2026-11-24T10:15:30.770Z",
                     *           "durationMs": 114,
                     *           "error": null,
                     *           "remoteAddress": "198.51.100.20",
                     *           "requestHeaders": {
                     *             "content-type": "application/json",
                     *             "webhook-id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "webhook-timestamp": "1795515330",
                     *             "webhook-signature": "v1,JT7gu60dpakqdK7NSTGjzZjqUUYuC+R7lUXupmN4kGA="
                     *           },
                     *           "responseStatus": 200,
                     *           "responseHeaders": {
                     *             "content-type": "application/json"
                     *           },
                     *           "responseHeadersTruncated": false,
                     *           "responseBody": "{\"taken\":true}",
                     *           "responseBodyTruncated": false,
                     *           "timings": {
                     *             "headersMs": 112,
                     *             "totalMs": 112
                     *           }
                     *         }
                     *       ],
                     *       "retryCount": 0,
                     *       "maxRetries": 7,
                     *       "nextRetryAt": null,
                     *       "createdAt": "2026-11-24T10:15:30.745Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HookDelivery"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The delivery. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dlv_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventId": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventType": "run.succeeded",
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "status": "success",
                     *       "reason": null,
                     *       "replayOf": null,
                     *       "replayId": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "startedAt": "2026-11-24T10:15:30.770Z",
                     *           "durationMs": 114,
                     *           "error": null,
                     *           "remoteAddress": "198.51.100.20",
                     *           "requestHeaders": {
                     *             "content-type": "application/json",
                     *             "webhook-id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "webhook-timestamp": "1795515330",
                     *             "webhook-signature": "v1,JT7gu60dpakqdK7NSTGjzZjqUUYuC+R7lUXupmN4kGA="
                     *           },
                     *           "responseStatus": 200,
                     *           "responseHeaders": {
                     *             "content-type": "application/json"
                     *           },
                     *           "responseHeadersTruncated": false,
                     *           "responseBody": "{\"taken\":true}",
                     *           "responseBodyTruncated": false,
                     *           "timings": {
                     *             "headersMs": 112,
                     *             "totalMs": 112
                     *           }
                     *         }
                     *       ],
                     *       "retryCount": 0,
                     *       "maxRetries": 7,
                     *       "nextRetryAt": null,
                     *       "createdAt": "2026-11-24T10:15:30.745Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HookDelivery"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The new delivery. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dlv_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventId": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventType": "run.succeeded",
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "status": "success",
                     *       "reason": null,
                     *       "replayOf": null,
                     *       "replayId": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "startedAt": "2026-11-24T10:15:30.770Z",
                     *           "durationMs": 114,
                     *           "error": null,
                     *           "remoteAddress": "198.51.100.20",
                     *           "requestHeaders": {
                     *             "content-type": "application/json",
                     *             "webhook-id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "webhook-timestamp": "1795515330",
                     *             "webhook-signature": "v1,JT7gu60dpakqdK7NSTGjzZjqUUYuC+R7lUXupmN4kGA="
                     *           },
                     *           "responseStatus": 200,
                     *           "responseHeaders": {
                     *             "content-type": "application/json"
                     *           },
                     *           "responseHeadersTruncated": false,
                     *           "responseBody": "{\"taken\":true}",
                     *           "responseBodyTruncated": false,
                     *           "timings": {
                     *             "headersMs": 112,
                     *             "totalMs": 112
                     *           }
                     *         }
                     *       ],
                     *       "retryCount": 0,
                     *       "maxRetries": 7,
                     *       "nextRetryAt": null,
                     *       "createdAt": "2026-11-24T10:15:30.745Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HookDelivery"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateSecretExecutionWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 86400
                 *     }
                 */
                "application/json": {
                    /** @default 86400 */
                    overlapSeconds?: number;
                    /** @description Your own: `whsec_` and the base64 of 24 to 64 random bytes. */
                    signingSecret?: string;
                };
            };
        };
        responses: {
            /** @description `{endpoint, signingSecret}`; the secret is in this answer only. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpoint": {
                     *         "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *         "name": "Shop",
                     *         "description": "",
                     *         "url": "https://shop.example/hooks",
                     *         "subscribedEventTypes": [
                     *           "run.succeeded",
                     *           "run.failed"
                     *         ],
                     *         "workflowIds": [],
                     *         "timeoutMs": 15000,
                     *         "rateLimitPerSecond": null,
                     *         "maxInFlight": 50,
                     *         "ordering": "run",
                     *         "headers": {},
                     *         "payload": "full",
                     *         "filter": null,
                     *         "transform": null,
                     *         "retrySchedule": [
                     *           "0s",
                     *           "5s",
                     *           "5m",
                     *           "30m",
                     *           "2h",
                     *           "5h",
                     *           "10h",
                     *           "10h"
                     *         ],
                     *         "maxRetries": 7,
                     *         "status": "active",
                     *         "disabledReason": null,
                     *         "pausedUntil": null,
                     *         "createdAt": "2026-11-23T10:15:30.144Z",
                     *         "updatedAt": "2026-11-23T10:15:30.144Z",
                     *         "signing": {
                     *           "ed25519": false,
                     *           "publicKeys": []
                     *         },
                     *         "health": {
                     *           "status": "healthy",
                     *           "failuresInRow": 0,
                     *           "failingSince": null,
                     *           "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *           "lastError": null,
                     *           "disablesAt": null
                     *         }
                     *       },
                     *       "signingSecret": "whsec_f8osX4NdBuJi…"
                     *     }
                     */
                    "application/json": {
                        endpoint: components["schemas"]["HookEndpoint"];
                        /** @description `whsec_…`; in this answer only. */
                        signingSecret: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKeyExecutionWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** @default 86400 */
                    overlapSeconds?: number;
                };
            };
        };
        responses: {
            /** @description `{endpoint}` with its public keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpoint": {
                     *         "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *         "name": "Shop",
                     *         "description": "",
                     *         "url": "https://shop.example/hooks",
                     *         "subscribedEventTypes": [
                     *           "run.succeeded",
                     *           "run.failed"
                     *         ],
                     *         "workflowIds": [],
                     *         "timeoutMs": 15000,
                     *         "rateLimitPerSecond": null,
                     *         "maxInFlight": 50,
                     *         "ordering": "run",
                     *         "headers": {},
                     *         "payload": "full",
                     *         "filter": null,
                     *         "transform": null,
                     *         "retrySchedule": [
                     *           "0s",
                     *           "5s",
                     *           "5m",
                     *           "30m",
                     *           "2h",
                     *           "5h",
                     *           "10h",
                     *           "10h"
                     *         ],
                     *         "maxRetries": 7,
                     *         "status": "active",
                     *         "disabledReason": null,
                     *         "pausedUntil": null,
                     *         "createdAt": "2026-11-23T10:15:30.144Z",
                     *         "updatedAt": "2026-11-23T10:15:30.144Z",
                     *         "signing": {
                     *           "ed25519": false,
                     *           "publicKeys": []
                     *         },
                     *         "health": {
                     *           "status": "healthy",
                     *           "failuresInRow": 0,
                     *           "failingSince": null,
                     *           "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *           "lastError": null,
                     *           "disablesAt": null
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        endpoint: components["schemas"]["HookEndpoint"];
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayExecutionWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "since": "2026-11-24T10:00:00Z",
                 *       "types": [
                 *         "run.failed"
                 *       ],
                 *       "status": [
                 *         "failure",
                 *         "none"
                 *       ],
                 *       "dryRun": true
                 *     }
                 */
                "application/json": {
                    /** Format: date-time */
                    since: string;
                    /**
                     * Format: date-time
                     * @description Default: now.
                     */
                    until?: string;
                    /** @description Types and globs; default: what the endpoint has subscribed to. */
                    types?: string[];
                    /** @description Of the event’s newest delivery to the endpoint; `none`: it never had one. Default: any. */
                    status?: ("pending" | "retrying" | "held" | "success" | "failure" | "discarded" | "none") | ("pending" | "retrying" | "held" | "success" | "failure" | "discarded" | "none")[];
                    /** @default false */
                    dryRun?: boolean;
                };
            };
        };
        responses: {
            /** @description With `dryRun`: `{dryRun, total, byStatus}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "dryRun": true,
                     *       "total": 41,
                     *       "byStatus": {
                     *         "failure": 40,
                     *         "none": 1
                     *       }
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        dryRun: true;
                        total: number;
                        byStatus: {
                            [key: string]: number;
                        };
                    };
                };
            };
            /** @description The replay; `Location` tells how far it is. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rpl_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "since": "2026-11-23T10:15:30.144Z",
                     *       "until": "2026-11-24T10:15:30.144Z",
                     *       "types": [
                     *         "run.failed"
                     *       ],
                     *       "statuses": [
                     *         "failure"
                     *       ],
                     *       "status": "running",
                     *       "deliveries": {
                     *         "total": 41,
                     *         "pending": 12,
                     *         "retrying": 0,
                     *         "held": 0,
                     *         "success": 29,
                     *         "failure": 0,
                     *         "discarded": 0
                     *       },
                     *       "createdAt": "2026-11-24T10:15:30.144Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["HookReplay"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExecutionWebhookReplays: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of replays. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "rpl_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "since": "2026-11-23T10:15:30.144Z",
                     *           "until": "2026-11-24T10:15:30.144Z",
                     *           "types": [
                     *             "run.failed"
                     *           ],
                     *           "statuses": [
                     *             "failure"
                     *           ],
                     *           "status": "running",
                     *           "deliveries": {
                     *             "total": 41,
                     *             "pending": 12,
                     *             "retrying": 0,
                     *             "held": 0,
                     *             "success": 29,
                     *             "failure": 0,
                     *             "discarded": 0
                     *           },
                     *           "createdAt": "2026-11-24T10:15:30.144Z",
                     *           "finishedAt": null
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["HookReplay"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The replay. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rpl_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "since": "2026-11-23T10:15:30.144Z",
                     *       "until": "2026-11-24T10:15:30.144Z",
                     *       "types": [
                     *         "run.failed"
                     *       ],
                     *       "statuses": [
                     *         "failure"
                     *       ],
                     *       "status": "running",
                     *       "deliveries": {
                     *         "total": 41,
                     *         "pending": 12,
                     *         "retrying": 0,
                     *         "held": 0,
                     *         "success": 29,
                     *         "failure": 0,
                     *         "discarded": 0
                     *       },
                     *       "createdAt": "2026-11-24T10:15:30.144Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["HookReplay"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The replay, `cancelling` while an attempt is under way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rpl_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "since": "2026-11-23T10:15:30.144Z",
                     *       "until": "2026-11-24T10:15:30.144Z",
                     *       "types": [
                     *         "run.failed"
                     *       ],
                     *       "statuses": [
                     *         "failure"
                     *       ],
                     *       "status": "running",
                     *       "deliveries": {
                     *         "total": 41,
                     *         "pending": 12,
                     *         "retrying": 0,
                     *         "held": 0,
                     *         "success": 29,
                     *         "failure": 0,
                     *         "discarded": 0
                     *       },
                     *       "createdAt": "2026-11-24T10:15:30.144Z",
                     *       "finishedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["HookReplay"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewExecutionWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    eventId: string;
                };
            };
        };
        responses: {
            /** @description The request, without its signatures. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "isSent": true,
                     *       "method": "POST",
                     *       "url": "https://shop.example/hooks",
                     *       "headers": {
                     *         "content-type": "application/json",
                     *         "webhook-id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *       },
                     *       "body": "{\"type\":\"run.succeeded\",\"timestamp\":\"2026-11-24T10:15:30.737Z\",\"data\":{}}"
                     *     }
                     */
                    "application/json": {
                        /** @constant */
                        isSent: false;
                    } | {
                        /** @constant */
                        isSent: true;
                        /** @constant */
                        method: "POST";
                        url: string;
                        headers: {
                            [key: string]: string;
                        };
                        /** @description The bytes that the signature would cover. */
                        body: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listExecutionWebhooks: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                failing?: "true";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of endpoints. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "name": "Shop",
                     *           "description": "",
                     *           "url": "https://shop.example/hooks",
                     *           "subscribedEventTypes": [
                     *             "run.succeeded",
                     *             "run.failed"
                     *           ],
                     *           "workflowIds": [],
                     *           "timeoutMs": 15000,
                     *           "rateLimitPerSecond": null,
                     *           "maxInFlight": 50,
                     *           "ordering": "run",
                     *           "headers": {},
                     *           "payload": "full",
                     *           "filter": null,
                     *           "transform": null,
                     *           "retrySchedule": [
                     *             "0s",
                     *             "5s",
                     *             "5m",
                     *             "30m",
                     *             "2h",
                     *             "5h",
                     *             "10h",
                     *             "10h"
                     *           ],
                     *           "maxRetries": 7,
                     *           "status": "active",
                     *           "disabledReason": null,
                     *           "pausedUntil": null,
                     *           "createdAt": "2026-11-23T10:15:30.144Z",
                     *           "updatedAt": "2026-11-23T10:15:30.144Z",
                     *           "signing": {
                     *             "ed25519": false,
                     *             "publicKeys": []
                     *           },
                     *           "health": {
                     *             "status": "healthy",
                     *             "failuresInRow": 0,
                     *             "failingSince": null,
                     *             "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *             "lastError": null,
                     *             "disablesAt": null
                     *           }
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["HookEndpoint"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExecutionWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Shop",
                 *       "url": "https://shop.example/hooks",
                 *       "subscribedEventTypes": [
                 *         "run.succeeded",
                 *         "run.failed"
                 *       ],
                 *       "ordering": "run"
                 *     }
                 */
                "application/json": {
                    /** @default  */
                    name?: string;
                    /** @default  */
                    description?: string;
                    /** Format: uri */
                    url: string;
                    subscribedEventTypes: string[];
                    /** @default [] */
                    workflowIds?: string[];
                    maxRetries?: number;
                    retrySchedule?: string[];
                    /** @default 15000 */
                    timeoutMs?: number;
                    /** @default null */
                    rateLimitPerSecond?: number | null;
                    /** @default 50 */
                    maxInFlight?: number;
                    /**
                     * @default none
                     * @enum {string}
                     */
                    ordering?: "none" | "run";
                    /** @default {} */
                    headers?: {
                        [key: string]: string;
                    };
                    /**
                     * @default full
                     * @enum {string}
                     */
                    payload?: "full" | "thin";
                    /**
                     * @description An expression over `$event`: what it leaves out is `discarded` with the reason `filtered`.
                     * @default null
                     */
                    filter?: string | null;
                    /**
                     * @description The body to send instead of the event. The signature covers the bytes that are sent.
                     * @default null
                     */
                    transform?: ({
                        /** @enum {string} */
                        preset: "slack" | "teams" | "discord" | "cloudevents" | "cloudevents-binary";
                    } | {
                        /** @constant */
                        preset: "pagerduty";
                        /** @description Shown as `[redacted]`. */
                        routingKey: string;
                    } | {
                        /** @description The body to send: any JSON with expressions over `$event`; a text goes as it is. */
                        body: unknown;
                        /** @default application/json */
                        contentType?: string;
                    }) | null;
                    /**
                     * @default {
                     *       "ed25519": false
                     *     }
                     */
                    signing?: {
                        ed25519: boolean;
                    };
                    /** @description Your own: `whsec_` and the base64 of 24 to 64 random bytes. */
                    signingSecret?: string;
                };
            };
        };
        responses: {
            /** @description `{endpoint, signingSecret}`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "endpoint": {
                     *         "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *         "name": "Shop",
                     *         "description": "",
                     *         "url": "https://shop.example/hooks",
                     *         "subscribedEventTypes": [
                     *           "run.succeeded",
                     *           "run.failed"
                     *         ],
                     *         "workflowIds": [],
                     *         "timeoutMs": 15000,
                     *         "rateLimitPerSecond": null,
                     *         "maxInFlight": 50,
                     *         "ordering": "run",
                     *         "headers": {},
                     *         "payload": "full",
                     *         "filter": null,
                     *         "transform": null,
                     *         "retrySchedule": [
                     *           "0s",
                     *           "5s",
                     *           "5m",
                     *           "30m",
                     *           "2h",
                     *           "5h",
                     *           "10h",
                     *           "10h"
                     *         ],
                     *         "maxRetries": 7,
                     *         "status": "active",
                     *         "disabledReason": null,
                     *         "pausedUntil": null,
                     *         "createdAt": "2026-11-23T10:15:30.144Z",
                     *         "updatedAt": "2026-11-23T10:15:30.144Z",
                     *         "signing": {
                     *           "ed25519": false,
                     *           "publicKeys": []
                     *         },
                     *         "health": {
                     *           "status": "healthy",
                     *           "failuresInRow": 0,
                     *           "failingSince": null,
                     *           "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *           "lastError": null,
                     *           "disablesAt": null
                     *         }
                     *       },
                     *       "signingSecret": "whsec_f8osX4NdBuJi…"
                     *     }
                     */
                    "application/json": {
                        endpoint: components["schemas"]["HookEndpoint"];
                        /** @description `whsec_…`; in this answer only. */
                        signingSecret: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                endpointId?: string;
                runId?: string;
                eventType?: "run.queued" | "run.blocked" | "run.started" | "run.waiting" | "run.resumed" | "run.succeeded" | "run.partial" | "run.failed" | "run.cancelled" | "node.scheduled" | "node.started" | "node.retrying" | "node.waiting" | "node.reminder" | "node.resumed" | "node.succeeded" | "node.partial" | "node.failed" | "node.skipped" | "node.cancelled" | "node.log" | "node.progress" | "endpoint.failing" | "endpoint.recovered" | "endpoint.disabled" | "delivery.exhausted" | "endpoint.test";
                status?: ("pending" | "retrying" | "held" | "success" | "failure" | "discarded") | ("pending" | "retrying" | "held" | "success" | "failure" | "discarded")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of deliveries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "dlv_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "eventId": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "eventType": "run.succeeded",
                     *           "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "status": "success",
                     *           "reason": null,
                     *           "replayOf": null,
                     *           "replayId": null,
                     *           "attempts": [
                     *             {
                     *               "number": 1,
                     *               "startedAt": "2026-11-24T10:15:30.770Z",
                     *               "durationMs": 114,
                     *               "error": null,
                     *               "remoteAddress": "198.51.100.20",
                     *               "requestHeaders": {
                     *                 "content-type": "application/json",
                     *                 "webhook-id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *                 "webhook-timestamp": "1795515330",
                     *                 "webhook-signature": "v1,JT7gu60dpakqdK7NSTGjzZjqUUYuC+R7lUXupmN4kGA="
                     *               },
                     *               "responseStatus": 200,
                     *               "responseHeaders": {
                     *                 "content-type": "application/json"
                     *               },
                     *               "responseHeadersTruncated": false,
                     *               "responseBody": "{\"taken\":true}",
                     *               "responseBodyTruncated": false,
                     *               "timings": {
                     *                 "headersMs": 112,
                     *                 "totalMs": 112
                     *               }
                     *             }
                     *           ],
                     *           "retryCount": 0,
                     *           "maxRetries": 7,
                     *           "nextRetryAt": null,
                     *           "createdAt": "2026-11-24T10:15:30.745Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["HookDelivery"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "dlv_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "endpointId": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventId": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "eventType": "run.succeeded",
                     *       "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "runId": "run_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "status": "success",
                     *       "reason": null,
                     *       "replayOf": null,
                     *       "replayId": null,
                     *       "attempts": [
                     *         {
                     *           "number": 1,
                     *           "startedAt": "2026-11-24T10:15:30.770Z",
                     *           "durationMs": 114,
                     *           "error": null,
                     *           "remoteAddress": "198.51.100.20",
                     *           "requestHeaders": {
                     *             "content-type": "application/json",
                     *             "webhook-id": "evt_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *             "webhook-timestamp": "1795515330",
                     *             "webhook-signature": "v1,JT7gu60dpakqdK7NSTGjzZjqUUYuC+R7lUXupmN4kGA="
                     *           },
                     *           "responseStatus": 200,
                     *           "responseHeaders": {
                     *             "content-type": "application/json"
                     *           },
                     *           "responseHeadersTruncated": false,
                     *           "responseBody": "{\"taken\":true}",
                     *           "responseBodyTruncated": false,
                     *           "timings": {
                     *             "headersMs": 112,
                     *             "totalMs": 112
                     *           }
                     *         }
                     *       ],
                     *       "retryCount": 0,
                     *       "maxRetries": 7,
                     *       "nextRetryAt": null,
                     *       "createdAt": "2026-11-24T10:15:30.745Z"
                     *     }
                     */
                    "application/json": components["schemas"]["HookDelivery"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getExecutionWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Shop",
                     *       "description": "",
                     *       "url": "https://shop.example/hooks",
                     *       "subscribedEventTypes": [
                     *         "run.succeeded",
                     *         "run.failed"
                     *       ],
                     *       "workflowIds": [],
                     *       "timeoutMs": 15000,
                     *       "rateLimitPerSecond": null,
                     *       "maxInFlight": 50,
                     *       "ordering": "run",
                     *       "headers": {},
                     *       "payload": "full",
                     *       "filter": null,
                     *       "transform": null,
                     *       "retrySchedule": [
                     *         "0s",
                     *         "5s",
                     *         "5m",
                     *         "30m",
                     *         "2h",
                     *         "5h",
                     *         "10h",
                     *         "10h"
                     *       ],
                     *       "maxRetries": 7,
                     *       "status": "active",
                     *       "disabledReason": null,
                     *       "pausedUntil": null,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "signing": {
                     *         "ed25519": false,
                     *         "publicKeys": []
                     *       },
                     *       "health": {
                     *         "status": "healthy",
                     *         "failuresInRow": 0,
                     *         "failingSince": null,
                     *         "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *         "lastError": null,
                     *         "disablesAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HookEndpoint"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteExecutionWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeExecutionWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "subscribedEventTypes": [
                 *         "run.*"
                 *       ],
                 *       "filter": "{{$event.data.status = \"failure\"}}"
                 *     }
                 */
                "application/json": {
                    name?: string;
                    description?: string;
                    /** Format: uri */
                    url?: string;
                    subscribedEventTypes?: string[];
                    workflowIds?: string[];
                    maxRetries?: number;
                    retrySchedule?: string[];
                    timeoutMs?: number;
                    rateLimitPerSecond?: number | null;
                    maxInFlight?: number;
                    /** @enum {string} */
                    ordering?: "none" | "run";
                    headers?: {
                        [key: string]: string;
                    };
                    /** @enum {string} */
                    payload?: "full" | "thin";
                    /** @description An expression over `$event`: what it leaves out is `discarded` with the reason `filtered`. */
                    filter?: string | null;
                    /** @description The body to send instead of the event. The signature covers the bytes that are sent. */
                    transform?: ({
                        /** @enum {string} */
                        preset: "slack" | "teams" | "discord" | "cloudevents" | "cloudevents-binary";
                    } | {
                        /** @constant */
                        preset: "pagerduty";
                        /** @description Shown as `[redacted]`. */
                        routingKey: string;
                    } | {
                        /** @description The body to send: any JSON with expressions over `$event`; a text goes as it is. */
                        body: unknown;
                        /** @default application/json */
                        contentType?: string;
                    }) | null;
                    signing?: {
                        ed25519: boolean;
                    };
                };
            };
        };
        responses: {
            /** @description The endpoint. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ep_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Shop",
                     *       "description": "",
                     *       "url": "https://shop.example/hooks",
                     *       "subscribedEventTypes": [
                     *         "run.succeeded",
                     *         "run.failed"
                     *       ],
                     *       "workflowIds": [],
                     *       "timeoutMs": 15000,
                     *       "rateLimitPerSecond": null,
                     *       "maxInFlight": 50,
                     *       "ordering": "run",
                     *       "headers": {},
                     *       "payload": "full",
                     *       "filter": null,
                     *       "transform": null,
                     *       "retrySchedule": [
                     *         "0s",
                     *         "5s",
                     *         "5m",
                     *         "30m",
                     *         "2h",
                     *         "5h",
                     *         "10h",
                     *         "10h"
                     *       ],
                     *       "maxRetries": 7,
                     *       "status": "active",
                     *       "disabledReason": null,
                     *       "pausedUntil": null,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "signing": {
                     *         "ed25519": false,
                     *         "publicKeys": []
                     *       },
                     *       "health": {
                     *         "status": "healthy",
                     *         "failuresInRow": 0,
                     *         "failingSince": null,
                     *         "lastSuccessAt": "2026-11-24T10:15:30.884Z",
                     *         "lastError": null,
                     *         "disablesAt": null
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["HookEndpoint"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCredentials: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of credentials, without their values. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "cred_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "name": "shop_token",
                     *           "createdAt": "2026-11-23T10:15:30.144Z",
                     *           "updatedAt": "2026-11-23T10:15:30.144Z",
                     *           "lastUsedAt": "2026-11-24T10:15:30.144Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Credential"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCredential: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "shop_token",
                 *       "value": "sk_live_4f9a…"
                 *     }
                 */
                "application/json": {
                    name: string;
                    value: string;
                };
            };
        };
        responses: {
            /** @description The credential, without its value. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "cred_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "shop_token",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Credential"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The credential. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "cred_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "shop_token",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Credential"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": "sk_live_7c21…"
                 *     }
                 */
                "application/json": {
                    name?: string;
                    value: string;
                };
            };
        };
        responses: {
            /** @description The credential, without its value. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "cred_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "shop_token",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Credential"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "shop_key"
                 *     }
                 */
                "application/json": {
                    name?: string;
                    value?: string;
                };
            };
        };
        responses: {
            /** @description The credential, without its value. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "cred_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "shop_token",
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "updatedAt": "2026-11-23T10:15:30.144Z",
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Credential"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The name is taken. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVariables: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of variables. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "limit",
                     *           "value": 42,
                     *           "version": 2,
                     *           "updatedAt": "2026-11-24T10:15:30.144Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["Variable"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getVariable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The variable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "limit",
                     *       "value": 42,
                     *       "version": 2,
                     *       "updatedAt": "2026-11-24T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    saveVariable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "value": 40
                 *     }
                 */
                "application/json": {
                    value: unknown;
                    /** @description The version that it must have now; 0: there is none. */
                    version?: number;
                };
            };
        };
        responses: {
            /** @description The variable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "limit",
                     *       "value": 42,
                     *       "version": 2,
                     *       "updatedAt": "2026-11-24T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteVariable: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeVariable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "increment": 2
                 *     }
                 */
                "application/json": {
                    increment: number;
                    /** @description The version that it must have now; 0: there is none. */
                    version?: number;
                };
            };
        };
        responses: {
            /** @description The variable. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "limit",
                     *       "value": 42,
                     *       "version": 2,
                     *       "updatedAt": "2026-11-24T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Variable"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listVariableHistory: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "version": 2,
                     *           "value": 42,
                     *           "isDeleted": false,
                     *           "by": {
                     *             "keyId": "key_k3q7x2m5w4h6j2n5p7r4t6v3ya"
                     *           },
                     *           "createdAt": "2026-11-24T10:15:30.144Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: {
                            version: number;
                            value: unknown;
                            isDeleted: boolean;
                            /** @description The key, or the node’s execution, that made the change. */
                            by: {
                                keyId: string;
                            } | {
                                runId: string;
                                path: string;
                                executionId: string;
                            };
                            /** Format: date-time */
                            createdAt: string;
                        }[];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys, without their texts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "key_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "name": "deploys",
                     *           "scopes": [
                     *             "write"
                     *           ],
                     *           "expiresAt": null,
                     *           "revokedAt": null,
                     *           "lastUsedAt": "2026-11-24T10:15:30.144Z",
                     *           "createdAt": "2026-11-23T10:15:30.144Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["ApiKey"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "deploys",
                 *       "scopes": [
                 *         "write"
                 *       ],
                 *       "expiresAt": "2126-01-01T00:00:00Z"
                 *     }
                 */
                "application/json": {
                    name: string;
                    scopes: ("read" | "run" | "write" | "admin" | "operator")[];
                    expiresAt?: string | null;
                };
            };
        };
        responses: {
            /** @description The key, with its text as `apiKey`. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "deploys",
                     *       "scopes": [
                     *         "write"
                     *       ],
                     *       "expiresAt": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": null,
                     *       "createdAt": "2026-11-23T10:15:30.144Z",
                     *       "apiKey": "hl_QVDV88J7qm…"
                     *     }
                     */
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "deploys",
                     *       "scopes": [
                     *         "write"
                     *       ],
                     *       "expiresAt": null,
                     *       "revokedAt": null,
                     *       "lastUsedAt": "2026-11-24T10:15:30.144Z",
                     *       "createdAt": "2026-11-23T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description It is the last that may make keys. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organization. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "org_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Acme",
                     *       "onFailure": null,
                     *       "createdAt": "2026-11-23T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OwnOrganization"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeOrganization: {
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
                 *       "onFailure": null
                 *     }
                 */
                "application/json": {
                    onFailure: {
                        workflowId: string;
                        when?: string[];
                    } | null;
                };
            };
        };
        responses: {
            /** @description The organization. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "org_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "Acme",
                     *       "onFailure": null,
                     *       "createdAt": "2026-11-23T10:15:30.144Z"
                     *     }
                     */
                    "application/json": components["schemas"]["OwnOrganization"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same request with the same key within 24 hours creates once and is answered the same. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme"
                 *     }
                 */
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description `{organization, apiKey}`; the key has the scope admin. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "organization": {
                     *         "id": "org_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *         "name": "Acme",
                     *         "createdAt": "2026-11-23T10:15:30.144Z"
                     *       },
                     *       "apiKey": "hl_QVDV88J7qm…"
                     *     }
                     */
                    "application/json": {
                        organization: {
                            id: string;
                            name: string;
                            /** Format: date-time */
                            createdAt: string;
                        };
                        /** @description `hl_…`; in this answer only. */
                        apiKey: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `request-in-progress`: the first request with the key is still running. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `idempotency-key-reused`: the key was used for another request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWhoami: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key, without its text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keyId": "key_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *       "name": "deploys",
                     *       "scopes": [
                     *         "write"
                     *       ],
                     *       "organization": {
                     *         "id": "org_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *         "name": "Acme"
                     *       }
                     *     }
                     */
                    "application/json": {
                        keyId: string;
                        /** @description Name of the key. */
                        name: string;
                        scopes: ("read" | "run" | "write" | "admin" | "operator")[];
                        organization: {
                            id: string;
                            name: string;
                        };
                    };
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description `{apiKey}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "apiKey": "hl_QVDV88J7qm…"
                     *     }
                     */
                    "application/json": {
                        apiKey: string;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description No such link: unknown, used or expired, all alike. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is larger than allowed. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another content type than JSON. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                keyId?: string;
                action?: string;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of changes; `status` is that of the answer. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "aud_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "keyId": "key_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "action": "POST /v1/api-keys",
                     *           "resource": "/v1/api-keys",
                     *           "requestId": "req_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "remoteAddress": "203.0.113.7",
                     *           "status": 201,
                     *           "createdAt": "2026-11-24T10:15:30.144Z"
                     *         }
                     *       ],
                     *       "nextCursor": null
                     *     }
                     */
                    "application/json": {
                        items: components["schemas"]["AuditRow"][];
                        /** @description The `cursor` of the next page; `null` on the last. */
                        nextCursor: string | null;
                    };
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStats: {
        parameters: {
            query?: {
                workflowId?: string;
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{since, until, webhookEvents, runs, deliveries}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "since": "2026-11-23T10:15:30.144Z",
                     *       "until": "2026-11-24T10:15:30.144Z",
                     *       "webhookEvents": {
                     *         "total": 815,
                     *         "byStatus": {
                     *           "accepted": 809,
                     *           "duplicate": 4,
                     *           "rejected": 2,
                     *           "handshake": 0,
                     *           "held": 0,
                     *           "released": 0,
                     *           "discarded": 0,
                     *           "sample": 0
                     *         }
                     *       },
                     *       "runs": {
                     *         "total": 812,
                     *         "byStatus": {
                     *           "queued": 0,
                     *           "running": 1,
                     *           "waiting": 2,
                     *           "success": 804,
                     *           "partial": 0,
                     *           "failure": 5,
                     *           "cancelled": 0
                     *         },
                     *         "durationMs": {
                     *           "average": 473,
                     *           "longest": 5120
                     *         }
                     *       },
                     *       "deliveries": {
                     *         "total": 809,
                     *         "byStatus": {
                     *           "pending": 0,
                     *           "retrying": 1,
                     *           "held": 0,
                     *           "success": 808,
                     *           "failure": 0,
                     *           "discarded": 0
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Stats"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getStatsRuns: {
        parameters: {
            query?: {
                workflowId?: string;
                since?: string;
                until?: string;
                stepSeconds?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description `{since, until, stepSeconds, points, workflows}`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "since": "2026-11-24T09:15:30.144Z",
                     *       "until": "2026-11-24T10:15:30.144Z",
                     *       "stepSeconds": 3600,
                     *       "points": [
                     *         {
                     *           "at": "2026-11-24T09:15:30.144Z",
                     *           "total": 812,
                     *           "byStatus": {
                     *             "queued": 0,
                     *             "running": 1,
                     *             "waiting": 2,
                     *             "success": 804,
                     *             "partial": 0,
                     *             "failure": 5,
                     *             "cancelled": 0
                     *           }
                     *         }
                     *       ],
                     *       "workflows": [
                     *         {
                     *           "workflowId": "wf_k3q7x2m5w4h6j2n5p7r4t6v3ya",
                     *           "total": 812,
                     *           "byStatus": {
                     *             "queued": 0,
                     *             "running": 1,
                     *             "waiting": 2,
                     *             "success": 804,
                     *             "partial": 0,
                     *             "failure": 5,
                     *             "cancelled": 0
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RunStats"];
                };
            };
            /** @description What was sent is not valid; `errors` names each place. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getNodeTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The node types. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: ({
                            type: string;
                            title: string;
                            description: string;
                            /** @description JSON Schema, draft 2020-12. */
                            payload: {
                                [key: string]: unknown;
                            };
                            result: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDefinitionSchema: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The schema. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEventTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event types. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** @enum {string} */
                            type: "run.queued" | "run.blocked" | "run.started" | "run.waiting" | "run.resumed" | "run.succeeded" | "run.partial" | "run.failed" | "run.cancelled" | "node.scheduled" | "node.started" | "node.retrying" | "node.waiting" | "node.reminder" | "node.resumed" | "node.succeeded" | "node.partial" | "node.failed" | "node.skipped" | "node.cancelled" | "node.log" | "node.progress" | "endpoint.failing" | "endpoint.recovered" | "endpoint.disabled" | "delivery.exhausted" | "endpoint.test";
                            /** @enum {string} */
                            about: "run" | "node" | "endpoint";
                            when: string;
                            status?: string;
                            final?: boolean;
                            namedOnly?: boolean;
                            cloudEventsType: string;
                            /** @description JSON Schema, draft 2020-12. */
                            schema: {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description The API key is missing, unknown, expired or revoked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The API key lacks the scope. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Nothing is here, for this organization. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
