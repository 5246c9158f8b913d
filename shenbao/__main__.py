"""``python -m shenbao``."""

from shenbao.cli import main

main(prog_name="shenbao")
