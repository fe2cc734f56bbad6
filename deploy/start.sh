#!/bin/sh
# Starts the dashboard on this computer: http://127.0.0.1:8050/
#   sh start.sh [--port 9000] …      sh start.sh samples     (loads the sample figures first)
set -eu
cd "$(dirname "$0")"
export PYTHONUTF8=1
if [ ! -x .venv/bin/python ]; then
    echo '请先运行 sh install.sh / run sh install.sh first' >&2
    exit 1
fi
if [ "${1:-}" = samples ]; then
    shift
    .venv/bin/python -m dashboard samples --load
fi
exec .venv/bin/python -m dashboard serve "$@"
