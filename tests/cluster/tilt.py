"""Runs a Tiltfile without Tilt and prints, as JSON, each call that it made of what Tilt provides.

    tilt.py --tiltfile FILE --context kind-ordershop --subcommand up -- [ARGUMENTS OF THE TILTFILE]
"""

import argparse
import json
import os
import sys

import stand_ins
import starlark


class Config:
    """`config`, its settings read from arguments as Tilt reads them."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.parser = argparse.ArgumentParser(prog='tilt up --', add_help=False, allow_abbrev=False,
                                              argument_default=argparse.SUPPRESS, exit_on_error=False)

    def define_string(self, name, args=False, usage=''):
        self.parser.add_argument('--' + name, help=usage)

    def define_bool(self, name, args=False, usage=''):
        self.parser.add_argument('--' + name, help=usage, nargs='?', const=True, type=lambda text: text == 'true')

    def parse(self):
        known, unknown = self.parser.parse_known_args(self.arguments)
        if unknown:
            raise ValueError(f'unknown flag: {unknown[0]}\n{self.parser.format_help()}')
        return vars(known)


def as_json(value):
    if isinstance(value, stand_ins.Blob):
        return list(stand_ins.objects_of(value))
    return {'kind': value.kind, **value.arguments}


# Starlark as Tilt runs it: `for` and `if` also outside functions, no types, no f-strings.
dialect = starlark.Dialect.standard()
dialect.enable_load = True
dialect.enable_keyword_only_arguments = True
dialect.enable_top_level_stmt = True
dialect.enable_types = starlark.DialectTypes.DISABLE
dialect.enable_f_strings = False
library = starlark.Globals.extended_by([starlark.LibraryExtension.StructType])


def module_of(builtins, prelude):
    module = starlark.Module()
    for builtin in builtins:
        module.add_callable(builtin.__name__, builtin)
    starlark.eval(module, starlark.parse('prelude', prelude, dialect), library)
    return module


def load(name):
    if name not in stand_ins.extensions:
        raise ValueError(f'no stand-in for {name}')
    return module_of(*stand_ins.extensions[name]).freeze()


def execute(tiltfile, context, subcommand, arguments):
    config = Config(arguments)

    def k8s_context():
        return context

    builtins = [*stand_ins.builtins, k8s_context, config.define_string, config.define_bool, config.parse]
    prelude = f'''
config = struct(define_string=define_string, define_bool=define_bool, parse=parse,
                tilt_subcommand={subcommand!r}, main_dir={os.getcwd()!r})
TRIGGER_MODE_AUTO = 'auto'
TRIGGER_MODE_MANUAL = 'manual'
'''
    module = module_of(builtins, prelude)
    tree = starlark.parse('Tiltfile', open(tiltfile).read(), dialect)
    starlark.eval(module, tree, library, starlark.FileLoader(load))


if __name__ == '__main__':
    options = argparse.ArgumentParser()
    options.add_argument('--tiltfile', default='Tiltfile')
    options.add_argument('--context', default='kind-ordershop')
    options.add_argument('--subcommand', default='up')
    options.add_argument('arguments', nargs='*')
    given = options.parse_args()
    os.chdir(os.path.join(os.path.dirname(__file__), '../..'))
    try:
        execute(given.tiltfile, given.context, given.subcommand, given.arguments)
    except Exception as error:
        sys.exit(str(error))
    json.dump(stand_ins.calls, sys.stdout, default=as_json)
