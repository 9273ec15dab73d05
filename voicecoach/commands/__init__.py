"""The commands, one module each; here they become one program."""

import typer


def build_app() -> typer.Typer:
    """Put the commands together."""
    from voicecoach.commands import content, journal, service
    from voicecoach.commands.calendar import calendar
    from voicecoach.commands.devices import devices
    from voicecoach.commands.doctor import doctor
    from voicecoach.commands.listen import listen
    from voicecoach.commands.new_routine import new_routine
    from voicecoach.commands.profile import profile
    from voicecoach.commands.rehearse import rehearse
    from voicecoach.commands.report import report
    from voicecoach.commands.run import run
    from voicecoach.commands.say import say
    from voicecoach.commands.schema import schema
    from voicecoach.commands.serve import serve
    from voicecoach.commands.setup import setup
    from voicecoach.commands.show import show
    from voicecoach.commands.standby import stand_by
    from voicecoach.commands.uninstall import uninstall_data
    from voicecoach.commands.wyoming import wyoming

    app = typer.Typer(
        help="An offline voice coach for lower-back exercises. Begin with: voicecoach rehearse",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    app.command()(run)
    app.command()(rehearse)
    app.command()(serve)
    app.command()(wyoming)
    app.command("stand-by")(stand_by)
    app.command()(listen)
    app.command()(say)
    app.command()(setup)
    app.command()(doctor)
    app.command()(devices)
    app.command()(content.routines)
    app.command()(content.validate)
    app.command()(new_routine)
    app.command()(schema)
    app.command()(profile)
    app.command()(report)
    app.command()(show)
    app.command()(calendar)
    app.command()(service.install_service)
    app.command()(service.uninstall_service)
    app.command()(service.service_status)
    app.command()(uninstall_data)
    app.registered_commands += journal.app.registered_commands
    return app
