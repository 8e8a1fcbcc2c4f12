"""Made from the OpenAPI document by npm run generate."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

from ._quote import quote


AcceptedWebhook = TypedDict(
    "AcceptedWebhook",
    {
        "action": "Literal[\"triggered\", \"resumed\", \"debounced\", \"batched\", \"skipped\"]",
        "reason": "str",
        "runIds": "List[str]",
        "eventId": "str",
        "duplicate": "bool",
    },
    total=False,
)


ApiKey = TypedDict(
    "ApiKey",
    {
        "id": "str",
        "name": "str",
        "scopes": "List[Literal[\"read\", \"run\", \"write\", \"admin\", \"operator\"]]",
        "expiresAt": "Union[str, None]",
        "revokedAt": "Union[str, None]",
        "lastUsedAt": "Union[str, None]",
        "createdAt": "str",
    },
    total=False,
)


AuditRow = TypedDict(
    "AuditRow",
    {
        "id": "str",
        "keyId": "str",
        "action": "str",
        "resource": "str",
        "status": "Union[int, None]",
        "requestId": "str",
        "remoteAddress": "str",
        "createdAt": "str",
    },
    total=False,
)


Credential = TypedDict(
    "Credential",
    {
        "id": "str",
        "name": "str",
        "createdAt": "str",
        "updatedAt": "str",
        "lastUsedAt": "Union[str, None]",
    },
    total=False,
)


Definition = TypedDict(
    "Definition",
    {
        "nodes": "Dict[str, Dict[str, Any]]",
        "settings": "Dict[str, Any]",
        "props": "Dict[str, Any]",
        "vars": "Dict[str, Any]",
    },
    total=False,
)


DefinitionProblem = TypedDict(
    "DefinitionProblem",
    {
        "severity": "Literal[\"error\", \"warning\"]",
        "code": "str",
        "pointer": "str",
        "message": "str",
    },
    total=False,
)


Deployment = TypedDict(
    "Deployment",
    {
        "dryRun": "bool",
        "plan": "List[Dict[str, Any]]",
        "warnings": "List[Dict[str, Any]]",
    },
    total=False,
)


Event = "Union[RunQueuedEvent, RunBlockedEvent, RunStartedEvent, RunWaitingEvent, RunResumedEvent, RunSucceededEvent, RunPartialEvent, RunFailedEvent, RunCancelledEvent, NodeScheduledEvent, NodeStartedEvent, NodeRetryingEvent, NodeWaitingEvent, NodeReminderEvent, NodeResumedEvent, NodeSucceededEvent, NodePartialEvent, NodeFailedEvent, NodeSkippedEvent, NodeCancelledEvent, NodeLogEvent, NodeProgressEvent, EndpointFailingEvent, EndpointRecoveredEvent, EndpointDisabledEvent, DeliveryExhaustedEvent, EndpointTestEvent]"


Execution = TypedDict(
    "Execution",
    {
        "id": "str",
        "runId": "str",
        "path": "str",
        "nodeId": "str",
        "nodeType": "str",
        "status": "Literal[\"scheduled\", \"running\", \"waiting\", \"success\", \"partial\", \"failure\", \"skipped\", \"cancelled\"]",
        "executionId": "str",
        "attempt": "int",
        "startedAt": "Union[str, None]",
        "finishedAt": "Union[str, None]",
        "input": "Any",
        "output": "Any",
        "error": "Union[RunError, None]",
        "reason": "Union[str, None]",
        "nextAttemptAt": "Union[str, None]",
        "reusedFrom": "Union[str, None]",
        "attempts": "List[Dict[str, Any]]",
    },
    total=False,
)


ExecutionSummary = TypedDict(
    "ExecutionSummary",
    {
        "id": "str",
        "runId": "str",
        "path": "str",
        "nodeId": "str",
        "nodeType": "str",
        "status": "Literal[\"scheduled\", \"running\", \"waiting\", \"success\", \"partial\", \"failure\", \"skipped\", \"cancelled\"]",
        "executionId": "str",
        "attempt": "int",
        "startedAt": "Union[str, None]",
        "finishedAt": "Union[str, None]",
        "input": "Any",
        "output": "Any",
        "error": "Union[RunError, None]",
        "reason": "Union[str, None]",
        "nextAttemptAt": "Union[str, None]",
        "reusedFrom": "Union[str, None]",
    },
    total=False,
)


FlowLane = TypedDict(
    "FlowLane",
    {
        "id": "str",
        "owner": "str",
        "kind": "Literal[\"concurrency\", \"rate\"]",
        "index": "Union[int, None]",
        "key": "Union[str, None]",
        "limit": "int",
        "override": "Union[int, None]",
        "perMs": "Union[int, None]",
        "running": "int",
        "runIds": "List[str]",
        "waiting": "int",
        "oldestAt": "Union[str, None]",
        "isPaused": "bool",
    },
    total=False,
)


FlowOwner = TypedDict(
    "FlowOwner",
    {
        "owner": "str",
        "isPaused": "bool",
    },
    total=False,
)


HookDelivery = TypedDict(
    "HookDelivery",
    {
        "id": "str",
        "endpointId": "str",
        "eventId": "str",
        "eventType": "Literal[\"run.queued\", \"run.blocked\", \"run.started\", \"run.waiting\", \"run.resumed\", \"run.succeeded\", \"run.partial\", \"run.failed\", \"run.cancelled\", \"node.scheduled\", \"node.started\", \"node.retrying\", \"node.waiting\", \"node.reminder\", \"node.resumed\", \"node.succeeded\", \"node.partial\", \"node.failed\", \"node.skipped\", \"node.cancelled\", \"node.log\", \"node.progress\", \"endpoint.failing\", \"endpoint.recovered\", \"endpoint.disabled\", \"delivery.exhausted\", \"endpoint.test\"]",
        "workflowId": "Union[str, None]",
        "runId": "Union[str, None]",
        "status": "Literal[\"pending\", \"retrying\", \"held\", \"success\", \"failure\", \"discarded\"]",
        "reason": "Union[str, None]",
        "replayOf": "Union[str, None]",
        "replayId": "Union[str, None]",
        "attempts": "List[Dict[str, Any]]",
        "retryCount": "int",
        "maxRetries": "int",
        "nextRetryAt": "Union[str, None]",
        "createdAt": "str",
    },
    total=False,
)


HookEndpoint = TypedDict(
    "HookEndpoint",
    {
        "id": "str",
        "name": "str",
        "description": "str",
        "url": "str",
        "status": "Literal[\"active\", \"disabled\"]",
        "disabledReason": "Union[Literal[\"by_hand\", \"gone\", \"no_success\"], None]",
        "subscribedEventTypes": "List[str]",
        "workflowIds": "List[str]",
        "maxRetries": "int",
        "retrySchedule": "List[str]",
        "timeoutMs": "int",
        "rateLimitPerSecond": "Union[float, None]",
        "maxInFlight": "int",
        "ordering": "Literal[\"none\", \"run\"]",
        "headers": "Dict[str, str]",
        "payload": "Literal[\"full\", \"thin\"]",
        "filter": "Union[str, None]",
        "transform": "Union[Dict[str, Any], None]",
        "signing": "Dict[str, Any]",
        "health": "Dict[str, Any]",
        "pausedUntil": "Union[str, None]",
        "createdAt": "str",
        "updatedAt": "str",
    },
    total=False,
)


HookReplay = TypedDict(
    "HookReplay",
    {
        "id": "str",
        "endpointId": "str",
        "since": "str",
        "until": "str",
        "types": "List[str]",
        "statuses": "List[Literal[\"pending\", \"retrying\", \"held\", \"success\", \"failure\", \"discarded\", \"none\"]]",
        "status": "Literal[\"running\", \"done\", \"cancelling\", \"cancelled\"]",
        "deliveries": "Dict[str, Any]",
        "createdAt": "str",
        "finishedAt": "Union[str, None]",
    },
    total=False,
)


Job = TypedDict(
    "Job",
    {
        "id": "str",
        "kind": "Literal[\"retry-runs\", \"replay-webhook-events\"]",
        "filter": "Dict[str, Any]",
        "options": "Dict[str, Any]",
        "status": "Literal[\"running\", \"done\", \"cancelled\"]",
        "total": "int",
        "done": "int",
        "refused": "int",
        "problems": "List[Dict[str, Any]]",
        "createdAt": "str",
        "finishedAt": "Union[str, None]",
    },
    total=False,
)


NewApiKey = TypedDict(
    "NewApiKey",
    {
        "id": "str",
        "name": "str",
        "scopes": "List[Literal[\"read\", \"run\", \"write\", \"admin\", \"operator\"]]",
        "expiresAt": "Union[str, None]",
        "revokedAt": "Union[str, None]",
        "lastUsedAt": "Union[str, None]",
        "createdAt": "str",
        "apiKey": "str",
    },
    total=False,
)


OpenWait = TypedDict(
    "OpenWait",
    {
        "id": "str",
        "runId": "str",
        "path": "str",
        "workflowId": "str",
        "workflowName": "str",
        "title": "str",
        "description": "Union[str, None]",
        "formSchema": "Any",
        "choices": "List[Dict[str, Any]]",
        "startedAt": "str",
        "expiresAt": "Union[str, None]",
        "remindedAt": "Union[str, None]",
    },
    total=False,
)


OwnOrganization = TypedDict(
    "OwnOrganization",
    {
        "id": "str",
        "name": "str",
        "onFailure": "Union[Dict[str, Any], None]",
        "createdAt": "str",
    },
    total=False,
)


Readiness = TypedDict(
    "Readiness",
    {
        "status": "Literal[\"ready\", \"not ready\"]",
        "dependencies": "Dict[str, Any]",
        "versions": "Dict[str, Any]",
    },
    total=False,
)


Run = TypedDict(
    "Run",
    {
        "id": "str",
        "workflowId": "str",
        "workflowVersion": "int",
        "status": "Literal[\"queued\", \"running\", \"waiting\", \"success\", \"partial\", \"failure\", \"cancelled\"]",
        "trigger": "Dict[str, Any]",
        "input": "Any",
        "output": "Any",
        "error": "Union[RunError, None]",
        "counts": "Dict[str, int]",
        "lastSequence": "int",
        "rerunOf": "Union[str, None]",
        "parentRunId": "Union[str, None]",
        "failedRunId": "Union[str, None]",
        "failureRunId": "Union[str, None]",
        "createdAt": "str",
        "startedAt": "Union[str, None]",
        "finishedAt": "Union[str, None]",
        "durationMs": "Union[int, None]",
        "queue": "Union[RunQueue, None]",
        "nodes": "Dict[str, RunNode]",
    },
    total=False,
)


RunError = TypedDict(
    "RunError",
    {
        "type": "str",
        "message": "str",
        "retryable": "bool",
        "status": "int",
        "details": "Dict[str, Any]",
    },
    total=False,
)


RunNode = TypedDict(
    "RunNode",
    {
        "status": "Literal[\"scheduled\", \"running\", \"waiting\", \"success\", \"partial\", \"failure\", \"skipped\", \"cancelled\"]",
        "executionId": "str",
        "attempt": "int",
        "startedAt": "Union[str, None]",
        "finishedAt": "Union[str, None]",
    },
    total=False,
)


RunQueue = TypedDict(
    "RunQueue",
    {
        "reason": "Literal[\"concurrency\", \"rate\", \"paused\"]",
        "lane": "Union[str, None]",
        "key": "Union[str, None]",
        "position": "int",
        "ahead": "int",
        "since": "str",
    },
    total=False,
)


RunStats = TypedDict(
    "RunStats",
    {
        "since": "str",
        "until": "str",
        "stepSeconds": "int",
        "points": "List[Dict[str, Any]]",
        "workflows": "List[Dict[str, Any]]",
    },
    total=False,
)


RunSummary = TypedDict(
    "RunSummary",
    {
        "id": "str",
        "workflowId": "str",
        "workflowVersion": "int",
        "status": "Literal[\"queued\", \"running\", \"waiting\", \"success\", \"partial\", \"failure\", \"cancelled\"]",
        "trigger": "Dict[str, Any]",
        "input": "Any",
        "output": "Any",
        "error": "Union[RunError, None]",
        "counts": "Dict[str, int]",
        "lastSequence": "int",
        "rerunOf": "Union[str, None]",
        "parentRunId": "Union[str, None]",
        "failedRunId": "Union[str, None]",
        "failureRunId": "Union[str, None]",
        "createdAt": "str",
        "startedAt": "Union[str, None]",
        "finishedAt": "Union[str, None]",
        "durationMs": "Union[int, None]",
        "queue": "Union[RunQueue, None]",
    },
    total=False,
)


SavedWorkflow = TypedDict(
    "SavedWorkflow",
    {
        "id": "str",
        "name": "str",
        "description": "str",
        "status": "Literal[\"draft\", \"active\", \"paused\", \"archived\"]",
        "latestVersion": "int",
        "liveVersion": "Union[int, None]",
        "createdAt": "str",
        "updatedAt": "str",
        "webhook": "Dict[str, Any]",
        "warnings": "List[DefinitionProblem]",
    },
    total=False,
)


Schedule = TypedDict(
    "Schedule",
    {
        "workflowId": "str",
        "version": "int",
        "status": "Literal[\"active\", \"paused\", \"removed\"]",
        "cron": "str",
        "intervalMs": "int",
        "offsetMs": "int",
        "timezone": "str",
        "startAt": "str",
        "endAt": "str",
        "jitterMs": "int",
        "overlap": "Literal[\"skip\", \"buffer_one\", \"allow_all\", \"cancel_other\"]",
        "catchUpMs": "int",
        "next": "List[str]",
        "buffered": "Union[str, None]",
        "firings": "Dict[str, Any]",
        "lastRuns": "List[Dict[str, Any]]",
    },
    total=False,
)


Stats = TypedDict(
    "Stats",
    {
        "since": "str",
        "until": "str",
        "webhookEvents": "Dict[str, Any]",
        "runs": "Dict[str, Any]",
        "deliveries": "Dict[str, Any]",
    },
    total=False,
)


StreamFrame = TypedDict(
    "StreamFrame",
    {
        "id": "str",
        "event": "str",
        "data": "str",
    },
    total=False,
)


Variable = TypedDict(
    "Variable",
    {
        "name": "str",
        "value": "Any",
        "version": "int",
        "updatedAt": "str",
    },
    total=False,
)


Version = TypedDict(
    "Version",
    {
        "workflowId": "str",
        "version": "int",
        "contentHash": "str",
        "createdAt": "str",
        "definition": "Definition",
    },
    total=False,
)


VersionSummary = TypedDict(
    "VersionSummary",
    {
        "workflowId": "str",
        "version": "int",
        "contentHash": "str",
        "createdAt": "str",
    },
    total=False,
)


Webhook = TypedDict(
    "Webhook",
    {
        "workflowId": "str",
        "url": "str",
        "secrets": "List[Dict[str, Any]]",
        "verification": "Dict[str, Any]",
        "dedupe": "Dict[str, Any]",
        "methods": "List[str]",
        "respond": "Literal[\"immediate\", \"result\"]",
        "contentTypes": "List[str]",
        "ipAllowList": "List[str]",
        "handshake": "Union[Dict[str, Any], None]",
        "filter": "Union[str, None]",
        "whenPaused": "Literal[\"hold\", \"reject\"]",
        "captureUntil": "Union[str, None]",
        "maxBodyBytes": "int",
        "lastUsedAt": "Union[str, None]",
        "createdAt": "str",
        "updatedAt": "str",
    },
    total=False,
)


WebhookEvent = TypedDict(
    "WebhookEvent",
    {
        "id": "str",
        "workflowId": "str",
        "status": "Literal[\"accepted\", \"duplicate\", \"rejected\", \"handshake\", \"held\", \"released\", \"discarded\", \"sample\"]",
        "action": "Union[str, None]",
        "reason": "Union[str, None]",
        "detail": "Union[str, None]",
        "method": "str",
        "contentType": "Union[str, None]",
        "sizeBytes": "int",
        "remoteAddress": "Union[str, None]",
        "dedupeKey": "Union[str, None]",
        "correlationKey": "Union[str, None]",
        "replayOf": "Union[str, None]",
        "runIds": "List[str]",
        "receivedAt": "str",
        "headers": "Dict[str, str]",
        "query": "str",
        "body": "Union[str, None]",
        "bodyBase64": "str",
    },
    total=False,
)


WebhookEventSummary = TypedDict(
    "WebhookEventSummary",
    {
        "id": "str",
        "workflowId": "str",
        "status": "Literal[\"accepted\", \"duplicate\", \"rejected\", \"handshake\", \"held\", \"released\", \"discarded\", \"sample\"]",
        "action": "Union[str, None]",
        "reason": "Union[str, None]",
        "detail": "Union[str, None]",
        "method": "str",
        "contentType": "Union[str, None]",
        "sizeBytes": "int",
        "remoteAddress": "Union[str, None]",
        "dedupeKey": "Union[str, None]",
        "correlationKey": "Union[str, None]",
        "replayOf": "Union[str, None]",
        "runIds": "List[str]",
        "receivedAt": "str",
    },
    total=False,
)


Workflow = TypedDict(
    "Workflow",
    {
        "id": "str",
        "name": "str",
        "description": "str",
        "status": "Literal[\"draft\", \"active\", \"paused\", \"archived\"]",
        "latestVersion": "int",
        "liveVersion": "Union[int, None]",
        "createdAt": "str",
        "updatedAt": "str",
        "contentHash": "str",
        "definition": "Definition",
    },
    total=False,
)


WorkflowRow = TypedDict(
    "WorkflowRow",
    {
        "id": "str",
        "name": "str",
        "description": "str",
        "status": "Literal[\"draft\", \"active\", \"paused\", \"archived\"]",
        "latestVersion": "int",
        "liveVersion": "Union[int, None]",
        "createdAt": "str",
        "updatedAt": "str",
        "trigger": "Union[str, None]",
        "nextAt": "Union[str, None]",
        "lastRun": "Union[Dict[str, Any], None]",
    },
    total=False,
)


WorkflowSummary = TypedDict(
    "WorkflowSummary",
    {
        "id": "str",
        "name": "str",
        "description": "str",
        "status": "Literal[\"draft\", \"active\", \"paused\", \"archived\"]",
        "latestVersion": "int",
        "liveVersion": "Union[int, None]",
        "createdAt": "str",
        "updatedAt": "str",
    },
    total=False,
)


RunQueuedEvent = TypedDict(
    "RunQueuedEvent",
    {
        "id": "str",
        "type": "Literal[\"run.queued\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunBlockedEvent = TypedDict(
    "RunBlockedEvent",
    {
        "id": "str",
        "type": "Literal[\"run.blocked\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunStartedEvent = TypedDict(
    "RunStartedEvent",
    {
        "id": "str",
        "type": "Literal[\"run.started\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunWaitingEvent = TypedDict(
    "RunWaitingEvent",
    {
        "id": "str",
        "type": "Literal[\"run.waiting\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunResumedEvent = TypedDict(
    "RunResumedEvent",
    {
        "id": "str",
        "type": "Literal[\"run.resumed\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunSucceededEvent = TypedDict(
    "RunSucceededEvent",
    {
        "id": "str",
        "type": "Literal[\"run.succeeded\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunPartialEvent = TypedDict(
    "RunPartialEvent",
    {
        "id": "str",
        "type": "Literal[\"run.partial\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunFailedEvent = TypedDict(
    "RunFailedEvent",
    {
        "id": "str",
        "type": "Literal[\"run.failed\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


RunCancelledEvent = TypedDict(
    "RunCancelledEvent",
    {
        "id": "str",
        "type": "Literal[\"run.cancelled\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeScheduledEvent = TypedDict(
    "NodeScheduledEvent",
    {
        "id": "str",
        "type": "Literal[\"node.scheduled\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeStartedEvent = TypedDict(
    "NodeStartedEvent",
    {
        "id": "str",
        "type": "Literal[\"node.started\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeRetryingEvent = TypedDict(
    "NodeRetryingEvent",
    {
        "id": "str",
        "type": "Literal[\"node.retrying\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeWaitingEvent = TypedDict(
    "NodeWaitingEvent",
    {
        "id": "str",
        "type": "Literal[\"node.waiting\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeReminderEvent = TypedDict(
    "NodeReminderEvent",
    {
        "id": "str",
        "type": "Literal[\"node.reminder\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeResumedEvent = TypedDict(
    "NodeResumedEvent",
    {
        "id": "str",
        "type": "Literal[\"node.resumed\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeSucceededEvent = TypedDict(
    "NodeSucceededEvent",
    {
        "id": "str",
        "type": "Literal[\"node.succeeded\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodePartialEvent = TypedDict(
    "NodePartialEvent",
    {
        "id": "str",
        "type": "Literal[\"node.partial\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeFailedEvent = TypedDict(
    "NodeFailedEvent",
    {
        "id": "str",
        "type": "Literal[\"node.failed\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeSkippedEvent = TypedDict(
    "NodeSkippedEvent",
    {
        "id": "str",
        "type": "Literal[\"node.skipped\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeCancelledEvent = TypedDict(
    "NodeCancelledEvent",
    {
        "id": "str",
        "type": "Literal[\"node.cancelled\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeLogEvent = TypedDict(
    "NodeLogEvent",
    {
        "id": "str",
        "type": "Literal[\"node.log\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


NodeProgressEvent = TypedDict(
    "NodeProgressEvent",
    {
        "id": "str",
        "type": "Literal[\"node.progress\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


EndpointFailingEvent = TypedDict(
    "EndpointFailingEvent",
    {
        "id": "str",
        "type": "Literal[\"endpoint.failing\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


EndpointRecoveredEvent = TypedDict(
    "EndpointRecoveredEvent",
    {
        "id": "str",
        "type": "Literal[\"endpoint.recovered\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


EndpointDisabledEvent = TypedDict(
    "EndpointDisabledEvent",
    {
        "id": "str",
        "type": "Literal[\"endpoint.disabled\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


DeliveryExhaustedEvent = TypedDict(
    "DeliveryExhaustedEvent",
    {
        "id": "str",
        "type": "Literal[\"delivery.exhausted\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


EndpointTestEvent = TypedDict(
    "EndpointTestEvent",
    {
        "id": "str",
        "type": "Literal[\"endpoint.test\"]",
        "timestamp": "str",
        "schemaVersion": "Literal[1]",
        "data": "Dict[str, Any]",
    },
    total=False,
)


Problem = TypedDict(
    "Problem",
    {
        "type": "Literal[\"/problems/invalid-request\", \"/problems/invalid-json\", \"/problems/invalid-definition\", \"/problems/unauthorized\", \"/problems/bad-signature\", \"/problems/forbidden\", \"/problems/webhook-refused\", \"/problems/not-found\", \"/problems/method-not-allowed\", \"/problems/request-timeout\", \"/problems/conflict\", \"/problems/attempt-in-flight\", \"/problems/version-mismatch\", \"/problems/request-in-progress\", \"/problems/payload-too-large\", \"/problems/unsupported-media-type\", \"/problems/expectation-failed\", \"/problems/idempotency-key-reused\", \"/problems/headers-too-large\", \"/problems/rate-limited\", \"/problems/not-a-number\", \"/problems/run-failed\", \"/problems/internal\", \"/problems/overloaded\", \"/problems/store-unavailable\", \"/problems/temporal-unavailable\"]",
        "title": "str",
        "status": "int",
        "detail": "str",
        "instance": "str",
        "errors": "List[Dict[str, Any]]",
    },
    total=False,
)


class Api:
    """Every operation of the API. Answers are the parsed body; a refusal raises HookloomProblem."""

    def request(
        self,
        method: str,
        path: str,
        query: Optional[Dict[str, Any]] = None,
        headers: Optional[Dict[str, Any]] = None,
        body: Any = None,
    ) -> Any:
        raise NotImplementedError

    def get_livez(
        self,
    ) -> Dict[str, Any]:
        """Whether the process lives. GET /livez"""
        return self.request(
            "GET",
            "/livez",
            query={},
            headers={},
            body=None,
        )

    def get_readyz(
        self,
    ) -> Readiness:
        """Whether requests can be served, each dependency by name with its version. GET /readyz"""
        return self.request(
            "GET",
            "/readyz",
            query={},
            headers={},
            body=None,
        )

    def get_problem(
        self,
        code: str,
    ) -> Dict[str, Any]:
        """What a problem code means. GET /problems/{code}"""
        return self.request(
            "GET",
            "/problems/{}".format(quote(code)),
            query={},
            headers={},
            body=None,
        )

    def list_webhook_events(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        workflow_id: Optional[str] = None,
        status: Optional[Union[Literal["accepted", "duplicate", "rejected", "handshake", "held", "released", "discarded", "sample"], List[Literal["accepted", "duplicate", "rejected", "handshake", "held", "released", "discarded", "sample"]]]] = None,
        reason: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        search: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List what came in, newest first: accepted, duplicate, rejected, handshake. GET /v1/webhook-events"""
        return self.request(
            "GET",
            "/v1/webhook-events",
            query={"limit": limit, "cursor": cursor, "workflowId": workflow_id, "status": status, "reason": reason, "since": since, "until": until, "search": search},
            headers={},
            body=None,
        )

    def get_webhook_event(
        self,
        id: str,
    ) -> WebhookEvent:
        """Read a request with its headers and its body as sent; credentials are redacted. GET /v1/webhook-events/{id}"""
        return self.request(
            "GET",
            "/v1/webhook-events/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def replay_webhook_event(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Start a new run with a request that came in; a rejected one is verified again. POST /v1/webhook-events/{id}/replay"""
        return self.request(
            "POST",
            "/v1/webhook-events/{}/replay".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def create_workflow(
        self,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> SavedWorkflow:
        """Create a workflow; its webhook URL is in this answer only. POST /v1/workflows"""
        return self.request(
            "POST",
            "/v1/workflows",
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def list_workflows(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        status: Optional[Union[Literal["draft", "active", "paused", "archived"], List[Literal["draft", "active", "paused", "archived"]]]] = None,
        last_run_status: Optional[Union[Literal["queued", "running", "waiting", "success", "partial", "failure", "cancelled"], List[Literal["queued", "running", "waiting", "success", "partial", "failure", "cancelled"]]]] = None,
        search: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List workflows with their last run, newest first; archived ones by their status alone. GET /v1/workflows"""
        return self.request(
            "GET",
            "/v1/workflows",
            query={"limit": limit, "cursor": cursor, "status": status, "lastRunStatus": last_run_status, "search": search},
            headers={},
            body=None,
        )

    def validate_workflows(
        self,
        *,
        body: Dict[str, Any],
    ) -> Dict[str, Any]:
        """Answer every problem of a definition. POST /v1/workflows/validate"""
        return self.request(
            "POST",
            "/v1/workflows/validate",
            query={},
            headers={},
            body=body,
        )

    def get_workflow(
        self,
        id: str,
    ) -> Workflow:
        """Read a workflow with its newest definition. GET /v1/workflows/{id}"""
        return self.request(
            "GET",
            "/v1/workflows/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def save_workflow(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> SavedWorkflow:
        """Save a workflow; a changed definition becomes a new version. PUT /v1/workflows/{id}"""
        return self.request(
            "PUT",
            "/v1/workflows/{}".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def delete_workflow(
        self,
        id: str,
    ) -> None:
        """Archive a workflow; its runs stay. DELETE /v1/workflows/{id}"""
        return self.request(
            "DELETE",
            "/v1/workflows/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def list_workflow_versions(
        self,
        id: str,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List versions, newest first. GET /v1/workflows/{id}/versions"""
        return self.request(
            "GET",
            "/v1/workflows/{}/versions".format(quote(id)),
            query={"limit": limit, "cursor": cursor},
            headers={},
            body=None,
        )

    def get_workflow_version(
        self,
        id: str,
        version: int,
    ) -> Version:
        """Read a version. GET /v1/workflows/{id}/versions/{version}"""
        return self.request(
            "GET",
            "/v1/workflows/{}/versions/{}".format(quote(id), quote(version)),
            query={},
            headers={},
            body=None,
        )

    def get_workflow_version_diff(
        self,
        id: str,
        from_: int,
        to: int,
    ) -> Dict[str, Any]:
        """Compare two versions. GET /v1/workflows/{id}/versions/{from}/diff/{to}"""
        return self.request(
            "GET",
            "/v1/workflows/{}/versions/{}/diff/{}".format(quote(id), quote(from_), quote(to)),
            query={},
            headers={},
            body=None,
        )

    def publish_workflow(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> WorkflowSummary:
        """Make the newest version live. POST /v1/workflows/{id}/publish"""
        return self.request(
            "POST",
            "/v1/workflows/{}/publish".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def rollback_workflow(
        self,
        id: str,
        *,
        body: Dict[str, Any],
    ) -> WorkflowSummary:
        """Make an older version live. POST /v1/workflows/{id}/rollback"""
        return self.request(
            "POST",
            "/v1/workflows/{}/rollback".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def pause_workflow(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> WorkflowSummary:
        """Start nothing by webhook; what comes is held, or refused, by `whenPaused`. POST /v1/workflows/{id}/pause"""
        return self.request(
            "POST",
            "/v1/workflows/{}/pause".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def resume_workflow(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> WorkflowSummary:
        """Start runs by webhook again; `held` says what becomes of what was held meanwhile. POST /v1/workflows/{id}/resume"""
        return self.request(
            "POST",
            "/v1/workflows/{}/resume".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def unarchive_workflow(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> WorkflowSummary:
        """Take a workflow out of the archive: paused, or a draft when it was never published. POST /v1/workflows/{id}/unarchive"""
        return self.request(
            "POST",
            "/v1/workflows/{}/unarchive".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def run_workflow(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Start a run by hand, with what is given or with a request that came in. POST /v1/workflows/{id}/run"""
        return self.request(
            "POST",
            "/v1/workflows/{}/run".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def get_verification_types(
        self,
    ) -> Dict[str, Any]:
        """Every way in which requests prove who sent them, with the JSON Schema of its settings. GET /v1/verification-types"""
        return self.request(
            "GET",
            "/v1/verification-types",
            query={},
            headers={},
            body=None,
        )

    def get_workflow_webhook(
        self,
        id: str,
    ) -> Webhook:
        """Read a workflow’s webhook; its secrets are not shown. GET /v1/workflows/{id}/webhook"""
        return self.request(
            "GET",
            "/v1/workflows/{}/webhook".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def save_workflow_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Webhook:
        """Change a workflow’s webhook; what is left out stays. PUT /v1/workflows/{id}/webhook"""
        return self.request(
            "PUT",
            "/v1/workflows/{}/webhook".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def rotate_workflow_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Webhook:
        """Make a new URL, which is in this answer only; the old one is taken for `overlapSeconds` more. POST /v1/workflows/{id}/webhook/rotate"""
        return self.request(
            "POST",
            "/v1/workflows/{}/webhook/rotate".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def capture_workflow_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Webhook:
        """List what comes to a workflow that was never published, as samples, for some time. POST /v1/workflows/{id}/webhook/capture"""
        return self.request(
            "POST",
            "/v1/workflows/{}/webhook/capture".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def create_deployment(
        self,
        *,
        body: Dict[str, Any],
    ) -> Deployment:
        """Create, save, publish and archive workflows as files have them, all or nothing; known by name. POST /v1/deployments"""
        return self.request(
            "POST",
            "/v1/deployments",
            query={},
            headers={},
            body=body,
        )

    def get_workflow_schedule(
        self,
        id: str,
    ) -> Schedule:
        """Read when a workflow’s schedule fires next, and its last runs. GET /v1/workflows/{id}/schedule"""
        return self.request(
            "GET",
            "/v1/workflows/{}/schedule".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def trigger_workflow_schedule(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Start a run of the schedule now, whatever else runs. POST /v1/workflows/{id}/schedule/trigger"""
        return self.request(
            "POST",
            "/v1/workflows/{}/schedule/trigger".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def backfill_workflow_schedule(
        self,
        id: str,
        *,
        body: Dict[str, Any],
    ) -> Dict[str, Any]:
        """Fire for the scheduled times of a past time; those that have a run are not repeated unless forced. POST /v1/workflows/{id}/schedule/backfill"""
        return self.request(
            "POST",
            "/v1/workflows/{}/schedule/backfill".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def preview_schedules(
        self,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Dict[str, Any]:
        """Tell when a schedule would fire: ten times. POST /v1/schedules/preview"""
        return self.request(
            "POST",
            "/v1/schedules/preview",
            query={},
            headers={},
            body=body,
        )

    def list_flow(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        owner: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List lanes: what runs in them, what waits, and what was overridden. GET /v1/flow"""
        return self.request(
            "GET",
            "/v1/flow",
            query={"limit": limit, "cursor": cursor, "owner": owner},
            headers={},
            body=None,
        )

    def pause_flow(
        self,
        owner: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> FlowOwner:
        """Start no run of a workflow, or of a scope, until it is resumed: they wait. POST /v1/flow/{owner}/pause"""
        return self.request(
            "POST",
            "/v1/flow/{}/pause".format(quote(owner)),
            query={},
            headers={},
            body=body,
        )

    def resume_flow(
        self,
        owner: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> FlowOwner:
        """Let the runs of a workflow, or of a scope, start again. POST /v1/flow/{owner}/resume"""
        return self.request(
            "POST",
            "/v1/flow/{}/resume".format(quote(owner)),
            query={},
            headers={},
            body=body,
        )

    def change_flow_limits(
        self,
        owner: str,
        *,
        body: Dict[str, Any],
    ) -> FlowLane:
        """Override the limit of a lane, or take the override away. PATCH /v1/flow/{owner}/limits"""
        return self.request(
            "PATCH",
            "/v1/flow/{}/limits".format(quote(owner)),
            query={},
            headers={},
            body=body,
        )

    def get_execution(
        self,
        id: str,
    ) -> Execution:
        """Read an execution with its attempts. GET /v1/executions/{id}"""
        return self.request(
            "GET",
            "/v1/executions/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def create_stream_token(
        self,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Dict[str, Any]:
        """Make a token that opens the stream of one run, one execution or one workflow for a while. POST /v1/stream-tokens"""
        return self.request(
            "POST",
            "/v1/stream-tokens",
            query={},
            headers={},
            body=body,
        )

    def list_activity(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        workflow_id: Optional[Union[str, List[str]]] = None,
        types: Optional[str] = None,
        status: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Read what happened, oldest first; fills the gap of a stream that was reset. GET /v1/activity"""
        return self.request(
            "GET",
            "/v1/activity",
            query={"limit": limit, "cursor": cursor, "workflowId": workflow_id, "types": types, "status": status, "since": since, "until": until},
            headers={},
            body=None,
        )

    def list_runs(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        workflow_id: Optional[str] = None,
        status: Optional[Union[Literal["queued", "running", "waiting", "success", "partial", "failure", "cancelled"], List[Literal["queued", "running", "waiting", "success", "partial", "failure", "cancelled"]]]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        trigger: Optional[str] = None,
        search: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List runs, newest first. GET /v1/runs"""
        return self.request(
            "GET",
            "/v1/runs",
            query={"limit": limit, "cursor": cursor, "workflowId": workflow_id, "status": status, "since": since, "until": until, "trigger": trigger, "search": search},
            headers={},
            body=None,
        )

    def list_workflow_runs(
        self,
        id: str,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        status: Optional[Union[Literal["queued", "running", "waiting", "success", "partial", "failure", "cancelled"], List[Literal["queued", "running", "waiting", "success", "partial", "failure", "cancelled"]]]] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        trigger: Optional[str] = None,
        search: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List the runs of a workflow, newest first. GET /v1/workflows/{id}/runs"""
        return self.request(
            "GET",
            "/v1/workflows/{}/runs".format(quote(id)),
            query={"limit": limit, "cursor": cursor, "status": status, "since": since, "until": until, "trigger": trigger, "search": search},
            headers={},
            body=None,
        )

    def get_run(
        self,
        id: str,
    ) -> Run:
        """Read a run with the state of its nodes outside loops. GET /v1/runs/{id}"""
        return self.request(
            "GET",
            "/v1/runs/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def delete_run(
        self,
        id: str,
    ) -> None:
        """Erase a run that is over, with its events, values, deliveries and the request that started it; the audit log tells who did. DELETE /v1/runs/{id}"""
        return self.request(
            "DELETE",
            "/v1/runs/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def list_run_events(
        self,
        id: str,
        *,
        after: Optional[int] = None,
        cursor: Optional[str] = None,
        limit: Optional[int] = None,
    ) -> Dict[str, Any]:
        """Read the run’s log, after a sequence. GET /v1/runs/{id}/events"""
        return self.request(
            "GET",
            "/v1/runs/{}/events".format(quote(id)),
            query={"after": after, "cursor": cursor, "limit": limit},
            headers={},
            body=None,
        )

    def list_run_executions(
        self,
        id: str,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        parent: Optional[str] = None,
        status: Optional[Union[Literal["scheduled", "running", "waiting", "success", "partial", "failure", "skipped", "cancelled"], List[Literal["scheduled", "running", "waiting", "success", "partial", "failure", "skipped", "cancelled"]]]] = None,
    ) -> Dict[str, Any]:
        """List the run’s executions in path order. GET /v1/runs/{id}/executions"""
        return self.request(
            "GET",
            "/v1/runs/{}/executions".format(quote(id)),
            query={"limit": limit, "cursor": cursor, "parent": parent, "status": status},
            headers={},
            body=None,
        )

    def cancel_run(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> RunSummary:
        """Cancel a run. POST /v1/runs/{id}/cancel"""
        return self.request(
            "POST",
            "/v1/runs/{}/cancel".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def resume_run_node(
        self,
        id: str,
        path: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Dict[str, Any]:
        """Resume a wait; the first to do so wins. POST /v1/runs/{id}/nodes/{path}/resume"""
        return self.request(
            "POST",
            "/v1/runs/{}/nodes/{}/resume".format(quote(id), quote(path)),
            query={},
            headers={},
            body=body,
        )

    def use_resume(
        self,
        token: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Dict[str, Any]:
        """Resume a wait by its link, once; before the wait begins, the resume is kept for it. POST /v1/resume/{token}"""
        return self.request(
            "POST",
            "/v1/resume/{}".format(quote(token)),
            query={},
            headers={},
            body=body,
        )

    def get_resume(
        self,
        token: str,
    ) -> Dict[str, Any]:
        """Read what a link resumes, for a browser as a page with the form; reading never resumes. GET /v1/resume/{token}"""
        return self.request(
            "GET",
            "/v1/resume/{}".format(quote(token)),
            query={},
            headers={},
            body=None,
        )

    def list_waits(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        workflow_id: Optional[str] = None,
        run_id: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List the waits that are open, newest first, with what each asks for. GET /v1/waits"""
        return self.request(
            "GET",
            "/v1/waits",
            query={"limit": limit, "cursor": cursor, "workflowId": workflow_id, "runId": run_id, "since": since, "until": until},
            headers={},
            body=None,
        )

    def retry_run(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Retry a run that is over: a new run that takes over the results of what need not run again. POST /v1/runs/{id}/retry"""
        return self.request(
            "POST",
            "/v1/runs/{}/retry".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def get_payload(
        self,
        ref: str,
    ) -> Any:
        """Read a large value: what `{'$ref': 'pl_…'}` stands for. GET /v1/payloads/{ref}"""
        return self.request(
            "GET",
            "/v1/payloads/{}".format(quote(ref)),
            query={},
            headers={},
            body=None,
        )

    def retry_runs(
        self,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Retry all runs that a filter takes, by a job; `dryRun` counts them first. POST /v1/runs/retry"""
        return self.request(
            "POST",
            "/v1/runs/retry",
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def replay_webhook_events(
        self,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Replay all requests that a filter takes, by a job; `dryRun` counts them first. POST /v1/webhook-events/replay"""
        return self.request(
            "POST",
            "/v1/webhook-events/replay",
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def list_jobs(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        kind: Optional[Literal["retry-runs", "replay-webhook-events"]] = None,
        status: Optional[Union[Literal["running", "done", "cancelled"], List[Literal["running", "done", "cancelled"]]]] = None,
    ) -> Dict[str, Any]:
        """List bulk jobs, newest first. GET /v1/jobs"""
        return self.request(
            "GET",
            "/v1/jobs",
            query={"limit": limit, "cursor": cursor, "kind": kind, "status": status},
            headers={},
            body=None,
        )

    def get_job(
        self,
        id: str,
    ) -> Job:
        """Read a bulk job: how far it is. GET /v1/jobs/{id}"""
        return self.request(
            "GET",
            "/v1/jobs/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def cancel_job(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Job:
        """End a bulk job where it is; what it has begun goes on. POST /v1/jobs/{id}/cancel"""
        return self.request(
            "POST",
            "/v1/jobs/{}/cancel".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def disable_execution_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> HookEndpoint:
        """Disable an endpoint; its events are held. POST /v1/execution-webhooks/{id}/disable"""
        return self.request(
            "POST",
            "/v1/execution-webhooks/{}/disable".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def enable_execution_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> HookEndpoint:
        """Enable an endpoint; what was held goes out in order, or is discarded. POST /v1/execution-webhooks/{id}/enable"""
        return self.request(
            "POST",
            "/v1/execution-webhooks/{}/enable".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def test_execution_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> HookDelivery:
        """Send `endpoint.test`, whatever the filter. POST /v1/execution-webhooks/{id}/test"""
        return self.request(
            "POST",
            "/v1/execution-webhooks/{}/test".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def retry_delivery(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> HookDelivery:
        """Send the same delivery again now; a pending attempt is brought forward, never doubled. POST /v1/deliveries/{id}/retry"""
        return self.request(
            "POST",
            "/v1/deliveries/{}/retry".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def replay_delivery(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> HookDelivery:
        """Deliver the same event anew, in any state; `webhook-id` stays the same. POST /v1/deliveries/{id}/replay"""
        return self.request(
            "POST",
            "/v1/deliveries/{}/replay".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def rotate_secret_execution_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Make a new signing secret; the old ones sign beside it for `overlapSeconds`, with 0 no longer. POST /v1/execution-webhooks/{id}/rotate-secret"""
        return self.request(
            "POST",
            "/v1/execution-webhooks/{}/rotate-secret".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def rotate_key_execution_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Make a new Ed25519 key; the old ones sign beside it for `overlapSeconds`, with 0 no longer. POST /v1/execution-webhooks/{id}/rotate-key"""
        return self.request(
            "POST",
            "/v1/execution-webhooks/{}/rotate-key".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def replay_execution_webhook(
        self,
        id: str,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Deliver the events of a time anew, by type and by what became of them; `dryRun` counts them first. POST /v1/execution-webhooks/{id}/replay"""
        return self.request(
            "POST",
            "/v1/execution-webhooks/{}/replay".format(quote(id)),
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def list_execution_webhook_replays(
        self,
        id: str,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List an endpoint’s replays, newest first. GET /v1/execution-webhooks/{id}/replays"""
        return self.request(
            "GET",
            "/v1/execution-webhooks/{}/replays".format(quote(id)),
            query={"limit": limit, "cursor": cursor},
            headers={},
            body=None,
        )

    def get_replay(
        self,
        id: str,
    ) -> HookReplay:
        """Read a replay: how many deliveries it has made, and what became of them. GET /v1/replays/{id}"""
        return self.request(
            "GET",
            "/v1/replays/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def cancel_replay(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> HookReplay:
        """End a replay; what it has not sent yet is discarded. POST /v1/replays/{id}/cancel"""
        return self.request(
            "POST",
            "/v1/replays/{}/cancel".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def preview_execution_webhook(
        self,
        id: str,
        *,
        body: Dict[str, Any],
    ) -> Dict[str, Any]:
        """Show what would go out of an event, or that the filter leaves it out; sends nothing. POST /v1/execution-webhooks/{id}/preview"""
        return self.request(
            "POST",
            "/v1/execution-webhooks/{}/preview".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def create_execution_webhook(
        self,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Create an endpoint; its signing secret is in this answer only. POST /v1/execution-webhooks"""
        return self.request(
            "POST",
            "/v1/execution-webhooks",
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def list_execution_webhooks(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        failing: Optional[Literal["true"]] = None,
    ) -> Dict[str, Any]:
        """List endpoints, newest first. GET /v1/execution-webhooks"""
        return self.request(
            "GET",
            "/v1/execution-webhooks",
            query={"limit": limit, "cursor": cursor, "failing": failing},
            headers={},
            body=None,
        )

    def list_deliveries(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        endpoint_id: Optional[str] = None,
        run_id: Optional[str] = None,
        event_type: Optional[Literal["run.queued", "run.blocked", "run.started", "run.waiting", "run.resumed", "run.succeeded", "run.partial", "run.failed", "run.cancelled", "node.scheduled", "node.started", "node.retrying", "node.waiting", "node.reminder", "node.resumed", "node.succeeded", "node.partial", "node.failed", "node.skipped", "node.cancelled", "node.log", "node.progress", "endpoint.failing", "endpoint.recovered", "endpoint.disabled", "delivery.exhausted", "endpoint.test"]] = None,
        status: Optional[Union[Literal["pending", "retrying", "held", "success", "failure", "discarded"], List[Literal["pending", "retrying", "held", "success", "failure", "discarded"]]]] = None,
    ) -> Dict[str, Any]:
        """List deliveries with their attempts, newest first. GET /v1/deliveries"""
        return self.request(
            "GET",
            "/v1/deliveries",
            query={"limit": limit, "cursor": cursor, "endpointId": endpoint_id, "runId": run_id, "eventType": event_type, "status": status},
            headers={},
            body=None,
        )

    def get_delivery(
        self,
        id: str,
    ) -> HookDelivery:
        """Read a delivery with its attempts. GET /v1/deliveries/{id}"""
        return self.request(
            "GET",
            "/v1/deliveries/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def get_execution_webhook(
        self,
        id: str,
    ) -> HookEndpoint:
        """Read an endpoint. GET /v1/execution-webhooks/{id}"""
        return self.request(
            "GET",
            "/v1/execution-webhooks/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def change_execution_webhook(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> HookEndpoint:
        """Change an endpoint. PATCH /v1/execution-webhooks/{id}"""
        return self.request(
            "PATCH",
            "/v1/execution-webhooks/{}".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def delete_execution_webhook(
        self,
        id: str,
    ) -> None:
        """Delete an endpoint; what it still had to get is discarded. DELETE /v1/execution-webhooks/{id}"""
        return self.request(
            "DELETE",
            "/v1/execution-webhooks/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def create_credential(
        self,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> Credential:
        """Store a credential; its value can be used and never read. POST /v1/credentials"""
        return self.request(
            "POST",
            "/v1/credentials",
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def list_credentials(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List credentials, newest first. GET /v1/credentials"""
        return self.request(
            "GET",
            "/v1/credentials",
            query={"limit": limit, "cursor": cursor},
            headers={},
            body=None,
        )

    def get_credential(
        self,
        id: str,
    ) -> Credential:
        """Read a credential, without its value. GET /v1/credentials/{id}"""
        return self.request(
            "GET",
            "/v1/credentials/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def save_credential(
        self,
        id: str,
        *,
        body: Dict[str, Any],
    ) -> Credential:
        """Replace the value of a credential; runs use it from their next attempt on. PUT /v1/credentials/{id}"""
        return self.request(
            "PUT",
            "/v1/credentials/{}".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def change_credential(
        self,
        id: str,
        *,
        body: Optional[Dict[str, Any]] = None,
    ) -> Credential:
        """Change the name or the value of a credential. PATCH /v1/credentials/{id}"""
        return self.request(
            "PATCH",
            "/v1/credentials/{}".format(quote(id)),
            query={},
            headers={},
            body=body,
        )

    def delete_credential(
        self,
        id: str,
    ) -> None:
        """Delete a credential; nodes that name it fail from then on. DELETE /v1/credentials/{id}"""
        return self.request(
            "DELETE",
            "/v1/credentials/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def list_variables(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List variables by name. GET /v1/variables"""
        return self.request(
            "GET",
            "/v1/variables",
            query={"limit": limit, "cursor": cursor},
            headers={},
            body=None,
        )

    def get_variable(
        self,
        name: str,
    ) -> Variable:
        """Read a variable. GET /v1/variables/{name}"""
        return self.request(
            "GET",
            "/v1/variables/{}".format(quote(name)),
            query={},
            headers={},
            body=None,
        )

    def save_variable(
        self,
        name: str,
        *,
        body: Dict[str, Any],
    ) -> Variable:
        """Set a variable; with `version` only if that is current (0: there is none). PUT /v1/variables/{name}"""
        return self.request(
            "PUT",
            "/v1/variables/{}".format(quote(name)),
            query={},
            headers={},
            body=body,
        )

    def change_variable(
        self,
        name: str,
        *,
        body: Dict[str, Any],
    ) -> Variable:
        """Add to a variable; one that is missing counts from 0. PATCH /v1/variables/{name}"""
        return self.request(
            "PATCH",
            "/v1/variables/{}".format(quote(name)),
            query={},
            headers={},
            body=body,
        )

    def delete_variable(
        self,
        name: str,
        *,
        version: Optional[int] = None,
    ) -> None:
        """Delete a variable; its history stays. DELETE /v1/variables/{name}"""
        return self.request(
            "DELETE",
            "/v1/variables/{}".format(quote(name)),
            query={"version": version},
            headers={},
            body=None,
        )

    def list_variable_history(
        self,
        name: str,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List the changes of a variable, newest first. GET /v1/variables/{name}/history"""
        return self.request(
            "GET",
            "/v1/variables/{}/history".format(quote(name)),
            query={"limit": limit, "cursor": cursor},
            headers={},
            body=None,
        )

    def create_api_key(
        self,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> NewApiKey:
        """Make an API key; `apiKey` is in this answer only. POST /v1/api-keys"""
        return self.request(
            "POST",
            "/v1/api-keys",
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def list_api_keys(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List API keys, newest first, revoked ones too. GET /v1/api-keys"""
        return self.request(
            "GET",
            "/v1/api-keys",
            query={"limit": limit, "cursor": cursor},
            headers={},
            body=None,
        )

    def get_api_key(
        self,
        id: str,
    ) -> ApiKey:
        """Read an API key, without its text. GET /v1/api-keys/{id}"""
        return self.request(
            "GET",
            "/v1/api-keys/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def delete_api_key(
        self,
        id: str,
    ) -> None:
        """Revoke an API key; its open streams end within a minute. DELETE /v1/api-keys/{id}"""
        return self.request(
            "DELETE",
            "/v1/api-keys/{}".format(quote(id)),
            query={},
            headers={},
            body=None,
        )

    def get_organization(
        self,
    ) -> OwnOrganization:
        """Read the organization of the key. GET /v1/organization"""
        return self.request(
            "GET",
            "/v1/organization",
            query={},
            headers={},
            body=None,
        )

    def change_organization(
        self,
        *,
        body: Dict[str, Any],
    ) -> OwnOrganization:
        """Say which workflow failed runs start whose own workflow names none; `null`: none. PATCH /v1/organization"""
        return self.request(
            "PATCH",
            "/v1/organization",
            query={},
            headers={},
            body=body,
        )

    def create_organization(
        self,
        *,
        body: Dict[str, Any],
        idempotency_key: Optional[str] = None,
    ) -> Dict[str, Any]:
        """Make an organization and its first key; `apiKey` is in this answer only. POST /v1/organizations"""
        return self.request(
            "POST",
            "/v1/organizations",
            query={},
            headers={"Idempotency-Key": idempotency_key},
            body=body,
        )

    def get_whoami(
        self,
    ) -> Dict[str, Any]:
        """Read what the key of the request is and may do. GET /v1/whoami"""
        return self.request(
            "GET",
            "/v1/whoami",
            query={},
            headers={},
            body=None,
        )

    def create_sign_in(
        self,
        *,
        body: Dict[str, Any],
    ) -> Dict[str, Any]:
        """Exchange the token of a one-time sign-in link, which `npm start` prints, for its API key. POST /v1/sign-in"""
        return self.request(
            "POST",
            "/v1/sign-in",
            query={},
            headers={},
            body=body,
        )

    def list_audit(
        self,
        *,
        limit: Optional[int] = None,
        cursor: Optional[str] = None,
        key_id: Optional[str] = None,
        action: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
    ) -> Dict[str, Any]:
        """List the changes that were asked for over the API, newest first, refused ones too. GET /v1/audit"""
        return self.request(
            "GET",
            "/v1/audit",
            query={"limit": limit, "cursor": cursor, "keyId": key_id, "action": action, "since": since, "until": until},
            headers={},
            body=None,
        )

    def get_stats(
        self,
        *,
        workflow_id: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
    ) -> Stats:
        """Count requests, runs and deliveries of a time by status; by default the last 24 hours. GET /v1/stats"""
        return self.request(
            "GET",
            "/v1/stats",
            query={"workflowId": workflow_id, "since": since, "until": until},
            headers={},
            body=None,
        )

    def get_stats_runs(
        self,
        *,
        workflow_id: Optional[str] = None,
        since: Optional[str] = None,
        until: Optional[str] = None,
        step_seconds: Optional[int] = None,
    ) -> RunStats:
        """Count the runs that began in a time, step by step and by workflow; by default the last hour. GET /v1/stats/runs"""
        return self.request(
            "GET",
            "/v1/stats/runs",
            query={"workflowId": workflow_id, "since": since, "until": until, "stepSeconds": step_seconds},
            headers={},
            body=None,
        )

    def get_metrics(
        self,
    ) -> str:
        """Metrics of this process and of what is under way, in Prometheus’ text format. GET /metrics"""
        return self.request(
            "GET",
            "/metrics",
            query={},
            headers={},
            body=None,
        )

    def get_node_types(
        self,
    ) -> Dict[str, Any]:
        """Every node type with the JSON Schema of its payload. GET /v1/node-types"""
        return self.request(
            "GET",
            "/v1/node-types",
            query={},
            headers={},
            body=None,
        )

    def get_definition_schema(
        self,
    ) -> Dict[str, Any]:
        """The JSON Schema of a definition, by which editors complete: every type with its payload. GET /v1/definition-schema"""
        return self.request(
            "GET",
            "/v1/definition-schema",
            query={},
            headers={},
            body=None,
        )

    def get_event_types(
        self,
    ) -> Dict[str, Any]:
        """Every event type with its JSON Schema and its CloudEvents name. GET /v1/event-types"""
        return self.request(
            "GET",
            "/v1/event-types",
            query={},
            headers={},
            body=None,
        )

    def get_openapi_json(
        self,
    ) -> Dict[str, Any]:
        """The OpenAPI 3.1 document of this API. GET /openapi.json"""
        return self.request(
            "GET",
            "/openapi.json",
            query={},
            headers={},
            body=None,
        )

    def get_docs(
        self,
    ) -> str:
        """The reference of the API, for people: with a field for the key, to try each call. GET /docs"""
        return self.request(
            "GET",
            "/docs",
            query={},
            headers={},
            body=None,
        )
