{{/*
Every workload as YAML, name to settings: `defaults`, overlaid with what `services` says of it, and the tools that are
switched on. `include … | fromYaml` gives it to the other templates, which range over it.
*/}}
{{- define "ordershop.workloads" -}}
{{- $workloads := dict -}}
{{- range $name, $service := .Values.services -}}
{{- $own := mergeOverwrite (deepCopy $.Values.defaults) (dict "image" $name "needsRedis" true) $service -}}
{{- $_ := set $workloads $name $own -}}
{{- end -}}
{{- if .Values.mailbox.enabled -}}
{{- $own := dict "image" "tools" "args" (list "src/mailbox.ts") "port" 5080 "ports" (dict "smtp" 5025) "env" (dict "SMTP_PORT" "5025") "clients" (list "mail") -}}
{{- $_ := set $workloads "mailbox" (mergeOverwrite (deepCopy .Values.defaults) $own (dict "service" .Values.mailbox.service)) -}}
{{- end -}}
{{- if .Values.toolbox.enabled -}}
{{- $own := dict "image" "tools" "args" (list "--eval" "process.once('SIGTERM', process.exit); setInterval(() => {}, 2 ** 30)") "needsRedis" true -}}
{{- $_ := set $workloads "toolbox" (mergeOverwrite (deepCopy .Values.defaults) $own) -}}
{{- end -}}
{{- toYaml $workloads -}}
{{- end -}}

{{/* What a schema cannot say: limits of one value by another. Names the value and what was expected. */}}
{{- define "ordershop.check" -}}
{{- $partitions := int .Values.partitions -}}
{{- range $name, $workload := include "ordershop.workloads" . | fromYaml -}}
{{- if and $workload.group (gt (int $workload.replicas) $partitions) -}}
{{- fail (printf "services.%s.replicas is %d, expected at most %d (partitions): more members of a consumer group would own nothing" $name (int $workload.replicas) $partitions) -}}
{{- end -}}
{{- if and $workload.group $workload.hpa.enabled (gt (int $workload.hpa.maxReplicas) $partitions) -}}
{{- fail (printf "services.%s.hpa.maxReplicas is %d, expected at most %d (partitions): more members of a consumer group would own nothing" $name (int $workload.hpa.maxReplicas) $partitions) -}}
{{- end -}}
{{- if and $workload.group $workload.hpa.enabled $.Values.keda.enabled -}}
{{- fail (printf "services.%s.hpa.enabled is true, expected false while keda.enabled is true: two autoscalers would undo each other" $name) -}}
{{- end -}}
{{- end -}}
{{- if gt (int .Values.keda.minReplicas) $partitions -}}
{{- fail (printf "keda.minReplicas is %d, expected at most %d (partitions)" (int .Values.keda.minReplicas) $partitions) -}}
{{- end -}}
{{- with .Values.redis -}}
{{- if and (eq .mode "standalone") (not .standalone.host) -}}
{{- fail "redis.standalone.host is empty, expected a host name while redis.mode is standalone" -}}
{{- end -}}
{{- if and (eq .mode "sentinel") (not .sentinel.nodes) -}}
{{- fail "redis.sentinel.nodes is empty, expected host:port of each Sentinel while redis.mode is sentinel" -}}
{{- end -}}
{{- if and (eq .mode "cluster") (not .cluster.nodes) -}}
{{- fail "redis.cluster.nodes is empty, expected host:port of some nodes while redis.mode is cluster" -}}
{{- end -}}
{{- if and .tls.enabled (eq .mode "embedded") -}}
{{- fail "redis.tls.enabled is true, expected false while redis.mode is embedded: its traffic stays between pods that the NetworkPolicy names" -}}
{{- end -}}
{{- if and .tls.enabled (not .tls.existingSecret) -}}
{{- fail "redis.tls.existingSecret is empty, expected a Secret with the certificate authority while redis.tls.enabled is true" -}}
{{- end -}}
{{- if and .auth.sentinelPasswordKey (not .auth.existingSecret) -}}
{{- fail (printf "redis.auth.sentinelPasswordKey is %s, expected redis.auth.existingSecret to name its Secret" .auth.sentinelPasswordKey) -}}
{{- end -}}
{{- end -}}
{{- end -}}
