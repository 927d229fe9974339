{{/* Files that a workload finds: (dict "root" $ "name" "order" "workload" $workload); nothing is printed if there are none. */}}
{{- define "ordershop.volumeMounts" -}}
{{- if include "ordershop.redisTls" . }}
- { name: redis-tls, mountPath: /etc/redis-tls, readOnly: true }
{{- end }}
{{- if include "ordershop.keyFiles" . | trim }}
- { name: keys, mountPath: /etc/keys, readOnly: true }
{{- end }}
{{- if include "ordershop.archiveVolume" . }}
- { name: archive, mountPath: /archive }
{{- end }}
{{- end -}}

{{- define "ordershop.volumes" -}}
{{- if include "ordershop.redisTls" . }}
- name: redis-tls
  secret: { secretName: {{ .root.Values.redis.tls.existingSecret }} }
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

{{- define "ordershop.redisTls" -}}
{{- if and .workload.needsRedis .root.Values.redis.tls.enabled }}yes{{ end -}}
{{- end -}}

{{- define "ordershop.archiveVolume" -}}
{{- if and (eq .name "archiver") (eq (include "ordershop.archiveIn" .root) "volume") }}yes{{ end -}}
{{- end -}}
