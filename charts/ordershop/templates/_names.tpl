{{- define "ordershop.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels that never change, so that selectors may use them: (dict "root" $ "component" "order") */}}
{{- define "ordershop.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Of pods: nothing that a mere upgrade of the chart would change, which would restart them. */}}
{{- define "ordershop.podLabels" -}}
{{ include "ordershop.selector" . }}
app.kubernetes.io/part-of: ordershop
{{- end -}}

{{- define "ordershop.labels" -}}
{{ include "ordershop.podLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* (dict "root" $ "image" "order") */}}
{{- define "ordershop.image" -}}
{{- $image := .root.Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}/{{ .image }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end -}}

{{/* Pod Security "restricted", for a user: (dict "user" 65532) */}}
{{- define "ordershop.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "ordershop.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ not .writable }}
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Three quarters of a memory limit, in MiB: the rest of a Node process is buffers and code. (dict "memory" "256Mi" "percent" 75) */}}
{{- define "ordershop.mebibytes" -}}
{{- $number := trimSuffix "Mi" (trimSuffix "Gi" .memory) | int -}}
{{- if hasSuffix "Gi" .memory }}{{ $number = mul $number 1024 }}{{ end -}}
{{- div (mul $number .percent) 100 -}}
{{- end -}}
