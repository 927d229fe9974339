{{/* Files that a workload finds: (dict "root" $ "name" "order" "workload" $workload); nothing is printed if there are none. */}}
{{- define "ordershop.volumeMounts" -}}
{{- range include "ordershop.secretFiles" . | fromYamlArray }}
- { name: {{ .name }}, mountPath: {{ .path }}, readOnly: true }
{{- end }}
{{- if include "ordershop.keyFiles" . | trim }}
- { name: keys, mountPath: /etc/keys, readOnly: true }
{{- end }}
{{- if include "ordershop.archiveVolume" . }}
- { name: archive, mountPath: /archive }
{{- end }}
{{- end -}}

{{- define "ordershop.volumes" -}}
{{- range include "ordershop.secretFiles" . | fromYamlArray }}
- name: {{ .name }}
  secret: { secretName: {{ .secret }}{{ with .key }}, items: [{ key: {{ . }}, path: password }]{{ end }} }
{{- end }}
{{- with include "ordershop.keyFiles" . | fromYaml }}
- name: keys
  # Of the Secret only what this one needs: whoever checks signatures cannot sign.
  secret:
    secretName: {{ include "ordershop.keysSecret" $.root }}
    items: [{{ range $index, $file := values . | sortAlpha }}{{ if $index }}, {{ end }}{ key: {{ $file }}, path: {{ $file }} }{{ end }}]
{{- end }}
{{- if include "ordershop.archiveVolume" . }}
- name: archive
  persistentVolumeClaim: { claimName: {{ include "ordershop.fullname" .root }}-archive }
{{- end }}
{{- end -}}

{{/* Secrets that are files of a workload, each a folder of its own, so that a change arrives; with `key` that alone, as `password`. */}}
{{- define "ordershop.secretFiles" -}}
{{- $values := .root.Values -}}
{{- if .workload.needsRedis }}
{{- if include "ordershop.redisUsersSecret" .root }}
- { name: redis-user, path: /etc/redis-user, secret: {{ include "ordershop.redisUsersSecret" .root }}, key: {{ include "ordershop.redisUser" . }} }
{{- else if include "ordershop.redisSecret" .root }}
- { name: redis-user, path: /etc/redis-user, secret: {{ include "ordershop.redisSecret" .root }}, key: {{ $values.redis.auth.passwordKey }} }
{{- end }}
{{- end }}
{{- if and .workload.needsRedis $values.redis.tls.enabled }}
- { name: redis-tls, path: /etc/redis-tls, secret: {{ $values.redis.tls.existingSecret }} }
{{- end }}
{{- if eq .name "mail" }}
{{- with $values.smtp.existingSecret }}
- { name: smtp, path: /etc/smtp, secret: {{ . }} }
{{- end }}
{{- end }}
{{- if eq .name "gateway" }}
{{- with $values.gateway.auth.apiKeys.existingSecret }}
- { name: api-keys, path: /etc/api-keys, secret: {{ . }} }
{{- end }}
{{- with $values.gateway.auth.jwt.existingSecret }}
- { name: jwks, path: /etc/jwks, secret: {{ . }} }
{{- end }}
{{- end }}
{{- end -}}

{{- define "ordershop.archiveVolume" -}}
{{- if and (eq .name "archiver") (eq (include "ordershop.archiveIn" .root) "volume") }}yes{{ end -}}
{{- end -}}
