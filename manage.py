"""The `pinpoint` command: run the academy, set it up, and do from a shell what the app does."""

import typer

from cli import attempts, bank, certificates, database, keys, log, people, serving

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.command()(serving.serve)
app.command()(database.init)
app.command()(database.backup)
app.command()(database.restore)
app.command()(database.doctor)
app.command()(attempts.dossier)
app.add_typer(people.app, name="user")
app.add_typer(bank.items, name="items")
app.add_typer(bank.content, name="content")
app.add_typer(certificates.app, name="credential")
app.add_typer(keys.app, name="keys")
app.add_typer(log.app, name="log")

if __name__ == "__main__":
    app()
