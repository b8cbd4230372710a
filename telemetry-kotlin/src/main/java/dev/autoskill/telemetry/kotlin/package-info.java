/**
 * Kotlin's coroutines, as far as the aspects have to know them. Internal; public only for the woven
 * code's sake.
 */
@NullMarked
package dev.autoskill.telemetry.kotlin;

import org.jspecify.annotations.NullMarked;
