@echo off
rem Installs the dashboard into this folder, from this folder alone: nothing is fetched.
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1
set PYTHON=%1
if "%PYTHON%"=="" set PYTHON=py -3
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))"
if errorlevel 1 (
    echo Python 3.11 or newer is needed: see INSTALL.txt
    exit /b 1
)
if exist .venv rmdir /s /q .venv
%PYTHON% -m venv .venv || exit /b 1
.venv\Scripts\python -m pip install --quiet --no-index --find-links wheels --no-cache-dir --require-hashes --disable-pip-version-check -r requirements.txt || exit /b 1
.venv\Scripts\python -m dashboard --help >nul || exit /b 1
echo Installed. Start it with start.bat
