"""The framework of the command line in German: headings of the help, and a sentence for every wrong call."""

from typing import Any

import click

HEADINGS = {"Options": "Optionen", "Commands": "Befehle", "Positional arguments": "Angaben"}


class Refused(click.ClickException):
    """Asked for something that can't be done like this; the message says what to do instead."""

    exit_code = 2


class GermanFormatter(click.HelpFormatter):
    """Writes the headings of the help."""

    def write_heading(self, heading: str) -> None:
        """Write the German word for one of click's own headings."""
        super().write_heading(HEADINGS.get(heading, heading))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that shows how to call the command."""
        args = args.replace("[OPTIONS]", "[OPTIONEN]").replace("COMMAND [ARGS]...", "BEFEHL …")
        super().write_usage(prog, args, prefix or "Aufruf: ")


class GermanContext(click.Context):
    """Uses the German formatter."""

    formatter_class = GermanFormatter


class GermanCommand(click.Command):
    """A command whose help is German."""

    context_class = GermanContext

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        click.help_option("--help", "-h", help="Zeigt diese Hilfe.")(self)


class GermanGroup(click.Group):
    """A group whose help, and that of its commands, is German."""

    context_class = GermanContext
    command_class = GermanCommand
    group_class = type

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        click.help_option("--help", "-h", help="Zeigt diese Hilfe.")(self)


class Words(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's signature
        """Name the words that are possible."""
        return f"„{value}“ gibt es nicht. Möglich: {', '.join(str(choice) for choice in self.choices)}."


class Number(click.ParamType[int]):
    """A whole number between two bounds, both included."""

    name = "zahl"

    def __init__(self, lowest: int, highest: int) -> None:
        self.lowest = lowest
        self.highest = highest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; fails with a sentence that names the bounds."""
        try:
            number = int(value)
        except ValueError:
            number = self.lowest - 1
        if not self.lowest <= number <= self.highest:
            self.fail(f"„{value}“ ist keine Zahl von {self.lowest} bis {self.highest}.", param, ctx)
        return number


def sentence_of(error: click.ClickException) -> str:
    """Return what went wrong in German and, for a wrong call, where the help is."""
    if not isinstance(error, click.UsageError):
        return error.format_message()
    path = error.ctx.command_path if error.ctx else "openday"
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.ctx.get_help() if error.ctx else ""
    return f"{usage_sentence(error)}\nHilfe: {path} --help"


def usage_sentence(error: click.UsageError) -> str:
    """Return one German sentence for one of click's kinds of wrong calls."""
    sentence = error.message
    match error:
        case click.NoSuchOption():
            sentence = f"Die Option „{error.option_name}“ gibt es nicht."
        case click.MissingParameter():
            sentence = f"Es fehlt: {name_of(error)}."
        case click.BadParameter():
            sentence = f"{name_of(error)}: {error.message}"
        case click.BadOptionUsage():
            sentence = f"Die Option „{error.option_name}“ ist nicht richtig angegeben."
        case click.exceptions.NoSuchCommand():
            sentence = f"Den Befehl „{error.command_name}“ gibt es nicht."
        case _ if sentence.startswith("Missing command"):
            sentence = "Es fehlt der Befehl."
        case _ if sentence.startswith("Got unexpected extra"):
            sentence = (
                "Der Aufruf hat mehr Angaben als erwartet. Setzen Sie Namen mit Leerzeichen in Anführungszeichen."
            )
    return sentence


def name_of(error: click.BadParameter) -> str:
    """Return how the parameter is written in a call."""
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    return error.param.make_metavar(error.ctx) if error.param and error.ctx else str(error.param_hint or "Angabe")
