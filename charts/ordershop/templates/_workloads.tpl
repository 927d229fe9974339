{{/*
Every workload as YAML, name to settings: `defaults`, overlaid with what `services` says of it, and the tools that are
switched on. `include … | fromYaml` gives it to the other templates, which range over it.
*/}}
{{- define "ordershop.workloads" -}}
{{- $workloads := dict -}}
{{- range $name, $service := .Values.services -}}
{{- $own := mergeOverwrite (deepCopy $.Values.defaults) (dict "image" $name "needsRedis" true "isService" true) $service -}}
{{- if eq $name "archiver" }}{{ $own = mergeOverwrite $own (include "ordershop.archiver" (dict "root" $ "archiver" $own) | fromYaml) }}{{ end -}}
{{- if or $.Values.archive.enabled (ne $name "archiver") }}{{ $_ := set $workloads $name $own }}{{ end -}}
{{- end -}}
{{- if .Values.mailbox.enabled -}}
{{- $own := dict "image" "check" "replicas" 1 "hpa" (dict "enabled" false) "args" (list "src/mailbox.ts") "port" 5080 "ports" (dict "smtp" 5025) "env" (dict "SMTP_PORT" "5025") "clients" (list "mail") -}}
{{- $_ := set $workloads "mailbox" (mergeOverwrite (deepCopy .Values.defaults) $own (dict "service" .Values.mailbox.service)) -}}
{{- end -}}
{{- if .Values.toolbox.enabled -}}
{{- $own := dict "image" "ops" "replicas" 1 "hpa" (dict "enabled" false) "args" (list "--eval" "process.once('SIGTERM', process.exit); setInterval(() => {}, 2 ** 30)") "needsRedis" true -}}
{{- $_ := set $workloads "toolbox" (mergeOverwrite (deepCopy .Values.defaults) $own) -}}
{{- end -}}
{{- toYaml $workloads -}}
{{- end -}}

