"""What Tilt provides to a Tiltfile, each with the signature of Tilt v0.37.6 (internal/tiltfile) or of the extension
(tilt-dev/tilt-extensions), and recorded. They do for real what the rest of the Tiltfile builds on: they read and write
YAML and run `helm template`. What does not fit a signature is refused by Python.
"""

import functools
import inspect
import re
import shutil
import subprocess

import starlark
import yaml

calls = []


class Blob:
    def __init__(self, text):
        self.text = text


class Value:
    """What a built-in returns for another one to take: a live update step, a link, a port forward."""

    def __init__(self, kind, arguments):
        self.kind, self.arguments = kind, arguments


def records(builtin):
    """Binds the arguments by the signature, writes the call down, and goes on with the stand-in."""
    signature = inspect.signature(builtin)

    @functools.wraps(builtin)
    def call(*positional, **named):
        try:
            bound = signature.bind(*positional, **named)
        except TypeError as error:
            raise TypeError(f'{builtin.__name__}: {error}') from None
        calls.append({'call': builtin.__name__, 'args': bound.arguments})
        result = builtin(*positional, **named)
        return starlark.OpaquePythonObject(result) if isinstance(result, (Blob, Value)) else result

    return call


def makes_value(builtin):
    signature = inspect.signature(builtin)

    @functools.wraps(builtin)
    def call(*positional, **named):
        return Value(builtin.__name__, signature.bind(*positional, **named).arguments)

    return records(call)


# Live updates, links, ports


@makes_value
def fall_back_on(paths): ...


@makes_value
def sync(local_path, remote_path): ...


@makes_value
def run(cmd, trigger=None, echo_off=False): ...


@makes_value
def link(url, name=''): ...


@makes_value
def port_forward(local_port, container_port=0, name='', link_path='', host=''): ...


# Images and resources


@records
def docker_build(ref, context, build_args=None, dockerfile=None, dockerfile_contents=None, cache=None,
                 live_update=None, match_in_env_vars=False, ignore=None, only=None, entrypoint=None,
                 container_args=None, target='', ssh=None, secret=None, network='', extra_tag=None, cache_from=None,
                 pull=False, platform='', extra_hosts=None):
    for path in only or []:
        if '*' in path:
            raise ValueError(f"docker_build: 'only' does not support '*' file globs: {path}")
    kinds = [step.kind for step in live_update or []]
    if kinds != sorted(kinds, key=['fall_back_on', 'sync', 'run'].index):
        raise ValueError(f'docker_build: live_update steps are {kinds}, expected fall_back_on, sync, run')


@records
def k8s_yaml(yaml, allow_duplicates=False): ...


@records
def k8s_resource(workload='', new_name='', port_forwards=None, extra_pod_selectors=None, trigger_mode=None,
                 resource_deps=None, objects=None, auto_init=True, pod_readiness='', links=None, labels=None,
                 discovery_strategy=''):
    require_labels(labels)
    if not workload and not objects:
        raise ValueError('k8s_resource: all non-workload resources must specify 1 or more objects')


@records
def local_resource(name, cmd=None, deps=None, trigger_mode=None, resource_deps=None, ignore=None, auto_init=True,
                   serve_cmd=None, cmd_bat=None, serve_cmd_bat=None, allow_parallel=False, links=None, labels=None,
                   env=None, serve_env=None, readiness_probe=None, dir=None, serve_dir=None):
    require_labels(labels)
    if not cmd and not serve_cmd:
        raise ValueError('local_resource must have a cmd and/or a serve_cmd, but both were empty')


def require_labels(labels):
    for label in labels or []:
        if not re.fullmatch(r'[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?', label):
            raise ValueError(f'Invalid label {label!r}')


# Settings


@records
def version_settings(check_updates=True, constraint=''): ...


@records
def allow_k8s_contexts(contexts): ...


@records
def update_settings(max_parallel_updates=None, k8s_upsert_timeout_secs=None, suppress_unused_image_warnings=None,
                    k8s_server_side_apply=''): ...


@records
def ci_settings(k8s_grace_period=None, timeout=None, readiness_timeout=None): ...


# YAML and Helm


def objects_of(source):
    """Of a blob, or of the file at a path."""
    text = source.text if isinstance(source, Blob) else open(source).read()
    return (one for one in yaml.safe_load_all(text) if one)


@records
def read_yaml(paths, default=None):
    return next(objects_of(paths))


@records
def read_yaml_stream(paths, default=None):
    return list(objects_of(paths))


@records
def decode_yaml_stream(yaml):
    return list(objects_of(yaml))


@records
def encode_yaml(obj):
    return Blob(yaml.safe_dump(obj))


@records
def encode_yaml_stream(objs):
    return Blob(yaml.safe_dump_all(objs))


@records
def helm(paths, name='chart', namespace='', values=None, set=None, kube_version='', skip_crds=False):
    if not shutil.which('helm'):
        raise ValueError('Unable to find Helm installation. Make sure `helm` is on your $PATH.')
    command = ['helm', 'template', name, paths, '--include-crds']
    command += ['--namespace', namespace] if namespace else []
    for file in values or []:
        command += ['--values', file]
    for setting in set or []:
        command += ['--set', setting]
    rendered = subprocess.run(command, capture_output=True, text=True)
    if rendered.returncode != 0:
        raise ValueError(f'{" ".join(command)}: {rendered.stderr}')
    # As Tilt does: tests are left out, and what names no namespace is put into the one given.
    documents = [one for one in rendered.stdout.split('---\n') if not re.search('^# Source: .*/tests/', one, re.M)]
    objects = list(objects_of(Blob('---\n'.join(documents))))
    for one in objects:
        if namespace:
            one['metadata'].setdefault('namespace', namespace)
    return Blob(yaml.safe_dump_all(objects))


# Extensions: tilt-dev/tilt-extensions, each with what the Tiltfile may load from it


@records
def helm_repo(name, url, resource_name='', username='', password='', labels=None, resource_deps=None): ...


@records
def helm_resource(name, chart, deps=None, release_name='', namespace=None, image_deps=None, image_keys=None,
                  flags=None, uninstall_flags=None, image_selector='', container_selector='', live_update=None,
                  resource_deps=None, labels=None, port_forwards=None, auto_init=True, pod_readiness='',
                  update_dependencies=False, build_dependencies=False, links=None):
    require_labels(labels)


@records
def cmd_button(name, resource='', argv=None, text=None, location='resource', icon_name=None, icon_svg=None,
               inputs=None, disabled=False, requires_confirmation=False, env=None, dir=None):
    if not resource and location == 'resource':
        raise ValueError('cmd_button: Must provide a resource name')
    if not argv:
        raise ValueError('cmd_button: argv cannot be empty')


extensions = {
    'ext://helm_resource': ([helm_repo, helm_resource], ''),
    'ext://uibutton': ([cmd_button], 'location = struct(RESOURCE="resource", NAV="nav")'),
}

# What a Tiltfile finds by name; `config` and `k8s_context` belong to one run.
builtins = [
    fall_back_on, sync, run, link, port_forward, docker_build, k8s_yaml, k8s_resource, local_resource,
    version_settings, allow_k8s_contexts, update_settings, ci_settings, read_yaml, read_yaml_stream,
    decode_yaml_stream, encode_yaml, encode_yaml_stream, helm,
]
