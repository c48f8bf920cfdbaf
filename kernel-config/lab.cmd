@echo off
rem The script of the laboratory on Windows: `lab help` lists its words.
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0lab.ps1" %*
exit /b %ERRORLEVEL%