{{/* What a schema cannot say: limits of one value by another. Names the value and what was expected. */}}
{{- define "ordershop.check" -}}
{{- $partitions := int .Values.partitions -}}
{{- $workloads := include "ordershop.workloads" . | fromYaml -}}
{{- range $name, $workload := $workloads -}}
{{- range $client := $workload.clients -}}
{{- if not (hasKey $workloads $client) -}}
{{- fail (printf "services.%s.clients names %s, expected one of %s" $name $client (keys $workloads | sortAlpha | join ", ")) -}}
{{- end -}}
{{- end -}}
{{- $taken := dict -}}
{{- range include "ordershop.environment" (dict "root" $ "name" $name "workload" $workload "workloads" $workloads) | fromYamlArray -}}
{{- if hasKey $taken .name -}}
{{- fail (printf "services.%s.env.%s is set by the chart already, expected a variable that it leaves free" $name .name) -}}
{{- end -}}
{{- $_ := set $taken .name true -}}
{{- end -}}
{{- if and $workload.isService (eq (int $workload.opsPort) (int $workload.port)) -}}
{{- fail (printf "services.%s.opsPort is %d, expected another than its port" $name (int $workload.opsPort)) -}}
{{- end -}}
{{- if and $workload.service.nodePort (eq $workload.service.type "ClusterIP") -}}
{{- fail (printf "services.%s.service.nodePort is %d, expected none while its type is ClusterIP" $name (int $workload.service.nodePort)) -}}
{{- end -}}
{{- if and $workload.hpa.enabled (gt (int $workload.hpa.minReplicas) (int $workload.hpa.maxReplicas)) -}}
{{- fail (printf "services.%s.hpa.minReplicas is %d, expected at most %d (its maxReplicas)" $name (int $workload.hpa.minReplicas) (int $workload.hpa.maxReplicas)) -}}
{{- end -}}
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
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) -}}
{{- fail "httpRoute.parentRefs is empty, expected a Gateway while httpRoute.enabled is true" -}}
{{- end -}}
{{- if and .Values.mailbox.enabled (or .Values.smtp.url .Values.smtp.existingSecret) -}}
{{- fail "mailbox.enabled is true, expected false while smtp.url or smtp.existingSecret names a mail server: mails go to one of them" -}}
{{- end -}}
{{- if and .Values.loadTests.enabled (eq .Values.loadTests.test "order-journey") (not .Values.mailbox.enabled) -}}
{{- fail "loadTests.test is order-journey, expected mailbox.enabled to be true: it follows orders to their mails" -}}
{{- end -}}
{{- with .Values.gateway.auth -}}
{{- $tokens := or .jwt.jwksUrl .jwt.existingSecret -}}
{{- if and (eq .mode "none") (or $tokens .apiKeys.existingSecret) -}}
{{- fail "gateway.auth.mode is none, expected optional or required while gateway.auth.jwt or gateway.auth.apiKeys says how callers are told" -}}
{{- end -}}
{{- if and (ne .mode "none") (not (or $tokens .apiKeys.existingSecret)) -}}
{{- fail (printf "gateway.auth.mode is %s, expected gateway.auth.jwt.jwksUrl, gateway.auth.jwt.existingSecret or gateway.auth.apiKeys.existingSecret to say how callers are told" .mode) -}}
{{- end -}}
{{- if and .jwt.jwksUrl .jwt.existingSecret -}}
{{- fail (printf "gateway.auth.jwt.existingSecret is %s, expected none while gateway.auth.jwt.jwksUrl is set: keys come from one of them" .jwt.existingSecret) -}}
{{- end -}}
{{- range $name := list "issuer" "audience" -}}
{{- if and $tokens (not (get $.Values.gateway.auth.jwt $name)) -}}
{{- fail (printf "gateway.auth.jwt.%s is empty, expected that of tokens while gateway.auth.jwt says where their keys are" $name) -}}
{{- end -}}
{{- if and (not $tokens) (get $.Values.gateway.auth.jwt $name) -}}
{{- fail (printf "gateway.auth.jwt.%s is %s, expected none while neither gateway.auth.jwt.jwksUrl nor gateway.auth.jwt.existingSecret says where keys are" $name (get $.Values.gateway.auth.jwt $name)) -}}
{{- end -}}
{{- end -}}
{{- if and (eq .mode "required") $.Values.loadTests.enabled (not .testCredential.existingSecret) -}}
{{- fail "loadTests.enabled is true, expected gateway.auth.testCredential.existingSecret while gateway.auth.mode is required: they call the gateway" -}}
{{- end -}}
{{- end -}}
{{- with .Values.services.archiver -}}
{{- if and (eq (include "ordershop.archiveIn" $) "volume") (gt (int .replicas) 1) -}}
{{- fail (printf "services.archiver.replicas is %d, expected at most 1 while archive.s3.bucket is empty: one pod mounts the volume" (int .replicas)) -}}
{{- end -}}
{{- if and (eq (include "ordershop.archiveIn" $) "volume") .hpa .hpa.enabled -}}
{{- fail "services.archiver.hpa.enabled is true, expected false while archive.s3.bucket is empty: one pod mounts the volume" -}}
{{- end -}}
{{- end -}}
{{- if .Values.archive.backup.enabled -}}
{{- if not .Values.archive.enabled -}}
{{- fail "archive.backup.enabled is true, expected false while archive.enabled is false: a backup lies beside the archive" -}}
{{- end -}}
{{- if eq .Values.redis.mode "cluster" -}}
{{- fail "archive.backup.enabled is true, expected false while redis.mode is cluster: each master has a part of the log, see docs/recovery.md" -}}
{{- end -}}
{{- if and (eq (include "ordershop.archiveIn" .) "volume") (has "ReadWriteOncePod" .Values.archive.persistence.accessModes) -}}
{{- fail "archive.backup.enabled is true, expected archive.persistence.accessModes without ReadWriteOncePod: the archiver has the volume" -}}
{{- end -}}
{{- end -}}
{{- with .Values.archive.s3 -}}
{{- if and (not .bucket) (or .prefix .endpoint .region .existingSecret .serviceAccountAnnotations .peers) -}}
{{- fail "archive.s3.bucket is empty, expected a bucket while anything else of archive.s3 is set" -}}
{{- end -}}
{{- if and .bucket (not .region) (not .endpoint) -}}
{{- fail (printf "archive.s3.region is empty, expected the region of bucket %s while archive.s3.endpoint names no other server" .bucket) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.internalAuth.existingSecret (not .Values.internalAuth.enabled) -}}
{{- fail (printf "internalAuth.existingSecret is %s, expected none while internalAuth.enabled is false" .Values.internalAuth.existingSecret) -}}
{{- end -}}
{{- with .Values.redis -}}
{{- if and (eq .mode "embedded") (hasPrefix "replicated" $.Values.durability) -}}
{{- fail (printf "durability is %s, expected fsync or memory while redis.mode is embedded: it has no replicas" $.Values.durability) -}}
{{- end -}}
{{- if and (eq .mode "embedded") .auth.username -}}
{{- fail (printf "redis.auth.username is %s, expected none while redis.mode is embedded: it has the default user only" .auth.username) -}}
{{- end -}}
{{- if and .auth.username .acl.existingSecret -}}
{{- fail (printf "redis.auth.username is %s, expected none while redis.acl.existingSecret is %s: each service is a user of its own" .auth.username .acl.existingSecret) -}}
{{- end -}}
{{- if and (ne .mode "embedded") .acl.existingSecret (not .appendfsync) (hasPrefix "replicated" (include "ordershop.durability" $)) -}}
{{- fail (printf "redis.appendfsync is empty, expected always while durability is %s and redis.acl.existingSecret is set: these users may not read CONFIG" (include "ordershop.durability" $)) -}}
{{- end -}}
{{- if and (eq .mode "embedded") .appendfsync -}}
{{- fail (printf "redis.appendfsync is %s, expected none while redis.mode is embedded: the chart sets it" .appendfsync) -}}
{{- end -}}
{{- if ne (empty .tls.certKey) (empty .tls.keyKey) -}}
{{- fail (printf "redis.tls.certKey is '%s' and redis.tls.keyKey is '%s', expected both or none" .tls.certKey .tls.keyKey) -}}
{{- end -}}
{{- if and (ne .mode "embedded") .auth.password -}}
{{- fail (printf "redis.auth.password is set, expected none while redis.mode is %s: name its Secret in redis.auth.existingSecret" .mode) -}}
{{- end -}}
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
