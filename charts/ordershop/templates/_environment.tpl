{{- define "ordershop.redisSecret" -}}
{{- $auth := .Values.redis.auth -}}
{{- if $auth.existingSecret -}}
{{ $auth.existingSecret }}
{{- else if eq .Values.redis.mode "embedded" -}}
{{ include "ordershop.fullname" . }}-redis
{{- end -}}
{{- end -}}

{{/* The Secret with a password for each Redis user; empty: all are one user, that of `redis.auth`. */}}
{{- define "ordershop.redisUsersSecret" -}}
{{- if .Values.redis.acl.existingSecret -}}
{{ .Values.redis.acl.existingSecret }}
{{- else if eq .Values.redis.mode "embedded" -}}
{{ include "ordershop.fullname" . }}-redis-users
{{- end -}}
{{- end -}}

{{/* Who a workload is in Redis: a service and what copies Redis are themselves, a tool the operator. (dict "name" "order" "workload" $workload) */}}
{{- define "ordershop.redisUser" -}}
{{- ternary .name "ops" (or (default false .workload.isService) (eq .name "backup")) -}}
{{- end -}}

{{/* How Redis is reached, as libs/service/src/config.ts reads it: (dict "root" $ "name" "order" "workload" $workload) */}}
{{- define "ordershop.redisEnv" -}}
{{- $user := include "ordershop.redisUser" . -}}
{{- with .root -}}
{{- $redis := .Values.redis -}}
{{- $secret := include "ordershop.redisSecret" . -}}
{{- if eq $redis.mode "embedded" }}
- { name: REDIS_URL, value: "redis://{{ include "ordershop.fullname" . }}-redis:6379" }
{{- else if eq $redis.mode "standalone" }}
- { name: REDIS_URL, value: "{{ ternary "rediss" "redis" $redis.tls.enabled }}://{{ $redis.standalone.host }}:{{ $redis.standalone.port }}" }
{{- else if eq $redis.mode "sentinel" }}
- { name: REDIS_SENTINELS, value: {{ join "," $redis.sentinel.nodes | quote }} }
- { name: REDIS_MASTER_NAME, value: {{ $redis.sentinel.masterName | quote }} }
{{- else }}
- { name: REDIS_CLUSTER_NODES, value: {{ join "," $redis.cluster.nodes | quote }} }
{{- end }}
{{- if include "ordershop.redisUsersSecret" . }}
- { name: REDIS_USERNAME, value: {{ $user }} }
{{- else }}
{{- with $redis.auth.username }}
- { name: REDIS_USERNAME, value: {{ . | quote }} }
{{- end }}
{{- end }}
{{- if or (include "ordershop.redisUsersSecret" .) $secret }}
# A file, because that changes when the Secret does.
- { name: REDIS_PASSWORD_FILE, value: /etc/redis-user/password }
{{- end }}
{{- with ternary "always" $redis.appendfsync (eq $redis.mode "embedded") }}
- { name: REDIS_APPENDFSYNC, value: {{ . }} }
{{- end }}
{{- if and $redis.auth.sentinelPasswordKey (eq $redis.mode "sentinel") }}
- name: REDIS_SENTINEL_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ $secret }}, key: {{ $redis.auth.sentinelPasswordKey }} } }
{{- end }}
{{- if $redis.tls.enabled }}
- { name: REDIS_CA_FILE, value: /etc/redis-tls/{{ $redis.tls.caKey }} }
{{- with $redis.tls.certKey }}
- { name: REDIS_CERT_FILE, value: /etc/redis-tls/{{ . }} }
- { name: REDIS_KEY_FILE, value: /etc/redis-tls/{{ $redis.tls.keyKey }} }
{{- end }}
{{- end }}
- { name: PARTITIONS, value: {{ .Values.partitions | quote }} }
- { name: DURABILITY, value: {{ include "ordershop.durability" . | quote }} }
- { name: LEASE_MS, value: {{ int .Values.leaseMs | quote }} }
{{- end -}}
{{- end -}}

{{- define "ordershop.durability" -}}
{{- $replicated := has .Values.redis.mode (list "sentinel" "cluster") -}}
{{- .Values.durability | default (ternary "replicated:1" "fsync" $replicated) -}}
{{- end -}}

{{- define "ordershop.smtpEnv" -}}
{{- with .Values.smtp }}
{{- if .existingSecret }}
- { name: SMTP_URL_FILE, value: /etc/smtp/{{ .urlKey }} }
{{- else if .url }}
- { name: SMTP_URL, value: {{ .url | quote }} }
{{- else if $.Values.mailbox.enabled }}
- { name: SMTP_URL, value: "smtp://{{ include "ordershop.fullname" $ }}-mailbox:5025" }
{{- end }}
- { name: MAIL_FROM, value: {{ .from | quote }} }
{{- end }}
{{- end -}}

{{/* URLs of the services that name this one among their clients, and of the doors for the tools: (dict "root" $ "name" "gateway" "workloads" $workloads) */}}
{{- define "ordershop.upstreamEnv" -}}
{{- if has .name (list "toolbox" "test") }}
- { name: GATEWAY_URL, value: "http://{{ include "ordershop.fullname" .root }}-gateway:{{ .workloads.gateway.port }}" }
{{- if .workloads.mailbox }}
- { name: MAILBOX_URL, value: "http://{{ include "ordershop.fullname" .root }}-mailbox:{{ .workloads.mailbox.port }}" }
{{- end }}
{{- end }}
{{- range $name, $workload := .workloads }}
{{- if and (has $.name ($workload.clients | default list)) (not (has $name (list "mailbox" "archiver"))) }}
- { name: {{ $name | upper | replace "-" "_" }}_URL, value: "http://{{ include "ordershop.fullname" $.root }}-{{ $name }}:{{ $workload.port }}" }
{{- end }}
{{- end }}
{{- end -}}

