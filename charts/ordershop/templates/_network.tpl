{{/* Pods of this release by component: (dict "root" $ "components" (list "gateway")) */}}
{{- define "ordershop.peers" -}}
{{- range .components }}
- podSelector:
    matchLabels: {{- include "ordershop.selector" (dict "root" $.root "component" .) | nindent 6 }}
{{- end }}
{{- end -}}

{{/*
Who may call a workload: everybody where it is public or was given a port of the nodes; its clients, at its `ports` if it
has any besides HTTP; the operators' tools, where they are no strangers; Prometheus, at the port of probes and metrics, where
the node of a pod is let in always. Nothing is printed if nothing may.
(dict "root" $ "name" "order" "workload" $workload)
*/}}
{{- define "ordershop.ingressRules" -}}
{{- $policy := .root.Values.networkPolicy -}}
{{- $clients := .workload.clients | default list -}}
{{- if or .workload.public (and .workload.service (ne .workload.service.type "ClusterIP")) }}
- ports: [{ port: http }]
  {{- with $policy.gatewayFrom }}
  from: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- if $clients }}
- ports: [{{ range $index, $port := keys (.workload.ports | default dict) | sortAlpha | default (list "http") }}{{ if $index }}, {{ end }}{ port: {{ $port }} }{{ end }}]
  from: {{- include "ordershop.peers" (dict "root" .root "components" $clients) | trim | nindent 4 }}
{{- end }}
{{- if include "ordershop.forOperators" . }}
- ports: [{ port: http }]
  from: {{- include "ordershop.peers" (dict "root" .root "components" (list "toolbox" "test")) | trim | nindent 4 }}
{{- end }}
{{- if and .root.Values.loadTests.enabled (include "ordershop.underLoad" .name) }}
- ports: [{ port: http }]
  from: {{- include "ordershop.peers" (dict "root" .root "components" (list "load-test")) | trim | nindent 4 }}
{{- end }}
{{- if and .workload.isService $policy.metricsFrom }}
- ports: [{ port: ops }]
  from: {{- toYaml $policy.metricsFrom | nindent 4 }}
{{- end }}
{{- if and (eq .name "monitor") .root.Values.keda.enabled }}
- ports: [{ port: http }]
  from:
    - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ .root.Values.keda.namespace }} } }
{{- end }}
{{- end -}}

{{/* Whom a workload may call: (dict "root" $ "name" "order" "workload" $workload "workloads" $workloads) */}}
{{- define "ordershop.egressRules" -}}
{{- $root := .root -}}
{{- $name := .name -}}
{{- with $root.Values.networkPolicy.dns -}}
- ports: {{- toYaml .ports | nindent 4 }}
  {{- with .to }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- if .workload.needsRedis }}
{{ include "ordershop.redisEgress" $root }}
{{- if eq (include "ordershop.archiveIn" $root) "bucket" }}
{{- include "ordershop.bucketEgress" $root }}
{{- end }}
{{- end }}
{{- range $other, $called := .workloads }}
{{- $ports := list -}}
{{- if has $name ($called.clients | default list) }}{{ $ports = values ($called.ports | default dict) | default (list $called.port) }}{{ end -}}
{{- if and (eq $name "load-test") (include "ordershop.underLoad" $other) }}{{ $ports = list $called.port }}{{ end -}}
{{- if and (has $name (list "toolbox" "test")) (include "ordershop.forOperators" (dict "name" $other "workload" $called)) }}{{ $ports = list $called.port }}{{ end -}}
{{- with $ports }}
- ports: [{{ range $index, $port := . }}{{ if $index }}, {{ end }}{ port: {{ $port }} }{{ end }}]
  to: {{- include "ordershop.peers" (dict "root" $root "components" (list $other)) | trim | nindent 4 }}
{{- end }}
{{- end }}
{{- if and $root.Values.tracing.endpoint .workload.isService }}
- ports: [{ port: {{ include "ordershop.tracingPort" $root.Values.tracing }} }]
  {{- with $root.Values.tracing.peers }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- if eq $name "gateway" }}
{{- with $root.Values.gateway.auth.jwt }}
{{- if .jwksUrl }}
- ports: [{ port: {{ include "ordershop.jwksPort" . }} }]
  {{- with .peers }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq $name "mail") (or $root.Values.smtp.url $root.Values.smtp.existingSecret) }}
- ports: [{ port: {{ include "ordershop.smtpPort" $root.Values.smtp }} }]
  {{- with $root.Values.smtp.peers }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Whether the toolbox and `helm test` call a workload: the doors, and the archiver where it serves the archive. */}}
{{- define "ordershop.forOperators" -}}
{{- if or .workload.public (eq .name "mailbox") (and (eq .name "archiver") .workload.clients) }}yes{{ end -}}
{{- end -}}

{{/* Whether load tests call a workload; nothing is printed if they do not. */}}
{{- define "ordershop.underLoad" -}}
{{- if has . (list "gateway" "monitor" "mailbox") }}yes{{ end -}}
{{- end -}}

{{/* The port of smtp.url, as nodemailer has it; one that is in a Secret has to be said. */}}
{{- define "ordershop.smtpPort" -}}
{{- $named := regexFind ":\\d+(/|$)" .url | trimAll ":/" -}}
{{- if or .existingSecret (not .url) }}{{ .port }}{{ else }}{{ $named | default (ternary "465" "587" (hasPrefix "smtps:" .url)) }}{{ end -}}
{{- end -}}

{{/* The port of gateway.auth.jwt.jwksUrl; without one it is that of its scheme. */}}
{{- define "ordershop.jwksPort" -}}
{{- regexFind "^https?://[^/?#]+" .jwksUrl | regexFind ":\\d+$" | trimAll ":" | default (ternary "443" "80" (hasPrefix "https:" .jwksUrl)) -}}
{{- end -}}

{{/* The port of tracing.endpoint; without one it is that of its scheme. */}}
{{- define "ordershop.tracingPort" -}}
{{- regexFind ":\\d+$" .endpoint | trimAll ":" | default (ternary "443" "80" (hasPrefix "https:" .endpoint)) -}}
{{- end -}}

{{- define "ordershop.redisEgress" -}}
{{- $redis := .Values.redis -}}
{{- if eq $redis.mode "embedded" -}}
- ports: [{ port: 6379 }]
  to: {{- include "ordershop.peers" (dict "root" . "components" (list "redis")) | trim | nindent 4 }}
{{- else -}}
{{- $nodes := list -}}
{{- if eq $redis.mode "standalone" }}{{ $nodes = list (printf ":%d" (int $redis.standalone.port)) }}{{ end -}}
{{- /* Sentinels name the master's own port, and a Cluster's nodes each other's. */ -}}
{{- if eq $redis.mode "sentinel" }}{{ $nodes = append $redis.sentinel.nodes ":6379" }}{{ end -}}
{{- if eq $redis.mode "cluster" }}{{ $nodes = $redis.cluster.nodes }}{{ end -}}
{{- $ports := list -}}
{{- range $nodes }}{{ $ports = append $ports (splitList ":" . | last) }}{{ end -}}
- ports: [{{ range $index, $port := $ports | uniq }}{{ if $index }}, {{ end }}{ port: {{ $port }} }{{ end }}]
  {{- with $redis.peers }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}
