{{/* Where the archive is: `volume`, `bucket`, or `nowhere`. */}}
{{- define "ordershop.archiveIn" -}}
{{- if not .Values.archive.enabled }}nowhere{{ else if .Values.archive.s3.bucket }}bucket{{ else }}volume{{ end -}}
{{- end -}}

{{/*
Where a process finds the archive, as libs/service/src/config.ts reads it: the archiver and backups on its volume, the others at
the archiver; or all of them in the bucket; and what the archiver lets stay in Redis. (dict "root" $ "name" "order")
*/}}
{{- define "ordershop.archiveEnv" -}}
{{- $in := include "ordershop.archiveIn" .root -}}
{{- if eq $in "volume" }}
{{- if has .name (list "archiver" "backup") }}
- { name: ARCHIVE_URL, value: "file:///archive" }
{{- else }}
- { name: ARCHIVE_URL, value: "http://{{ include "ordershop.fullname" .root }}-archiver:{{ .root.Values.services.archiver.port }}" }
{{- end }}
{{- else if eq $in "bucket" }}
{{- with .root.Values.archive.s3 }}
- { name: ARCHIVE_URL, value: "s3://{{ .bucket }}{{ with .prefix }}/{{ . }}{{ end }}" }
{{- with .endpoint }}
- { name: ARCHIVE_S3_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- /* The SDK demands one; other servers take the oldest. */}}
- { name: AWS_REGION, value: {{ .region | default "us-east-1" | quote }} }
{{- with .existingSecret }}
{{- range list "AWS_ACCESS_KEY_ID" "AWS_SECRET_ACCESS_KEY" }}
- name: {{ . }}
  valueFrom: { secretKeyRef: { name: {{ $.root.Values.archive.s3.existingSecret }}, key: {{ . }} } }
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- if and (eq .name "archiver") (ne $in "nowhere") }}
{{- with .root.Values.archive }}
- { name: ARCHIVE_MEMORY_TARGET, value: {{ .memoryTarget | quote }} }
{{- if not (kindIs "invalid" .keepEvents) }}
- { name: ARCHIVE_KEEP_EVENTS, value: {{ int64 .keepEvents | quote }} }
{{- end }}
{{- if not (kindIs "invalid" .keepMs) }}
- { name: ARCHIVE_KEEP_MS, value: {{ int64 .keepMs | quote }} }
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
What the archive asks of the archiver, laid over its settings: on a volume it is alone, and whoever reads the log calls it.
(dict "root" $ "archiver" $workload)
*/}}
{{- define "ordershop.archiver" -}}
{{- if eq (include "ordershop.archiveIn" .root) "volume" -}}
clients: {{ without (keys .root.Values.services | sortAlpha) "archiver" | toJson }}
replicas: {{ min 1 (int .archiver.replicas) }}
hpa: { enabled: false }
{{- end -}}
{{- end -}}

{{/* The way to the bucket's server. */}}
{{- define "ordershop.bucketEgress" -}}
{{- with .Values.archive.s3 }}
- ports: [{ port: {{ regexFind ":\\d+$" .endpoint | trimAll ":" | default (ternary "80" "443" (hasPrefix "http:" .endpoint)) }} }]
  {{- with .peers }}
  to: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}

{{/*
Has Redis send its RDB, as to a replica, into /backup: from the master, wherever Sentinels say that it is. Redis is reached
as by the services, see `ordershop.redisEnv`.
*/}}
{{- define "ordershop.backupScript" -}}
ask() {
  REDISCLI_AUTH=$1
  shift
  [ -z "$REDISCLI_AUTH" ] && unset REDISCLI_AUTH || export REDISCLI_AUTH
  redis-cli ${REDIS_CA_FILE:+--tls --cacert "$REDIS_CA_FILE"} ${REDIS_CERT_FILE:+--cert "$REDIS_CERT_FILE" --key "$REDIS_KEY_FILE"} "$@"
}
at=${REDIS_URL:+-u $REDIS_URL}
for node in $(echo "$REDIS_SENTINELS" | tr , ' '); do
  [ -z "$at" ] || break
  master=$(ask "$REDIS_SENTINEL_PASSWORD" -h "${node%:*}" -p "${node##*:}" sentinel get-master-addr-by-name "$REDIS_MASTER_NAME") || continue
  at=$(echo $master | sed -n 's/^\([^ ]*\) \([0-9]*\)$/-h \1 -p \2/p')
done
[ -n "$at" ] || { echo "none of $REDIS_SENTINELS names the master $REDIS_MASTER_NAME" >&2; exit 1; }
[ -z "$REDIS_PASSWORD_FILE" ] || REDIS_PASSWORD=$(head -n 1 "$REDIS_PASSWORD_FILE")
ask "$REDIS_PASSWORD" $at ${REDIS_USERNAME:+--user "$REDIS_USERNAME"} --rdb /backup/redis.rdb
{{- end -}}
