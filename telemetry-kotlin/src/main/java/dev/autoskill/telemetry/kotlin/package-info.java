/**
 * What the aspects need to know of Kotlin's coroutines. Internal; public only for the woven code's
 * sake.
 */
@NullMarked
package dev.autoskill.telemetry.kotlin;

import org.jspecify.annotations.NullMarked;
