{{/* The Secret with the keys by which processes know each other; nothing is printed if they are not asked who they are. */}}
{{- define "ordershop.keysSecret" -}}
{{- with .Values.internalAuth -}}
{{- if .enabled }}{{ .existingSecret | default (printf "%s-keys" (include "ordershop.fullname" $)) }}{{ end -}}
{{- end -}}
{{- end -}}

{{/*
Which of its files a workload is given, by the variable that names it, as YAML: the gateway signs commands, whoever reads
the archive at the archiver signs that; a service lets in the one, the archiver both. Everybody may call the gateway;
of the monitor KEDA, which signs nothing, asks what is for everybody. (dict "root" $ "name" "order" "workload" $workload)
*/}}
{{- define "ordershop.keyFiles" -}}
{{- if .root.Values.internalAuth.enabled -}}
{{- if eq .name "gateway" }}
SIGNING_KEYS_FILE: gateway-signing.json
{{- else if and .workload.needsRedis (ne .name "archiver") (eq (include "ordershop.archiveIn" .root) "volume") }}
SIGNING_KEYS_FILE: reader-signing.json
{{- end }}
{{- if eq .name "archiver" }}
CALLER_KEYS_FILE: archive-callers.json
{{- else if and .workload.isService (not .workload.public) }}
CALLER_KEYS_FILE: command-callers.json
{{- end }}
{{- end -}}
{{- end -}}

{{/*
A fresh Ed25519 key as a JWK, as JSON. Helm has it as PEM alone: the private key are bytes 16 to 48 of its PKCS #8
(RFC 8410, 7); the public one comes in a certificate, where 32 bytes follow its algorithm (1.3.101.112, a bit string of 33).
*/}}
{{- define "ordershop.newSigningKey" -}}
{{- $pem := genPrivateKey "ed25519" -}}
{{- $certificate := genSelfSignedCertWithKey "key" nil nil 1 $pem -}}
{{- $private := include "ordershop.der" $pem | b64dec | substr 16 48 -}}
{{- $public := index (include "ordershop.der" $certificate.Cert | b64dec | splitList "+ep\x03!\x00") 1 | substr 0 32 -}}
{{- $x := include "ordershop.base64url" $public -}}
{{- dict "kty" "OKP" "crv" "Ed25519" "kid" ($x | sha256sum | trunc 16) "x" $x "d" (include "ordershop.base64url" $private) | toJson -}}
{{- end -}}

{{/* What is between the lines of a PEM, in base64. */}}
{{- define "ordershop.der" -}}
{{- regexReplaceAll "-----[A-Z ]+-----|\\s" . "" -}}
{{- end -}}

{{- define "ordershop.base64url" -}}
{{- . | b64enc | replace "+" "-" | replace "/" "_" | trimSuffix "=" -}}
{{- end -}}

{{/* The data of a new Secret, as libs/shop/src/key-folder.ts writes it into files. */}}
{{- define "ordershop.newKeys" -}}
{{- $gateway := include "ordershop.newSigningKey" . | fromJson -}}
{{- $reader := include "ordershop.newSigningKey" . | fromJson -}}
gateway-signing.json: {{ dict "keys" (list $gateway) | toJson | b64enc }}
reader-signing.json: {{ dict "keys" (list $reader) | toJson | b64enc }}
command-callers.json: {{ dict "keys" (list (omit $gateway "d")) | toJson | b64enc }}
archive-callers.json: {{ dict "keys" (list (omit $gateway "d") (omit $reader "d")) | toJson | b64enc }}
{{- end -}}
