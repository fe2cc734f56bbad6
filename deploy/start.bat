@echo off
rem Starts the dashboard on this computer: http://127.0.0.1:8050/
rem   start.bat          start.bat --port 9000          start.bat samples   (loads the sample figures first)
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1
if not exist .venv\Scripts\python.exe (
    echo Run install.bat first
    exit /b 1
)
if "%1"=="samples" (
    .venv\Scripts\python -m dashboard samples --load
    shift
)
.venv\Scripts\python -m dashboard serve %1 %2 %3 %4 %5 %6
