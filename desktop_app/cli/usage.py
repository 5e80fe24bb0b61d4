"""What the command line says of a command that it cannot read, and the help that its library words."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from typer import Context, rich_utils
from typer._click import Command
from typer._click.exceptions import (
    BadOptionUsage,
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)
from typer.core import TyperGroup

from desktop_app.cli.speech import Exit, say, t

HELP_NAMES = ["-h", "--help"]
_COMPLETION = {
    "install_completion": t(
        "Installe la complétion des commandes dans votre shell.", "Install completion for your shell."
    ),
    "show_completion": t(
        "Montre ce qu’il faudrait y installer.", "Show what would be installed, to copy it yourself."
    ),
}


class SpokenGroup(TyperGroup):
    """The commands, with usage errors as one sentence in the person's language and exit code 2."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run; a mistake in the command line is told with what to type instead."""
        _reword(self)
        options["standalone_mode"] = False
        try:
            sys.exit(super().main(args, *rest, **options))
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(Exit.COULD_NOT_RUN)
        except UsageError as error:
            say(_sentence(error), sys.stderr)
            sys.exit(Exit.COULD_NOT_RUN)


def _sentence(error: UsageError) -> str:
    command = error.ctx.command_path if error.ctx is not None else "navette"
    more = t(f"Voyez {command} --help.", f"See {command} --help.")
    return f"{_what(error)} {more}"


def _what(error: UsageError) -> str:
    if isinstance(error, MissingParameter) and error.param is not None:
        name = _name(error.param)
        return t(f"Il manque {name}.", f"{name} is missing.")
    if isinstance(error, NoSuchOption):
        close = ", ".join(sorted(error.possibilities or ()))
        name = error.option_name
        if close:
            return t(
                f"L’option {name} n’existe pas ; peut-être {close} ?",
                f"There is no option {name}; perhaps {close}?",
            )
        return t(f"L’option {name} n’existe pas.", f"There is no option {name}.")
    if isinstance(error, BadOptionUsage):
        name = error.option_name
        if "not take" in error.message:
            return t(f"L’option {name} ne prend pas de valeur.", f"Option {name} takes no value.")
        return t(f"L’option {name} attend une valeur.", f"Option {name} needs a value.")
    if isinstance(error, BadParameter) and error.param is not None:
        name = _name(error.param)
        return t(f"La valeur de {name} ne convient pas.", f"The value of {name} is not usable.")
    return _plain(error.format_message())


def _plain(message: str) -> str:
    """The two mistakes that have no class of their own."""
    if message.startswith("No such command"):
        names = message.split("'")[1::2]
        maybe = t(f" ; peut-être {names[1]} ?", f"; perhaps {names[1]}?") if len(names) > 1 else "."
        return t(f"La commande {names[0]} n’existe pas{maybe}", f"There is no command {names[0]}{maybe}")
    if message.startswith("Got unexpected extra"):
        extra = message.rpartition("(")[2].rstrip(").")
        return t(f"Il y a trop d’arguments : {extra}.", f"Too many arguments: {extra}.")
    return message


def _name(param: Any) -> str:
    return str(param.opts[0] if param.opts and param.opts[0].startswith("-") else param.display_name_raw)


def _reword(group: TyperGroup) -> None:
    """The library's own words and headings in the person's language; switches without a type."""
    rich_utils.ARGUMENTS_PANEL_TITLE = t("Arguments", "Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = t("Options", "Options")
    rich_utils.COMMANDS_PANEL_TITLE = t("Commandes", "Commands")
    rich_utils.REQUIRED_LONG_STRING = t("[obligatoire]", "[required]")
    rich_utils.DEFAULT_STRING = t("[par défaut : {}]", "[default: {}]")
    for command in _all(group):
        shown = command.get_help_option(Context(command, help_option_names=HELP_NAMES))
        shown.help = t("Montre cette aide.", "Show this help.")
        for param in (*command.params, shown):
            if getattr(param, "is_flag", False):
                param.metavar = ""
            if param.name in _COMPLETION:
                param.help = _COMPLETION[param.name]


def _all(command: Command) -> Iterator[Any]:
    yield command
    for inner in getattr(command, "commands", {}).values():
        yield from _all(inner)
