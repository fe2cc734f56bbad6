#!/bin/sh
# Installs the dashboard into this folder, from this folder alone: nothing is fetched.
#   sh install.sh [PYTHON]
set -eu
cd "$(dirname "$0")"
export PYTHONUTF8=1

if command -v sha256sum >/dev/null; then
    sha256sum --check --quiet SHA256SUMS
    echo '文件完整 / all files are as they were packed'
fi

python=${1:-}
if [ -z "$python" ]; then
    for candidate in python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$candidate
            break
        fi
    done
fi
if [ -z "$python" ]; then
    echo '需要 Python 3.11 或更新版本，见 INSTALL.txt / Python 3.11 or newer is needed: see INSTALL.txt' >&2
    exit 1
fi

rm -rf .venv
"$python" -m venv --without-pip .venv # Debian's Python has no pip of its own
pip=$(echo wheels/pip-*.whl)
.venv/bin/python "$pip/pip" install --quiet --no-index --find-links wheels --no-cache-dir \
    --require-hashes --disable-pip-version-check -r requirements.txt
.venv/bin/python -m dashboard --help >/dev/null
echo '已安装；启动：sh start.sh / installed; start it with: sh start.sh'
