{{/* (dict "root" $ "name" "order" "workload" $workload "workloads" $workloads) */}}
{{- define "ordershop.deployment" -}}
{{- $fullname := include "ordershop.fullname" .root -}}
{{- $labels := dict "root" .root "component" .name -}}
{{- $w := .workload -}}
{{- $values := .root.Values -}}
{{- $volumes := include "ordershop.volumes" . | trim -}}
{{- $probed := ternary "ops" "http" (not (empty $w.isService)) -}}
{{- $serving := ternary (int $w.preStopSeconds) 0 (or $w.public (not (empty $w.clients))) -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $fullname }}-{{ .name }}
  labels: {{- include "ordershop.labels" $labels | nindent 4 }}
spec:
  {{- if not (or $w.hpa.enabled (and $values.keda.enabled $w.group)) }}
  replicas: {{ $w.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  {{- if include "ordershop.archiveVolume" . }}
  # The volume goes from one pod to the next.
  strategy: { type: Recreate }
  {{- else }}
  # A new pod is ready before an old one leaves, so that requests always find one, and partitions an owner.
  strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
  {{- end }}
  selector:
    matchLabels: {{- include "ordershop.selector" $labels | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "ordershop.podLabels" $labels | nindent 8 }}
        {{- with $w.podLabels }}{{ toYaml . | nindent 8 }}{{ end }}
      {{- with $w.podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ $fullname }}-{{ .name }}
      automountServiceAccountToken: false
      # Variables such as ORDERSHOP_ORDER_PORT would be one typo away from ours.
      enableServiceLinks: false
      {{- with $values.image.pullSecrets }}
      imagePullSecrets: {{- range . }}
        - name: {{ . }}
      {{- end }}
      {{- end }}
      securityContext: {{- include "ordershop.podSecurity" (dict "user" 65532) | nindent 8 }}
      # What preStop takes counts, too; two seconds more, so that the process itself says that it was too slow.
      terminationGracePeriodSeconds: {{ add $serving (ceil (divf $values.stopMs 1000)) 2 }}
      {{- with $w.priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      containers:
        - name: {{ .name }}
          image: {{ include "ordershop.image" (dict "root" .root "image" $w.image) }}
          imagePullPolicy: {{ $values.image.pullPolicy }}
          {{- with $w.args }}
          args: {{- toYaml . | nindent 12 }}
          {{- end }}
          env: {{- include "ordershop.environment" . | nindent 12 }}
          {{- if $w.port }}
          ports:
            - { name: http, containerPort: {{ $w.port }} }
            {{- if $w.isService }}
            - { name: ops, containerPort: {{ $w.opsPort }} }
            {{- end }}
            {{- range $port, $number := $w.ports }}
            - { name: {{ $port }}, containerPort: {{ $number }} }
            {{- end }}
          # A process that starts is given a minute. It lives while its event loop turns: an outage of Redis is no reason
          # to start it again. It is ready when its Redis is reached and fits.
          startupProbe: { httpGet: { path: /livez, port: {{ $probed }} }, periodSeconds: 1, failureThreshold: 60 }
          livenessProbe: { httpGet: { path: /livez, port: {{ $probed }} }, periodSeconds: 10, timeoutSeconds: 3, failureThreshold: 3 }
          readinessProbe: { httpGet: { path: /readyz, port: {{ $probed }} }, periodSeconds: 2, timeoutSeconds: 2, failureThreshold: 2 }
          {{- end }}
          {{- if $serving }}
          lifecycle: { preStop: { sleep: { seconds: {{ $serving }} } } }
          {{- end }}
          resources: {{- toYaml $w.resources | nindent 12 }}
          securityContext: {{- include "ordershop.containerSecurity" $values.image | nindent 12 }}
          {{- with $volumes }}
          volumeMounts: {{- include "ordershop.volumeMounts" $ | trim | nindent 12 }}
          {{- end }}
      {{- with $volumes }}
      volumes: {{- . | nindent 8 }}
      {{- end }}
      {{- if $w.topologySpread }}
      topologySpreadConstraints:
        {{- range list "kubernetes.io/hostname" "topology.kubernetes.io/zone" }}
        - maxSkew: 1
          topologyKey: {{ . }}
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "ordershop.selector" $labels | nindent 14 }}
        {{- end }}
      {{- end }}
      {{- with $w.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $w.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $w.affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
