{{/* What stands around a Deployment; each takes (dict "root" $ "name" "order" "workload" $workload). */}}
{{- define "ordershop.metadata" -}}
name: {{ include "ordershop.fullname" .root }}-{{ .name }}
labels: {{- include "ordershop.labels" (dict "root" .root "component" .name) | nindent 2 }}
{{- end -}}

{{- define "ordershop.serviceAccount" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "ordershop.metadata" . | nindent 2 }}
  {{- if and .workload.needsRedis (eq (include "ordershop.archiveIn" .root) "bucket") }}
  {{- with .root.Values.archive.s3.serviceAccountAnnotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- end }}
automountServiceAccountToken: false
{{- end -}}

{{- define "ordershop.service" -}}
{{- $service := .workload.service -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "ordershop.metadata" . | nindent 2 }}
  {{- with $service.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ $service.type }}
  selector: {{- include "ordershop.selector" (dict "root" .root "component" .name) | nindent 4 }}
  ports:
    - name: http
      port: {{ .workload.port }}
      targetPort: http
      {{- with $service.nodePort }}
      nodePort: {{ . }}
      {{- end }}
    {{- range $port, $number := .workload.ports }}
    - { name: {{ $port }}, port: {{ $number }}, targetPort: {{ $port }} }
    {{- end }}
{{- end -}}

{{- define "ordershop.pdb" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {{- include "ordershop.metadata" . | nindent 2 }}
spec:
  maxUnavailable: {{ .workload.pdb.maxUnavailable }}
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "ordershop.selector" (dict "root" .root "component" .name) | nindent 6 }}
{{- end -}}

{{- define "ordershop.hpa" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {{- include "ordershop.metadata" . | nindent 2 }}
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: {{ include "ordershop.fullname" .root }}-{{ .name }} }
  minReplicas: {{ .workload.hpa.minReplicas }}
  maxReplicas: {{ .workload.hpa.maxReplicas }}
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: {{ .workload.hpa.targetCPUUtilizationPercentage }} } }
{{- end -}}

{{/* The monitor's lag, not Redis' own: it is exact and never nil, also while no consumer runs. */}}
{{- define "ordershop.scaledObject" -}}
{{- $keda := .root.Values.keda -}}
{{- $monitor := printf "%s-monitor.%s.svc" (include "ordershop.fullname" .root) .root.Release.Namespace -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {{- include "ordershop.metadata" . | nindent 2 }}
spec:
  scaleTargetRef: { name: {{ include "ordershop.fullname" .root }}-{{ .name }} }
  pollingInterval: {{ $keda.pollingInterval }}
  minReplicaCount: {{ $keda.minReplicas }}
  maxReplicaCount: {{ .root.Values.partitions }}
  # No answer says nothing about lag: keep the current number of replicas.
  fallback: { failureThreshold: 3, replicas: {{ $keda.minReplicas }}, behavior: currentReplicasIfHigher }
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        scaleDown: { stabilizationWindowSeconds: {{ $keda.scaleDownAfter }} }
  triggers:
    - type: metrics-api
      metadata:
        url: http://{{ $monitor }}:{{ .root.Values.services.monitor.port }}/lag/{{ .workload.group }}
        valueLocation: lag
        targetValue: {{ $keda.lagPerReplica | quote }}
{{- end -}}