{{/* How often callers may ask, as services/gateway/src/rate-limit.ts reads it, and how many may follow the log. */}}
{{- define "ordershop.rateEnv" -}}
{{- with .Values.gateway }}
{{- with .rateLimit.perCaller }}
- { name: RATE_LIMIT_PER_CALLER, value: {{ int64 . | quote }} }
{{- end }}
{{- with .rateLimit.inAll }}
- { name: RATE_LIMIT_IN_ALL, value: {{ int64 . | quote }} }
{{- end }}
- { name: RATE_LIMIT_WINDOW_SECONDS, value: {{ int .rateLimit.windowSeconds | quote }} }
- { name: MAX_STREAMS, value: {{ int .maxStreams | quote }} }
- { name: TRUSTED_PROXIES, value: {{ int .trustedProxies | quote }} }
{{- end }}
{{- end -}}

{{/* How the gateway tells callers, as services/gateway/src/auth/config.ts reads it. */}}
{{- define "ordershop.authEnv" -}}
{{- with .Values.gateway.auth }}
- { name: AUTH, value: {{ .mode }} }
{{- if .apiKeys.existingSecret }}
- { name: AUTH_API_KEYS_FILE, value: /etc/api-keys/{{ .apiKeys.key }} }
{{- end }}
{{- with .jwt }}
{{- if or .jwksUrl .existingSecret }}
{{- with .jwksUrl }}
- { name: AUTH_JWKS_URL, value: {{ . | quote }} }
{{- else }}
- { name: AUTH_JWKS_FILE, value: /etc/jwks/{{ .jwksKey }} }
{{- end }}
- { name: AUTH_ISSUER, value: {{ .issuer | quote }} }
- { name: AUTH_AUDIENCE, value: {{ .audience | quote }} }
- { name: AUTH_ROLES_CLAIM, value: {{ .rolesClaim | quote }} }
- { name: AUTH_ALGORITHMS, value: {{ join "," .algorithms | quote }} }
- { name: AUTH_CLOCK_SKEW_SECONDS, value: {{ int .clockSkewSeconds | quote }} }
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The credential of those who call the shop to look whether it works. */}}
{{- define "ordershop.callerEnv" -}}
{{- with .Values.gateway.auth.testCredential }}
{{- if .existingSecret }}
- name: API_TOKEN
  valueFrom: { secretKeyRef: { name: {{ .existingSecret }}, key: {{ .key }} } }
{{- end }}
{{- end }}
{{- end -}}

{{/* The whole environment of a process: (dict "root" $ "name" "order" "workload" $workload "workloads" $workloads) */}}
{{- define "ordershop.environment" -}}
- name: INSTANCE
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
{{- with .workload.port }}
- { name: PORT, value: {{ . | quote }} }
{{- end }}
{{- if .workload.isService }}
- { name: OPS_PORT, value: {{ .workload.opsPort | quote }} }
- { name: MAX_IN_WORK, value: {{ int .workload.maxInWork | quote }} }
- { name: MAX_WAIT_MS, value: {{ int .workload.maxWaitMs | quote }} }
{{- end }}
- { name: LOG_LEVEL, value: {{ .root.Values.logLevel }} }
- { name: STOP_MS, value: {{ int .root.Values.stopMs | quote }} }
{{- /* By default Node lets the garbage of new objects grow to 48 MB on a machine of any size; with 4 MB ten readers of a long list cost the gateway 34 MB. */}}
- { name: NODE_OPTIONS, value: "--max-old-space-size={{ include "ordershop.mebibytes" (dict "memory" .workload.resources.limits.memory "percent" 75) }} --max-semi-space-size=4" }
{{- if .workload.needsRedis }}
{{- include "ordershop.redisEnv" . }}
{{- include "ordershop.archiveEnv" . }}
{{- end }}
{{- range $variable, $file := include "ordershop.keyFiles" . | fromYaml }}
- { name: {{ $variable }}, value: /etc/keys/{{ $file }} }
{{- end }}
{{- if eq .name "mail" }}
{{- include "ordershop.smtpEnv" .root }}
{{- end }}
{{- if and (eq .name "monitor") .root.Values.loadTests.enabled }}
- { name: REBUILD_OVER_HTTP, value: "on" }
{{- end }}
{{- if eq .name "gateway" }}
{{- with .root.Values.gateway.corsOrigins }}
- { name: CORS_ORIGINS, value: {{ join "," . | quote }} }
{{- end }}
{{- with .root.Values.tracing.viewUrl }}
- { name: TRACE_URL, value: {{ . | quote }} }
{{- end }}
{{- include "ordershop.rateEnv" .root }}
{{- include "ordershop.authEnv" .root }}
{{- end }}
{{- if has .name (list "toolbox" "test") }}
{{- include "ordershop.callerEnv" .root }}
{{- end }}
{{- include "ordershop.upstreamEnv" . }}
{{- if and .workload.isService .root.Values.tracing.endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .root.Values.tracing.endpoint | quote }} }
- { name: OTEL_SERVICE_NAME, value: {{ .name }} }
- { name: OTEL_RESOURCE_ATTRIBUTES, value: "service.version={{ .root.Chart.AppVersion }},k8s.namespace.name={{ .root.Release.Namespace }},k8s.pod.name=$(INSTANCE)" }
- { name: OTEL_TRACES_SAMPLER, value: parentbased_traceidratio }
- { name: OTEL_TRACES_SAMPLER_ARG, value: {{ .root.Values.tracing.sampleRatio | quote }} }
{{- end }}
{{- range $variable, $value := .workload.env }}
- { name: {{ $variable }}, value: {{ $value | quote }} }
{{- end }}
{{- end -}}
