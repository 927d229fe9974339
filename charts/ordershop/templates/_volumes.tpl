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
  secret: { secretName: {{ .secret }} }
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

{{/* Secrets that are files of a workload, whole, so that a change of one arrives. */}}
{{- define "ordershop.secretFiles" -}}
{{- $values := .root.Values -}}
{{- if and .workload.needsRedis $values.redis.tls.enabled }}
- { name: redis-tls, path: /etc/redis-tls, secret: {{ $values.redis.tls.existingSecret }} }
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
