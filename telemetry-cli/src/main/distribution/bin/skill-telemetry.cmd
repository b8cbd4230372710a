@echo off
rem Starts skill-telemetry with the JVM's options for short programs, and an archive of its classes.
setlocal
set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java"
set "ARCHIVE=%LOCALAPPDATA%\autoskill-telemetry\cli"
if not exist "%ARCHIVE%" mkdir "%ARCHIVE%" 2>nul
rem From JDK 19 on, the JVM makes the archive itself, and anew when the JDK or the jars change.
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData -XX:+IgnoreUnrecognizedVMOptions ^
  -XX:-PrintWarnings -XX:-FlightRecorder -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=%ARCHIVE%\classes.jsa" ^
  -Xlog:disable -Xlog:all=error:stderr -jar "%~dp0..\lib\skill-telemetry.jar" %*
exit /b %ERRORLEVEL%
