/** The page: a report in one HTML file. */
@NullMarked
package dev.autoskill.telemetry.cli.html;

import org.jspecify.annotations.NullMarked;
